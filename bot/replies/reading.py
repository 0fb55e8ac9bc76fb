"""What a reply was read as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Span = tuple[int, int]

MAX_CANDIDATES = 3


@dataclass(frozen=True)
class Candidate:
    """One value a reply may mean; ``other`` holds the words of an "other" choice."""

    value: Any
    other: str | None = None


@dataclass(frozen=True)
class Reading:
    """``status`` is accepted, ambiguous, missing or unreadable. ``span`` indexes the raw text."""

    status: str
    value: Any = None
    other: str | None = None
    missing: str | None = None
    candidates: tuple[Candidate, ...] = ()
    span: Span | None = None
    confidence: float = 0.0


UNREADABLE = Reading("unreadable")


def accepted(value: Any, span: Span, confidence: float = 1.0, other: str | None = None) -> Reading:
    """One clear value."""
    return Reading("accepted", value=value, other=other, span=span, confidence=confidence)


def ambiguous(candidates: Iterable[Candidate], span: Span | None = None) -> Reading:
    """Two or three values to choose from; one alone or too many say nothing."""
    distinct: list[Candidate] = []
    for candidate in candidates:
        if candidate not in distinct:
            distinct.append(candidate)
    if not 2 <= len(distinct) <= MAX_CANDIDATES:
        return UNREADABLE
    return Reading("ambiguous", candidates=tuple(distinct), span=span, confidence=0.5)


def missing(kind: str, span: Span | None = None, confidence: float = 1.0) -> Reading:
    """No value, and why: ``dont_know``, ``refused`` or ``skipped``."""
    return Reading("missing", missing=kind, span=span, confidence=confidence)
