"""A question as replies are read against it, compiled once from the lexicon."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.replies.bands import Band, band_of
from bot.replies.matcher import Matcher, content_of
from bot.replies.normalise import tokens
from bot.replies.vocabulary import Phrases, phrases, phrases_of
from bot.replies.yesno import NO, YES

COMPILED = 2048


@dataclass(frozen=True)
class Choice:
    """One choice. ``names`` are its labels and ``aliases`` what people call it, both languages together."""

    code: str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    exclusive: bool = False
    other: bool = False


@dataclass(frozen=True)
class Question:
    """One question of one version; ``type`` is the questionnaire's, ``ends`` what those of a range mean."""

    name: str
    type: str
    labels: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    min: float | None = None
    max: float | None = None
    step: float | None = None
    ends: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def matcher(self) -> Matcher:
        """The choices, ready to be found in a text."""
        return Matcher(self.choices, self.stems)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The words it is asked with, and its name's."""
        asked = (*self.labels, self.name.replace("_", " "))
        return frozenset(token.stem for label in asked for token in content_of(tokens(label)))

    @cached_property
    def in_years(self) -> bool:
        """Whether it asks for a number of years."""
        return any(phrases("counts_years").scan([token.word for token in tokens(label)]) for label in self.labels)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes in the order of the list."""
        return tuple(choice.code for choice in self.choices)

    @cached_property
    def polar(self) -> dict[str, str]:
        """The codes that say plain yes and no, when the question has both."""
        codes = {answer: self.matcher.exact(tokens(answer)) for answer in (YES, NO)}
        return codes if all(codes.values()) else {}

    @cached_property
    def bands(self) -> dict[str, Band]:
        """The choices that are bands of numbers, when most are written in figures."""
        bands = {choice.code: band for choice in self.choices if (band := band_of(choice.names[0]))}
        in_figures = sum(any(char.isdecimal() for char in choice.names[0]) for choice in self.choices)
        return bands if 2 * in_figures > len(self.choices) else {}

    @cached_property
    def other(self) -> str | None:
        """The code of the choice that asks "which?"."""
        return next((choice.code for choice in self.choices if choice.other), None)

    @cached_property
    def other_names(self) -> Phrases[str]:
        """What that choice is called in this list and anywhere."""
        names = (
            [tuple(token.word for token in name) for name in self.matcher.names_of(self.other)] if self.other else []
        )
        return Phrases((name, self.other) for name in [*names, *phrases_of("other")] if self.other)


def compiled(name: str, entry: Mapping[str, Any]) -> Question:
    """A question from its entry of the lexicon."""
    return Question(
        name,
        entry["type"],
        tuple((entry.get("label") or {}).values()),
        tuple(_choice(choice) for choice in entry.get("choices") or ()),
        entry.get("min"),
        entry.get("max"),
        entry.get("step"),
        tuple(tuple(end.values()) for end in entry.get("scale") or ()),
    )


def _choice(entry: Mapping[str, Any]) -> Choice:
    aliases = entry.get("aliases") or {}
    return Choice(
        entry["code"],
        tuple(entry["label"].values()),
        tuple(alias for several in aliases.values() for alias in several),
        bool(entry.get("exclusive")),
        bool(entry.get("other")),
    )


class Questions:
    """Compiled questions by version and name, the least recently used forgotten."""

    def __init__(self, capacity: int = COMPILED) -> None:
        self._capacity = capacity
        self._compiled: OrderedDict[tuple[str, str], Question] = OrderedDict()

    def get(self, lexicon: Mapping[str, Any] | None, name: str | None) -> Question | None:
        """The question of this version, or None when the lexicon has none of that name."""
        entry = (lexicon or {}).get("questions", {}).get(name)
        if entry is None:
            return None
        version = (lexicon["hash"], name)
        if version not in self._compiled:
            self._compiled[version] = compiled(name, entry)
        self._compiled.move_to_end(version)
        if len(self._compiled) > self._capacity:
            self._compiled.popitem(last=False)
        return self._compiled[version]
