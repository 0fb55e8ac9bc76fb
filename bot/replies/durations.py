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


def with_half(text: str, numeral: Numeral) -> Numeral:
    """The number and its half: "2 ans et demi", "two and a half"."""
    after = [token.word for token in tokens(text[numeral.end : numeral.end + _NEXT])][:4]
    half = any(word in words("half") for word in after) and any(word in words("joining") for word in after)
    return numeral._replace(value=numeral.value + 0.5) if half else numeral


def years(text: str, found: Sequence[Numeral], today: datetime.date) -> list[float]:
    """The distinct numbers of years said; those with their unit when one has it."""
    units = [unit(text, numeral) for numeral in found]
    if units == ["years", "months_count"]:
        return [found[0].value + found[1].value / MONTHS]
    timed = [(numeral.value, unit) for numeral, unit in zip(found, units, strict=True)]
    marked = [each for each in timed if each[1]]
    return list(dict.fromkeys(_in_years(value, unit, today) for value, unit in marked or timed))


def unit(text: str, numeral: Numeral) -> str | None:
    """``years`` or ``months_count``, when that is the next word."""
    after = tokens(text[numeral.end : numeral.end + _NEXT])[:1]
    return next((name for name in ("years", "months_count") if after and after[0].word in words(name)), None)


def _in_years(value: float, unit: str | None, today: datetime.date) -> float:
    if unit == "months_count":
        return value / MONTHS
    if unit is None and OLDEST_YEAR <= value <= today.year:
        return today.year - value
    return value
