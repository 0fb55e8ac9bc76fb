"""Replies to "in which order?": choices, the first first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.replies.choices import said_codes
from bot.replies.normalise import Token
from bot.replies.question import Question
from bot.replies.reading import Reading


def read(question: Question, text: str, said: Sequence[Token], order: Sequence[str]) -> Reading:
    """The codes in the order said: "musique > danse", "1. music 2. dance", "2, 1, 3"."""
    return said_codes(question, text, _without_numbering(said), order)


def _without_numbering(said: Sequence[Token]) -> Sequence[Token]:
    """The words without the numbers that only count them: 1, 2, 3 in that order among other words."""
    numbers = [token.word for token in said if token.word.isdecimal()]
    rest = [token for token in said if not token.word.isdecimal()]
    return rest if rest and numbers == [str(number + 1) for number in range(len(numbers))] else said
