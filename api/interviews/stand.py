"""An interview as a turn finds it, what was understood, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.interviews.position import Event, Position, Revision, replay, settle
from api.questionnaire.definition import Question
from api.questionnaire.flow import Answer, Flow

Line = dict[str, Any]
"""Something to say: ``{"utter": NAME, "kind", "values", "actions"}``, worded by the assistant's domain, or ``{"kind",
"texts", "question", "actions"}``, worded by the questionnaire. ``values`` and ``texts`` are in every language at
once, so that a transcript can be read again in the other one."""


@dataclass(frozen=True)
class Stand:
    """An interview as a turn finds it: ``told`` by the first ``seen`` events of its log, and what follows from it."""

    flow: Flow
    seen: int
    told: Position
    position: Position

    @classmethod
    def of(cls, flow: Flow, events: Sequence[Event], revisions: Mapping[Revision, Answer]) -> Stand:
        """The interview that a whole log tells."""
        unborn = Position(language=flow.questionnaire.source_language)
        return cls(flow, 0, unborn, unborn).grown(events, revisions)

    def grown(self, events: Sequence[Event], revisions: Mapping[Revision, Answer]) -> Stand:
        """The interview once its log goes on with ``events``, whose answers are in ``revisions``."""
        told = replay(self.told, events, revisions)
        return Stand(self.flow, self.seen + len(events), told, settle(self.flow, told))

    def after(self, outcome: Outcome) -> Stand:
        """The interview once ``outcome`` is written."""
        record = outcome.record
        return self.grown(outcome.events, {(record.question, record.revision): record.answer} if record else {})

    @property
    def question(self) -> Question | None:
        return self.flow.questions[self.position.open] if self.position.open else None

    def next_revision(self, question: str) -> int:
        """The number of the next answer to ``question``."""
        return self.position.given.get(question, 0) + 1


@dataclass(frozen=True)
class Said:
    """What the assistant understood of one message."""

    move: str
    question: str | None = None
    """What it was said to."""
    value: Any = None
    other: str | None = None
    missing: str | None = None
    to: str | None = None
    """A language, a question's name, the number of a reading or ``none``: what the move is about."""
    reading: Mapping[str, Any] = field(default_factory=dict)
    method: str = "button"
    switch: str | None = None
    """The other language, when the message is clearly in it."""
    seq: int | None = None
    """The message's place in the transcript."""
    text: str | None = None
    """What was typed."""


@dataclass(frozen=True)
class Record:
    """One answer to write."""

    question: str
    revision: int
    answer: Answer
    said_in: int | None = None
    """The message that holds the words it was read from, when it is an earlier one."""


@dataclass(frozen=True)
class Outcome:
    """What to write, and what to say of it."""

    events: tuple[Event, ...] = ()
    record: Record | None = None
    lines: tuple[Line, ...] = ()
    strike: bool = False
    withdraw: bool = False
