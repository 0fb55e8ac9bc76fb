"""What was typed, and what it was typed to."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.language import FRENCH, Heard, hear
from bot.replies.normalise import Token, tokens
from bot.replies.question import Question, Questions
from bot.replies.reading import Span


@dataclass(frozen=True)
class Said:
    """A typed message with its context. ``words`` is empty when the text holds none; spans index ``text``."""

    text: str
    words: Sequence[Token]
    heard: Heard
    question: Question | None
    offer: Mapping[str, Any]
    offered: Question | None
    order: Sequence[str]
    answered: Sequence[Question]
    today: datetime.date

    @property
    def span(self) -> Span:
        """From the first word to the last."""
        return self.words[0].start, self.words[-1].end

    @property
    def to_open_question(self) -> bool:
        """Whether anything said may be the answer."""
        return self.question is not None and self.question.type == "text"

    @property
    def to_consent(self) -> bool:
        """Whether the answer is pressed, never typed."""
        return self.question is not None and self.question.type == "consent"


def said(
    turn: Mapping[str, Any], lexicon: Mapping[str, Any] | None, questions: Questions, today: datetime.date
) -> Said:
    """The typed message of a turn."""
    text = turn.get("text") or ""
    words = tokens(text)
    offer = turn.get("offer") or {}
    answered = (questions.get(lexicon, name) for name in turn.get("answered") or ())
    return Said(
        text=text,
        words=words,
        heard=hear(text, turn.get("language") or FRENCH),
        question=questions.get(lexicon, turn.get("question")),
        offer=offer,
        offered=questions.get(lexicon, offer.get("question")),
        order=turn.get("choices_order") or (),
        answered=[question for question in answered if question],
        today=today,
    )
