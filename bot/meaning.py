"""An intent with what it carries, from an action's id to what the actions are told."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bot import commands
from bot.language import Heard
from bot.replies.reading import UNREADABLE, Reading, Span, missing

MISSING = {"skip": "skipped", "dont_know": "dont_know", "refuse": "refused"}
"""The commands that leave a question without a value, and why it has none."""
RENAMED = {
    "back": "go_back",  # "back" is Rasa's own
    "yes": "confirm",
    "no": "deny",
    "reading": "choose",
    "none": "choose",
    "switch": "switch_language",
}
"""The intents that do not have the name of their action."""
ANSWERS = {"answer", "unclear", "unreadable", *MISSING}
"""The intents that belong to the question they were said to; the others are obeyed at any time."""


@dataclass(frozen=True)
class Understood:
    """What a turn means: the ``intent`` of a rule, and its ``reading``, JSON-able, with the keys status, value, other,
    missing, candidates, span, confidence, method, language, language_p, switch and target."""

    intent: str
    confidence: float
    reading: dict[str, Any]


@dataclass(frozen=True)
class Meaning:
    """``method`` is button, phrase, parser or classifier; ``target`` what a command is about: the question to change,
    the language to switch to, the number of the reading chosen or ``none``."""

    intent: str
    reading: Reading = UNREADABLE
    method: str = "parser"
    target: str | int | None = None
    confidence: float = 1.0


def of_action(action: str, method: str, span: Span | None = None) -> Meaning | None:
    """The meaning of ``skip``, ``switch:en``, ``reading:2``, ``change:region``; None when there is no such action."""
    name, _, argument = action.partition(":")
    if name not in RENAMED and name not in commands.names():
        return None
    reading = missing(MISSING[name], span) if name in MISSING else UNREADABLE
    return Meaning(RENAMED.get(name, name), reading, method, _target(name, argument))


def _target(name: str, argument: str) -> str | int | None:
    if name == "none":
        return "none"
    return int(argument) if name == "reading" and argument.isdecimal() and len(argument) < 3 else argument or None


def told(meaning: Meaning, heard: Heard, *, late: bool) -> Understood:
    """The meaning as the actions get it; an answer to a question no longer open is ``late``."""
    reading = asdict(meaning.reading) | {
        "candidates": [asdict(candidate) for candidate in meaning.reading.candidates],
        "span": list(meaning.reading.span) if meaning.reading.span else None,
        "method": meaning.method,
        "language": heard.language,
        "language_p": heard.p,
        "switch": heard.switch,
        "target": meaning.target,
    }
    return Understood("late" if late and meaning.intent in ANSWERS else meaning.intent, meaning.confidence, reading)
