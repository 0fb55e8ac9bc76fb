"""What a questionnaire is: XLSForm's vocabulary, in YAML, with every text in every language.

A file holds three things: the ``consultation`` (who asks, until when, under which promises), the ``choices``
(lists of answers, shared by name) and the ``survey`` (questions, notes and groups, in the order they are asked).
The names are XLSForm's (https://xlsform.org); what goes beyond it is said at each field.

The models validate the shape of one file. What needs the whole file at once (references, translations,
reachability) is in ``checks``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Text = dict[str, str]
"""One text by language code: ``{"fr": "Oui", "en": "Yes"}``."""

Name = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=64)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$", max_length=64)]
Slug = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=64)]

QuestionType = Literal[
    "consent", "select_one", "select_multiple", "rank", "integer", "decimal", "range", "date", "text"
]
CHOICE_TYPES = frozenset({"consent", "select_one", "select_multiple", "rank"})
NUMBER_TYPES = frozenset({"integer", "decimal", "range"})


class Strict(BaseModel):
    """A part of the file: an unknown key is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True)


class Choice(Strict):
    """One answer of a list. ``aliases``, ``exclusive`` and ``other`` go beyond XLSForm."""

    name: Code
    label: Text
    aliases: dict[str, list[str]] = {}
    """What people call it besides its label, by language."""
    exclusive: bool = False
    """It stands alone: "none of these" cannot go with another choice."""
    other: bool = False
    """It asks "which?" and carries the person's words."""


class Probe(Strict):
    """A follow-up to an open answer that is ``short`` or ``vague``. Beyond XLSForm."""

    when: list[Literal["short", "vague"]] = Field(min_length=1)
    ask: list[Text] = Field(min_length=1)


class Note(Strict):
    """A text shown on the way, never an answer."""

    type: Literal["note"]
    name: Name
    label: Text
    relevant: str | None = None


class Question(Strict):
    """One thing asked. ``why`` and what follows it go beyond XLSForm."""

    type: QuestionType
    name: Name
    label: Text
    hint: Text | None = None
    required: bool = False
    """Removes "skip"; never "I would rather not say" nor "I don't know"."""
    relevant: str | None = None
    constraint: str | None = None
    constraint_message: Text | None = None
    choices: str | None = None
    """The name of a list of ``choices``; consent has its own yes and no."""
    default: str | None = None
    appearance: str | None = None
    start: float | None = None
    end: float | None = None
    step: float | None = None
    """``start``, ``end`` and ``step`` of a range, XLSForm's ``parameters``."""
    randomize: bool = False
    """Choices in an order of each interview's own; exclusive and other ones stay last."""
    scale: tuple[Text, Text] | None = None
    """What the two ends of a range mean."""
    why: Text | None = None
    """Why we ask, shown on request."""
    probe: Probe | None = None
    purpose: str | None = None
    """Of a consent: what is agreed to (``participate``, ``quote``, ``contact``, ``research``)."""
    sensitivity: Literal["personal", "sensitive"] | None = None
    theme: str | None = None
    chain_link: Literal["creation", "production", "distribution", "management"] | None = None
    repeats: str | None = None
    """The theme of an item of an earlier wave that this one repeats."""

    @model_validator(mode="after")
    def _shape(self) -> Question:
        if (self.type in CHOICE_TYPES - {"consent"}) != (self.choices is not None):
            raise ValueError("choices")
        if self.type == "range" and (self.start is None or self.end is None or self.start >= self.end):
            raise ValueError("range")
        if self.type != "range" and (self.start, self.end, self.step, self.scale) != (None,) * 4:
            raise ValueError("range")
        return self


class Group(Strict):
    """Questions that belong together; ``appearance: table-list`` is a grid, one screen and one answer a row."""

    type: Literal["group"]
    name: Name
    label: Text | None = None
    hint: Text | None = None
    relevant: str | None = None
    appearance: Literal["field-list", "table-list"] | None = None
    children: list[Item]


Item = Annotated[Group | Note | Question, Field(union_mode="smart")]


class Organisation(Strict):
    """Who asks."""

    name: Text
    url: str | None = None
    contact: str
    """An e-mail address where a human answers."""


class PrivacyOfficer(Strict):
    """The person in charge of personal information (Québec's Law 25 has the title published)."""

    title: Text
    email: str


class Notice(Strict):
    """A versioned text: what a person was told, provable later by its version and fingerprint."""

    version: str
    text: Text


class Source(Strict):
    """An association that invites its members, with its own link and counts."""

    code: Code
    name: Text
    origins: list[str] = []
    """Sites that may frame the widget, as ``https://host``."""


class Retention(Strict):
    """How long each category is kept, in days after the closing date."""

    transcripts: int = Field(gt=0)
    answers: int = Field(gt=0)
    contacts: int = Field(gt=0)


class PopulationRow(Strict):
    """One stratum of the population, for weighting."""

    stratum: dict[str, str] = Field(min_length=1)
    count: int = Field(ge=0)


class Population(Strict):
    """An editable input with its source, never a constant: counts of cultural jobs differ by definition."""

    source: Text
    year: int
    rows: list[PopulationRow] = Field(min_length=1)


class Consultation(Strict):
    """Everything beside the questions."""

    slug: Slug
    title: Text
    languages: list[str] = Field(min_length=1)
    """The first is the one shown first, and the source of translations."""
    version: str = "1"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    minutes: int | None = Field(default=None, gt=0)
    organisation: Organisation | None = None
    privacy_officer: PrivacyOfficer | None = None
    notices: dict[str, Notice] = {}
    """By purpose: ``welcome``, ``privacy``, ``closing``."""
    sources: list[Source] = []
    retention: Retention | None = None
    population: Population | None = None


class Questionnaire(Strict):
    """One file, whole."""

    consultation: Consultation
    choices: dict[str, list[Choice]] = {}
    survey: list[Item]
    translated: dict[str, str] = {}
    """Fingerprints of the texts when their translations were last confirmed, by path: how a stale
    translation is known. Written by ``portevoix check --stamp``."""

    @property
    def source_language(self) -> str:
        return self.consultation.languages[0]

    def items(self) -> Iterator[tuple[Item, tuple[Group, ...]]]:
        """Every item in the order asked, each with the groups that hold it, outermost first."""
        yield from _walk(self.survey, ())

    def questions(self) -> Iterator[Question]:
        """Every question in the order asked."""
        return (item for item, _ in self.items() if isinstance(item, Question))

    def fingerprint(self) -> str:
        """The SHA-256 of the content, in hexadecimal: what names an immutable version."""
        content = self.model_dump(mode="json", exclude={"translated"})
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _walk(items: list[Item], inside: tuple[Group, ...]) -> Iterator[tuple[Item, tuple[Group, ...]]]:
    for item in items:
        yield item, inside
        if isinstance(item, Group):
            yield from _walk(item.children, (*inside, item))
