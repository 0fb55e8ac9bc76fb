"""Choices that a typed answer could not tell apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..definition import Choice
from ..findings import Finding
from .form import Form

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_SEPARATORS = re.compile(r"(?<![\w])-(?=\d)|[\W_]", re.UNICODE)


def alike(form: Form) -> Iterator[Finding]:
    """Two labels or aliases of one list that read the same, in one language or across languages."""
    for name, choices in form.questionnaire.choices.items():
        seen: dict[str, tuple[str, str]] = {}
        for choice in choices:
            for path, said in _called(f"choices.{name}.{choice.name}", choice):
                owner, shown = seen.setdefault(reading(said), (choice.name, said))
                if owner != choice.name:
                    yield form.error("alike", path, said=said, first=shown, choice=choice.name, other=owner)


def _called(path: str, choice: Choice) -> Iterator[tuple[str, str]]:
    """Everything a choice is called, by path."""
    for language, label in choice.label.items():
        if label:
            yield f"{path}.label.{language}", label
    for language, aliases in choice.aliases.items():
        for place, alias in enumerate(aliases):
            yield f"{path}.aliases.{language}.{place}", alias


def reading(said: str) -> str:
    """A text without case, accents and punctuation; symbols and the sign of a number are kept (``C++``, ``-1``)."""
    decomposed = unicodedata.normalize("NFKD", said.casefold().translate(_LIGATURES))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(_SEPARATORS.sub(_separated, bare).split()) or said


def _separated(found: re.Match[str]) -> str:
    character = found[0]
    is_sign = character == "-" and found.string[found.end() : found.end() + 1].isdigit() and not _follows_word(found)
    return character if is_sign or unicodedata.category(character)[0] == "S" else " "


def _follows_word(found: re.Match[str]) -> bool:
    return found.start() > 0 and found.string[found.start() - 1].isalnum()
