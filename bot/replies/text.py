"""Replies to an open question: everything said is the answer."""

from __future__ import annotations

from bot.replies.reading import Reading, accepted


def read(text: str) -> Reading:
    """The words without their outer blanks."""
    value = text.strip()
    start = text.find(value)
    return accepted(value, (start, start + len(value)))
