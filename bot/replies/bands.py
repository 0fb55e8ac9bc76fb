"""Choices that are bands of numbers ("18 à 24 ans", "65 and over"), said by a number: "22"."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.replies import numerals
from bot.replies.normalise import Token, tokens
from bot.replies.reading import UNREADABLE, Reading, accepted
from bot.replies.vocabulary import phrases

BY_NUMBER = 0.9

Band = tuple[float, float]


def band_of(name: str) -> Band | None:
    """The lowest and highest number of a choice's name, or None when it is no band."""
    values = [numeral.value for numeral in numerals.find(name, "fr") if not numeral.soft]
    spoken = [token.word for token in tokens(name)]
    if len(values) == 2 and values[0] < values[1]:
        return values[0], values[1]
    if len(values) != 1:
        return None
    value = values[0]
    if phrases("below").scan(spoken):
        return -math.inf, value - 1
    if phrases("above").scan(spoken):
        return value + 1, math.inf
    return (value, math.inf) if phrases("or_more").scan(spoken) or "+" in name else (value, value)


def read(bands: dict[str, Band], text: str, said: Sequence[Token], language: str) -> Reading:
    """The code of the one band that holds the number said, or whose two ends are said."""
    values = [numeral.value for numeral in numerals.find(text, language)]
    said_bounds = phrases("bounds").scan([token.word for token in said])
    if len(values) == 1 and not said_bounds:
        codes = [code for code, (low, high) in bands.items() if low <= values[0] <= high]
    else:
        codes = [code for code, band in bands.items() if band == band_of(text)]
    return accepted(codes[0], (said[0].start, said[-1].end), BY_NUMBER) if len(codes) == 1 else UNREADABLE
