"""Replies on a scale of numbers: "4", "4 sur 5", "the maximum", "entre les deux"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from bot.replies import number
from bot.replies.matcher import content_of
from bot.replies.normalise import Token, key, tokens
from bot.replies.question import Question
from bot.replies.reading import UNREADABLE, Reading, accepted
from bot.replies.vocabulary import phrases_of

NAMED = 0.9

_OUT_OF = re.compile(
    r"(?P<value>\d{1,4}(?:[.,]\d{1,2})?)\s*(?:/|sur|out of|of|over)\s*(?P<most>\d{1,4})\b", re.IGNORECASE
)


def read(question: Question, text: str, said: Sequence[Token], language: str, today: datetime.date) -> Reading:
    """A number of the scale; "8/10" on another scale is not one."""
    out_of = _OUT_OF.search(text)
    if out_of:
        if float(out_of["most"]) != question.max:
            return UNREADABLE
        text = text[: out_of.end("value")]
        said = [token for token in said if token.start < len(text)]
    named = _named(question, said)
    if named is not None:
        return accepted(named, (said[0].start, said[-1].end), NAMED)
    return number.read(question, text, said, language, today)


def _named(question: Question, said: Sequence[Token]) -> float | None:
    """An end of the scale or its middle, in words; None where it has no such step."""
    if question.min is None or question.max is None:
        return None
    middle = (question.min + question.max) / 2
    ends = {"lowest": question.min, "middle": middle, "highest": question.max}
    spoken, content = (tuple(token.word for token in words) for words in (said, content_of(said)))
    value = next((ends[name] for name in ends if {spoken, content} & set(phrases_of(name))), None)
    for names, end in zip(question.ends, (question.min, question.max), strict=False):
        value = end if key(said) in {key(tokens(name)) for name in names} else value
    on_step = value is not None and ((value - question.min) / (question.step or 1)).is_integer()
    return (int(value) if value == int(value) else value) if on_step else None
