"""Choices that are bands of numbers ("18 à 24 ans", "65 and over"), said by a number: "22"."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.replies import durations, numerals
from bot.replies.matcher import content_of, is_negated
from bot.replies.normalise import Token, tokens
from bot.replies.reading import UNREADABLE, Reading, accepted
from bot.replies.vocabulary import phrases, words

if TYPE_CHECKING:
    from bot.replies.question import Question

BY_NUMBER = 0.9
MOST_UNKNOWN = 3

Band = tuple[float, float]


def band_of(name: str, language: str = "fr") -> Band | None:
    """The lowest and highest number of a choice's name, or None when it has none."""
    values = [numeral.value for numeral in numerals.find(name, language)]
    if len(values) == 2 and values[0] < values[1]:
        return values[0], values[1]
    if len(values) != 1:
        return None
    value, spoken = values[0], [token.word for token in tokens(name)]
    if phrases("below").scan(spoken):
        return -math.inf, math.nextafter(value, -math.inf)
    if phrases("above").scan(spoken):
        return math.nextafter(value, math.inf), math.inf
    return (value, math.inf) if phrases("or_more").scan(spoken) or "+" in name else (value, value)


def read(question: Question, text: str, said: Sequence[Token], language: str, today: datetime.date) -> Reading:
    """The code of the one band that holds the number said, or whose two ends are said."""
    found = numerals.find(text, language)
    rest = [token for token in said if not any(each.start <= token.start < each.end for each in found)]
    unknown = [token for token in content_of(rest) if not _is_around(question, token)]
    if is_negated(rest) or len(unknown) > (0 if question.in_years else MOST_UNKNOWN):
        return UNREADABLE
    amounts = durations.amounts(text, found, today, in_years=question.in_years)
    if len(amounts) == 1 and not phrases("bounds").scan([token.word for token in said]):
        codes = _holding(question.bands, amounts[0])
    else:
        codes = [code for code, band in question.bands.items() if band == band_of(text, language)]
    return accepted(codes[0], (said[0].start, said[-1].end), BY_NUMBER) if len(codes) == 1 else UNREADABLE


def _holding(bands: dict[str, Band], amount: float) -> list[str]:
    """Whole years count, but within the first: "2 ans et demi" is in "1 à 2 ans", "8 mois" in "moins d'un an"."""
    counted = math.floor(amount) if amount >= 1 else amount
    return [code for code, (low, high) in bands.items() if low <= counted <= high]


def _is_around(question: Question, token: Token) -> bool:
    """Whether a word is of the question or its choices, or a unit or hedge: "10 minutes" is no number of years."""
    known = question.matcher.knows(token) or token.stem in question.stems
    return known or any(token.word in words(name) for name in ("years", "months_count", "hedges", "half"))
