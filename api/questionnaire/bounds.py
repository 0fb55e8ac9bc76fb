"""What a constraint says in numbers: ``. >= 0 and . <= 99`` is from 0 to 99."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from .definition import CHOICE_TYPES, Question
from .expressions import Expression
from .nodes import Call, Comparison, Literal, Logical, Node, Reference

ANSWER = Reference(None)
COUNT = Call("count-selected", (ANSWER,))

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


class Bounds(NamedTuple):
    """The least and the most, both included; None is no limit."""

    min: int | float | None = None
    max: int | float | None = None


def of_number(question: Question, constraint: Expression | None) -> Bounds:
    """The numbers that may be answered; empty for a question that does not take a number."""
    if question.type == "range":
        return Bounds(plain(question.start), plain(question.end))
    if question.type not in ("integer", "decimal"):
        return Bounds()
    return _read(constraint, ANSWER, whole=question.type == "integer")


def of_count(question: Question, constraint: Expression | None) -> Bounds:
    """How many choices may be chosen, as far as the constraint says."""
    return _read(constraint, COUNT, whole=True) if question.type in CHOICE_TYPES else Bounds()


def plain(number: float | None) -> int | float | None:
    """3 rather than 3.0."""
    return int(number) if number is not None and number == int(number) else number


def _read(constraint: Expression | None, subject: Node, whole: bool) -> Bounds:
    limits = list(_limits(constraint.root, subject)) if constraint else []
    least = [_inside(sign, number, whole) for sign, number in limits if sign in (">", ">=", "=")]
    most = [_inside(sign, number, whole) for sign, number in limits if sign in ("<", "<=", "=")]
    return Bounds(plain(max(least, default=None)), plain(min(most, default=None)))


def _limits(node: Node, subject: Node) -> Iterator[tuple[str, float]]:
    """The comparisons of ``subject`` with a number that must all hold, as (sign, number)."""
    if isinstance(node, Logical) and node.word == "and":
        for part in node.parts:
            yield from _limits(part, subject)
    elif isinstance(node, Comparison) and node.sign in _MIRRORED:
        for sign, this, other in ((node.sign, node.left, node.right), (_MIRRORED[node.sign], node.right, node.left)):
            if this == subject and isinstance(other, Literal) and isinstance(other.value, float):
                yield sign, other.value


def _inside(sign: str, number: float, whole: bool) -> float:
    """The nearest number that is allowed; a decimal just past an excluded limit has no nearest, the limit is said."""
    if not whole:
        return number
    if sign.startswith(">"):
        return math.floor(number) + 1 if sign == ">" else math.ceil(number)
    return math.ceil(number) - 1 if sign == "<" else math.floor(number)
