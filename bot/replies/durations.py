"""Lengths of time where years are asked: "5 ans et demi", "18 months", "since 2019"."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bot.replies.normalise import tokens
from bot.replies.numerals import Numeral
from bot.replies.vocabulary import words

OLDEST_YEAR = 1900
MONTHS = 12
_NEXT = 24
"""Characters in which a unit or a half may follow its number."""


def amounts(text: str, found: Sequence[Numeral], today: datetime.date, *, in_years: bool) -> list[float]:
    """The distinct amounts said with their halves, brought to years when these are asked."""
    halves = [_with_half(text, numeral) for numeral in found]
    said = _years(text, halves, today) if in_years else [numeral.value for numeral in halves]
    return list(dict.fromkeys(said))


def _with_half(text: str, numeral: Numeral) -> Numeral:
    after = [token.word for token in tokens(text[numeral.end : numeral.end + _NEXT])][:4]
    half = any(word in words("half") for word in after) and any(word in words("joining") for word in after)
    return numeral._replace(value=numeral.value + 0.5) if half else numeral


def _years(text: str, found: Sequence[Numeral], today: datetime.date) -> list[float]:
    """Those with a unit, when one has it: "2 children and 5 years"."""
    timed = list(zip(found, _units(text, found), strict=True))
    if [unit for _, unit in timed] == ["years", "months_count"]:
        return [found[0].value + found[1].value / MONTHS]
    marked = [each for each in timed if each[1]]
    return [_in_years(numeral.value, unit, today) for numeral, unit in marked or timed]


def _units(text: str, found: Sequence[Numeral]) -> list[str | None]:
    """The unit next to each number, or next to the one it goes with: "3 à 5 ans"."""
    units: list[str | None] = []
    for numeral, following in zip(reversed(found), (None, *reversed(found[1:])), strict=True):
        together = following and _goes_with(text[numeral.end : following.start])
        units.append(units[-1] if together else _unit(text[numeral.end : numeral.end + _NEXT]))
    return units[::-1]


def _goes_with(between: str) -> bool:
    joined = [token.word for token in tokens(between)]
    return between.strip() in {"-", "–"} or (len(joined) == 1 and joined[0] in words("to") | words("either"))


def _unit(after: str) -> str | None:
    following = tokens(after)[:1]
    return next((name for name in ("years", "months_count") if following and following[0].word in words(name)), None)


def _in_years(value: float, unit: str | None, today: datetime.date) -> float:
    if unit == "months_count":
        return value / MONTHS
    if unit is None and OLDEST_YEAR <= value <= today.year:
        return float(today.year - value)
    return value
