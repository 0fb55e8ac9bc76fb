"""A questionnaire laid out in the order it is walked, its opening consent included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .definition import Choice, Group, Item, Question, Questionnaire
from .expressions import Expression, parse

PARTICIPATE = "participate"
"""The purpose of the opening consent."""


class FlowError(ValueError):
    """A questionnaire that cannot be walked; ``name`` is the question at fault.

    Codes: consent-first (something is asked before the opening consent), consent-gated (it has a condition),
    unknown-list (a question whose list of choices does not exist).
    """

    def __init__(self, code: str, name: str):
        super().__init__(f"{code}: {name}")
        self.code, self.name = code, name


@dataclass(frozen=True)
class Step:
    """One item at its ``place`` in the walk; if ``relevant`` is false, the walk goes on at ``end``, past its children.

    ``asks`` is the name of a question, None for what is only shown; ``grid`` is the table a question is a row of.
    """

    place: int
    end: int
    item: Item
    asks: str | None
    relevant: Expression | None
    grid: Group | None


def steps_of(questionnaire: Questionnaire) -> list[Step]:
    """Raises ExpressionError or FlowError."""
    steps = _laid_out(_with_consent(questionnaire))
    first = next(step for step in steps if step.asks)
    if first.item.purpose != PARTICIPATE:
        raise FlowError("consent-first", first.asks)
    if any(step.relevant and step.place <= first.place < step.end for step in steps):
        raise FlowError("consent-gated", first.asks)
    return steps


def choices_of(questionnaire: Questionnaire, question: Question) -> list[Choice]:
    """In the author's order; none for a type without choices. Raises FlowError."""
    if question.type == "consent":
        return consent_choices()
    if question.choices is None:
        return []
    if question.choices not in questionnaire.choices:
        raise FlowError("unknown-list", question.name)
    return questionnaire.choices[question.choices]


@cache
def consent_choices() -> list[Choice]:
    """The yes and no of every consent."""
    return [Choice(**choice) for choice in _default_consent()["choices"]]


def _laid_out(survey: Iterable[Item], start: int = 0, grid: Group | None = None) -> list[Step]:
    """The steps of these items, the first of them at ``start``."""
    steps: list[Step] = []
    for item in survey:
        place = start + len(steps)
        inside = _children(item, place + 1)
        asks = item.name if isinstance(item, Question) else None
        relevant = parse(item.relevant) if item.relevant else None
        steps += [Step(place, place + 1 + len(inside), item, asks, relevant, grid), *inside]
    return steps


def _children(item: Item, start: int) -> list[Step]:
    if not isinstance(item, Group):
        return []
    return _laid_out(item.children, start, item if item.appearance == "table-list" else None)


def _with_consent(questionnaire: Questionnaire) -> list[Item]:
    """The survey, with the default consent just before its first question if it declares none."""
    survey = questionnaire.survey
    if any(question.type == "consent" and question.purpose == PARTICIPATE for question in questionnaire.questions()):
        return survey
    consent = Question(**_default_consent()["question"] | {"name": _free_name(questionnaire)})
    first = next((place for place, item in enumerate(survey) if _asks(item)), len(survey))
    return [*survey[:first], consent, *survey[first:]]


def _asks(item: Item) -> bool:
    return isinstance(item, Question) or (isinstance(item, Group) and any(map(_asks, item.children)))


def _free_name(questionnaire: Questionnaire) -> str:
    taken = {item.name for item, _ in questionnaire.items()}
    name = PARTICIPATE
    while name in taken:
        name += "_"
    return name


@cache
def _default_consent() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("default_consent.yml").read_text("utf-8"))
