"""Conditions as the truth of a few facts, each about one question.

``${age} >= 18 and (${job} = 'artist' or ${age} > 60)`` asks three things: whether ``${age} >= 18``, whether
``${job} = 'artist'`` and whether ``${age} > 60``. A fact is the largest part of a condition that depends on one
question alone, or the smallest that depends on several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from .nodes import Call, Logical, Node, Reference, Value, as_boolean, walk

State = tuple[bool | None, ...]
"""The truth of each fact, by index; None is unknown."""


class Condition(NamedTuple):
    """``holds`` of a state is true, false or, as Kleene has it, unknown."""

    facts: frozenset[int]
    holds: Callable[[State], bool | None]


class Facts:
    """The facts that some conditions ask about; ``condition`` adds those of one more."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []

    def about(self, name: str) -> list[int]:
        """The facts that depend on this question."""
        return [index for index, node in enumerate(self.nodes) if name in names(node)]

    def is_joint(self, index: int) -> bool:
        """Whether it depends on several questions."""
        return len(names(self.nodes[index])) > 1

    def truth(self, index: int, values: Mapping[str, Value]) -> bool | None:
        """Its truth given the answer to its question; unknown if it depends on several."""
        return None if self.is_joint(index) else as_boolean(self.nodes[index].evaluate(values, None))

    def state(self, values: Mapping[str, Value]) -> State:
        """The truth of every fact given these answers, all other questions being empty."""
        return tuple(as_boolean(node.evaluate(values, None)) for node in self.nodes)

    def condition(self, node: Node) -> Condition:
        if len(names(node)) > 1 and isinstance(node, Logical):
            parts = [self.condition(part) for part in _by_question(node)]
            return Condition(frozenset().union(*(part.facts for part in parts)), _logical(node.word == "or", parts))
        if len(names(node)) > 1 and isinstance(node, Call) and node.function == "not":
            (part,) = map(self.condition, node.arguments)
            return Condition(part.facts, lambda state: _opposite(part.holds(state)))
        index = self._index(node)
        return Condition(frozenset({index}), lambda state: state[index])

    def _index(self, node: Node) -> int:
        if node not in self.nodes:
            self.nodes.append(node)
        return self.nodes.index(node)


def names(node: Node) -> frozenset[str]:
    """The questions that it depends on."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Reference) and part.name)


def _by_question(node: Logical) -> Iterator[Node]:
    """The same condition with the parts about one question together."""
    together: dict[frozenset[str], list[Node]] = {}
    for part in node.parts:
        if len(names(part)) == 1:
            together.setdefault(names(part), []).append(part)
        else:
            yield part
    for parts in together.values():
        yield parts[0] if len(parts) == 1 else Logical(node.word, tuple(parts))


def _logical(decisive: bool, parts: list[Condition]) -> Callable[[State], bool | None]:
    def holds(state: State) -> bool | None:
        truths = [part.holds(state) for part in parts]
        if decisive in truths:
            return decisive
        return None if None in truths else not decisive

    return holds


def _opposite(truth: bool | None) -> bool | None:
    return None if truth is None else not truth
