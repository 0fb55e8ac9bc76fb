"""What a respondent can do with an interview, turns apart (see ``exchange``): a method is one transaction's work."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from api import models
from api.consultations import service as consultations
from api.consultations.service import Versions
from api.interviews import ledger, lines, queries, receipt, views
from api.interviews.ledger import Evidence, Ledger
from api.interviews.position import Event
from api.interviews.stand import Outcome, Record, Stand
from api.problems import Problem
from api.questionnaire.flow import Answer
from api.questionnaire.validation import Rejected, validate
from api.settings import Settings

FAILURES_WINDOW = timedelta(hours=1)
DELAY_PER_FAILURE, LONGEST_DELAY = 0.05, 5.0
"""Seconds that each failed receipt of the last hour adds to the next failure, and their most."""


@dataclass(frozen=True)
class Respondents:
    """The respondent's side of the house: what its use cases need besides a session."""

    versions: Versions
    ledger: Ledger
    settings: Settings

    # Beginning and coming back

    def start(
        self, session: Session, slug: str, language: str | None, accept: str, surface: str, source: str | None
    ) -> dict[str, Any]:
        """Begins an interview: its id, its token, its receipt and the welcome. Raises ``Problem``."""
        flow, at = consultations.current(session, self.versions, slug), now()
        consultations.must_welcome(flow, at)
        spoken = flow.questionnaire.consultation.languages
        if language is not None and language not in spoken:
            raise Problem("invalid")
        words, token = receipt.draw(), secrets.token_urlsafe(32)
        interview = models.Interview(
            id=secrets.token_urlsafe(16),
            consultation=slug,
            version=flow.version,
            surface=surface,
            source=source,
            seed=secrets.randbits(48),
            receipt=receipt.digest(words, self._receipt_key),
            started_at=at,
            fence=0,
        )
        queries.add_now(session, interview)
        queries.add(session, models.AccessToken(hash=digest(token), interview=interview.id))
        chosen = language or _first_spoken(accept, spoken)
        start, unborn = Event("interview.start", {"language": chosen}), Stand.of(flow, [], {})
        begun = unborn.grown([start], {})
        said = lines.ask(begun)
        ledger.write(session, interview.id, unborn, Outcome(events=(start,)), Evidence(chosen, "page"), at)
        rows = [views.spoken(interview.id, seq, line, chosen, at) for seq, line in enumerate(said, 1)]
        queries.add(session, *rows)
        shown = views.state(begun, interview, [views.message(row) for row in rows])
        return {"id": interview.id, "token": token, "receipt": receipt.words(words, chosen), **shown}

    def resume(self, session: Session, words: str) -> dict[str, Any] | None:
        """Continues from a receipt with a new token, superseding the earlier ones; ``None`` if it is no receipt."""
        indexes = receipt.read(words)
        found = queries.by_receipt(session, receipt.digest(indexes, self._receipt_key)) if indexes else None
        if found is None:
            return None
        if found.withdrawn_at:
            raise Problem("withdrawn")
        token, at = secrets.token_urlsafe(32), now()
        queries.supersede_tokens(session, found.id, at)
        queries.add(session, models.AccessToken(hash=digest(token), interview=found.id))
        return {"id": found.id, "token": token, **self.state(session, found)}

    def note_failed_receipt(self, session: Session) -> float:
        """Counts a failure; the seconds that its answer must wait grow with everyone's failures."""
        at = now()
        failures = queries.receipt_failures(session, at, FAILURES_WINDOW)
        queries.add(session, models.ReceiptFailure(at=at))
        return min(failures * DELAY_PER_FAILURE, LONGEST_DELAY)

    @property
    def _receipt_key(self) -> bytes:
        return self.settings.receipt_key.get_secret_value().encode()

    # Reading

    def stand(self, session: Session, interview: models.Interview) -> Stand:
        return self.ledger.load(session, interview)

    def has_expired(self, stand: Stand) -> bool:
        return consultations.has_ended(stand.flow, now(), timedelta(days=self.settings.grace_days))

    def state(self, session: Session, interview: models.Interview) -> dict[str, Any]:
        stand = self.stand(session, interview)
        return views.state(stand, interview, expired=self.has_expired(stand))

    def messages(
        self, session: Session, interview: models.Interview, after: int, language: str | None
    ) -> dict[str, Any]:
        """The transcript after ``after``, in ``language`` where the bot speaks, and whether an answer is on its way."""
        rows = queries.messages(session, interview.id, after)
        sent = queries.client_ids(session, interview.id, after)
        said = [views.message(row, language, sent.get(row.seq)) for row in rows]
        pending = queries.is_pending(session, interview.id)
        return {**self.state(session, interview), "messages": said, "turn": "pending" if pending else "idle"}

    def answers(self, session: Session, interview: models.Interview) -> list[dict[str, Any]]:
        return views.answers(self.stand(session, interview), queries.answers(session, interview.id))

    # Answering without a conversation

    def put_answer(
        self,
        session: Session,
        interview: models.Interview,
        name: str,
        value: Any,
        missing: str | None,
        other: str | None,
    ) -> dict[str, Any]:
        """One answer of the form; raises ``Problem`` unknown-question, not-open, invalid, unknown-choice,
        constraint."""
        stand = self.stand(session, interview)
        self.must_be_open(stand)
        answer = _checked(stand, name, value, missing, other)
        record = Record(name, stand.next_revision(name), answer)
        event = Event("answer.record", {"question": name, "revision": record.revision})
        outcome = Outcome(events=(event,), record=record)
        ledger.write(session, interview.id, stand, outcome, Evidence(stand.position.language, "form"), now())
        return views.state(stand.after(outcome), interview)

    def set_language(self, session: Session, interview: models.Interview, language: str) -> dict[str, Any]:
        """Goes on in another language; raises ``Problem`` invalid if the consultation does not speak it."""
        stand = self.stand(session, interview)
        if language not in stand.flow.questionnaire.consultation.languages:
            raise Problem("invalid")
        outcome = Outcome(events=(Event("language.set", {"language": language}),))
        ledger.write(session, interview.id, stand, outcome, Evidence(language, "page"), now())
        return views.state(stand.after(outcome), interview, expired=self.has_expired(stand))

    def must_be_open(self, stand: Stand) -> None:
        """Raises ``Problem`` closed or not-open unless something can still be said."""
        if stand.position.status in ("completed", "declined"):
            raise Problem("not-open")
        if self.has_expired(stand):
            raise Problem("closed")

    # Leaving

    def withdraw(self, session: Session, interview: models.Interview) -> None:
        """Erases everything; a tombstone stays, so that a restored backup can be emptied again."""
        queries.erase(session, interview.id)
        self.ledger.forget(interview.id)
        interview.withdrawn_at = now()
        interview.surface = interview.source = interview.lease_until = None
        interview.seed = 0
        interview.fence += 1

    def export(self, session: Session, interview: models.Interview) -> dict[str, Any]:
        """Everything held on this person."""
        stand = self.stand(session, interview)
        return {
            "interview": {
                "id": interview.id,
                "consultation": interview.consultation,
                "version": interview.version,
                "surface": interview.surface,
                "source": interview.source,
                "started_at": views.moment(interview.started_at),
                "status": stand.position.status,
                "language": stand.position.language,
            },
            "answers": [views.answer(row) for row in queries.answers(session, interview.id)],
            "messages": [views.message(row) for row in queries.messages(session, interview.id)],
            "events": [{"kind": kind, **payload} for kind, payload in queries.events(session, interview.id)],
        }


