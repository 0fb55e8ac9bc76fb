"""The choice that asks "which?", said with its words: "autre : conte", "other (storytelling)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.replies.normalise import Token
from bot.replies.question import Question

_WORDS_FOLLOW = re.compile(r"\s*[:=(–—-]+\s*(?=\S)")


def cut(question: Question, text: str, said: Sequence[Token]) -> tuple[Sequence[Token], int | None]:
    """The words before "autre : ..." and where the words of that other choice begin, if it is there."""
    for hit in question.other_names.scan([token.word for token in said]):
        follows = _WORDS_FOLLOW.match(text, said[hit.first + hit.length - 1].end)
        if follows:
            return said[: hit.first], follows.end()
    return said, None


def words_from(text: str, start: int) -> str:
    """The words that begin there, without the parenthesis they may stand in."""
    return text[start:].strip().rstrip(")").rstrip()
