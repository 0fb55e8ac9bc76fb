"""Replies to "which one of these?": one choice."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bot.replies import bands, choices, numerals, yesno
from bot.replies.found import NAMED
from bot.replies.normalise import Token
from bot.replies.positions import positions
from bot.replies.question import Question
from bot.replies.reading import Candidate, Reading, Span, accepted, ambiguous


def read(
    question: Question, text: str, said: Sequence[Token], language: str, order: Sequence[str], today: datetime.date
) -> Reading:
    """One code. Several named are candidates to choose from."""
    code = question.matcher.exact(said)
    if code:
        return accepted(code, choices.whole(said))
    answer = yesno.read(text) if question.polar else None
    if answer:
        return accepted(question.polar[answer], choices.whole(said), NAMED)
    if question.bands and numerals.find(text, language) and not positions(text, said, len(order), bare=False):
        return bands.read(question, text, said, language, today)
    return _one(question, choices.said_codes(question, text, said, order))


def _one(question: Question, reading: Reading) -> Reading:
    if reading.status == "ambiguous":
        return _each(question, reading.candidates, reading.span)
    if reading.status != "accepted":
        return reading
    if len(reading.value) == 1:
        return accepted(reading.value[0], reading.span, reading.confidence, reading.other)
    return _each(question, [Candidate(reading.value, reading.other)], reading.span)


def _each(question: Question, several: Sequence[Candidate], span: Span | None) -> Reading:
    """Each code of the candidates, one by one."""
    codes = ((code, each.other if code == question.other else None) for each in several for code in each.value)
    return ambiguous((Candidate(code, other) for code, other in codes), span)
