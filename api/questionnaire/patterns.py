"""Regular expressions that an author wrote, matched against what a stranger typed.

Python's ``re`` backtracks while holding the interpreter: one pattern such as ``(a+)+`` and forty letters stop the
whole process. So a repeat around something that can already match in several ways is refused when it is read, and
the more endless repeats a pattern has, the shorter the texts that it is tried on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import factorial

MOST_STEPS = 10**7
"""Of backtracking, at worst, in one match: about a tenth of a second."""

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


@dataclass(frozen=True)
class Pattern:
    """``longest`` is how many characters it is tried on; a longer text does not match."""

    compiled: re.Pattern[str]
    longest: int

    def matches(self, text: str) -> bool:
        """Whether the whole of ``text`` matches, as ODK's ``regex()`` has it."""
        return len(text) <= self.longest and self.compiled.fullmatch(text) is not None


@lru_cache(maxsize=256)
def read(pattern: str) -> Pattern:
    """Raises PatternError."""
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError("pattern") from error
    return Pattern(compiled, _longest(_measured(pattern).endless))


def _longest(endless: int) -> int:
    """So many endless repeats side by side can share out a text of length n in about n**endless / endless! ways."""
    return int((MOST_STEPS * factorial(endless)) ** (1 / max(endless, 1)))


@dataclass
class _Piece:
    """What was read of a pattern: whether it can match in several ways, and its endless repeats."""

    varies: bool = False
    endless: int = 0

    def absorb(self, other: _Piece) -> None:
        self.varies |= other.varies
        self.endless += other.endless


def _measured(pattern: str) -> _Piece:
    """Raises PatternError if it could take forever."""
    groups, last = [_Piece()], _Piece()
    for token in _TOKEN.finditer(pattern):
        kind = token.lastgroup
        if kind == "repeat":
            last = _repeated(last, token["repeat"])
            continue
        groups[-1].absorb(last)
        last = _Piece()
        if kind == "open":
            groups.append(_Piece())
        elif kind == "close" and len(groups) > 1:
            last = groups.pop()
        elif kind == "choice":
            groups[-1].varies = True
    groups[-1].absorb(last)
    return groups[-1]


def _repeated(piece: _Piece, repeat: str) -> _Piece:
    """What ``piece`` becomes once repeated. Raises PatternError if that could take forever."""
    endless = repeat in "*+" or repeat.endswith(",}")
    exactly = int(repeat[1:-1]) if repeat[1:-1].isdigit() else None
    if repeat == "?":
        return _Piece(varies=True, endless=piece.endless)
    if piece.endless or (piece.varies and (exactly is None or exactly > MOST_TURNS)):
        raise PatternError("slow-pattern")
    return _Piece(varies=piece.varies or exactly is None, endless=int(endless))
