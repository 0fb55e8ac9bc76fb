"""Sheets as rows of known columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .columns import ALIASES, LANGUAGES, TRANSLATED_HEADERS, UNSUPPORTED, Column, Header, language_code, parse
from .draft import Draft
from .workbook import Cell, Sheet

Row = dict[str, Cell]
"""The cells that hold something, by the names of ``columns``: ``label::fr``."""


class Tables:
    """Says of each column that is not known whether it is refused or left out."""

    def __init__(self, sheets: Mapping[str, Sheet], draft: Draft):
        self._sheets = sheets
        self._draft = draft
        self._said: set[str] = set()
        self.default_language: str | None = None
        """The language of a text whose column names none."""

    def languages(self) -> list[str]:
        """Those in which something is said, the default first."""
        said = [language for language in LANGUAGES if language in self._said]
        return sorted(said, key=lambda language: language != self.default_language)

    def rows(self, sheet: str, known: Mapping[str, Column]) -> Iterator[Row]:
        """The rows that hold something in a known column; none if there is no such sheet."""
        if sheet not in self._sheets:
            return
        columns = self._columns(self._sheets[sheet], known)
        for cells in self._sheets[sheet].rows:
            row = {columns[header]: cell for header, cell in cells.items() if header in columns}
            if row:
                yield row

    def _columns(self, sheet: Sheet, known: Mapping[str, Column]) -> dict[str, str]:
        """Header as written to the name of its column."""
        found: dict[str, str] = {}
        for header in sheet.headers:
            if any(header.text in row for row in sheet.rows):
                name = self._name(header, known)
                if name in found.values():
                    self._draft.error("column-twice", header, column=header.text)
                elif name:
                    found[header.text] = name
        self._said |= {name.partition("::")[2] for name in found.values() if "::" in name}
        return found

    def _name(self, cell: Cell, known: Mapping[str, Column]) -> str | None:
        """None, and a finding, for a column that is not known."""
        written = parse(cell.text)
        name = written.name if written.name in known else ALIASES.get(written.name, written.name)
        if name in TRANSLATED_HEADERS and f"{name}::fr" in known:
            return self._translated(cell, Header(name, written.language))
        if name in known and written.language is None:
            return name
        if name in UNSUPPORTED:
            self._draft.error("column-unsupported", cell, column=cell.text)
        else:
            self._draft.warn("column-ignored", cell, column=cell.text)
        return None

    def _translated(self, cell: Cell, header: Header) -> str | None:
        if header.language is None and self.default_language is None:
            self._draft.error("language-needed", cell, column=cell.text)
            return None
        language = language_code(header.language) if header.language else self.default_language
        if language is None:
            self._draft.error("language-unknown", cell, language=header.language)
        return f"{header.name}::{language}" if language else None
