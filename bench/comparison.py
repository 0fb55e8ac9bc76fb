"""What is stored beside what was answered. Pure: answers come as the contract gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from bench.mapping import Expected

Answer = Mapping[str, Any]
AND = {"fr": " et ", "en": " and "}


class Closed(StrEnum):
    """What became of the answer to a closed question."""

    EQUAL = "equal"
    WRONG = "wrong"
    """Something else was stored, a "don't know" included."""
    NOT_UNDERSTOOD = "not_understood"
    """Nothing was stored: it was asked again."""


class Open(StrEnum):
    """What became of the words given to an open question."""

    EQUAL = "equal"
    DIFFERENT = "different"
    """Another text, by a byte or more, or none."""
    COMMAND = "command"
    """Obeyed as a command, not kept as an answer."""


def judge_closed(expected: Expected, answer: Answer | None) -> Closed:
    """Codes of a select_multiple are compared as a set; their order means nothing."""
    if answer is None:
        return Closed.NOT_UNDERSTOOD
    value = answer["value"]
    stored = value if isinstance(value, list) else [value]
    same = answer["missing"] is None and sorted(map(str, stored)) == sorted(expected.codes)
    return Closed.EQUAL if same else Closed.WRONG


def judge_open(expected: Expected, answer: Answer | None) -> Open:
    """The text as typed, outer blanks included, whatever was read in it: a "don't know" keeps its words too."""
    return Open.EQUAL if answer is not None and answer["text"] == expected.value else Open.DIFFERENT


def typed(labels: Sequence[str], language: str) -> str:
    """Labels as a person lists them: ``A``, ``A and B``, ``A, B and C``."""
    return AND[language].join(filter(None, [", ".join(labels[:-1]), labels[-1]]))


def labels(question: Mapping[str, Any], codes: Sequence[str]) -> list[str]:
    """What the screen calls these codes. Raises KeyError on a code that is not on screen."""
    known = {choice["code"]: choice["label"] for choice in question["choices"]}
    return [known[code] for code in codes]
