"""Reading an interview's log into a ``Stand``, and writing an ``Outcome`` back to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from api import models
from api.consultations.service import Versions
from api.interviews import queries
from api.interviews.position import Event
from api.interviews.stand import Outcome, Stand
from api.questionnaire.flow import Answer


@dataclass(frozen=True)
class Evidence:
    """The words an answer came from, and how they were read."""

    language: str
    method: str
    text: str | None = None
    confidence: float | None = None
    span: list[int] | None = None
    message_seq: int | None = None


def load(session: Session, versions: Versions, interview: models.Interview) -> Stand:
    """The interview as its log tells it."""
    flow = versions.flow(session, interview.version)
    events = [Event(kind, payload) for kind, payload in queries.events(session, interview.id)]
    revisions = {
        (question, revision): Answer(value=value, missing=missing, other=other)
        for question, revision, value, missing, other in queries.readings(session, interview.id)
    }
    return Stand.of(flow, events, revisions)


def write(
    session: Session, id: str, outcome: Outcome, evidence: Evidence, at: datetime, turn: int | None = None
) -> None:
    """Appends what happened in a ``turn``, or outside of any: the answer if there is one, and its events."""
    first = queries.next_event(session, id)
    rows: list[Any] = [
        models.Event(
            interview=id,
            n=first + i,
            kind=event.kind,
            payload=dict(event.payload),
            message_seq=turn,
            at=at,
        )
        for i, event in enumerate(outcome.events)
    ]
    if outcome.record:
        rows.append(_answer(id, outcome, evidence, at))
    queries.add(session, *rows)


def _answer(id: str, outcome: Outcome, evidence: Evidence, at: datetime) -> models.Answer:
    record = outcome.record
    return models.Answer(
        interview=id,
        question=record.question,
        revision=record.revision,
        value=record.answer.value,
        missing=record.answer.missing,
        other=record.answer.other,
        text=evidence.text,
        language=evidence.language,
        method=evidence.method,
        confidence=evidence.confidence,
        span=evidence.span,
        message_seq=evidence.message_seq,
        at=at,
    )
