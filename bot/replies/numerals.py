"""Numbers in a text, in figures or in French or English words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.replies.normalise import fold
from bot.replies.vocabulary import values, words

LONGEST_FIGURE = 15
LARGEST = 10**LONGEST_FIGURE
MOST_WORDS = 16
MOST = 8
"""Numbers in one reply; more of them are no answer."""

_SPACE = " \u00a0\u202f\u2009"
_PIECE = re.compile(
    rf"(?P<figure>(?:(?<![\w.,])[-−])?(?:\d{{1,3}}(?:[{_SPACE}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*))|(?P<word>[^\W\d_]+)"
)
_CLOSE = re.compile(r"[\s-]*")
_ENGLISH_TEN = "ty"
_VINGT = {"vingt", "vingts"}
_ANDS = {"et", "and"}
_ARTICLES = {"a", "an"}
_SUFFIXES = {"k", "m"}
"""Scales only when glued to a figure: "10k"."""


class Numeral(NamedTuple):
    """A number and where it stands; ``soft`` when it may be an article ("un", "one")."""

    value: float
    start: int
    end: int
    soft: bool = False


class _Piece(NamedTuple):
    """A figure or a word: what it adds, or what it multiplies by."""

    word: str
    value: float | None
    scale: int | None
    start: int
    end: int


def find(text: str, language: str) -> list[Numeral]:
    """The numbers of a text, from left to right, none when there are too many to be an answer.

    An article counts as one only when there is no other number.
    """
    pieces = [_piece(match, language) for match in _PIECE.finditer(text)]
    numerals = [_numeral(group) for group in _groups(text, pieces)]
    firm = [numeral for numeral in numerals if not numeral.soft] or numerals
    return firm if len(firm) <= MOST and all(numeral.value < LARGEST for numeral in firm) else []


def _piece(match: re.Match[str], language: str) -> _Piece:
    if match["figure"]:
        return _Piece("", _figure(match["figure"]), None, match.start(), match.end())
    word = fold(match["word"])
    value = values("units").get(word, values("tens").get(word))
    money = language == "en" and word in {"cent", "cents"}
    return _Piece(word, value, None if money else values("scales").get(word), match.start(), match.end())


def _figure(written: str) -> float | None:
    """What "1 200", "1,200", "3,5" or "-2" is; None when it is no number or too long to be meant as one."""
    digits = re.sub(rf"[{_SPACE}]", "", written.replace("−", "-"))
    if len(digits) > LONGEST_FIGURE:
        return None
    marks, parts = re.findall(r"[.,]", digits), re.split(r"[.,]", digits)
    thousands = len(parts[-1]) == 3 and len(parts[0].lstrip("-")) <= 3 and parts[0] not in {"0", "-0"}
    decimals = parts.pop() if marks and marks[-1] not in marks[:-1] and (len(marks) > 1 or not thousands) else "0"
    return float("".join(parts) + "." + decimals) if all(len(part) == 3 for part in parts[1:]) else None


def _groups(text: str, pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """The pieces that make one number together."""
    group: list[_Piece] = []
    for piece, following in zip(pieces, (*pieces[1:], None), strict=True):
        if 0 < len(group) < MOST_WORDS and _continues(text, group, piece, following):
            group.append(piece)
            continue
        if group:
            yield group
        group = [piece] if _begins(piece, following) else []
    if group:
        yield group


def _begins(piece: _Piece, following: _Piece | None) -> bool:
    if piece.word in _ARTICLES:
        return following is not None and following.scale is not None
    return piece.value is not None or (piece.scale is not None and piece.word not in _SUFFIXES)


def _continues(text: str, group: Sequence[_Piece], piece: _Piece, following: _Piece | None) -> bool:
    gap = text[group[-1].end : piece.start]
    if not _CLOSE.fullmatch(gap):
        return False
    if piece.word in _SUFFIXES:
        return not gap and not group[-1].word
    if piece.word in _ANDS:
        return following is not None and group[0].word != "" and _adds(group, following)
    return piece.scale is not None or _adds(group, piece)


def _adds(group: Sequence[_Piece], piece: _Piece) -> bool:
    """Whether a word's value goes on with the number so far: "vingt" "et un", but not "deux" "trois"."""
    value, total = piece.value, int(_sum(group))
    low = total % 100
    if not piece.word or not value:
        return False
    if value == 20 and low == 4:
        return piece.word in _VINGT
    if piece.word.endswith(_ENGLISH_TEN) and _is_hundreds(total):
        return True
    if value >= 20:
        return low == 0 and total > 0
    if value >= 10:
        return total > 0 and low in {0, 60, 80}
    return total > 0 and low % 10 == 0 and (low != 10 or value >= 7)


def _is_hundreds(value: float) -> bool:
    """Whether an English ten may follow: "nineteen seventy", "one twenty"."""
    return 1 <= value <= 9 or 16 <= value <= 20


def _numeral(group: Sequence[_Piece]) -> Numeral:
    soft = len(group) == 1 and group[0].word in words("soft_one")
    return Numeral(_sum(group), group[0].start, group[-1].end, soft)


def _sum(group: Sequence[_Piece]) -> float:
    """Add and multiply what the words say: "quatre-vingt-dix", "forty five hundred", "deux cent mille"."""
    total = current = 0.0
    for piece in group:
        if piece.scale is not None and piece.scale >= 1000:
            total, current = total + (current or (0 if total else 1)) * piece.scale, 0.0
        elif piece.scale is not None:
            current = (current or 1) * piece.scale
        elif piece.word in _VINGT and current % 100 == 4:
            current += 76
        elif piece.word.endswith(_ENGLISH_TEN) and _is_hundreds(current) and not total:
            current = current * 100 + (piece.value or 0)
        else:
            current += piece.value or 0
    return total + current
