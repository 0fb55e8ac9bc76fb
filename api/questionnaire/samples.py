"""A few answers that stand for all the answers a question may get.

Conditions see only a little of an answer: ``${age} >= 18`` cannot tell 20 from 70. ``of_question`` gives answers that
make the conditions on one question true and false in every combination that a valid answer can.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from itertools import chain, combinations, pairwise

from .definition import NUMBER_TYPES, Choice, Question
from .nodes import Call, Comparison, Literal, Logical, Node, Reference, Value, as_boolean, as_number, as_text, walk

MOST_CODES = 8
"""How many codes of one list may be mentioned before their combinations are too many."""

MOST_STEPS = 1000
"""How many values of a range are listed."""

_COUNTS = {"select_multiple": "count-selected", "rank": "count-selected", "text": "string-length"}


def of_question(
    question: Question, choices: list[Choice], conditions: list[Node], constraint: Node | None
) -> list[Value] | None:
    """Answers that stand for all as far as ``conditions`` on this question alone can tell, ``None`` (no answer) first.

    A constraint on the answer alone narrows them. None if a condition looks at the answer in a way (``regex()``, say)
    that a few answers cannot stand for.
    """
    if not all(_is_told_apart(condition, question) for condition in conditions):
        return None
    narrowing = constraint if constraint and _is_about_answer_alone(constraint, question) else None
    seen = [*conditions, narrowing] if narrowing else conditions
    constants = [node.value for condition in seen for node in walk(condition) if isinstance(node, Literal)]
    answers = _answers(question, choices, constants)
    if answers is None:
        return None
    return [None, *(value for value in answers if not narrowing or as_boolean(narrowing.evaluate({}, value)))]


def _is_about_answer_alone(constraint: Node, question: Question) -> bool:
    named = any(isinstance(node, Reference) and node.name for node in walk(constraint))
    return not named and _is_told_apart(constraint, question)


def _is_told_apart(node: Node, question: Question) -> bool:
    """Whether ``_answers`` takes notice of all that this can tell apart."""
    if _is_listed(question) or isinstance(node, (Literal, Reference)):
        return True
    if isinstance(node, Comparison):
        sides = (node.left, node.right), (node.right, node.left)
        return any(_is_measured(node.sign, subject, constant, question.type) for subject, constant in sides)
    if isinstance(node, Logical) or node.function in ("not", "true", "false"):
        return all(_is_told_apart(child, question) for child in node.children)
    return node.function == "selected" and isinstance(node.arguments[1], Literal) and question.type != "text"


def _is_measured(sign: str, subject: Node, constant: Node, kind: str) -> bool:
    """Whether this compares an answer, or its count or length, with a constant."""
    if not isinstance(constant, Literal):
        return False
    if isinstance(subject, Call):
        return subject.function == _COUNTS.get(kind)
    if not isinstance(subject, Reference) or kind == "rank":
        return False
    return kind in NUMBER_TYPES or kind == "date" or (sign in ("=", "!=") and isinstance(constant.value, str))


def _is_listed(question: Question) -> bool:
    """Whether all of its answers are few enough to be listed."""
    return question.type in ("consent", "select_one") or (question.type == "range" and _steps(question) <= MOST_STEPS)


def _steps(question: Question) -> int:
    steps = (question.end - question.start) / (question.step or 1)
    return int(min(steps, MOST_STEPS + 1) + 1e-9)


def _answers(question: Question, choices: list[Choice], constants: list[float | str]) -> Iterable[Value] | None:
    numbers = sorted({number for number in map(as_number, constants) if math.isfinite(number)} | {0.0})
    match question.type:
        case "consent" | "select_one":
            return [choice.name for choice in choices]
        case "select_multiple" | "rank":
            return _combinations(question, choices, constants, most=int(max(numbers)))
        case "range" if _is_listed(question):
            return [question.start + step * (question.step or 1) for step in range(_steps(question) + 1)]
        case "range" | "decimal":
            return _decimals(numbers)
        case "integer":
            return _integers(numbers)
        case "date":
            return [date.fromordinal(day).isoformat() for day in _integers(numbers) if 1 <= day <= date.max.toordinal()]
        case "text":
            return _texts(numbers, constants)


def _integers(numbers: list[float]) -> list[int]:
    """The whole numbers at, just below and just above each."""
    near = (range(math.floor(number) - 1, math.ceil(number) + 2) for number in numbers)
    return sorted(set(chain.from_iterable(near)))


def _decimals(numbers: list[float]) -> list[float]:
    between = [(low + high) / 2 for low, high in pairwise(numbers)]
    return [numbers[0] - 1, *numbers, *between, numbers[-1] + 1]


def _texts(numbers: list[float], constants: list[float | str]) -> list[str]:
    """Those mentioned, and one of each length around those mentioned."""
    mentioned = [constant for constant in constants if isinstance(constant, str) and constant]
    return [*mentioned, *("¤" * length for length in _integers([*numbers, 1.0]) if 1 <= length <= 4000)]


def _combinations(
    question: Question, choices: list[Choice], constants: list[float | str], most: int
) -> list[Value] | None:
    """The combinations of the codes mentioned, each with none, one and up to just over ``most`` of the others."""
    words = {word for constant in constants for word in as_text(constant).split()}
    alone = [choice.name for choice in choices if choice.exclusive and question.type == "select_multiple"]
    codes = [choice.name for choice in choices if choice.name not in alone]
    mentioned = [code for code in codes if code in words]
    others = [code for code in codes if code not in words][: max(most, 0) + 1]
    if len(mentioned) > MOST_CODES:
        return None
    subsets = chain.from_iterable(combinations(mentioned, size) for size in range(len(mentioned) + 1))
    chosen = ({*subset, *others[:extra]} for subset in subsets for extra in range(len(others) + 1))
    return [[code] for code in alone] + [[code for code in codes if code in some] for some in chosen if some]
