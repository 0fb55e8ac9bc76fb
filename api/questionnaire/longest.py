"""The longest path still possible through a questionnaire.

Answers matter to what follows only through the truth of the facts that later conditions ask about. Two interviews at
the same place with the same facts have the same future, so each such state is solved once per version, from the last
step back to the first; an interview under way then looks its state up.

Some facts are unknown until they are answered for good: those about several questions (``${a} < ${b}``) and those
that a few answers cannot stand for (``regex()``). A step under an unknown condition is both taken and passed. Where
there would be more than ``MOST_STATES`` states, every fact to come is unknown and every step that may be taken is. The
length is then an upper bound. Exact or not, it shrinks whenever the open question is answered, and ends at zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from . import samples
from .answers import Answer
from .definition import Group
from .facts import Facts, State
from .nodes import Value

if TYPE_CHECKING:
    from .flow import Flow

MOST_STATES = 50_000


class Longest(NamedTuple):
    """The most that a path may hold of each; a grid is one screen, and one answer a row."""

    screens: int
    answers: int


class Point(NamedTuple):
    """A place in the walk, with the truth of the facts there; those asked about no more are as at the start."""

    place: int
    state: State


class Move(NamedTuple):
    """From one point to another, by what is asked in between."""

    to: Point
    screens: int = 0
    answers: int = 0


Change = tuple[tuple[int, bool | None], ...]
"""The facts that an answer settles, by index, with their truth."""


class TooManyStates(Exception):
    """The exact length would take too long."""


class Paths:
    """All the paths of one version, solved. Never modified after, so that threads may share it."""

    def __init__(self, flow: Flow):
        self.flow = flow
        self.facts = Facts()
        self.conditions = [self.facts.condition(step.relevant.root) if step.relevant else None for step in flow.steps]
        self.places = {step.asks: step.place for step in flow.steps if step.asks}
        self.last_use = self._last_use()
        self.start = self.facts.state({})
        self.changes = {name: self._changes(name) for name in flow.questions}
        self.solved: dict[Point, Longest] = {}
        try:
            self.exact, self.solved = True, self._solve(self.first, {}, exact=True)
        except TooManyStates:
            self.exact, self.solved = False, self._solve(self.first, {}, exact=False)

    @property
    def first(self) -> Point:
        return Point(0, self.start)

    @property
    def longest(self) -> Longest:
        return self.solved[self.first]

    def remaining(self, name: str, before: Mapping[str, Value], answers: Mapping[str, Answer]) -> int:
        """The most answers still to give from the open question ``name`` on, given the values on the path before it.

        ``answers`` to later questions, given before a change of path, are not asked again.
        """
        origin = self._at(self.places[name], self.facts.state(before))
        ahead = {given: answer for given, answer in answers.items() if self.places.get(given, -1) > origin.place}
        if self.exact:
            with suppress(TooManyStates):
                return self._solve(origin, ahead, exact=True)[origin].answers
        return self._solve(origin, ahead, exact=False)[origin].answers

    def reachable(self) -> frozenset[str]:
        """The questions that some answers lead to; when the lengths are not exact, perhaps others too."""
        visited = [(self.flow.steps[point.place], point) for point in self.solved if point.place < len(self.flow.steps)]
        return frozenset(step.asks for step, point in visited if step.asks and self._truth(point) is not False)

    def _solve(self, origin: Point, ahead: Mapping[str, Answer], exact: bool) -> dict[Point, Longest]:
        """The lengths from ``origin`` and from every point that may follow it. Raises TooManyStates."""
        moves, solved = self._explore(origin, ahead, exact)
        for point, options in reversed(moves.items()):
            screens = max(move.screens + solved[move.to].screens for move in options)
            answers = max(move.answers + solved[move.to].answers for move in options)
            solved[point] = Longest(screens, answers)
        return solved

    def _explore(
        self, origin: Point, ahead: Mapping[str, Answer], exact: bool
    ) -> tuple[dict[Point, list[Move]], dict[Point, Longest]]:
        """The points that may follow, in the order of their places, with their moves; and those solved already."""
        horizon = max((self.places[name] for name in ahead), default=-1)
        moves: dict[Point, list[Move]] = {}
        solved = {Point(len(self.flow.steps), self.start): Longest(0, 0)}
        waiting = defaultdict(set, {origin.place: {origin}})
        for place in range(origin.place, len(self.flow.steps)):
            for point in waiting.pop(place, ()):
                if place > horizon and point in self.solved:
                    solved[point] = self.solved[point]
                    continue
                moves[point] = list(self._moves(point, ahead, exact))
                for move in moves[point]:
                    waiting[move.to.place].add(move.to)
            if exact and len(moves) > MOST_STATES:
                raise TooManyStates
        return moves, solved

    def _moves(self, point: Point, ahead: Mapping[str, Answer], exact: bool) -> Iterator[Move]:
        step, truth = self.flow.steps[point.place], self._truth(point)
        if truth is False or (truth is None and exact):
            yield Move(self._at(step.end, point.state))
        if truth is False:
            return
        if not step.asks:
            grid = isinstance(step.item, Group) and step.item.appearance == "table-list"
            yield Move(self._at(point.place + 1, point.state), screens=int(grid))
            return
        for change in self._answered(step.asks, ahead, exact):
            to = self._at(point.place + 1, _changed(point.state, change))
            yield Move(to, screens=int(step.grid is None), answers=int(step.asks not in ahead))

    def _truth(self, point: Point) -> bool | None:
        condition = self.conditions[point.place]
        return condition.holds(point.state) if condition else True

    def _at(self, place: int, state: State) -> Point:
        """The point there, without the facts that nothing asks about any more."""
        kept = (
            truth if last >= place else start
            for truth, last, start in zip(state, self.last_use, self.start, strict=True)
        )
        return Point(place, tuple(kept))

    def _answered(self, name: str, ahead: Mapping[str, Answer], exact: bool) -> Iterable[Change]:
        """What the answer given, else any answer, settles."""
        if not exact:
            return [self._unsettled(name)]
        return [self._change(name, ahead[name].value)] if name in ahead else self.changes[name]

    def _last_use(self) -> list[int]:
        """By fact, the place of the last condition that asks about it."""
        places = (place for place, condition in enumerate(self.conditions) if condition)
        last = {fact: place for place in places for fact in self.conditions[place].facts}
        return [last[fact] for fact in range(len(last))]

    def _changes(self, name: str) -> list[Change]:
        """All that an answer to this question may settle."""
        values = ["yes"] if name == self.flow.consent else self._samples(name)
        if values is None:
            return [self._unsettled(name)]
        return list(dict.fromkeys(self._change(name, value) for value in values))

    def _samples(self, name: str) -> list[Value] | None:
        conditions = [self.facts.nodes[fact] for fact in self._lasting(name) if not self.facts.is_joint(fact)]
        constraint = self.flow.constraints.get(name)
        question, choices = self.flow.questions[name], self.flow.choices(name)
        return samples.of_question(question, choices, conditions, constraint.root if constraint else None)

    def _change(self, name: str, value: Value) -> Change:
        return tuple((fact, self.facts.truth(fact, {name: value})) for fact in self._lasting(name))

    def _unsettled(self, name: str) -> Change:
        return tuple((fact, None) for fact in self._lasting(name))

    def _lasting(self, name: str) -> list[int]:
        """The facts about a question that are asked about after it."""
        return [fact for fact in self.facts.about(name) if self.last_use[fact] > self.places[name]]


def _changed(state: State, change: Change) -> State:
    truths = list(state)
    for fact, truth in change:
        truths[fact] = truth
    return tuple(truths)
