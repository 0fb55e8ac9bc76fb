"""Choices said by where they stand: "2", "la 2e", "the last one", "b"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.replies.normalise import Token
from bot.replies.vocabulary import ordinals, values, words

_FROM_TO = re.compile(r"\d\s*(?:[-–—]|à|to)\s*\d", re.IGNORECASE)


def positions(text: str, said: Sequence[Token], count: int, *, bare: bool = True) -> list[int]:
    """0-based positions, in the order said; empty when the text is anything else than positions within ``count``.

    With ``bare`` false (the choices hold numbers themselves) a number alone is none: only "la 2e" or "option 2" are.
    """
    marked = any(token.word in words("marker") for token in said)
    found: list[int] = []
    for token in said:
        position = _position(token.word, count, bare=bare or marked, marked=marked)
        if position is not None:
            found.append(position)
        elif not _around(token.word):
            return []
    return [] if _FROM_TO.search(text) or any(not 0 <= position < count for position in found) else found


def _position(word: str, count: int, *, bare: bool, marked: bool) -> int | None:
    if word in ordinals():
        return ordinals()[word] - 1
    if word in words("last"):
        return count - 1
    if bare and word.isdecimal() and len(word) < 4:
        return int(word) - 1
    if len(word) == 1 and word.isascii() and word.isalpha() and ord(word) - ord("a") < count:
        return None if marked and _around(word) else ord(word) - ord("a")
    number = values("units").get(word, 0)
    return number - 1 if marked and number > 1 else None


def _around(word: str) -> bool:
    return any(word in words(name) for name in ("marker", "filler", "joining"))
