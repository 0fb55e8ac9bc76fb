"""The bodies of a respondent's requests and what they get, as the contract has them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    field_validator,
    model_validator,
)

Language = Literal["fr", "en"]
Missing = Literal["refused", "dont_know", "skipped"]
Status = Literal["consenting", "active", "paused", "completed", "declined", "withdrawn", "expired"]
Code = Annotated[StrictStr, Field(min_length=1, max_length=64)]
Value = StrictStr | StrictInt | StrictFloat | list[Code]

LONGEST_TEXT = 4000
"""Characters of a typed message."""

ACTION = r"^(skip|refuse|dont_know|back|explain|repeat|help|how_long|pause|resume|yes|no|none|withdraw|privacy|human|off_record|who_are_you|reading:[1-9]|switch:(fr|en)|change:[A-Za-z_][A-Za-z0-9_]{0,63})$"  # noqa: E501


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NewInterview(Body):
    consultation: Annotated[str, Field(min_length=1, max_length=64)]
    language: Language | None = None
    surface: Literal["widget", "page", "form", "api"]
    source: Annotated[str, Field(min_length=1, max_length=64)] | None = None


class NewTurn(Body):
    """One of ``text``, ``choices`` and ``action``; ``other`` goes with ``choices``."""

    client_id: UUID
    text: Annotated[str, Field(min_length=1)] | None = None
    choices: Annotated[list[Code], Field(min_length=1, max_length=200)] | None = None
    other: Annotated[str, Field(max_length=LONGEST_TEXT)] | None = None
    action: Annotated[str, Field(pattern=ACTION)] | None = None
    question: Annotated[str, Field(max_length=64)] | None = None

    @field_validator("client_id", mode="before")
    @classmethod
    def _uuid(cls, value: object) -> object:
        return UUID(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _exactly_one(self) -> NewTurn:
        if sum(said is not None for said in (self.text, self.choices, self.action)) != 1:
            raise ValueError("one of text, choices, action")
        if self.other is not None and self.choices is None:
            raise ValueError("other goes with choices")
        return self


class Evidenced(Body):
    """What the actions add to an effect."""

    message_id: int = Field(ge=1, le=2**31)
    fence: int = Field(ge=1, le=2**31)
    text: str | None = None
    method: Literal["button", "phrase", "parser", "classifier"] = "button"
    confidence: float | None = None
    span: list[int] | None = None
    language: Language
    switch: Language | None = None


class NewAnswer(Body):
    """``value`` (with ``other``) or ``missing``. The actions, with their key, add where it was read from."""

    value: Value | None = None
    other: Annotated[str, Field(max_length=LONGEST_TEXT)] | None = None
    missing: Missing | None = None

    @model_validator(mode="after")
    def _one(self) -> NewAnswer:
        if (self.value is None) == (self.missing is None):
            raise ValueError("one of value, missing")
        return self


class ReadAnswer(Evidenced, NewAnswer):
    """An answer that the assistant read in a message."""


class Move(Evidenced):
    """Anything else that the assistant understood."""

    move: str
    reading: dict[str, Any] = {}
    to: str | None = None


class NewLanguage(Body):
    language: Language


class Resume(Body):
    receipt: Annotated[str, Field(min_length=1, max_length=200)]


class Action(BaseModel):
    id: str
    label: str


class Message(BaseModel):
    """A line of the transcript; ``client_id`` is its sender's, of what a respondent said."""

    seq: int
    client_id: UUID | None
    author: Literal["bot", "respondent"]
    kind: Literal["question", "reply", "clarify", "confirm", "probe", "notice", "struck"]
    language: Language
    text: str
    question: str | None
    actions: list[Action]
    at: datetime


class Choice(BaseModel):
    code: str
    label: str
    exclusive: bool
    other: bool


class Grid(BaseModel):
    name: str
    label: str | None


class Question(BaseModel):
    """The open question, in the interview's language."""

    name: str
    type: Literal["consent", "select_one", "select_multiple", "rank", "integer", "decimal", "range", "date", "text"]
    label: str
    hint: str | None
    required: StrictBool
    choices: list[Choice] | None
    min: float | None
    max: float | None
    step: float | None
    max_choices: int | None
    other: bool
    scale: list[str] | None
    default: str | int | float | None
    appearance: str | None
    group: Grid | None


class Progress(BaseModel):
    answered: int
    remaining: int
    ratio: float


class State(BaseModel):
    """Where an interview stands."""

    messages: list[Message]
    question: Question | None
    progress: Progress
    status: Status
    language: Language


class Interview(State):
    id: str


class Resumed(Interview):
    token: str


class Started(Resumed):
    receipt: str


class Transcript(State):
    turn: Literal["idle", "pending"]


class Said(BaseModel):
    seq: int
    client_id: UUID
    at: datetime


class TurnDone(State):
    message: Said


class TurnPending(BaseModel):
    message: Said
    turn: Literal["pending"]
    messages: list[Message]


class Answer(BaseModel):
    question: str
    value: Value | None
    other: str | None
    missing: Literal["refused", "dont_know", "skipped", "not_applicable"] | None
    text: str | None
    language: Language
    method: Literal["button", "phrase", "parser", "classifier", "form", "staff"]
    confidence: float | None
    span: list[int] | None
    message_seq: int | None
    revision: int
    at: datetime


class Answers(BaseModel):
    answers: list[Answer]
