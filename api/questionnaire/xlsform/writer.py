"""From a questionnaire to an XLSForm workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from ..definition import Group, Item, Questionnaire
from ..findings import refuse
from ..paths import Location
from ..steps import consent_choices
from . import reader, types
from .columns import (
    CHOICES,
    CONSENT_LIST,
    CONSULTATION,
    CONSULTATION_SHEET,
    LANGUAGES,
    SETTINGS,
    SURVEY,
    TRANSLATED,
    TRANSLATED_SHEET,
    Column,
    shown,
)
from .workbook import LONGEST_CELL

Row = dict[str, str]
"""Texts by the names of ``columns``."""


def write(questionnaire: Questionnaire, path: Path) -> None:
    """Writes a workbook that reads as this very questionnaire. Raises Refused, and writes nothing, if it would not."""
    content = BytesIO()
    _book(questionnaire).save(content)
    if reader.parse(content.getvalue(), fallback_slug="").questionnaire != questionnaire:
        raise refuse("not-exportable")
    path.write_bytes(content.getvalue())


def _book(questionnaire: Questionnaire) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    _sheet(book, "survey", SURVEY, _survey(questionnaire.survey))
    _sheet(book, "choices", CHOICES, _choices(questionnaire))
    _sheet(book, "settings", SETTINGS, [_settings(questionnaire)])
    _sheet(book, CONSULTATION_SHEET, CONSULTATION, _consultation(questionnaire))
    _sheet(book, TRANSLATED_SHEET, TRANSLATED, _translated(questionnaire))
    return book


def _sheet(book: Workbook, name: str, columns: dict[str, Column], rows: Iterable[Row]) -> None:
    """Only the columns that hold something, and every value as text: a label that begins with "=" is no formula."""
    content = list(rows)
    used = [header for header in columns if any(header in row for row in content)]
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for column, header in enumerate(used, start=1):
        sheet.cell(1, column, shown(header)).font = Font(bold=True)
        for place, row in enumerate(content, start=2):
            if header in row:
                cell = sheet.cell(place, column)
                cell.value = _short(row[header])
                cell.data_type = "s"


def _short(text: str) -> str:
    """openpyxl would cut it without a word."""
    if len(text) > LONGEST_CELL:
        raise refuse("too-long", limit=LONGEST_CELL)
    return text


def _survey(items: list[Item]) -> Iterator[Row]:
    for item in items:
        yield _item(item)
        if isinstance(item, Group):
            yield from _survey(item.children)
            yield {"type": "end_group"}


def _item(item: Item) -> Row:
    content = item.model_dump(mode="json", exclude_defaults=True, exclude={"children"})
    kind = "begin_group" if isinstance(item, Group) else types.write(item.type, content.get("choices"))
    row = _row(content, SURVEY) | {"type": kind}
    if parameters := _parameters(content):
        row["parameters"] = parameters
    return row


def _parameters(content: dict[str, Any]) -> str:
    numbers = [f"{name}={_number(content[name])}" for name in ("start", "end", "step") if name in content]
    return " ".join([*numbers, *(["randomize=true"] if content.get("randomize") else [])])


def _number(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)


def _choices(questionnaire: Questionnaire) -> Iterator[Row]:
    lists = dict(questionnaire.choices)
    if any(question.type == "consent" for question in questionnaire.questions()):
        lists[CONSENT_LIST] = consent_choices()
    for name, choices in lists.items():
        for choice in choices:
            yield {"list_name": name, **_row(choice.model_dump(exclude_defaults=True), CHOICES)}


def _settings(questionnaire: Questionnaire) -> Row:
    consultation, source = questionnaire.consultation, questionnaire.source_language
    return {
        "form_title": consultation.title.get(source, consultation.slug),
        "form_id": consultation.slug,
        "version": consultation.version,
        "default_language": LANGUAGES.get(source, source),
    }


def _consultation(questionnaire: Questionnaire) -> Iterator[Row]:
    """One row a value, and one a text in its languages; what the settings sheet says is left to it."""
    content = questionnaire.consultation.model_dump(mode="json", exclude_defaults=True, exclude={"slug", "version"})
    yield from _details(content, ())


def _details(content: Any, at: Location) -> Iterator[Row]:
    path = ".".join(map(str, at))
    if isinstance(content, dict) and content and content.keys() <= LANGUAGES.keys():
        yield {"path": path, **content}
    elif isinstance(content, dict | list):
        for step, value in content.items() if isinstance(content, dict) else enumerate(content):
            yield from _details(value, (*at, step))
    elif content is not None:
        yield {"path": path, "value": str(content)}


def _translated(questionnaire: Questionnaire) -> Iterator[Row]:
    for path, fingerprints in questionnaire.translated.items():
        yield {"path": path, "fingerprints": fingerprints}


def _row(content: dict[str, Any], columns: dict[str, Column]) -> Row:
    """The columns that have something to say of an item."""
    said = ((header, _inside(content, column.field)) for header, column in columns.items())
    return {header: _text(value, columns[header]) for header, value in said if value is not None}


def _inside(content: Any, field: Location) -> Any:
    for step in field:
        try:
            content = content[step]
        except (KeyError, IndexError):
            return None
    return content


def _text(value: Any, column: Column) -> str:
    if column.kind == "flag":
        return "yes" if value else "no"
    separator = {"lines": "\n", "words": " "}.get(column.kind)
    return separator.join(value) if separator else str(value)
