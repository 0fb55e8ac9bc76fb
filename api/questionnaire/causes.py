"""What decides which questions are asked: the facts that answers settle, and the conditions that ask about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import samples
from .facts import Facts, names
from .nodes import Value

if TYPE_CHECKING:
    from .flow import Flow


@dataclass(frozen=True)
class Cause:
    """Facts settled together at ``place``. Their truth is a number, the *value* of the cause, one bit a fact.

    ``domain`` holds the values that can be. ``asks`` is the question whose answer settles them and ``empty`` their
    value when it has none; a cause without a question may take any value of its domain, whatever was asked.
    """

    place: int
    facts: tuple[int, ...]
    domain: tuple[int, ...]
    asks: str | None = None
    empty: int | None = None


class Causes:
    """The causes of a flow, in the order in which they are settled; their indexes name them."""

    def __init__(self, flow: Flow):
        self.flow = flow
        self.facts = Facts()
        relevant = [(step.place, step.relevant.root) for step in flow.steps if step.relevant]
        self.conditions = {place: self.facts.condition(root) for place, root in relevant}
        self.places = {step.asks: step.place for step in flow.steps if step.asks}
        self.start = [self.facts.truth(fact, {}) for fact in range(len(self.facts.nodes))]
        self.all = self._found()
        self.of_question = {cause.asks: index for index, cause in enumerate(self.all) if cause.asks}
        self.asked_at = {place: self._asked_at(place) for place in self.conditions}

    def value(self, index: int, values: Mapping[str, Value]) -> int:
        """The value of a cause, given the values of the questions on the path."""
        return self._value(self.all[index].facts, values)

    def holds(self, place: int, known: Mapping[int, int]) -> bool:
        """Whether the condition at this place holds, given the values of the causes in ``asked_at`` of it."""
        truths = list(self.start)
        for index in self.asked_at[place]:
            for bit, fact in enumerate(self.all[index].facts):
                truths[fact] = bool(known[index] >> bit & 1)
        return self.conditions[place].holds(truths)

    def _value(self, facts: tuple[int, ...], values: Mapping[str, Value]) -> int:
        return sum(self.facts.truth(fact, values) << bit for bit, fact in enumerate(facts))

    def _asked_at(self, place: int) -> tuple[int, ...]:
        """The causes settled before this place that its condition asks about; a later question is empty there."""
        asked = self.conditions[place].facts
        return tuple(i for i, cause in enumerate(self.all) if cause.place < place and asked.intersection(cause.facts))

    def _found(self) -> list[Cause]:
        causes = [cause for name in self.flow.questions for cause in self._settled_by(name)]
        joint = (fact for fact, node in enumerate(self.facts.nodes) if len(names(node)) > 1)
        causes += [self._free(fact) for fact in joint]
        return sorted(causes, key=lambda cause: cause.place)

    def _settled_by(self, name: str) -> list[Cause]:
        """One cause for all the facts about a question, or a free one for each when samples cannot tell."""
        about = tuple(fact for fact, node in enumerate(self.facts.nodes) if names(node) == {name})
        values = self._samples(name, about)
        if values is None:
            return [self._free(fact) for fact in about]
        domain = dict.fromkeys(self._value(about, {name: value}) for value in values)
        return [Cause(self.places[name], about, tuple(domain), name, self._value(about, {}))] if about else []

    def _samples(self, name: str, about: tuple[int, ...]) -> list[Value] | None:
        if name == self.flow.consent:
            return ["yes"]
        question, constraint = self.flow.questions[name], self.flow.constraints.get(name)
        conditions = [self.facts.nodes[fact] for fact in about]
        return samples.of_question(
            question, self.flow.choices(name), conditions, constraint.root if constraint else None
        )

    def _free(self, fact: int) -> Cause:
        """A fact that may be true or false once its last question is passed."""
        known = [self.places[name] for name in names(self.facts.nodes[fact]) if name in self.places]
        return Cause(max(known, default=0), (fact,), (0, 1))
