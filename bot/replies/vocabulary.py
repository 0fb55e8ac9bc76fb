"""The words around an answer ("et", "all but", "autre", "last"): data/words, both languages read together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import yaml

from bot.replies.normalise import tokens

FOLDER = Path(__file__).parents[2] / "data" / "words"
Value = TypeVar("Value")


class Hit(NamedTuple):
    """A phrase found at ``first``, of ``length`` words, and what it stands for."""

    first: int
    length: int
    value: Any


class Phrases(Generic[Value]):
    """Sequences of words, found in a longer sequence, the longest first."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], Value]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for words, value in entries:
            if words:
                self._by_first.setdefault(words[0], []).append((tuple(words), value))
        for same in self._by_first.values():
            same.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[str], first: int) -> Hit | None:
        """The longest phrase that begins at this word."""
        for phrase, value in self._by_first.get(words[first], ()):
            if tuple(words[first : first + len(phrase)]) == phrase:
                return Hit(first, len(phrase), value)
        return None

    def scan(self, words: Sequence[str]) -> list[Hit]:
        """Every phrase from left to right, none overlapping another."""
        hits: list[Hit] = []
        first = 0
        while first < len(words):
            hit = self.at(words, first)
            if hit:
                hits.append(hit)
            first += hit.length if hit else 1
        return hits


@cache
def _languages() -> dict[str, dict[str, Any]]:
    # BaseLoader leaves "no", "on" and "oui" the words they are
    return {
        path.stem: yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) for path in sorted(FOLDER.glob("*.yml"))
    }


def _files() -> Iterable[dict[str, Any]]:
    return _languages().values()


@cache
def by_language(name: str) -> dict[str, frozenset[str]]:
    """A set of single words for each language."""
    return {
        language: frozenset(word for phrase in file[name] for word in _folded(phrase))
        for language, file in _languages().items()
    }


def _folded(phrase: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens(phrase))


@cache
def words(name: str) -> frozenset[str]:
    """A set of single words, as ``Token.word`` has them."""
    return frozenset(word for phrase in phrases_of(name) if len(phrase) == 1 for word in phrase)


@cache
def phrases_of(name: str) -> tuple[tuple[str, ...], ...]:
    """A list of words or short phrases, each a tuple of words."""
    return tuple(_folded(phrase) for file in _files() for phrase in file[name])


@cache
def phrases(name: str) -> Phrases[str]:
    """The same, ready to be found in a text."""
    return Phrases((phrase, name) for phrase in phrases_of(name))


@cache
def values(name: str) -> dict[str, int]:
    """Words that stand for a number: months, tens, ..."""
    return {"".join(_folded(word)): int(value) for file in _files() for word, value in file[name].items()}


@cache
def names(name: str) -> dict[str, str]:
    """Words that stand for another: {"debut": "early"}."""
    return {"".join(_folded(word)): value for file in _files() for word, value in file[name].items()}


@cache
def ordinals() -> dict[str, int]:
    """Words that stand for a position: {"deuxieme": 2, "2nd": 2}."""
    return {
        word: int(number)
        for file in _files()
        for number, forms in file["ordinals"].items()
        for form in forms
        for word in _folded(form)
    }
