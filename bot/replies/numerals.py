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


class Numeral(NamedTuple):
    """A number and where it stands; ``soft`` when it may be an article ("un", "one")."""

    value: float
    start: int
    end: int
    soft: bool = False


class _Piece(NamedTuple):
    word: str
    figure: float | None
    start: int
    end: int


def find(text: str, language: str) -> list[Numeral]:
    """The numbers of a text, from left to right, none when there are too many to be an answer.

    An article counts as one only when there is no other number.
    """
    pieces = [_piece(match) for match in _PIECE.finditer(text)]
    numerals = [_numeral(group, language) for group in _groups(text, pieces, language)]
    firm = [numeral for numeral in numerals if not numeral.soft] or numerals
    return firm if len(firm) <= MOST and all(numeral.value < LARGEST for numeral in firm) else []


def _piece(match: re.Match[str]) -> _Piece:
    figure = match["figure"]
    return _Piece(fold(match["word"] or ""), _figure(figure) if figure else None, match.start(), match.end())


def _figure(written: str) -> float | None:
    """What "1 200", "1,200", "3,5" or "-2" is; None when it is no number or too long to be meant as one."""
    digits = re.sub(rf"[{_SPACE}]", "", written.replace("−", "-"))
    if len(digits) > LONGEST_FIGURE:
        return None
    marks, parts = re.findall(r"[.,]", digits), re.split(r"[.,]", digits)
    thousands = len(parts[-1]) == 3 and len(parts[0].lstrip("-")) <= 3 and parts[0] not in {"0", "-0"}
    decimals = parts.pop() if marks and marks[-1] not in marks[:-1] and (len(marks) > 1 or not thousands) else "0"
    return float("".join(parts) + "." + decimals) if all(len(part) == 3 for part in parts[1:]) else None


def _value(word: str) -> int | None:
    return values("units").get(word, values("tens").get(word))


def _scale(word: str, language: str) -> int | None:
    money = language == "en" and word in {"cent", "cents"}
    return None if money or word in {"k", "m"} else values("scales").get(word)


def _groups(text: str, pieces: Sequence[_Piece], language: str) -> Iterator[list[_Piece]]:
    """The pieces that make one number together."""
    group: list[_Piece] = []
    for index, piece in enumerate(pieces):
        near = 0 < len(group) < MOST_WORDS and _CLOSE.fullmatch(text, group[-1].end, piece.start)
        if near and _continues(
            group, piece, pieces[index + 1 : index + 2], language, glued=group[-1].end == piece.start
        ):
            group.append(piece)
            continue
        if group:
            yield group
        group = [piece] if _begins(text, piece, pieces[index + 1 : index + 2], language) else []
    if group:
        yield group


def _begins(text: str, piece: _Piece, following: Sequence[_Piece], language: str) -> bool:
    if piece.word in {"a", "an"}:
        return bool(following) and _scale(following[0].word, language) is not None
    return piece.figure is not None or _value(piece.word) is not None or _scale(piece.word, language) is not None


def _continues(
    group: Sequence[_Piece], piece: _Piece, following: Sequence[_Piece], language: str, *, glued: bool
) -> bool:
    if piece.word in {"et", "and"}:
        return bool(following) and group[0].figure is None and _adds(group, following[0], language)
    if glued and piece.word in {"k", "m"}:
        return group[-1].figure is not None
    return _scale(piece.word, language) is not None or _adds(group, piece, language)


def _adds(group: Sequence[_Piece], piece: _Piece, language: str) -> bool:
    value = _value(piece.word)
    if value is None or value == 0:
        return False
    total = int(_sum(group, language))
    low = total % 100
    if value == 20 and low == 4:
        return piece.word.startswith("vingt")
    if piece.word.endswith(_ENGLISH_TEN) and _is_hundreds(total):
        return True
    if value >= 20 or total < 20 > value >= 10:
        return low == 0 and total > 0
    if value >= 10:
        return low in {0, 60, 80}
    return low % 10 == 0 and total > 0 and (low != 10 or value >= 7)


def _is_hundreds(value: float) -> bool:
    """Whether an English ten may follow: "nineteen seventy", "one twenty"."""
    return 1 <= value <= 9 or 16 <= value <= 20


def _numeral(group: Sequence[_Piece], language: str) -> Numeral:
    soft = len(group) == 1 and group[0].word in words("soft_one")
    return Numeral(_sum(group, language), group[0].start, group[-1].end, soft)


def _sum(group: Sequence[_Piece], language: str) -> float:
    """Add and multiply what the words say: "quatre-vingt-dix", "forty five hundred", "deux cent mille"."""
    total = current = 0.0
    for piece in group:
        value = piece.figure if piece.figure is not None else _value(piece.word)
        scale = 1000 if piece.word == "k" else 1_000_000 if piece.word == "m" else _scale(piece.word, language)
        if scale is not None and scale >= 1000:
            total, current = total + (current or (0 if total else 1)) * scale, 0.0
        elif scale is not None:
            current = (current or 1) * scale
        elif value == 20 and current % 100 == 4:
            current += 76
        elif piece.word.endswith(_ENGLISH_TEN) and _is_hundreds(current) and not total:
            current = current * 100 + value
        else:
            current += value or (1 if piece.word in {"a", "an"} else 0)
    return total + current
