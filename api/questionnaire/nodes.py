"""The tree of an expression, and what each part of it is worth. Semantics are told in ``expressions``."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from . import patterns

Value = str | int | float | list[str] | None
"""What a question holds: see the contract's values by type; None when it holds nothing."""

Result = bool | float | str


@dataclass(frozen=True)
class Literal:
    value: float | str

    def evaluate(self, values: Mapping[str, Value], current: Value) -> Result:
        return self.value

    @property
    def children(self) -> tuple[Node, ...]:
        return ()

    def __str__(self) -> str:
        if isinstance(self.value, float):
            return as_text(self.value)
        return f'"{self.value}"' if "'" in self.value else f"'{self.value}'"


@dataclass(frozen=True)
class Reference:
    """``${name}``, or ``.`` (the answer under way) when ``name`` is None."""

    name: str | None

    def evaluate(self, values: Mapping[str, Value], current: Value) -> Result:
        return as_result(current if self.name is None else values.get(self.name))

    @property
    def children(self) -> tuple[Node, ...]:
        return ()

    def __str__(self) -> str:
        return "." if self.name is None else f"${{{self.name}}}"


@dataclass(frozen=True)
class Comparison:
    sign: str
    left: Node
    right: Node

    def evaluate(self, values: Mapping[str, Value], current: Value) -> Result:
        return _COMPARE[self.sign](self.left.evaluate(values, current), self.right.evaluate(values, current))

    @property
    def children(self) -> tuple[Node, ...]:
        return self.left, self.right

    def __str__(self) -> str:
        return f"({self.left} {self.sign} {self.right})"


@dataclass(frozen=True)
class Logical:
    """``and`` or ``or`` of two parts or more."""

    word: str
    parts: tuple[Node, ...]

    def evaluate(self, values: Mapping[str, Value], current: Value) -> Result:
        decisive = self.word == "or"
        for part in self.parts:
            if as_boolean(part.evaluate(values, current)) is decisive:
                return decisive
        return not decisive

    @property
    def children(self) -> tuple[Node, ...]:
        return self.parts

    def __str__(self) -> str:
        return "(" + f" {self.word} ".join(map(str, self.parts)) + ")"


@dataclass(frozen=True)
class Call:
    function: str
    arguments: tuple[Node, ...]

    def evaluate(self, values: Mapping[str, Value], current: Value) -> Result:
        return FUNCTIONS[self.function].run(*(part.evaluate(values, current) for part in self.arguments))

    @property
    def children(self) -> tuple[Node, ...]:
        return self.arguments

    def __str__(self) -> str:
        return f"{self.function}({', '.join(map(str, self.arguments))})"


Node = Literal | Reference | Comparison | Logical | Call


def walk(node: Node) -> Iterator[Node]:
    """Every part of it, outermost first."""
    yield node
    for child in node.children:
        yield from walk(child)


def as_result(value: Value) -> Result:
    """What an answer is in an expression."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    if isinstance(value, int) and not isinstance(value, bool):
        return _as_float(value)
    return value if isinstance(value, (str, bool, float)) else str(value)


def _as_float(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def as_text(result: Result) -> str:
    if isinstance(result, bool):
        return "true" if result else "false"
    if isinstance(result, float):
        return _number_text(result)
    return result


def _number_text(number: float) -> str:
    """As XPath writes it: no exponent, no needless decimals."""
    if math.isinf(number) or math.isnan(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    return str(int(number)) if number.is_integer() else format(Decimal(repr(number)), "f")


def as_boolean(result: Result) -> bool:
    return bool(result) and result == result  # NaN is not equal to itself, and is false


_NUMBER = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")
_DAY = re.compile(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\s*")


def as_number(result: Result) -> float:
    """NaN for a text that is neither a number nor a date."""
    if not isinstance(result, str):
        return float(result)
    if _NUMBER.fullmatch(result):
        return float(result)
    day = _DAY.fullmatch(result)
    try:
        return float(date.fromisoformat(day[1]).toordinal()) if day else math.nan
    except ValueError:
        return math.nan


def _equal(left: Result, right: Result) -> bool:
    kinds = (type(left), type(right))
    if bool in kinds:
        return as_boolean(left) == as_boolean(right)
    if float in kinds:
        return as_number(left) == as_number(right)
    return left == right


def _ordered(compare: Callable[[float, float], bool]) -> Callable[[Result, Result], bool]:
    return lambda left, right: compare(as_number(left), as_number(right))


_COMPARE: dict[str, Callable[[Result, Result], bool]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
}


class _Function(NamedTuple):
    arity: int
    run: Callable[..., Result]


FUNCTIONS = {
    "not": _Function(1, lambda condition: not as_boolean(condition)),
    "true": _Function(0, lambda: True),
    "false": _Function(0, lambda: False),
    "selected": _Function(2, lambda codes, code: as_text(code).strip() in as_text(codes).split()),
    "count-selected": _Function(1, lambda codes: float(len(as_text(codes).split()))),
    "string-length": _Function(1, lambda text: float(len(as_text(text)))),
    "regex": _Function(2, lambda text, pattern: patterns.read(as_text(pattern)).matches(as_text(text))),
}
