"""The longest path still possible through a questionnaire.

Whether a question is asked depends on a few *causes*: what earlier answers make of the facts in its conditions. The
longest path is the choice of values for the causes that has the most questions asked. ``elimination`` finds it, once
per version; for an interview under way a few numbers are then added up.

It is exact, but for facts about several questions (``${a} < ${b}``) or that a few answers cannot stand for
(``regex()``), which are free to be true or false until they are settled, and for conditions so entangled that their
tables would be too large. Then it is an upper bound. Exact or not, it shrinks whenever the open question is answered,
and ends at zero.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from .answers import Answer
from .causes import Cause, Causes
from .definition import Group
from .elimination import Key, Table, Variable, eliminate, fits, settings, total
from .nodes import Value
from .steps import Step

if TYPE_CHECKING:
    from .flow import Flow


class Longest(NamedTuple):
    """The most that a path may hold of each; a grid is one screen, and one answer a row."""

    screens: int
    answers: int


Chain = tuple[int, ...]
"""The places of the conditions that must all hold for a step to be reached: its own and those of its groups."""

Reach = tuple[Key, dict[Key, tuple[bool, ...]]]
"""By the values of some causes, whether a step is reached: true, false, or possibly either."""


class PathLengths:
    """The lengths of all the paths of one version. Never modified after it is made, so that threads may share it."""

    def __init__(self, flow: Flow):
        self.steps = flow.steps
        self.causes = Causes(flow)
        self.chains = {step.place: self._chain(step.place) for step in flow.steps}
        self.variables = [Variable(cause.place, cause.domain) for cause in self.causes.all]
        solved = eliminate(self._tables(self.variables, _answers), self.variables)
        self.ahead = {place: self._ahead(solved, place) for place in [0, *self.causes.places.values()]}

    @cached_property
    def longest(self) -> Longest:
        screens = eliminate(self._tables(self.variables, _screens), self.variables)
        return Longest(total(self._ahead(screens, 0), ()), total(self.ahead[0], ()))

    def remaining(self, name: str, before: Mapping[str, Value], answers: Mapping[str, Answer]) -> int:
        """The most answers still to give from the open question ``name`` on, given the values on the path before it.

        ``answers`` to later questions, given before a change of path, are not asked again.
        """
        place = self.causes.places[name]
        known = [self.causes.value(index, before) for index, cause in enumerate(self.causes.all) if cause.place < place]
        given = {one: answer.value for one, answer in answers.items() if self.causes.places.get(one, -1) > place}
        expected = all(value in variable.domain for value, variable in zip(known, self.variables, strict=False))
        return total(self.ahead[place], known) if expected and not given else self._remaining_with(place, known, given)

    def reachable(self) -> frozenset[str]:
        """The questions that some answers lead to."""
        chains = {self.chains[step.place]: step for step in self.steps if step.asks}
        open_chains = {chain for chain, step in chains.items() if self._is_reachable(step)}
        return frozenset(step.asks for step in self.steps if step.asks and self.chains[step.place] in open_chains)

    def _is_reachable(self, last: Step) -> bool:
        tables = self._tables(self.variables, lambda step: int(step is last))
        return total(self._ahead(eliminate(tables, self.variables), 0), ()) > 0

    def _remaining_with(self, place: int, known: Sequence[int], given: Mapping[str, Value]) -> int:
        """The same, solved anew with all that is known and all that was given further on."""
        fixed = {
            index: self.causes.value(index, given)
            for name, index in self.causes.of_question.items()
            if name in given
        }
        variables = [
            Variable(cause.place, self._domain(index, cause, known, fixed))
            for index, cause in enumerate(self.causes.all)
        ]
        tables = self._tables(variables, lambda step: _answers(step) * (step.asks not in given), place, fixed)
        return total(self._ahead(eliminate(tables, variables), 0), ())

    def _domain(self, index: int, cause: Cause, known: Sequence[int], fixed: Mapping[int, int]) -> Collection[int]:
        if index < len(known):
            return (known[index],)
        return {fixed[index], cause.empty} if index in fixed else cause.domain

    def _ahead(self, tables: list[Table], place: int) -> list[Table]:
        """Those that count from a place on and mention only what is known there."""
        known = sum(cause.place < place for cause in self.causes.all)
        return [table for table in tables if table.place >= place and all(index < known for index in table.scope)]

    def _chain(self, place: int) -> Chain:
        return tuple(step.place for step in self.steps if step.relevant and step.place <= place < step.end)

    def _tables(
        self,
        variables: Sequence[Variable],
        weigh: Callable[[Step], int],
        start: int = 0,
        fixed: Mapping[int, int] | None = None,
    ) -> list[Table]:
        """What each step from ``start`` on weighs if it is reached, and the value that its answer then takes."""
        reaches = {chain: self._reach(chain, variables) for chain in set(self.chains.values())}
        tables = []
        for step in self.steps[start:]:
            scope, reach = reaches[self.chains[step.place]]
            own = self.causes.of_question.get(step.asks)
            if own is not None:
                settles = _Settling(self.causes.all[own].empty, variables[own].domain, (fixed or {}).get(own))
                tables.append(Table(step.place, (*scope, own), settles.entries(reach, weigh(step))))
            elif weigh(step):
                entries = {key: weigh(step) * max(truths) for key, truths in reach.items()}
                tables.append(Table(step.place, scope, entries))
        return tables

    def _reach(self, chain: Chain, variables: Sequence[Variable]) -> Reach:
        scope = tuple(sorted({index for place in chain for index in self.causes.asked_at[place]}))
        if not fits(scope, variables):
            return (), {(): (True, False)}
        known = ((key, dict(zip(scope, key, strict=True))) for key in settings(scope, variables))
        return scope, {key: (all(self.causes.holds(place, values) for place in chain),) for key, values in known}


class _Settling(NamedTuple):
    """The values that a cause may take: ``empty`` if its question is not reached, else ``fixed`` or any."""

    empty: int | None
    domain: Collection[int]
    fixed: int | None

    def entries(self, reach: Mapping[Key, tuple[bool, ...]], weight: int) -> dict[Key, int]:
        found = {}
        for key, truths in reach.items():
            for value in self.domain:
                weights = [weight * truth for truth in truths if self.allows(value, truth)]
                if weights:
                    found[(*key, value)] = max(weights)
        return found

    def allows(self, value: int, reached: bool) -> bool:
        expected = self.fixed if reached else self.empty
        return expected is None or value == expected


def _answers(step: Step) -> int:
    return int(step.asks is not None)


def _screens(step: Step) -> int:
    if step.asks:
        return int(step.grid is None)
    return int(isinstance(step.item, Group) and step.item.appearance == "table-list")
