"""Reads a reply against its question: one small parser for each kind of question."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bot.replies import choice, choices, date, number, rank, scale, text
from bot.replies.normalise import tokens
from bot.replies.question import Question
from bot.replies.reading import UNREADABLE, Reading

LONGEST_READ = 4000

__all__ = ["Question", "Reading", "read"]


def read(
    question: Question,
    words: str,
    language: str,
    *,
    order: Sequence[str] = (),
    today: datetime.date | None = None,
) -> Reading:
    """What a text answers to a question; ``order`` is that in which its choices were shown, else the list's."""
    if question.type == "text":
        return text.read(words) if words.strip() else UNREADABLE
    said = tokens(words[:LONGEST_READ])
    if not said or question.type == "consent":
        return UNREADABLE
    shown = order if sorted(order) == sorted(question.codes) else question.codes
    day = today or datetime.date.today()
    if question.type == "select_one":
        return choice.read(question, words, said, language, shown, day)
    if question.type == "select_multiple":
        return choices.read(question, words, said, shown)
    if question.type == "rank":
        return rank.read(question, words, said, shown)
    if question.type == "range":
        return scale.read(question, words, said, language, day)
    if question.type == "date":
        return date.read(words, said, day)
    return number.read(question, words, said, language, day)
