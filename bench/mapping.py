"""What real respondents answered, read from a survey's export: columns and labels to question names and codes."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Row = Mapping[str, str]
BLANK = ("", [])


@dataclass(frozen=True)
class Expected:
    """One person's answer to one question: a code, a list of codes, or their words. Blank when they gave none."""

    type: Literal["select_one", "select_multiple", "text"]
    value: str | list[str]

    @property
    def is_open(self) -> bool:
        return self.type == "text"

    @property
    def is_blank(self) -> bool:
        return self.value in BLANK

    @property
    def codes(self) -> list[str]:
        return self.value if isinstance(self.value, list) else [self.value]


def read_mapping(path: Path) -> dict[str, dict[str, Any]]:
    """``{question: {type, column | column_prefix, labels?}}``; several columns hold a select_multiple's labels."""
    return json.loads(path.read_text(encoding="utf-8"))


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def expected(row: Row, mapping: Mapping[str, Mapping[str, Any]]) -> dict[str, Expected]:
    """What one row answers, by question. Raises KeyError on a column or a label that the mapping gets wrong."""
    return {name: Expected(source["type"], _value(row, source)) for name, source in mapping.items()}


def _value(row: Row, source: Mapping[str, Any]) -> str | list[str]:
    if source["type"] == "text":
        return row[source["column"]]
    codes = [source["labels"][row[column]] for column in _columns(row, source) if row[column]]
    if source["type"] == "select_multiple":
        return codes
    return codes[0] if codes else ""


def _columns(row: Row, source: Mapping[str, Any]) -> list[str]:
    if "column" in source:
        return [source["column"]]
    prefix = source["column_prefix"]
    return [column for column in row if column.startswith(prefix) and column.removeprefix(prefix).isdigit()]
