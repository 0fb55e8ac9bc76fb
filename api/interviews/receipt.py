"""The receipt: four plain words that resume, show and withdraw an interview.

Drawn from 4,096 index-aligned French and English words: 4 x 12 = 48 bits. That is few. With n interviews kept, one
guess in 2**48 / n opens somebody's, so failures must slow down, for everyone at once; and who stole the database could
try all 48 bits in hours, so what it keeps of a receipt is made with a key that is kept elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path

WORDS = 4
LIST = Path(__file__).resolve().parents[2] / "data" / "receipt-words.tsv"
_LANGUAGES = ("fr", "en")


def draw() -> tuple[int, ...]:
    """Four random indexes in the lists."""
    return tuple(secrets.randbelow(len(_lists()[0])) for _ in range(WORDS))


def words(indexes: tuple[int, ...], language: str) -> str:
    """The receipt as a person reads it."""
    spoken = _lists()[_LANGUAGES.index(language)]
    return " ".join(spoken[index] for index in indexes)


def read(text: str) -> tuple[int, ...] | None:
    """The indexes of four words typed in either language, whatever the case, accents and marks; else ``None``."""
    index = _index()
    read = tuple(index.get(word) for word in re.findall(r"[a-z]+", plain(text)))
    return read if len(read) == WORDS and None not in read else None


def digest(indexes: tuple[int, ...], key: bytes) -> str:
    """What is stored of a receipt: its HMAC-SHA256, in hexadecimal."""
    return hmac.new(key, ",".join(map(str, indexes)).encode(), hashlib.sha256).hexdigest()


def plain(text: str) -> str:
    """A text in lower case, without accents and ligatures: what two spellings of one word share."""
    folded = text.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


@cache
def _lists() -> tuple[tuple[str, ...], ...]:
    lines = LIST.read_text("utf-8").splitlines()
    return tuple(zip(*(line.split("\t") for line in lines), strict=True))


@cache
def _index() -> dict[str, int]:
    """Each word's place, by its plain form; a word of both languages has one place."""
    return {plain(word): place for spoken in _lists() for place, word in enumerate(spoken)}
