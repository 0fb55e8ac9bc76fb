"""Whether a value answers its question."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from . import bounds
from .answers import Answer
from .definition import Choice, Question, Text
from .flow import Flow
from .nodes import Value

LONGEST_TEXT = 4000
"""In characters."""

LARGEST_NUMBER = 2**53 - 1
"""The largest whole number that every JSON reader keeps exact."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Rejected(ValueError):
    """A value that does not answer the question, with the author's ``message`` if there is one.

    Codes: invalid (wrong type, malformed or out of range), unknown-choice, constraint.
    """

    def __init__(self, code: str, message: Text | None = None):
        super().__init__(code)
        self.code, self.message = code, message


def validate(flow: Flow, name: str, value: Any, other: Any, answers: Mapping[str, Answer]) -> Answer:
    """The answer these make, as it is kept: choices in their list's order, whole numbers as ``int``.

    ``value`` and ``other`` are JSON of any kind; ``answers`` are the interview's, for a constraint that mentions
    them. Raises Rejected; KeyError if there is no such question.
    """
    question = flow.questions[name]
    kept = _READ[question.type](flow, question, value)
    if other is not None:
        _check_other(flow.choices(name), kept, other)
    constraint = flow.constraints.get(name)
    if constraint and not constraint.holds(flow.values(answers), kept):
        raise Rejected("constraint", question.constraint_message)
    return Answer(value=kept, other=other)


def _require(condition: bool, code: str = "invalid") -> None:
    if not condition:
        raise Rejected(code)


def _one_choice(flow: Flow, question: Question, value: Any) -> str:
    _require(isinstance(value, str))
    _require(value in _codes(flow, question), "unknown-choice")
    return value


def _distinct_choices(flow: Flow, question: Question, value: Any) -> list[str]:
    _require(isinstance(value, list) and value and all(isinstance(code, str) for code in value))
    _require(set(value) <= set(_codes(flow, question)), "unknown-choice")
    _require(len(set(value)) == len(value))
    return value


def _several_choices(flow: Flow, question: Question, value: Any) -> list[str]:
    chosen = set(_distinct_choices(flow, question, value))
    alone = any(choice.exclusive and choice.name in chosen for choice in flow.choices(question.name))
    _require(len(chosen) == 1 or not alone, "constraint")
    return [code for code in _codes(flow, question) if code in chosen]


def _ranking(flow: Flow, question: Question, value: Any) -> list[str]:
    """Without a limit on how many, all of them are ranked."""
    ranked = _distinct_choices(flow, question, value)
    limited = bounds.of_count(question, flow.constraints.get(question.name)) != bounds.Bounds()
    _require(limited or len(ranked) == len(_codes(flow, question)))
    return ranked


def _codes(flow: Flow, question: Question) -> list[str]:
    return [choice.name for choice in flow.choices(question.name)]


def _number(flow: Flow, question: Question, value: Any) -> int | float:
    _require(isinstance(value, (int, float)) and not isinstance(value, bool))
    _require(abs(value) <= LARGEST_NUMBER)  # also refuses NaN, which no comparison holds for
    return bounds.plain(value)


def _integer(flow: Flow, question: Question, value: Any) -> int:
    number = _number(flow, question, value)
    _require(isinstance(number, int))
    return number


def _range(flow: Flow, question: Question, value: Any) -> int | float:
    number = _number(flow, question, value)
    _require(question.start <= number <= question.end)
    step = question.step or 1
    _require(abs(math.remainder(number - question.start, step)) < 1e-9 * step)
    return number


def _date(flow: Flow, question: Question, value: Any) -> str:
    _require(isinstance(value, str) and _DATE.fullmatch(value))
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise Rejected("invalid") from error
    return value


def _text(flow: Flow, question: Question, value: Any) -> str:
    _check_words(value)
    return value


def _check_words(words: Any) -> None:
    _require(isinstance(words, str) and len(words) <= LONGEST_TEXT and words.strip())
    _require("\0" not in words and not any("\ud800" <= character <= "\udfff" for character in words))


def _check_other(choices: list[Choice], value: Value, words: Any) -> None:
    """Words are for a chosen choice that asks for them."""
    _check_words(words)
    chosen = value if isinstance(value, list) else [value]
    _require(any(choice.other and choice.name in chosen for choice in choices))


_READ: dict[str, Callable[[Flow, Question, Any], Value]] = {
    "consent": _one_choice,
    "select_one": _one_choice,
    "select_multiple": _several_choices,
    "rank": _ranking,
    "integer": _integer,
    "decimal": _number,
    "range": _range,
    "date": _date,
    "text": _text,
}
