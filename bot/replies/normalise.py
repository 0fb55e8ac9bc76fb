"""Text as people type it, brought to words that can be compared.

Case, accents, apostrophes and punctuation never count; inclusive forms (``comédien·ne·s``, ``sûr(e)``) are one word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

APOSTROPHES = "'’‘ʼ`´＇"
_LETTER = r"(?:[^\W_][\u0300-\u036f]*)"
_ELISION = rf"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)(?=[{APOSTROPHES}][^\W\d_])"
_SURE = r"(?:e|ve|ne|rice|trice|euse|[eè]re)s?"  # after a hyphen or a slash, where other endings may be words
_CLOSED = rf"{_SURE}|s|(?:le|te|se|ive|elle|enne)s?"
_ENDING = (
    rf"(?:[·•‧⋅∙][^\W\d_]{{1,6}}"
    rf"|\.(?:{_CLOSED})(?![^\W_])"
    rf"|\((?:{_CLOSED})\)(?:s(?![^\W_]))?"
    rf"|[-/](?:{_SURE})(?![^\W_]))"
)
_TOKEN = re.compile(
    rf"(?<![^\W_])(?P<elision>{_ELISION})"
    rf"|(?P<base>{_LETTER}+(?:[{APOSTROPHES}]{_LETTER}+)*)(?P<endings>{_ENDING}{{1,3}})?"
    r"|(?P<sign>[👍👎👌✅❌])",
    re.IGNORECASE,
)
_BETWEEN_FIGURES = re.compile(r"(?<!\d) | (?!\d)")  # every space but one between two figures
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"} | dict.fromkeys(APOSTROPHES))

_STEMS = (
    ("trice", "teur"),
    ("euse", "eur"),
    ("ienne", "ien"),
    ("enne", "en"),
    ("onne", "on"),
    ("elle", "el"),
    ("iere", "ier"),
    ("ere", "er"),
    ("ive", "if"),
    ("ie", "i"),
    ("ee", ""),
    ("y", "i"),
    ("e", ""),
)


class Token(NamedTuple):
    """One word. ``start`` and ``end`` index the text it was read from; ``feminine`` is what an inclusive form adds."""

    word: str
    stem: str
    start: int
    end: int
    feminine: str | None = None


def fold(text: str) -> str:
    """Lower case, without accents or apostrophes."""
    folded = text.casefold()
    if not folded.isascii():
        folded = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    return folded.translate(_LIGATURES)


def tokens(text: str) -> list[Token]:
    """The words of a text, in order, punctuation left out."""
    return [_token(match) for match in _TOKEN.finditer(text)]


def _token(match: re.Match[str]) -> Token:
    endings = match["endings"]
    word = fold(match["base"] if match["base"] is not None else match[0])
    return Token(word, stem(word), match.start(), match.end(), _feminine(word, fold(endings)) if endings else None)


def key(words: list[Token]) -> str:
    """What two texts share when they read the same, spaces aside: "d'accord" and "daccord", but not "3-5" and "35"."""
    return _BETWEEN_FIGURES.sub("", " ".join(token.word for token in words))


def stem(word: str) -> str:
    """The word without its marks of number and gender, roughly: equal for "danseuses" and "danseur"."""
    if len(word) > 3 and word[-1] in "sx" and word[-2] != "s":
        word = word[:-3] + "al" if word.endswith("aux") and len(word) > 5 and word[-4] != "e" else word[:-1]
    if len(word) > 4:
        for ending, replacement in _STEMS:
            if word.endswith(ending):
                return word[: -len(ending)] + replacement
    return word


def _feminine(word: str, endings: str) -> str:
    """The feminine of an inclusive form: "inquiet" and "·ète" make "inquiete", "créateur" and "·rice" "creatrice"."""
    ending = re.findall(r"[a-z]+", endings)[:1]
    suffix = ending[0] if ending and ending[0] != "s" else ""
    if suffix.startswith("rice") and word.endswith("teur"):
        return word[:-3] + suffix
    if suffix in {"ve", "se", "ves", "ses"}:
        return word[:-1] + suffix
    shared = word.rfind(suffix[0], len(word) - 4) if len(suffix) > 2 else -1
    return word[:shared] + suffix if shared > 0 else word + suffix
