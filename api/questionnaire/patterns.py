"""Regular expressions that an author wrote, matched against what a stranger typed.

Python's ``re`` backtracks while holding the interpreter: one pattern such as ``(a+)+`` and forty letters stop the
whole process. So a repeat around something that can already match in several ways is refused when it is read, and
only ``LONGEST_SUBJECT`` characters are ever matched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

LONGEST_SUBJECT = 500
"""A longer text never matches: patterns are for postal codes and e-mail addresses, not for essays."""

MOST_TURNS = 12
"""How often ``{n}`` may repeat what has a few ways to match."""

_TOKEN = re.compile(
    r"(?P<escape>\\.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?[:=!]|\?<[=!]|\?P<\w+>)?)|(?P<close>\))"
    r"|(?P<choice>\|)|(?P<repeat>[*+?]|\{\d*,?\d*\})[?+]?|(?P<other>.)",
    re.DOTALL,
)


class PatternError(ValueError):
    """A pattern that is malformed (``code`` is "pattern") or could take forever ("slow-pattern")."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass
class _Piece:
    """In how many ways what was just read can match."""

    varies: bool = False
    endless: bool = False

    def absorb(self, other: _Piece) -> None:
        self.varies |= other.varies
        self.endless |= other.endless


def matches(pattern: str, subject: str) -> bool:
    """Whether the whole of ``subject`` matches, as ODK's ``regex()``. Raises PatternError."""
    return len(subject) <= LONGEST_SUBJECT and compiled(pattern).fullmatch(subject) is not None


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """Raises PatternError."""
    try:
        result = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError("pattern") from error
    _refuse_slow(pattern)
    return result


def _refuse_slow(pattern: str) -> None:
    groups, last = [_Piece()], _Piece()
    for token in _TOKEN.finditer(pattern):
        kind = token.lastgroup
        if kind == "open":
            groups.append(_Piece())
        elif kind == "close" and len(groups) > 1:
            last = groups.pop()
            groups[-1].absorb(last)
        elif kind == "choice":
            groups[-1].varies = True
        elif kind == "repeat":
            groups[-1].absorb(_repeated(last, token["repeat"]))
            last = _Piece()
        else:
            last = _Piece()


def _repeated(piece: _Piece, repeat: str) -> _Piece:
    """What ``piece`` becomes once repeated. Raises PatternError when that could take forever."""
    endless = repeat in "*+" or repeat.endswith(",}")
    exactly = int(repeat[1:-1]) if repeat[1:-1].isdigit() else None
    if repeat == "?":
        return _Piece(varies=True, endless=piece.endless)
    if piece.endless or (piece.varies and (exactly is None or exactly > MOST_TURNS)):
        raise PatternError("slow-pattern")
    return _Piece(varies=piece.varies or exactly is None, endless=endless)
