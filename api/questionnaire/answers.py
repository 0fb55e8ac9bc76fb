"""What a person said to one question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .nodes import Value

Missing = Literal["refused", "dont_know", "skipped"]


@dataclass(frozen=True)
class Answer:
    """Either a ``value`` (the contract's values by type) or the reason why there is none."""

    value: Value = None
    missing: Missing | None = None
    other: str | None = None
    """The person's words for a choice that asks "which?"."""
