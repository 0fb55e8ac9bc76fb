"""What is said back: lines made of the questionnaire's texts, or left to the assistant's domain to word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.interviews.position import Position
from api.interviews.stand import Line, Stand
from api.questionnaire import rendering
from api.questionnaire.definition import Question
from api.questionnaire.flow import Answer, Flow
from api.strings import LANGUAGES, say

Both = dict[str, str]
"""A text in each of our languages."""


def utter(name: str, kind: str = "reply", actions: Sequence[Line] = (), **values: Any) -> Line:
    """A line worded by the assistant's domain."""
    return {"utter": name, "kind": kind, "values": values, "actions": list(actions)}


def action(name: str, labels: Both | None = None) -> Line:
    """Something to press, with its label in every language."""
    key = name.split(":")[0] if name not in ("switch:fr", "switch:en") else name.replace(":", "_")
    return {"id": name, "labels": labels or {language: say(f"action.{key}", language) for language in LANGUAGES}}


def ask(stand: Stand, since: Position | None = None) -> tuple[Line, ...]:
    """The open question, after the notes that lead to it if it was not open at ``since``.

    At the end, the author's closing notes; the assistant's own words if there are none.
    """
    now = stand.position
    moved = since is None or since.open != now.open
    lines = tuple(notice(stand.flow, item.label) for item in _preamble(stand)) if moved else ()
    if stand.question is not None:
        return (*lines, question_line(stand))
    ending = "declined" if now.status == "declined" else "completed"
    return lines or (utter(ending, "notice"),)


def _preamble(stand: Stand) -> list[Any]:
    if stand.position.status == "declined" or stand.position.reopened:
        return []
    return [item for item in stand.flow.preamble(stand.position.answers, stand.position.open) if item.label]


def notice(flow: Flow, text: Both) -> Line:
    """A text of the questionnaire that asks nothing."""
    return {"kind": "notice", "texts": both(flow, text), "question": None, "actions": []}


def both(flow: Flow, text: Both) -> Both:
    """A text of the questionnaire in each of our languages: its own where it has no other."""
    return {language: rendering.said(flow, text, language) or "" for language in LANGUAGES}


def question_line(stand: Stand) -> Line:
    """The open question."""
    question = stand.question
    texts = both(stand.flow, question.label)
    return {"kind": "question", "texts": texts, "question": question.name, "actions": ways(stand)}


def ways(stand: Stand) -> list[Line]:
    """What may be pressed instead of an answer to the open question."""
    question, now = stand.question, stand.position
    if question.name == stand.flow.consent:
        return [action("explain")] if question.why else []
    names = [] if question.required and not now.reopened else ["skip"]
    names += ["dont_know", "refuse", "explain"]
    if earlier(stand):
        names.append("back")
    kept = {language: say("action.keep", language) for language in LANGUAGES}
    return [action(name, kept if name == "skip" and now.reopened else None) for name in names]


def earlier(stand: Stand) -> str | None:
    """The question before the open one; consent is not gone back to."""
    before = stand.flow.before(stand.position.answers, stand.position.open)
    return None if before == stand.flow.consent else before


def worded(flow: Flow, question: Question, answer: Answer) -> Both:
    """The answer in words, in each language."""
    labels = {choice.name: both(flow, choice.label) for choice in flow.choices(question.name)}
    codes = answer.value if isinstance(answer.value, list) else [answer.value]
    return {
        language: ", ".join(labels[code][language] if code in labels else str(code) for code in codes)
        + (f" ({answer.other})" if answer.other else "")
        for language in LANGUAGES
    }
