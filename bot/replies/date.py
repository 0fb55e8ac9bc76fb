"""Replies to "when?": a day, by figures or with its month in words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from bot.replies.normalise import Token
from bot.replies.reading import UNREADABLE, Candidate, Reading, accepted, ambiguous
from bot.replies.vocabulary import values

ALONE = 0.95

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_DAY = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th|e)?")


def read(text: str, said: Sequence[Token], today: datetime.date) -> Reading:
    """The day as ``YYYY-MM-DD``. "03/04/2024" may be two days: both are candidates."""
    iso = _ISO.search(text)
    if iso:
        return _one([_day(*map(int, iso.groups()))], iso.span())
    figures = _FIGURES.search(text)
    if figures:
        first, second, year = map(int, figures.groups())
        return _one([_day(year, second, first), _day(year, first, second)], figures.span())
    return _with_month(said, today)


def _with_month(said: Sequence[Token], today: datetime.date) -> Reading:
    span = (said[0].start, said[-1].end)
    relative = [values("days")[token.word] for token in said if token.word in values("days")]
    if len(relative) == 1 and len(said) == 1:
        return _one([(today + datetime.timedelta(days=relative[0])).isoformat()], span)
    months = [values("months")[token.word] for token in said if token.word in values("months")]
    years = [int(token.word) for token in said if re.fullmatch(r"[12]\d{3}", token.word)]
    days = [int(match[1]) for token in said if (match := _DAY.fullmatch(token.word))]
    if len(months) == len(years) == len(days) == 1:
        return _one([_day(years[0], months[0], days[0])], span)
    return UNREADABLE


def _one(days: Sequence[str | None], span: tuple[int, int]) -> Reading:
    distinct = list(dict.fromkeys(day for day in days if day))
    if len(distinct) == 1:
        return accepted(distinct[0], span, ALONE)
    return ambiguous((Candidate(day) for day in distinct), span)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
