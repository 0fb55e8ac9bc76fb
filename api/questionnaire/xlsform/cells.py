"""What a cell says, put where its column belongs."""

from __future__ import annotations

import re

from ..paths import Location
from .columns import Column
from .draft import Draft
from .workbook import Cell

DYNAMIC = re.compile(r"\$\{|[A-Za-z]\(")
"""A ``default`` that is computed."""

_YES_NO = {**dict.fromkeys(("yes", "true", "true()"), True), **dict.fromkeys(("no", "false", "false()"), False)}
_SMART_QUOTES = str.maketrans("‘’“”", "''\"\"")


def put(draft: Draft, location: Location, column: Column, cell: Cell) -> None:
    where = (*location, *column.field)
    match column.kind:
        case "flag":
            _put_flag(draft, where, cell)
        case "words":
            draft.put(where, cell.text.split(), cell)
        case "lines":
            draft.put(where, [line.strip() for line in cell.text.split("\n") if line.strip()], cell)
        case "expression":
            draft.put(where, _straightened(cell.text), cell)
        case "default" if DYNAMIC.search(cell.text):
            draft.error("default-dynamic", cell)
        case _:
            draft.put(where, cell.text, cell)


def yes_or_no(written: str) -> bool | None:
    """None for what is neither, such as an expression."""
    return _YES_NO.get(written.lower())


def _put_flag(draft: Draft, where: Location, cell: Cell) -> None:
    said = yes_or_no(cell.text)
    if said is None:
        draft.error("not-yes-no", cell, value=cell.text)
    elif said:
        draft.put(where, True, cell)


def _straightened(expression: str) -> str:
    """With the quotes that a word processor curls, unless straight ones show that they belong to a text."""
    return expression if re.search("['\"]", expression) else expression.translate(_SMART_QUOTES)