def now() -> datetime:
    return datetime.now(UTC)


def digest(token: str) -> str:
    """What is kept of a token: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def _first_spoken(accept: str, spoken: list[str]) -> str:
    return accept if accept in spoken else spoken[0]


def _checked(stand: Stand, name: str, value: Any, missing: str | None, other: str | None) -> Answer:
    if name not in stand.flow.questions:
        raise Problem("unknown-question")
    if name not in stand.flow.reached(stand.position.answers):
        raise Problem("not-open")
    if missing:
        question = stand.flow.questions[name]
        if name == stand.flow.consent or (missing == "skipped" and question.required):
            raise Problem("invalid")
        return Answer(missing=missing)
    try:
        return validate(stand.flow, name, value, other, stand.position.answers)
    except Rejected as rejected:
        raise Problem(rejected.code, rejected.message) from rejected


def as_csv(export: dict[str, Any]) -> str:
    """A person's answers as CSV, one revision a line; what a spreadsheet would run as a formula is quoted."""
    out = io.StringIO()
    columns = ("question", "value", "other", "missing", "text", "language", "method", "revision", "at")
    table = csv.writer(out)
    table.writerow(columns)
    for answer in export["answers"]:
        table.writerow([_cell(answer[column]) for column in columns])
    return out.getvalue()


def _cell(value: Any) -> str:
    shown = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "'" + shown if shown.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(shown) else shown


def _is_number(shown: str) -> bool:
    try:
        float(shown)
    except ValueError:
        return False
    return True


def answers_as_lines(session: Session, versions: Versions, slug: str) -> Iterator[str]:
    """Every interview of a consultation as one line of JSON: where it stands, and its answers as they stand."""
    for interview in queries.interviews(session, slug):
        stand = ledger.Ledger(versions).anew(session, interview)
        line = {
            "id": interview.id,
            "version": interview.version,
            "source": interview.source,
            "surface": interview.surface,
            "started_at": views.moment(interview.started_at),
            "status": stand.position.status,
            "language": stand.position.language,
            "answers": views.answers(stand, queries.answers(session, interview.id)),
        }
        yield json.dumps(line, ensure_ascii=False) + "\n"
