"""The ``type`` column: what a row is."""

from __future__ import annotations

import re
from typing import NamedTuple

from .columns import CONSENT_LIST

_SELECTS = {
    "select_one": "select_one",
    "select one": "select_one",
    "select one from": "select_one",
    "select1": "select_one",
    "add select one prompt using": "select_one",
    "select_multiple": "select_multiple",
    "select all that apply": "select_multiple",
    "select all that apply from": "select_multiple",
    "add select multiple prompt using": "select_multiple",
    "rank": "rank",
}
_PLAIN = {
    **dict.fromkeys(("integer", "int", "q int", "add integer prompt"), "integer"),
    **dict.fromkeys(("decimal", "q decimal", "add decimal prompt"), "decimal"),
    **dict.fromkeys(("text", "string", "q string", "add text prompt"), "text"),
    **dict.fromkeys(("date", "q date", "add date prompt"), "date"),
    **dict.fromkeys(("note", "q note", "add note prompt"), "note"),
    "range": "range",
}
_SELECT = re.compile(rf"({'|'.join(_SELECTS)}) (\S+)( (?:or specify other|or_other|or other))?")
_LIST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_FILE = re.compile(r"\.(csv|xml|geojson)$")


class RowType(NamedTuple):
    """``begin`` and ``end`` are those of a group."""

    name: str
    choices: str | None = None
    or_other: bool = False


def parse(written: str) -> RowType | None:
    """None for a type that a questionnaire does not have."""
    written = " ".join(written.split())
    if written in _PLAIN:
        return RowType(_PLAIN[written])
    if group := re.fullmatch(r"(begin|end)[ _]group", written):
        return RowType(group[1])
    select = _SELECT.fullmatch(written)
    if not select or not _LIST.fullmatch(select[2]) or _FILE.search(select[2]):
        return None
    if select[2] == CONSENT_LIST:
        return RowType("consent")
    return RowType(_SELECTS[select[1]], select[2], bool(select[3]))


def write(kind: str, choices: str | None) -> str:
    """The cell that ``parse`` reads so."""
    if kind == "consent":
        return f"select_one {CONSENT_LIST}"
    return f"{kind} {choices}" if choices else kind
