"""From a YAML file to a questionnaire and back, with the line of everything that was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from . import mistakes, reading
from .definition import Questionnaire
from .findings import Refused, refuse
from .paths import Places

LARGEST_FILE = 2_000_000
"""In bytes."""


def load(source: Path | str) -> tuple[Questionnaire, Places]:
    """Reads a file, or the text of one. Raises Refused."""
    document = reading.read(_text(source) if isinstance(source, Path) else source)
    places = Places(document.data, document.lines)
    return build(document.data, places), places


def build(data: Any, places: Places) -> Questionnaire:
    """The questionnaire that plain data describe. Raises Refused with a finding for each mistake."""
    try:
        return Questionnaire.model_validate(data)
    except ValidationError as error:
        raise Refused(mistakes.findings(data, error, places)) from error


def dump(questionnaire: Questionnaire) -> str:
    """The YAML that loads as this questionnaire; what is left to its default is left out."""
    content = questionnaire.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)


def file_content(path: Path, largest: int) -> bytes:
    """Raises Refused: no-file, too-large."""
    try:
        if path.stat().st_size > largest:
            raise refuse("too-large", limit=largest)
        return path.read_bytes()
    except OSError as error:
        raise refuse("no-file") from error


def _text(path: Path) -> str:
    content = file_content(path, LARGEST_FILE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse("not-utf8", line=content[: error.start].count(b"\n") + 1) from error
