"""Conditions as the truth of a few facts, each about one question.

``${age} >= 18 and (${job} = 'artist' or ${age} > 60)`` asks three things: whether ``${age} >= 18``, whether
``${job} = 'artist'`` and whether ``${age} > 60``. A fact is the largest part of a condition that depends on one
question alone, or the smallest that depends on several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from .nodes import Call, Logical, Node, Reference, Value, as_boolean, walk


class Condition(NamedTuple):
    """``holds`` takes the truth of every fact, by index; only ``facts`` matter."""

    facts: frozenset[int]
    holds: Callable[[Sequence[bool]], bool]


class Facts:
    """The facts that some conditions ask about; ``condition`` adds those of one more."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []

    def truth(self, index: int, values: Mapping[str, Value]) -> bool:
        """Whether a fact holds given these answers, all other questions being empty."""
        return as_boolean(self.nodes[index].evaluate(values, None))

    def condition(self, node: Node) -> Condition:
        if isinstance(node, Call) and node.function == "not":
            (part,) = map(self.condition, node.arguments)
            return Condition(part.facts, lambda truths: not part.holds(truths))
        if isinstance(node, Logical) and len(names(node)) > 1:
            parts = [self.condition(part) for part in _by_question(node)]
            return Condition(frozenset().union(*(part.facts for part in parts)), _combined(node.word, parts))
        index = self._index(node)
        return Condition(frozenset({index}), lambda truths: truths[index])

    def _index(self, node: Node) -> int:
        if node not in self.nodes:
            self.nodes.append(node)
        return self.nodes.index(node)


def names(node: Node) -> frozenset[str]:
    """The questions that it depends on."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Reference) and part.name)


def _combined(word: str, parts: list[Condition]) -> Callable[[Sequence[bool]], bool]:
    together = all if word == "and" else any
    return lambda truths: together(part.holds(truths) for part in parts)


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
