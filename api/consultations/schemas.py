"""What anyone may read of a consultation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

SUMMARY = {"slug", "title", "languages", "opens_at", "closes_at", "minutes"}


class Summary(BaseModel):
    slug: str
    titles: dict[str, str]
    languages: list[str]
    opens_at: datetime | None
    closes_at: datetime | None
    minutes: int | None


class Consultations(BaseModel):
    consultations: list[Summary]


class Published(Summary):
    """A consultation with the questionnaire that new interviews begin on (``questionnaire.schema.json``)."""

    version: str
    organisation: dict[str, Any] | None
    privacy_officer: dict[str, Any] | None
    notices: dict[str, Any] | None
    questionnaire: dict[str, Any]
