"""Which language is this, French or English? Detection suggests; it never changes a conversation on its own.

The profiles are langdetect's, of these two languages alone. langdetect draws n-grams at random until it is convinced,
which makes it sure of anything; here every n-gram counts once, so that short words say little, and the same text always
reads the same.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import langdetect
from langdetect.detector_factory import DetectorFactory

from bot.replies.normalise import Token, tokens
from bot.replies.vocabulary import by_language

FRENCH, ENGLISH = LANGUAGES = ("fr", "en")
SURE_ENOUGH = 0.9
CLEAR = 0.95
CLEAR_WORDS = 4
LONGEST_READ = 500

NGRAM = 3
OVERLAP = 0.3
"""An n-gram shares its letters with its neighbours: together they are worth this share of independent ones."""
FREQUENT_WORD = 2.5
"""What a word like "the" or "des" adds, as log-odds."""
UNSEEN = 0.5 / 10_000
"""langdetect's smoothing."""
MOST_LOG_ODDS = 20.0

_LETTERS = re.compile(r"[^\W\d_]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")


class Heard(NamedTuple):
    """``language`` of a message, how sure (0 to 1), and ``switch``: the other language when it is clearly that one."""

    language: str
    p: float
    switch: str | None = None


def hear(text: str, interview: str) -> Heard:
    """The language of a message said in an interview: the interview's own unless another is sure enough."""
    plain = _LINK.sub(" ", text[:LONGEST_READ])
    words = tokens(plain)
    language, p = _detect(plain, words)
    if language != interview and p < SURE_ENOUGH:
        return Heard(interview, round(1 - p, 4))
    clear = language != interview and p >= CLEAR and len(words) >= CLEAR_WORDS
    return Heard(language, p, language if clear else None)


def detect(text: str) -> tuple[str, float]:
    """The likelier of the two languages and its probability, 0.5 when nothing tells."""
    plain = _LINK.sub(" ", text[:LONGEST_READ])
    return _detect(plain, tokens(plain))


def _detect(text: str, words: Sequence[Token]) -> tuple[str, float]:
    odds = OVERLAP * sum(_log_odds().get(ngram, 0.0) for ngram in _ngrams(text))
    frequent = by_language("frequent")
    odds += FREQUENT_WORD * sum((word in frequent[FRENCH]) - (word in frequent[ENGLISH]) for word, *_ in words)
    p = 1 / (1 + math.exp(-min(abs(odds), MOST_LOG_ODDS)))
    return (FRENCH if odds >= 0 else ENGLISH), round(p, 4)


def _ngrams(text: str) -> Iterator[str]:
    for word in _LETTERS.findall(unicodedata.normalize("NFC", text).lower()):
        padded = f" {word} "
        for length in range(1, NGRAM + 1):
            yield from (padded[start : start + length] for start in range(len(padded) - length + 1))


@cache
def _log_odds() -> dict[str, float]:
    """What each n-gram says for French, less what it says for English."""
    profiles = Path(langdetect.__file__).with_name("profiles")
    factory = DetectorFactory()
    factory.load_json_profile([(profiles / language).read_text("utf-8") for language in LANGUAGES])
    return {
        ngram: math.log((UNSEEN + french) / (UNSEEN + english))
        for ngram, (french, english) in factory.word_lang_prob_map.items()
        if ngram.strip()
    }
