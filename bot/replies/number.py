"""Replies to "how many?": figures, words, durations, "mid-twenties"."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence

from bot.replies import durations, numerals
from bot.replies.matcher import content_of, is_negated
from bot.replies.normalise import Token
from bot.replies.numerals import Numeral
from bot.replies.question import Question
from bot.replies.reading import UNREADABLE, Candidate, Reading, accepted, ambiguous
from bot.replies.vocabulary import names, ordinals, phrases, values, words

ALONE, AMONG_WORDS = 0.97, 0.8
MOST_WORDS = 12

_DECADE_PARTS = {"early": (1, 2, 3), "mid": (4, 5, 6), "late": (7, 8, 9)}


def read(question: Question, text: str, said: Sequence[Token], language: str, today: datetime.date) -> Reading:
    """An ``int`` for an integer question, else an ``int`` or a ``float``."""
    decade = _decade(said)
    if decade is not None:
        return _within_decade(said, decade)
    found = numerals.find(text, language)
    if not found:
        return _none(said) or _ordinal(said)
    rest = [token for token in said if not any(each.start <= token.start < each.end for each in found)]
    if _unclear(said, rest, found):
        return UNREADABLE
    amounts = durations.amounts(text, found, today, in_years=question.in_years)
    span = (found[0].start, found[-1].end)
    if len(amounts) == 1:
        return _fit(question, amounts[0], span, AMONG_WORDS if content_of(rest) else ALONE)
    return ambiguous((Candidate(_plain(amount)) for amount in amounts), span)


def _unclear(said: Sequence[Token], rest: Sequence[Token], found: Sequence[Numeral]) -> bool:
    """Whether the words around deny or bound the number, or make a mere "un" or "one" an article."""
    if is_negated(rest) or len(rest) > MOST_WORDS or phrases("bounds").scan([token.word for token in said]):
        return True
    return found[0].soft and any(token.word not in words("years") | words("months_count") for token in content_of(rest))


def _none(said: Sequence[Token]) -> Reading | None:
    content = content_of(said)
    if len(content) != 1 or content[0].word not in words("none"):
        return None
    return accepted(0, (content[0].start, content[0].end), ALONE)


def _ordinal(said: Sequence[Token]) -> Reading:
    """ "Ma troisième", "the fourth one"."""
    ranks = [token for token in said if token.word in ordinals()]
    rest = [token for token in content_of(said) if token not in ranks and token.word not in words("years")]
    if len(ranks) != 1 or rest:
        return UNREADABLE
    return accepted(ordinals()[ranks[0].word], (ranks[0].start, ranks[0].end), AMONG_WORDS)


def _decade(said: Sequence[Token]) -> int | None:
    """The ten of "la vingtaine" or "my 30s"; "une vingtaine" is simply twenty."""
    before = ""
    for token in said:
        led = before in words("decade_leads") or token.word not in values("scales")
        if token.word in values("decades") and led:
            return values("decades")[token.word]
        before = token.word
    return None


def _within_decade(said: Sequence[Token], decade: int) -> Reading:
    """ "Mid-twenties" is one of three; a bare decade says too little."""
    part = next((names("decade_parts")[token.word] for token in said if token.word in names("decade_parts")), None)
    span = (said[0].start, said[-1].end)
    return ambiguous((Candidate(decade + year) for year in _DECADE_PARTS[part]), span) if part else UNREADABLE


def _fit(question: Question, amount: float, span: tuple[int, int], confidence: float) -> Reading:
    """A whole number where one is asked; between two of them, both are candidates."""
    whole_asked = question.type != "decimal" and float(question.step or 1).is_integer()
    if whole_asked and not amount.is_integer():
        return ambiguous((Candidate(math.floor(amount)), Candidate(math.ceil(amount))), span)
    return accepted(_plain(amount), span, confidence)


def _plain(amount: float) -> float:
    return int(amount) if amount.is_integer() else round(amount, 6)
