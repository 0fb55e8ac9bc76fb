"""Where an interview stands: a pure function of its questionnaire version and its log.

The log is append-only. Nothing here reads a clock or a database, so any worker computes the same position, today
or in ten years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from api.questionnaire.flow import Answer, Flow

Status = Literal["consenting", "active", "paused", "completed", "declined"]
Revision = tuple[str, int]
"""A question's name and the number of one of its answers, from 1."""


@dataclass(frozen=True)
class Event:
    """Something that happened: ``kind`` is a dotted name, ``payload`` what it needs to be replayed."""

    kind: str
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Position:
    """What is known of an interview between two turns."""

    language: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """The current answer of each question answered, also of those no longer reached."""
    given: Mapping[str, int] = field(default_factory=dict)
    """The number of the last answer to each question, struck ones counted: numbers are never used twice."""
    reopened: str | None = None
    """An earlier question that the person went back to."""
    offer: Mapping[str, Any] | None = None
    """What was proposed and awaits a yes, a no or a choice."""
    attempts: int = 0
    """How many times in a row the open question's answer could not be read."""
    paused: bool = False
    switch_offered: bool = False
    open: str | None = None
    status: Status = "active"


def replay(stand: Position, events: Iterable[Event], revisions: Mapping[Revision, Answer]) -> Position:
    """The log, from ``stand`` on; ``revisions`` holds the answers it tells of that were not struck off the record.

    What follows from the questionnaire is left out, so that a replay can go on where another stopped: see ``settle``.
    """
    for event in events:
        stand = _REPLAY[event.kind](stand, event.payload, revisions)
    return stand


def settle(flow: Flow, stand: Position) -> Position:
    """The position with what follows from the questionnaire: the open question and the status."""
    reached = flow.reached(stand.answers)
    reopened = stand.reopened if stand.reopened in reached else None
    question = reopened or flow.open(stand.answers)
    return replace(stand, reopened=reopened, open=question, status=_status(flow, stand, question))


def _status(flow: Flow, stand: Position, question: str | None) -> Status:
    if flow.declined(stand.answers):
        return "declined"
    if question is None:
        return "completed"
    if stand.paused:
        return "paused"
    return "consenting" if question == flow.consent else "active"


def _record(stand: Position, payload: Mapping[str, Any], revisions: Mapping[Revision, Answer]) -> Position:
    question, revision = payload["question"], payload["revision"]
    answer = revisions.get((question, revision))
    answers = stand.answers if answer is None else {**stand.answers, question: answer}
    given = {**stand.given, question: revision}
    return replace(stand, answers=answers, given=given, reopened=None, offer=None, attempts=0)


def _goto(stand: Position, payload: Mapping[str, Any], _: object) -> Position:
    return replace(stand, reopened=payload["question"], offer=None, attempts=0)


def _keep(stand: Position, *_: object) -> Position:
    return replace(stand, reopened=None, offer=None, attempts=0)


def _offer(stand: Position, payload: Mapping[str, Any], _: object) -> Position:
    return replace(stand, offer=dict(payload) or None)


_REPLAY = {
    "interview.start": lambda stand, payload, _: replace(stand, language=payload["language"]),
    "interview.pause": lambda stand, *_: replace(stand, paused=True),
    "interview.resume": lambda stand, *_: replace(stand, paused=False),
    "language.set": lambda stand, payload, _: replace(stand, language=payload["language"], offer=None),
    "language.offer": lambda stand, *_: replace(stand, switch_offered=True),
    "answer.record": _record,
    "attempt.fail": lambda stand, *_: replace(stand, attempts=stand.attempts + 1, offer=None),
    "move.goto": _goto,
    "move.keep": _keep,
    "offer.make": _offer,
    "offer.close": lambda stand, *_: replace(stand, offer=None),
    "message.strike": lambda stand, *_: replace(stand, offer=None, attempts=0),
}

KINDS: Sequence[str] = tuple(_REPLAY)
"""Every kind of event there is."""
