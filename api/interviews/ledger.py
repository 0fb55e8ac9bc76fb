"""Reading an interview's log into a ``Stand``, and writing an ``Outcome`` back to it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from api import models
from api.consultations.service import Versions
from api.interviews import queries
from api.interviews.position import Event, Revision
from api.interviews.stand import Outcome, Stand
from api.questionnaire.flow import Answer

REMEMBERED = 2048
"""Interviews kept in memory, a few kilobytes each."""
REMEMBERED_FOR = 300.0
"""Seconds since the last change of an interview that is still remembered."""


@dataclass(frozen=True)
class Evidence:
    """The words an answer came from, and how they were read."""

    language: str
    method: str
    text: str | None = None
    confidence: float | None = None
    span: list[int] | None = None
    message_seq: int | None = None


class Ledger:
    """Reads interviews' logs, and again only where they grew: turn 200 costs what turn 2 costs.

    What is remembered is checked against the log each time, so any process may have written since. Only what is
    committed may be remembered: a transaction reads an interview before it writes to it, or ``anew``.
    """

    def __init__(self, versions: Versions):
        self._versions = versions
        self._known: OrderedDict[str, tuple[float, Stand]] = OrderedDict()
        self._lock = threading.Lock()

    def load(self, session: Session, interview: models.Interview) -> Stand:
        """The interview as its log tells it."""
        _, known = self._known.get(interview.id, (0.0, None))
        if known is None:
            return self._remember(interview.id, self.anew(session, interview))
        rows = queries.events(session, interview.id, known.seen)
        if not rows:
            return known
        events = [Event(kind, payload) for kind, payload in rows]
        if any(event.kind == "message.strike" for event in events):
            return self._remember(interview.id, self.anew(session, interview))
        recorded = [event.payload for event in events if event.kind == "answer.record"]
        answers = [queries.reading(session, interview.id, **payload) for payload in recorded]
        return self._remember(interview.id, known.grown(events, _revisions(filter(None, answers))))

    def anew(self, session: Session, interview: models.Interview) -> Stand:
        """The interview as its whole log tells it, with what this transaction wrote."""
        flow = self._versions.flow(session, interview.version)
        events = [Event(kind, payload) for kind, payload in queries.events(session, interview.id)]
        return Stand.of(flow, events, _revisions(queries.readings(session, interview.id)))

    def forget(self, id: str) -> None:
        """Drops an interview that was erased; another process drops it in ``REMEMBERED_FOR`` at the latest."""
        with self._lock:
            self._known.pop(id, None)

    def tidy(self) -> None:
        """Drops what was not read lately."""
        with self._lock:
            while self._known and (len(self._known) > REMEMBERED or self._is_old(next(iter(self._known.values())))):
                self._known.popitem(last=False)

    @staticmethod
    def _is_old(known: tuple[float, Stand]) -> bool:
        return time.monotonic() - known[0] > REMEMBERED_FOR

    def _remember(self, id: str, stand: Stand) -> Stand:
        with self._lock:
            self._known[id] = time.monotonic(), stand
            self._known.move_to_end(id)
        return stand


def _revisions(rows: Iterable[Any]) -> dict[Revision, Answer]:
    return {
        (question, revision): Answer(value=value, missing=missing, other=other)
        for question, revision, value, missing, other in rows
    }


def write(
    session: Session,
    id: str,
    stand: Stand,
    outcome: Outcome,
    evidence: Evidence,
    at: datetime,
    turn: int | None = None,
) -> None:
    """Appends to the log what happened in a ``turn``, or outside of any: the answer if there is one, its events."""
    first = stand.seen + 1
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
