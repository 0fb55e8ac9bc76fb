"""The tables. Every respondent-side row carries its interview's id, so that the schema can be partitioned by it.

Where an interview stands is not stored: it is computed from ``Event`` and ``Answer``, which are only ever added to
(erasure apart: a withdrawal, a message struck off the record).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Index, MetaData, Text, TypeDecorator, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UTCDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC; SQLite has no time zones and gives back what it was given."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


Json = JSON(none_as_null=True)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UTCDateTime, dict[str, Any]: Json, list[Any]: Json, str: Text}  # noqa: RUF012


class Version(Base):
    """A published questionnaire, never changed: an interview finishes on the version it began."""

    __tablename__ = "version"

    hash: Mapped[str] = mapped_column(primary_key=True)
    consultation: Mapped[str] = mapped_column(index=True)
    number: Mapped[int]
    definition: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]


class Consultation(Base):
    """What people are invited to; its current version serves new interviews."""

    __tablename__ = "consultation"

    slug: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(ForeignKey("version.hash"))


class Interview(Base):
    """One person's interview. After a withdrawal this row alone stays, emptied: the tombstone."""

    __tablename__ = "interview"

    id: Mapped[str] = mapped_column(primary_key=True)
    consultation: Mapped[str]
    version: Mapped[str] = mapped_column(ForeignKey("version.hash"))
    surface: Mapped[str | None]
    source: Mapped[str | None]
    seed: Mapped[int] = mapped_column(BigInteger)
    receipt: Mapped[str] = mapped_column(unique=True)
    """HMAC-SHA256 of the four words, in hexadecimal."""
    started_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    fence: Mapped[int] = mapped_column(default=0)
    """Grows each time a turn is taken: a stale attempt is known by its lower number."""
    lease_until: Mapped[datetime | None]
    """Until when the turn under way is held by whoever took it."""

    __table_args__ = (Index("ix_interview_consultation_started_at", "consultation", "started_at"),)


class AccessToken(Base):
    """What a respondent's device holds; resuming elsewhere supersedes the earlier ones."""

    __tablename__ = "access_token"

    hash: Mapped[str] = mapped_column(primary_key=True)
    interview: Mapped[str] = mapped_column(ForeignKey("interview.id"), index=True)
    superseded_at: Mapped[datetime | None]


class Message(Base):
    """One line of the transcript, in the order said."""

    __tablename__ = "message"

    interview: Mapped[str] = mapped_column(ForeignKey("interview.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    author: Mapped[str]
    kind: Mapped[str]
    language: Mapped[str]
    texts: Mapped[dict[str, Any]]
    """Of the bot: the text in each language. Of a respondent who typed: ``{"raw": ...}``, byte for byte."""
    question: Mapped[str | None]
    actions: Mapped[list[Any]]
    at: Mapped[datetime]


PENDING = text("response IS NULL")


class Turn(Base):
    """A respondent's message and what it takes to answer it: what it was said to, and the answer once there is one."""

    __tablename__ = "turn"

    interview: Mapped[str] = mapped_column(ForeignKey("interview.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str]
    body_hash: Mapped[str]
    text: Mapped[str | None]
    choices: Mapped[list[Any] | None]
    other: Mapped[str | None]
    action: Mapped[str | None]
    question: Mapped[str | None]
    """What was open, or on screen, when it was said."""
    offer: Mapped[dict[str, Any] | None]
    effect: Mapped[dict[str, Any] | None]
    """What the action was told, once: called again, it is told the same."""
    response: Mapped[str | None]
    """The final body, byte for byte; null while the turn is pending."""
    notice_seq: Mapped[int | None]
    """The notice that told the person to expect a later answer."""
    failures: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]

    __table_args__ = (
        Index("uq_turn_client_id", "interview", "client_id", unique=True),
        Index("ix_turn_pending", "at", sqlite_where=PENDING, postgresql_where=PENDING),
    )


class Answer(Base):
    """One revision of one answer, with the words it came from."""

    __tablename__ = "answer"

    interview: Mapped[str] = mapped_column(ForeignKey("interview.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[Any | None] = mapped_column(Json)
    missing: Mapped[str | None]
    other: Mapped[str | None]
    text: Mapped[str | None]
    language: Mapped[str]
    method: Mapped[str]
    confidence: Mapped[float | None]
    span: Mapped[list[Any] | None]
    message_seq: Mapped[int | None]
    struck_at: Mapped[datetime | None]
    at: Mapped[datetime]


class Event(Base):
    """What happened, in order: with the answers, all that an interview's position is computed from."""

    __tablename__ = "event"

    interview: Mapped[str] = mapped_column(ForeignKey("interview.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    message_seq: Mapped[int | None]
    at: Mapped[datetime]


class ReceiptFailure(Base):
    """A receipt that was not one: failures slow down everyone's next failure."""

    __tablename__ = "receipt_failure"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
