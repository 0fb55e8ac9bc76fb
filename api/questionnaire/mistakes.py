"""What pydantic says of plain data that are no questionnaire, as findings."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .findings import Finding
from .paths import Location, Places, inside

SHOWN = 60
"""How many characters of a wrong value are repeated."""

CODES = {
    "missing": "field-missing",
    "extra_forbidden": "field-unknown",
    "literal_error": "not-one-of",
    "string_pattern_mismatch": "not-a-name",
    "string_too_long": "too-long",
    "string_type": "not-a-text",
    "bool_parsing": "not-yes-no",
    "bool_type": "not-yes-no",
    "int_parsing": "not-a-whole-number",
    "int_from_float": "not-a-whole-number",
    "int_type": "not-a-whole-number",
    "float_parsing": "not-a-number",
    "float_type": "not-a-number",
    "finite_number": "not-a-number",
    "datetime_from_date_parsing": "not-a-time",
    "datetime_parsing": "not-a-time",
    "datetime_type": "not-a-time",
    "dict_type": "not-a-map",
    "model_type": "not-a-map",
    "model_attributes_type": "not-a-map",
    "list_type": "not-a-list",
    "tuple_type": "not-a-list",
    "too_short": "too-few",
    "greater_than": "too-small",
    "greater_than_equal": "too-small",
}
"""By pydantic's own error types; any other is "invalid"."""

SHAPES = {"choices": "choices-misplaced", "range": "range-malformed"}
"""By the word that ``Question`` raises."""


def findings(data: Any, error: ValidationError, places: Places) -> list[Finding]:
    """One finding for each place at fault, in the order of the data."""
    found: dict[Location, Finding] = {}
    for detail in error.errors(include_url=False):
        location = _location(data, detail["loc"])
        if location is not None and location not in found:
            found[location] = _finding(location, detail, places)
    return list(found.values())


def _location(data: Any, loc: Location) -> Location | None:
    """Where the error is, without the names of union members that pydantic adds.

    None for an error of a member that the item does not claim to be: each item is tried as all of them.
    """
    location: list[str | int] = []
    for before, step in zip((None, *loc), loc, strict=False):
        if isinstance(before, int) and _holds_items(location[:-1]):
            if _kind(data) not in str(step).lower():
                return None
        else:
            location.append(step)
            data = inside(data, step)
    return tuple(location)


def _holds_items(location: list[str | int]) -> bool:
    return location == ["survey"] or location[-1:] == ["children"]


def _kind(item: Any) -> str:
    kind = inside(item, "type")
    return kind if kind in ("group", "note") else "question"


def _finding(location: Location, detail: ErrorDetails, places: Places) -> Finding:
    context = detail.get("ctx", {})
    code = SHAPES[str(context["error"])] if detail["type"] == "value_error" else CODES.get(detail["type"], "invalid")
    values = {
        "field": location[-1] if location else "",
        "value": str(detail["input"])[:SHOWN],
        "allowed": ", ".join(re.findall(r"'([^']*)'", str(context.get("expected", "")))),
        "limit": next((context[key] for key in ("max_length", "min_length", "gt", "ge") if key in context), None),
    }
    return Finding("error", code, *places.at(location), values)
