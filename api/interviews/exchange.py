"""A turn's transactions: accept, take, effect, finish. Between them nothing is held but a lease with a number.

Accepting commits a message together with what it was said to; from then on it is safe. Whoever takes the turn raises
the interview's fence: the effect and the final response are written only under the fence they were taken with, so an
attempt that was given up for dead cannot write.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from api import models
from api.interviews import ledger, moves, queries, striking, views
from api.interviews.ledger import Evidence
from api.interviews.lines import ask
from api.interviews.service import Respondents, now
from api.interviews.stand import Line, Outcome, Said, Stand
from api.problems import Problem
from api.questionnaire.flow import Flow
from api.questionnaire.rendering import ordered
from api.strings import LANGUAGES, say

MOST_FAILURES = 3
"""Times that a turn may fail at a healthy bot before the person is told that it cannot be handled."""
BACKOFF = 8
"""How much longer each try waits than the one before."""


RECENT = 10
"""Messages back that a button may still be on screen."""


@dataclass(frozen=True)
class Job:
    """A turn that was taken: what the bot needs to handle it."""

    interview: str
    seq: int
    fence: int
    flow: Flow
    turn: Mapping[str, Any]


@dataclass(frozen=True)
class Accepted:
    """A message that is on disk. ``response`` is its answer if there is one, ``job`` its turn if it was taken."""

    interview: str
    seq: int
    is_new: bool
    response: str | None = None
    job: Job | None = None


@dataclass(frozen=True)
class Exchange:
    """A respondent's turns, one transaction a method."""

    respondents: Respondents

    def accept(self, session: Session, interview: models.Interview, body: Mapping[str, Any], take: bool) -> Accepted:
        """Writes a message with its context, and takes its turn if ``take`` and nothing is under way.

        ``body`` has client_id, question, and one of text, choices (with other) and action. Raises ``Problem``
        message-conflict, not-open, closed, unknown-question, unknown-choice, invalid.
        """
        fingerprint = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        known = queries.turn_of(session, interview.id, body["client_id"])
        if known is not None:
            if known.body_hash != fingerprint:
                raise Problem("message-conflict")
            return Accepted(interview.id, known.seq, is_new=False, response=known.response)
        stand = self.respondents.stand(session, interview)
        self.respondents.must_be_open(stand)
        question = _context(stand, body)
        message = self._transcribe(session, interview, stand, body, question)
        turn = models.Turn(
            interview=interview.id,
            seq=message.seq,
            client_id=body["client_id"],
            body_hash=fingerprint,
            text=body["text"],
            choices=body["choices"],
            other=body["other"],
            action=body["action"],
            question=question,
            offer=dict(stand.position.offer) if stand.position.offer else None,
            failures=0,
            at=message.at,
        )
        queries.add(session, message, turn)
        job = self.take(session, interview, stand, added=turn) if take else None
        return Accepted(interview.id, turn.seq, is_new=True, job=job)

    def _transcribe(
        self, session: Session, interview: models.Interview, stand: Stand, body: Mapping[str, Any], question: str | None
    ) -> models.Message:
        seq, typed = queries.next_seq(session, interview.id), body["text"]
        texts = {"raw": typed} if typed is not None else _pressed(session, stand, body, question, interview.id, seq)
        return models.Message(
            interview=interview.id,
            seq=seq,
            author="respondent",
            kind="reply",
            language=stand.position.language,
            texts=texts,
            question=question,
            actions=[],
            at=now(),
        )

    def take(
        self,
        session: Session,
        interview: models.Interview,
        stand: Stand | None = None,
        after: int = 0,
        added: models.Turn | None = None,
    ) -> Job | None:
        """Takes the oldest pending turn, unless someone holds one; the lease outlasts the bot's time limit.

        ``after`` spares a turn that is being answered, ``added`` is one that is not written yet.
        """
        at = now()
        if interview.withdrawn_at or (interview.lease_until and interview.lease_until > at):
            return None
        turn = queries.next_pending(session, interview.id, after) or added
        if turn is None:
            return None
        interview.fence += 1
        interview.lease_until = at + timedelta(seconds=self.respondents.settings.bot_timeout + 2)
        stand = stand or self.respondents.stand(session, interview)
        return Job(interview.id, turn.seq, interview.fence, stand.flow, _briefing(stand, turn, interview))

    def release(self, session: Session, job: Job, wait: float) -> None:
        """Gives a turn back, to be taken again in ``wait`` seconds."""
        interview = queries.lock(session, job.interview)
        if interview and interview.fence == job.fence:
            interview.lease_until = now() + timedelta(seconds=wait)

    def effect(self, session: Session, id: str, seq: int, fence: int, said: Said, evidence: Evidence) -> list[Line]:
        """What a turn does, done once: called again, it says what it said. Raises ``Problem`` stale-turn."""
        interview = queries.lock(session, id)
        turn = queries.turn(session, id, seq)
        if interview is None or turn is None or interview.fence != fence:
            raise Problem("stale-turn")
        if turn.effect is not None:
            return turn.effect["say"]
        stand = self.respondents.stand(session, interview)
        said = replace(said, question=said.question or turn.question, seq=seq, text=turn.text)
        outcome = moves.step(stand, said)
        if outcome.withdraw:
            self.respondents.withdraw(session, interview)
            return list(outcome.lines)
        source = self._source(session, turn, outcome)
        read = replace(evidence, text=source.text, message_seq=source.seq)
        ledger.write(session, id, stand, outcome, read, now(), turn=seq)
        struck, lines = None, outcome.lines
        if outcome.strike:
            struck, lines = striking.strike(session, self.respondents, interview, turn)
        turn.effect = {"say": list(lines), "struck": struck}
        return turn.effect["say"]

    def _source(self, session: Session, turn: models.Turn, outcome: Outcome) -> models.Turn:
        """The turn whose words were read: an earlier one, when a reading of it was chosen now."""
        earlier = outcome.record.said_in if outcome.record else None
        return (queries.turn(session, turn.interview, earlier) if earlier else None) or turn

    def finish(self, session: Session, job: Job, lines: Sequence[Line]) -> tuple[str | None, Job | None]:
        """Writes what the bot said and the turn's final response; takes the next turn if one waits.

        Returns the response, ``None`` if the turn is no longer this job's, and the next job.
        """
        interview = queries.lock(session, job.interview)
        if interview is None:
            return None, None
        if interview.withdrawn_at:
            return _farewell(job, lines), None
        turn = queries.turn(session, job.interview, job.seq)
        if interview.fence != job.fence or turn is None or turn.response is not None:
            return None, None
        stand = self.respondents.stand(session, interview)
        first = queries.next_seq(session, interview.id)
        rows = [
            views.spoken(interview.id, first + i, line, stand.position.language, now()) for i, line in enumerate(lines)
        ]
        shown = [views.message(row) for row in (*self._struck(session, turn), *rows)]
        turn.response = views.response(turn, views.state(stand, interview, shown))
        queries.add(session, *rows)
        interview.lease_until = None
        return turn.response, self.take(session, interview, stand, after=turn.seq)

    def _struck(self, session: Session, turn: models.Turn) -> list[models.Message]:
        """The message that a turn struck off the record, for the page to empty it too."""
        seq = (turn.effect or {}).get("struck")
        return queries.messages(session, turn.interview, seq - 1)[:1] if seq else []

    def fail(self, session: Session, job: Job, wait: float) -> tuple[str | None, Job | None]:
        """Counts a turn that failed at a healthy bot; past ``MOST_FAILURES`` it is answered without it.

        It is tried again in ``wait`` seconds, then in ever more: what was failing may be starting again.
        """
        turn = queries.turn(session, job.interview, job.seq)
        if turn is None:
            return None, None
        turn.failures += 1
        if turn.failures < MOST_FAILURES:
            self.release(session, job, wait * BACKOFF ** (turn.failures - 1))
            return None, None
        interview = queries.lock(session, job.interview)
        stand = self.respondents.stand(session, interview)
        sorry = {"kind": "notice", "texts": _both("turn.failed"), "question": None, "actions": []}
        asked = [line for line in ask(stand, stand.position) if "texts" in line]
        return self.finish(session, job, [sorry, *asked])

    def notice(self, session: Session, accepted: Accepted) -> tuple[bool, str]:
        """Tells a person, once, that the answer comes later; or gives the answer, if it just came (first is true)."""
        interview = queries.lock(session, accepted.interview)
        turn = queries.turn(session, accepted.interview, accepted.seq)
        if turn is None or interview is None or interview.withdrawn_at:
            raise Problem("withdrawn")
        if turn.response is not None:
            return True, turn.response
        language = self.respondents.stand(session, interview).position.language
        row = self._noticed(session, turn, language)
        return False, views.dump({"message": views.head(turn), "turn": "pending", "messages": [views.message(row)]})

    def _noticed(self, session: Session, turn: models.Turn, language: str) -> models.Message:
        if turn.notice_seq is not None:
            return next(row for row in queries.messages(session, turn.interview, turn.notice_seq - 1))
        turn.notice_seq = queries.next_seq(session, turn.interview)
        texts = _both("turn.pending")
        both = {one: f"{texts[one]}\n{texts[other]}" for one, other in (LANGUAGES, reversed(LANGUAGES))}
        line = {"kind": "notice", "texts": both, "actions": []}
        row = views.spoken(turn.interview, turn.notice_seq, line, language, now())
        queries.add(session, row)
        return row


