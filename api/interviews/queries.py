"""Every question that a respondent's side asks of the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from api.models import AccessToken, Answer, Event, Interview, Message, ReceiptFailure, Turn

ERASED_ON_WITHDRAWAL = (Turn, Message, Answer, Event)

# What every turn asks: made once, so that the statement is not built and hashed again each time.
ID, SEQ, CLIENT_ID = bindparam("id"), bindparam("seq"), bindparam("client_id")
EVENTS = select(Event.kind, Event.payload).where(Event.interview == ID, Event.n > SEQ).order_by(Event.n)
READING = select(Answer.question, Answer.revision, Answer.value, Answer.missing, Answer.other).where(
    Answer.interview == ID,
    Answer.question == bindparam("question"),
    Answer.revision == bindparam("revision"),
    Answer.struck_at.is_(None),
)
READINGS = select(Answer.question, Answer.revision, Answer.value, Answer.missing, Answer.other).where(
    Answer.interview == ID, Answer.struck_at.is_(None)
)
MESSAGES = select(Message).where(Message.interview == ID, Message.seq > SEQ).order_by(Message.seq)
LAST_SEQ = select(func.max(Message.seq)).where(Message.interview == ID)
TURN_OF = select(Turn).where(Turn.interview == ID, Turn.client_id == CLIENT_ID)
NEXT_PENDING = (
    select(Turn).where(Turn.interview == ID, Turn.response.is_(None), Turn.seq > SEQ).order_by(Turn.seq).limit(1)
)
INTERVIEW = select(Interview).where(Interview.id == ID)
LOCKED = INTERVIEW.with_for_update()
TOKEN = select(AccessToken).where(AccessToken.hash == ID)
TURN = select(Turn).where(Turn.interview == ID, Turn.seq == SEQ)


def add(session: Session, *rows: object) -> None:
    """Has new rows written when the transaction ends, all at once."""
    session.add_all(rows)


def add_now(session: Session, *rows: object) -> None:
    """Writes new rows at once: others refer to them, or they are read again in the same transaction."""
    session.add_all(rows)
    session.flush()


def interview(session: Session, id: str) -> Interview | None:
    return session.scalar(INTERVIEW, {"id": id})


def lock(session: Session, id: str) -> Interview | None:
    """The interview, held until the transaction ends: whatever writes to an interview comes through here."""
    return session.scalar(LOCKED, {"id": id})


def by_receipt(session: Session, receipt: str) -> Interview | None:
    return session.scalar(select(Interview).where(Interview.receipt == receipt).with_for_update())


def token(session: Session, hash: str) -> AccessToken | None:
    return session.scalar(TOKEN, {"id": hash})


def supersede_tokens(session: Session, id: str, at: datetime) -> None:
    session.execute(
        update(AccessToken)
        .where(AccessToken.interview == id, AccessToken.superseded_at.is_(None))
        .values(superseded_at=at)
    )


def events(session: Session, id: str, after: int = 0) -> Sequence[Row[tuple[str, dict[str, Any]]]]:
    """The log from its event number ``after`` on, that one not included; they are numbered from 1."""
    return session.execute(EVENTS, {"id": id, "seq": after}).all()


def answers(session: Session, id: str) -> Sequence[Answer]:
    """Every revision, in the order given, struck ones apart."""
    return session.scalars(
        select(Answer).where(Answer.interview == id, Answer.struck_at.is_(None)).order_by(Answer.at, Answer.revision)
    ).all()


def readings(session: Session, id: str) -> Sequence[Row[tuple[str, int, Any, str | None, str | None]]]:
    """The values of every revision: what the position is computed from."""
    return session.execute(READINGS, {"id": id}).all()


def reading(
    session: Session, id: str, question: str, revision: int
) -> Row[tuple[str, int, Any, str | None, str | None]] | None:
    """One revision's values, unless it was struck."""
    return session.execute(READING, {"id": id, "question": question, "revision": revision}).one_or_none()


def messages(session: Session, id: str, after: int = 0) -> Sequence[Message]:
    return session.scalars(MESSAGES, {"id": id, "seq": after}).all()


def client_ids(session: Session, id: str, after: int) -> dict[int, str]:
    """The sender's own id of each message that a person sent, by its place."""
    sent = select(Turn.seq, Turn.client_id).where(Turn.interview == id, Turn.seq > after)
    return dict(session.execute(sent).all())


