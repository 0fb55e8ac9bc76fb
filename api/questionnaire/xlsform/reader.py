"""From an XLSForm workbook to a questionnaire."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ..definition import Questionnaire
from ..findings import Finding, Refused, refuse
from ..loading import build, file_content
from ..paths import Places
from . import workbook
from .cells import put
from .columns import (
    CHOICES,
    CONSENT_LIST,
    CONSULTATION,
    CONSULTATION_SHEET,
    SETTINGS,
    SURVEY,
    TRANSLATED,
    TRANSLATED_SHEET,
    language_code,
)
from .draft import Draft
from .survey import Survey
from .tables import Row, Tables
from .workbook import Cell, Sheet

LARGEST_FILE = 5_000_000
"""In bytes."""

_INDEX = re.compile(r"[0-9]{1,4}")

UNSUPPORTED_SHEETS = ("external_choices", "entities", "osm")


class Imported(NamedTuple):
    questionnaire: Questionnaire
    places: Places
    findings: list[Finding]
    """What was left out: columns and settings that a questionnaire has no use for."""


def read(path: Path) -> Questionnaire:
    """Raises Refused with the row and column of everything that a questionnaire does not have."""
    return load(path).questionnaire


def load(path: Path) -> Imported:
    """As ``read``, with the cell of everything."""
    return parse(file_content(path, LARGEST_FILE), fallback_slug=path.stem)


def parse(content: bytes, fallback_slug: str) -> Imported:
    """As ``load``, from what a file holds; the slug is for a form without ``form_id``."""
    sheets = workbook.read(content)
    if "survey" not in sheets:
        raise refuse("sheet-missing", sheet="survey")
    draft = Draft()
    _Reader(sheets, draft).read(fallback_slug)
    data, places = draft.finish()
    try:
        return Imported(build(data, places), places, draft.findings)
    except Refused as refused:
        raise Refused([*draft.findings, *refused.findings]) from refused


class _Reader:
    def __init__(self, sheets: Mapping[str, Sheet], draft: Draft):
        self.draft = draft
        self.sheets = sheets
        self.tables = Tables(sheets, draft)

    def read(self, fallback_slug: str) -> None:
        for name in UNSUPPORTED_SHEETS:
            if name in self.sheets and self.sheets[name].rows:
                self.draft.error("sheet-unsupported", self.sheets[name].headers[0], sheet=name)
        settings = next(self.tables.rows("settings", SETTINGS), {})
        self.tables.default_language = self.default_language(settings.get("default_language"))
        survey = Survey(self.draft)
        survey.read(self.tables.rows("survey", SURVEY))
        self.choices()
        for name in survey.lists_with_other:
            self.add_other(name)
        self.consultation(settings, fallback_slug)
        for row in self.tables.rows(TRANSLATED_SHEET, TRANSLATED):
            self.confirmed(row)

    def default_language(self, cell: Cell | None) -> str | None:
        code = language_code(cell.text) if cell else None
        if cell and code is None:
            self.draft.error("language-unknown", cell, language=cell.text)
        return code

    def choices(self) -> None:
        for row in self.tables.rows("choices", CHOICES):
            if "list_name" not in row:
                self.draft.warn("list-name-missing", next(iter(row.values())))
            elif row["list_name"].text != CONSENT_LIST:
                self.choice(row)

    def choice(self, row: Row) -> None:
        holder = ("choices", row["list_name"].text)
        location = (*holder, len(self.draft.get(*holder) or ()))
        self.draft.put((*location, "label"), {}, row["list_name"])
        for header, cell in row.items():
            if header != "list_name":
                put(self.draft, location, CHOICES[header], cell)

    def add_other(self, name: str) -> None:
        """What ``or_other`` means: a choice that asks "which?"."""
        choices = self.draft.get("choices", name) or {}
        other = _or_other()
        same = [place for place, choice in choices.items() if choice.get("name") == other["name"]]
        if same:
            self.draft.set(("choices", name, same[0], "other"), True)
        elif choices:
            self.draft.set(("choices", name, len(choices)), other)

    def consultation(self, settings: Row, fallback_slug: str) -> None:
        """What our own sheet says, else what the settings say of it."""
        for setting, field in (("form_id", "slug"), ("version", "version")):
            if setting in settings:
                self.draft.put(("consultation", field), settings[setting].text, settings[setting])
        for row in self.tables.rows(CONSULTATION_SHEET, CONSULTATION):
            self.detail(row)
        if self.draft.get("consultation", "slug") is None:
            self.draft.set(("consultation", "slug"), fallback_slug)
        if self.draft.get("consultation", "title") is None:
            title = settings.get("form_title") or settings.get("form_id")
            self.draft.set(("consultation", "title"), self.in_every_language(title.text if title else fallback_slug))
        if self.draft.get("consultation", "languages") is None:
            self.draft.set(("consultation", "languages"), self.tables.languages())

    def in_every_language(self, title: str) -> dict[str, str]:
        """XLSForm has one title, whatever the language."""
        return dict.fromkeys(self.tables.languages(), title)

    def detail(self, row: Row) -> None:
        """One value, or one text in its languages, at a path such as ``sources.0.name``."""
        if "path" not in row:
            self.draft.warn("row-ignored", next(iter(row.values())))
            return
        steps = row["path"].text.split(".")
        location = ("consultation", *(int(step) if _INDEX.fullmatch(step) else step for step in steps))
        for header, cell in row.items():
            if header == "value":
                self.draft.put(location, cell.text, cell)
            elif header != "path":
                self.draft.put((*location, header), cell.text, cell)

    def confirmed(self, row: Row) -> None:
        if row.keys() == {"path", "fingerprints"}:
            self.draft.put(("translated", row["path"].text), row["fingerprints"].text, row["fingerprints"])
        else:
            self.draft.warn("row-ignored", next(iter(row.values())))


@cache
def _or_other() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("or_other.yml").read_text("utf-8"))