def _context(stand: Stand, body: Mapping[str, Any]) -> str | None:
    """What a message was said to: what its sender had on screen, else what was open."""
    question = body["question"] or stand.position.open
    if question is not None and question not in stand.flow.questions:
        raise Problem("unknown-question")
    if body["choices"] is not None:
        _must_be_choices(stand.flow, question, body["choices"])
    return question


def _must_be_choices(flow: Flow, question: str, codes: Sequence[str]) -> None:
    known = {choice.name for choice in flow.choices(question)}
    if not known or (len(codes) != 1 and flow.questions[question].type in ("select_one", "consent")):
        raise Problem("invalid")
    if not known.issuperset(codes):
        raise Problem("unknown-choice")


def _pressed(
    session: Session, stand: Stand, body: Mapping[str, Any], question: str | None, id: str, seq: int
) -> dict[str, str]:
    """What was pressed, in the words of the buttons that the last messages offered."""
    shown = queries.messages(session, id, seq - RECENT) if body["action"] else []
    return views.pressed(stand, body, question, [offered for row in reversed(shown) for offered in row.actions])


def _briefing(stand: Stand, turn: models.Turn, interview: models.Interview) -> dict[str, Any]:
    """What the bot is told of a turn; ``choices_order`` so that "the second one" is the second one shown."""
    reached = stand.flow.reached(stand.position.answers)
    return {
        "interview": turn.interview,
        "message": turn.seq,
        "fence": interview.fence,
        "text": turn.text,
        "choices": turn.choices,
        "other": turn.other,
        "action": turn.action,
        "language": stand.position.language,
        "questionnaire": stand.flow.version,
        "question": turn.question,
        "choices_order": [choice.name for choice in ordered(stand.flow, turn.question, interview.seed)]
        if turn.question
        else [],
        "late": turn.question != stand.position.open,
        "offer": turn.offer,
        "answered": [name for name in reached if name in stand.position.answers],
        "next": stand.position.open,
    }


def _farewell(job: Job, lines: Sequence[Line]) -> str:
    """The last answer of an interview that was just erased: it is said, and kept nowhere."""
    language = job.turn["language"]
    rows = [views.spoken(job.interview, job.seq + 1 + i, line, language, now()) for i, line in enumerate(lines)]
    head = {"seq": job.seq, "client_id": job.turn.get("client_id"), "at": views.moment(now())}
    return views.dump({"message": head, **views.withdrawn(language, [views.message(row) for row in rows])})


def _both(key: str) -> dict[str, str]:
    return {language: say(key, language) for language in LANGUAGES}
