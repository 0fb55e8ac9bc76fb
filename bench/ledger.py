"""What was acknowledged to people, beside what the database holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import create_engine, text

from bench.openly import question_of

MESSAGES = """
    SELECT turn.client_id, turn.text, turn.response IS NULL AS pending, message.seq
    FROM turn LEFT JOIN message
      ON message.interview = turn.interview AND message.seq = turn.seq AND message.author = 'respondent'
"""
ANSWERS = "SELECT question, text FROM answer WHERE text IS NOT NULL"


class Kept(NamedTuple):
    """A message as the database has it."""

    client_id: str
    text: str | None
    pending: bool
    seq: int | None


class Stored(NamedTuple):
    """One revision of one typed answer as the database has it."""

    question: str
    text: str


@dataclass
class Ledger:
    """Texts acknowledged (201, 200 or 202), by client_id."""

    acknowledged: dict[str, str] = field(default_factory=dict)

    def audit(self, messages: Iterable[Kept], answers: Iterable[Stored]) -> dict[str, int]:
        """Count what is not as it was said; all zero when nothing was lost, doubled or misplaced.

        ``lost``: acknowledged, and its message or its answer is not there. ``doubled``: one message or one answer kept
        more than once. ``misplaced``: an answer kept under another question. ``pending``: a turn never finished.
        """
        messages, answers = list(messages), list(answers)
        kept = Counter(message.client_id for message in messages if message.seq is not None)
        stored = Counter(answer.text for answer in answers)
        return {
            "lost": sum(not kept[id] or not stored[said] for id, said in self.acknowledged.items()),
            "doubled": sum(n > 1 for n in kept.values()) + sum(n > 1 for n in stored.values()),
            "misplaced": sum(question_of(answer.text) != answer.question for answer in answers),
            "pending": sum(message.pending for message in messages),
        }


def read(database_url: str) -> tuple[list[Kept], list[Stored]]:
    """All messages and all typed answers of a database."""
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        messages: list[Any] = [Kept(*row) for row in connection.execute(text(MESSAGES))]
        answers = [Stored(*row) for row in connection.execute(text(ANSWERS))]
    engine.dispose()
    return messages, answers
