"""Replies to "how many?": figures, words, durations, "since 2019", "mid-twenties"."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence

from bot.replies import numerals
from bot.replies.matcher import content_of, is_negated
from bot.replies.normalise import Token, tokens
from bot.replies.numerals import Numeral
from bot.replies.question import Question
from bot.replies.reading import UNREADABLE, Candidate, Reading, accepted, ambiguous
from bot.replies.vocabulary import names, phrases, values, words

ALONE, AMONG_WORDS = 0.97, 0.8
MOST_WORDS = 12
OLDEST_YEAR = 1900
MONTHS = 12

_DECADE_PARTS = {"early": (1, 2, 3), "mid": (4, 5, 6), "late": (7, 8, 9)}


def read(question: Question, text: str, said: Sequence[Token], language: str, today: datetime.date) -> Reading:
    """An ``int`` for an integer question, else an ``int`` or a ``float``."""
    decade = _decade(said)
    if decade:
        return decade
    found = numerals.find(text, language)
    rest = [token for token in said if not any(each.start <= token.start < each.end for each in found)]
    if not found:
        return _none(said)
    if is_negated(rest) or len(rest) > MOST_WORDS or phrases("bounds").scan([token.word for token in said]):
        return UNREADABLE
    if found[0].soft and content_of(token for token in rest if not _is_unit(token)):
        return UNREADABLE
    amounts = _amounts(question, text, found, today)
    span = (found[0].start, found[-1].end)
    if len(amounts) == 1:
        return _fit(question, amounts[0], span, AMONG_WORDS if content_of(rest) else ALONE)
    return ambiguous((Candidate(_plain(amount)) for amount in amounts), span)


def _none(said: Sequence[Token]) -> Reading:
    content = content_of(said)
    if len(content) == 1 and content[0].word in words("none"):
        return accepted(0, (content[0].start, content[0].end), ALONE)
    return UNREADABLE


def _decade(said: Sequence[Token]) -> Reading | None:
    """ "Mid-twenties", "début quarantaine": three values it may be. A bare decade says too little."""
    spoken = [token.word for token in said]
    for before, word in zip(spoken, [*spoken[1:], ""], strict=True):
        part = names("decade_parts").get(before)
        start = values("decades").get(word) or next(
            (values("decades")[each] for each in spoken if each in values("decades")), None
        )
        if part and start:
            return ambiguous(Candidate(start + year) for year in _DECADE_PARTS[part])
    return None


def _amounts(question: Question, text: str, found: Sequence[Numeral], today: datetime.date) -> list[float]:
    """The distinct amounts said, durations brought to years when years are asked."""
    halves = [_with_half(text, numeral) for numeral in found]
    if counts_years(question):
        return _years(text, halves, today)
    return list(dict.fromkeys(numeral.value for numeral in halves))


def _with_half(text: str, numeral: Numeral) -> Numeral:
    after = [token.word for token in tokens(text[numeral.end : numeral.end + 24])][:4]
    half = any(word in words("half") for word in after) and any(word in {"et", "and"} for word in after)
    return numeral._replace(value=numeral.value + 0.5) if half else numeral


def counts_years(question: Question) -> bool:
    """Whether the question asks for a number of years."""
    return any(phrases("counts_years").scan([token.word for token in tokens(label)]) for label in question.labels)


def _years(text: str, found: Sequence[Numeral], today: datetime.date) -> list[float]:
    units = [_unit(text, numeral) for numeral in found]
    if units == ["years", "months_count"]:
        return [found[0].value + found[1].value / MONTHS]
    marked = [numeral for numeral, unit in zip(found, units, strict=True) if unit]
    return list(dict.fromkeys(_in_years(numeral.value, _unit(text, numeral), today) for numeral in marked or found))


def _in_years(value: float, unit: str | None, today: datetime.date) -> float:
    if unit == "months_count":
        return value / MONTHS
    if unit is None and OLDEST_YEAR <= value <= today.year:
        return today.year - value
    return value


def _unit(text: str, numeral: Numeral) -> str | None:
    after = tokens(text[numeral.end : numeral.end + 24])[:1]
    return next((name for name in ("years", "months_count") if after and after[0].word in words(name)), None)


def _is_unit(token: Token) -> bool:
    return token.word in words("years") or token.word in words("months_count")


def _fit(question: Question, amount: float, span: tuple[int, int], confidence: float) -> Reading:
    """A whole number where one is asked; between two of them, both are candidates."""
    if question.type == "decimal" or amount == int(amount) or (question.step or 1) != int(question.step or 1):
        return accepted(_plain(amount), span, confidence)
    return ambiguous((Candidate(math.floor(amount)), Candidate(math.ceil(amount))), span)


def _plain(amount: float) -> float:
    return int(amount) if amount == int(amount) else round(amount, 6)
