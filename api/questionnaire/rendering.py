"""What a questionnaire looks like from outside: a question to a person, a lexicon to the assistant."""

from __future__ import annotations

import random
from typing import Any

from . import bounds
from .definition import CHOICE_TYPES, Choice, Group, Text
from .flow import Flow

LANGUAGES = ("fr", "en")


def said(flow: Flow, text: Text | None, language: str) -> str | None:
    """A text in a language, else in the questionnaire's own."""
    if text is None:
        return None
    return text.get(language) or text.get(flow.questionnaire.source_language) or next(iter(text.values()), "")


def describe(flow: Flow, name: str, language: str, seed: int | str) -> dict[str, Any]:
    """The contract's ``question`` object. The same ``seed`` gives the same order of choices. Raises KeyError."""
    question = flow.questions[name]
    return {
        "name": name,
        "type": question.type,
        "label": said(flow, question.label, language),
        "hint": said(flow, question.hint, language),
        "required": question.required,
        "choices": _choices(flow, name, language, seed) if question.type in CHOICE_TYPES else None,
        **_limits(flow, name),
        "other": any(choice.other for choice in flow.choices(name)),
        "scale": [said(flow, end, language) for end in question.scale] if question.scale else None,
        "default": question.default,
        "appearance": question.appearance,
        "group": _grid(flow, flow.grids.get(name), language),
    }


def lexicon(flow: Flow) -> dict[str, Any]:
    """All that the assistant needs to read an answer: ``{"hash": version, "questions": {name: ...}}``."""
    return {"hash": flow.version, "questions": {name: _entry(flow, name) for name in flow.questions}}


def _entry(flow: Flow, name: str) -> dict[str, Any]:
    question = flow.questions[name]
    return {
        "type": question.type,
        "label": _every_language(flow, question.label),
        "required": question.required,
        "choices": [_named(flow, choice) for choice in flow.choices(name)],
        **_limits(flow, name),
        "scale": [_every_language(flow, end) for end in question.scale] if question.scale else None,
    }


def _named(flow: Flow, choice: Choice) -> dict[str, Any]:
    return {
        "code": choice.name,
        "label": _every_language(flow, choice.label),
        "aliases": {language: choice.aliases.get(language, []) for language in LANGUAGES},
        "exclusive": choice.exclusive,
        "other": choice.other,
    }


def _every_language(flow: Flow, text: Text) -> dict[str, str | None]:
    return {language: said(flow, text, language) for language in LANGUAGES}


def _limits(flow: Flow, name: str) -> dict[str, Any]:
    question, constraint = flow.questions[name], flow.constraints.get(name)
    number = bounds.of_number(question, constraint)
    step = bounds.plain(question.step or 1) if question.type == "range" else None
    most = bounds.of_count(question, constraint).max
    return {"min": number.min, "max": number.max, "step": step, "max_choices": most}


def _choices(flow: Flow, name: str, language: str, seed: int | str) -> list[dict[str, Any]]:
    return [
        {
            "code": choice.name,
            "label": said(flow, choice.label, language),
            "exclusive": choice.exclusive,
            "other": choice.other,
        }
        for choice in ordered(flow, name, seed)
    ]


def ordered(flow: Flow, name: str, seed: int | str) -> list[Choice]:
    """A question's choices in the order that the interview of this ``seed`` shows them. Raises KeyError."""
    choices = flow.choices(name)
    if not flow.questions[name].randomize:
        return choices
    mixed = [choice for choice in choices if not _stays_last(choice)]
    random.Random(f"{seed}/{name}").shuffle(mixed)
    return mixed + [choice for choice in choices if _stays_last(choice)]


def _stays_last(choice: Choice) -> bool:
    return choice.exclusive or choice.other


def _grid(flow: Flow, group: Group | None, language: str) -> dict[str, Any] | None:
    return {"name": group.name, "label": said(flow, group.label, language)} if group else None