def next_seq(session: Session, id: str) -> int:
    return (session.scalar(LAST_SEQ, {"id": id}) or 0) + 1


def turn(session: Session, id: str, seq: int) -> Turn | None:
    return session.scalar(TURN, {"id": id, "seq": seq})


def turn_of(session: Session, id: str, client_id: str) -> Turn | None:
    return session.scalar(TURN_OF, {"id": id, "client_id": client_id})


def next_pending(session: Session, id: str, after: int = 0) -> Turn | None:
    """The oldest message after ``after`` that has no answer yet."""
    return session.scalar(NEXT_PENDING, {"id": id, "seq": after})


def is_pending(session: Session, id: str) -> bool:
    return bool(session.scalar(select(exists().where(Turn.interview == id, Turn.response.is_(None)))))


def abandoned(session: Session, now: datetime, most: int) -> Sequence[str]:
    """Interviews with a message that nobody is answering, the one waiting longest first."""
    return session.scalars(
        select(Turn.interview)
        .join(Interview, Interview.id == Turn.interview)
        .where(Turn.response.is_(None), or_(Interview.lease_until.is_(None), Interview.lease_until < now))
        .group_by(Turn.interview)
        .order_by(func.min(Turn.at))
        .limit(most)
    ).all()


def said_before(session: Session, id: str, seq: int) -> Message | None:
    """The respondent's message before ``seq`` that was not struck yet and struck none itself."""
    striking = select(Event.message_seq).where(Event.interview == id, Event.kind == "message.strike")
    return session.scalar(
        select(Message)
        .where(Message.interview == id, Message.author == "respondent", Message.seq < seq, Message.kind != "struck")
        .where(Message.seq.not_in(striking))
        .order_by(Message.seq.desc())
        .limit(1)
    )


def strike_answers(session: Session, id: str, seq: int, at: datetime) -> None:
    """Erases what a message answered, or had read in it by another, keeping that there was an answer."""
    recorded = session.scalars(
        select(Event.payload).where(Event.interview == id, Event.message_seq == seq, Event.kind == "answer.record")
    )
    given = [(payload["question"], payload["revision"]) for payload in recorded]
    session.execute(
        update(Answer)
        .where(Answer.interview == id)
        .where(or_(Answer.message_seq == seq, tuple_(Answer.question, Answer.revision).in_(given)))
        .values(value=None, missing=None, other=None, text=None, span=None, struck_at=at)
    )


def strike_offers(session: Session, id: str, seq: int) -> None:
    """Empties the offers that a message led to: they hold readings of its words."""
    session.execute(
        update(Event)
        .where(Event.interview == id, Event.message_seq == seq, Event.kind == "offer.make")
        .values(payload={})
    )


def strike_replies(session: Session, id: str, after: int, before: int) -> None:
    """Removes what the bot said back to a message: it may repeat its words."""
    session.execute(
        delete(Message).where(
            Message.interview == id,
            Message.author == "bot",
            Message.kind.in_(("reply", "clarify", "confirm")),
            Message.seq > after,
            Message.seq < before,
        )
    )


def erase(session: Session, id: str) -> None:
    """Deletes all that a person said and what was made of it."""
    for table in ERASED_ON_WITHDRAWAL:
        session.execute(delete(table).where(table.interview == id))


def receipt_failures(session: Session, now: datetime, window: timedelta) -> int:
    """How many receipts failed lately, from anyone; older failures are forgotten."""
    session.execute(delete(ReceiptFailure).where(ReceiptFailure.at < now - window))
    return session.scalar(select(func.count()).select_from(ReceiptFailure)) or 0


def language(session: Session, id: str) -> str | None:
    """The language an interview is held in now."""
    payload = session.scalar(
        select(Event.payload)
        .where(Event.interview == id, Event.kind.in_(("interview.start", "language.set")))
        .order_by(Event.n.desc())
        .limit(1)
    )
    return payload["language"] if payload else None


def interviews(session: Session, slug: str) -> Sequence[Interview]:
    """The interviews of a consultation that were not withdrawn, the oldest first."""
    return session.scalars(
        select(Interview)
        .where(Interview.consultation == slug, Interview.withdrawn_at.is_(None))
        .order_by(Interview.started_at, Interview.id)
    ).all()
