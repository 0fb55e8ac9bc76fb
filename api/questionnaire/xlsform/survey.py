"""The survey sheet: rows to items, in their groups."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..definition import CHOICE_TYPES
from ..paths import Location
from . import types
from .cells import put, yes_or_no
from .columns import SURVEY
from .draft import Draft
from .tables import Row
from .workbook import Cell

_PARAMETERS = {"range": {"start", "end", "step"}, **{kind: {"randomize"} for kind in CHOICE_TYPES}}
_RANGE = {"start": "1", "end": "10"}
"""What XLSForm takes a range to be."""


class Survey:
    def __init__(self, draft: Draft):
        self.draft = draft
        self.holder: Location = ("survey",)
        self.opened: list[Cell] = []
        """The rows that began the groups we are in."""
        self.lists_with_other: list[str] = []

    def read(self, rows: Iterable[Row]) -> None:
        for row in rows:
            kind = self.row_type(row)
            if kind and kind.name == "end":
                self.end_group(row["type"])
            elif kind:
                self.item(kind, row)
        for cell in self.opened:
            self.draft.error("group-open", cell)

    def row_type(self, row: Row) -> types.RowType | None:
        """None, and a finding, when the row is no item."""
        if "type" not in row:
            is_remark = "name" not in row and not any(header.startswith("label::") for header in row)
            found = self.draft.warn if is_remark else self.draft.error
            found("row-ignored" if is_remark else "type-missing", next(iter(row.values())))
            return None
        kind = types.parse(row["type"].text)
        if kind is None:
            self.draft.error("type-unsupported", row["type"], type=row["type"].text)
        return kind

    def end_group(self, cell: Cell) -> None:
        if not self.opened:
            self.draft.error("group-not-open", cell)
            return
        self.opened.pop()
        self.holder = self.holder[:-2]

    def item(self, kind: types.RowType, row: Row) -> None:
        location = (*self.holder, len(self.draft.get(*self.holder) or ()))
        self.draft.put((*location, "type"), "group" if kind.name == "begin" else kind.name, row["type"])
        if kind.choices:
            self.draft.put((*location, "choices"), kind.choices, row["type"])
        if kind.name == "note" and "name" not in row:
            self.draft.put((*location, "name"), f"note_{row['type'].row}", row["type"])
        if kind.name == "range":
            for parameter, value in _RANGE.items():
                self.draft.set((*location, parameter), value)
        if kind.or_other:
            self.lists_with_other.append(kind.choices)
        self.fields(location, kind.name, row)
        if kind.name == "begin":
            self.opened.append(row["type"])
            self.holder = (*location, "children")

    def fields(self, location: Location, kind: str, row: Row) -> None:
        for header, cell in row.items():
            if header == "parameters":
                self.parameters(location, kind, cell)
            elif header != "type":
                put(self.draft, location, SURVEY[header], cell)

    def parameters(self, location: Location, kind: str, cell: Cell) -> None:
        """``start=1 end=10``, separated by blanks, commas or semicolons."""
        for written in re.split(r"[\s,;]+", re.sub(r"\s*=\s*", "=", cell.text)):
            name, _, value = written.partition("=")
            if name.lower() not in _PARAMETERS.get(kind, ()):
                self.draft.error("parameter-unsupported", cell, parameter=name)
            elif name.lower() != "randomize":
                self.draft.put((*location, name.lower()), value, cell)
            elif yes_or_no(value) is None:
                self.draft.error("not-yes-no", cell, value=value)
            elif yes_or_no(value):
                self.draft.put((*location, "randomize"), True, cell)
