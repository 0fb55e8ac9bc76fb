"""Yes or no, in what people say: "ouais", "pantoute", "not really", "no, but actually yes"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.replies.normalise import tokens
from bot.replies.vocabulary import Phrases, phrases, phrases_of, words

LONGEST = 30
SHORT = 5

YES, NO = "yes", "no"
_OPPOSITE = {YES: NO, NO: YES}


def read(text: str) -> str | None:
    """``yes``, ``no``, or None when it says neither; "I don't know" is never a no."""
    spoken = tuple(token.word for token in tokens(text))
    if not spoken or len(spoken) > LONGEST or _unsure(spoken):
        return None
    return _outright(spoken) or _judged(spoken) or _hinted(spoken)


@cache
def _answers(yes: tuple[str, ...], no: tuple[str, ...]) -> Phrases[str]:
    return Phrases(
        [(phrase, answer) for names, answer in ((yes, YES), (no, NO)) for name in names for phrase in phrases_of(name)]
    )


def _unsure(spoken: Sequence[str]) -> bool:
    knows_not = _negated(spoken) and any(word in words("knowing") for word in spoken)
    return knows_not or bool(phrases("unsure").scan(spoken))


def _outright(spoken: Sequence[str]) -> str | None:
    """An answer in so many words: the first one, or the last when the text changes its mind."""
    if spoken in phrases_of("yes_alone"):
        return YES
    answers = _answers(("yes", "yes_phrases"), ("no", "no_phrases")).scan(spoken)
    if not answers:
        return None
    first, last = answers[0], answers[-1]
    changed = any(first.first < hit.first < last.first for hit in phrases("reversal").scan(spoken))
    return (last if changed else first).value


def _judged(spoken: Sequence[str]) -> str | None:
    """What it says of the matter: "that's true", "not wrong"."""
    judgements = _answers(("right",), ("wrong",)).scan(spoken)
    if not judgements:
        return None
    first = judgements[0]
    return _OPPOSITE[first.value] if _negated(spoken[: first.first]) else first.value


def _hinted(spoken: Sequence[str]) -> str | None:
    """A mere negation in a few words, or "sure"."""
    if _negated(spoken):
        return NO if len(spoken) <= SHORT else None
    return YES if phrases("weak_yes").scan(spoken) else None


def _negated(spoken: Sequence[str]) -> bool:
    return any(word in words("negation") for word in spoken)
