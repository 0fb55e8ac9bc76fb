"""What a person may ask at any time: short phrases that are commands in both languages (data/commands)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import yaml

from bot.replies.normalise import Token, key, tokens
from bot.replies.vocabulary import phrases

FOLDER = Path(__file__).parents[1] / "data" / "commands"
ALSO_ANSWERS = "also_answers"


def spoken(said: Sequence[Token], *, to_open_question: bool = False) -> str | None:
    """The action of the command that a whole message is, courtesies aside: ``skip``, ``switch:en``, ...

    To an open question a few of them ("privacy", "aide") are rather answers.
    """
    for words in (said, without_courtesies(said)):
        phrase = key(words)
        if to_open_question and phrase in _answers():
            return None
        if phrase in _commands():
            return _commands()[phrase]
    return None


def to_change(said: Sequence[Token]) -> Sequence[Token]:
    """What "change my answer about ..." is about; empty when the message does not begin so."""
    hit = phrases("to_change").at([token.word for token in said], 0) if said else None
    return said[hit.length :] if hit else ()


def without_courtesies(said: Sequence[Token]) -> list[Token]:
    """The words without "s'il vous plaît", "sorry", "honestly", ..."""
    hits = phrases("courtesies").scan([token.word for token in said])
    dropped = {index for hit in hits for index in range(hit.first, hit.first + hit.length)}
    return [token for index, token in enumerate(said) if index not in dropped]


@cache
def names() -> frozenset[str]:
    """The actions that phrases stand for, without what they are about: ``switch``."""
    return frozenset(action.partition(":")[0] for action in _commands().values())


@cache
def _commands() -> dict[str, str]:
    return {phrase: action for action, phrase in _phrases() if action != ALSO_ANSWERS}


@cache
def _answers() -> frozenset[str]:
    return frozenset(phrase for action, phrase in _phrases() if action == ALSO_ANSWERS)


def _phrases() -> Iterator[tuple[str, str]]:
    """(action, key of a phrase), an inclusive form in both its genders."""
    for path in sorted(FOLDER.glob("*.yml")):
        for action, written in yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader).items():
            for phrase in written:
                said = tokens(phrase)
                yield action, key(said)
                yield action, key([token._replace(word=token.feminine or token.word) for token in said])
