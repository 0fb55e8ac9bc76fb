"""A workbook from a stranger, as sheets of texts.

A workbook is a zip of XML: both can hold far more than they weigh. Sizes are looked at before anything is inflated,
no XML may declare entities, and rows and columns are counted while they are read.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from ..findings import Refused, refuse
from ..reading import unwritable

LARGEST_INSIDE = 40_000_000
"""In bytes, once inflated."""
MOST_PARTS = 500
MOST_ROWS = 5_000
MOST_COLUMNS = 250
LONGEST_CELL = 32_767
"""Excel's own limit."""


@dataclass(frozen=True)
class Cell:
    text: str
    row: int
    """From 1."""
    reference: str
    """``survey!C5``."""


@dataclass(frozen=True)
class Sheet:
    """A sheet with its first row as headers."""

    name: str
    headers: list[Cell]
    rows: list[dict[str, Cell]]
    """The cells that hold something, by header as written; rows without any are left out."""


def read(content: bytes) -> dict[str, Sheet]:
    """The sheets by name in lower case. Raises Refused: too-large, not-a-workbook, character, sheet-too-large."""
    try:
        with ZipFile(BytesIO(content)) as parts:
            _guard(parts)
        return {sheet.name: sheet for sheet in _sheets(content)}
    except Refused:
        raise
    except Exception as error:  # zipfile and openpyxl raise nearly any error on a file that is not well made
        raise refuse("not-a-workbook") from error


def _guard(parts: ZipFile) -> None:
    inside = parts.infolist()
    if len(inside) > MOST_PARTS or sum(part.file_size for part in inside) > LARGEST_INSIDE:
        raise refuse("too-large", limit=LARGEST_INSIDE)
    for part in inside:
        if b"<!DOCTYPE" in parts.read(part).replace(b"\0", b""):  # also in UTF-16
            raise refuse("not-a-workbook")


def _sheets(content: bytes) -> Iterator[Sheet]:
    with (
        warnings.catch_warnings(action="ignore"),  # openpyxl warns of what it would lose in saving
        closing(load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)) as book,
    ):
        yield from map(_sheet, book.worksheets)


def _sheet(sheet: Any) -> Sheet:
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    rows = [list(_cells(sheet.title, row, values)) for row, values in _rows(sheet)]
    headers = rows[0] if rows else []
    columns = {_column(header): header.text for header in headers}
    content = [{columns[_column(cell)]: cell for cell in row if _column(cell) in columns} for row in rows[1:]]
    return Sheet(sheet.title.lower(), headers, [row for row in content if row])


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for row, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        beyond = values if row > MOST_ROWS else values[MOST_COLUMNS:]
        if any(value is not None for value in beyond):
            raise refuse("sheet-too-large", sheet.title, row, rows=MOST_ROWS, columns=MOST_COLUMNS)
        yield row, values[:MOST_COLUMNS]


def _cells(sheet: str, row: int, values: tuple[Any, ...]) -> Iterator[Cell]:
    for column, value in enumerate(values, start=1):
        text = _text(value)
        reference = f"{sheet.lower()}!{get_column_letter(column)}{row}"
        if character := unwritable(text):
            raise refuse("character", reference, row, character=character)
        if text:
            yield Cell(text, row, reference)


def _column(cell: Cell) -> str:
    return cell.reference.rpartition("!")[2].rstrip("0123456789")


def _text(value: Any) -> str:
    """As a person reads it in the cell: 5 rather than 5.0, a day without its midnight."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
