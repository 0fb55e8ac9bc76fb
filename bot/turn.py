"""Reads the one request the bot answers: a turn, as the API sends it."""

from __future__ import annotations

import json
from typing import Any, NoReturn

TURN_BYTES = 64 * 1024
DEFINITION_BYTES = 512 * 1024

OPTIONAL = type(None)
FIELDS: dict[str, tuple[type, ...]] = {
    "interview": (str,),
    "message": (int,),
    "fence": (int,),
    "text": (str, OPTIONAL),
    "choices": (list, OPTIONAL),
    "other": (str, OPTIONAL),
    "action": (str, OPTIONAL),
    "language": (str,),
    "questionnaire": (str,),
    "question": (str, OPTIONAL),
    "late": (bool,),
    "choices_order": (list, OPTIONAL),
    "offer": (dict, OPTIONAL),
    "answered": (list,),
}
SAID = ("text", "choices", "action")
LANGUAGES = ("fr", "en")


class Malformed(ValueError):
    """The body is not a turn."""


class TooLarge(ValueError):
    """The body is over the limit: 64 KiB, or 512 KiB with a definition."""


def read_turn(body: bytes) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The turn, and the definition that may come with it. Raises Malformed or TooLarge."""
    if len(body) > DEFINITION_BYTES:
        raise TooLarge
    document = _parse(body)
    definition = document.get("definition")
    if definition is None and len(body) > TURN_BYTES:
        raise TooLarge
    turn = {name: document.get(name) for name in FIELDS}
    _check(turn)
    if definition is not None:
        _check_definition(definition, turn["questionnaire"])
    return turn, definition


def _parse(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body, parse_constant=_refuse_constant)
        json.dumps(document, ensure_ascii=False).encode()  # a lone surrogate would break every hop after this one
    except (ValueError, RecursionError) as error:
        raise Malformed from error
    if not isinstance(document, dict):
        raise Malformed
    return document


def _refuse_constant(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def _check(turn: dict[str, Any]) -> None:
    typed = all(type(turn[name]) in types for name, types in FIELDS.items())
    if not typed or sum(turn[name] is not None for name in SAID) != 1 or turn["language"] not in LANGUAGES:
        raise Malformed


def _check_definition(definition: Any, version: str) -> None:
    if not isinstance(definition, dict) or not isinstance(definition.get("questions"), dict):
        raise Malformed
    if definition.get("hash") != version:
        raise Malformed


def classifiable(turn: dict[str, Any]) -> str:
    """The text for Rasa's classifier. It never begins with "/", which would bypass the pipeline, and is never empty."""
    return (turn["text"] or "").lstrip("/ \t\r\n") or "."
