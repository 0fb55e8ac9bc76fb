"""How a translation is known to be older than its source.

The ``translated`` section of a file keeps, for every text, a fingerprint of each language as it was when a person last
confirmed that they say the same: ``survey.region.label: fr:1a2b3c4d en:99aa00bb``. A source that changed beside a
translation that did not makes the translation stale.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .definition import Questionnaire, Text
from .findings import Refused, refuse
from .loading import load
from .texts import texts

SECTION = "translated"


def fingerprint(text: Text) -> str:
    """``fr:1a2b3c4d en:99aa00bb``: eight hexadecimal digits a language."""
    return " ".join(f"{language}:{_digest(said)}" for language, said in text.items())


def stale(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """The path and language of each translation that its source has left behind."""
    source = questionnaire.source_language
    for path, text in texts(questionnaire):
        confirmed = _parse(questionnaire.translated.get(path, ""))
        changed = {language for language, said in text.items() if confirmed.get(language) != _digest(said)}
        if source in confirmed and source in changed:
            yield from ((path, language) for language in confirmed if language in text and language not in changed)


def count_unconfirmed(questionnaire: Questionnaire) -> int:
    """How many texts no one has confirmed yet."""
    return sum(path not in questionnaire.translated for path, _ in texts(questionnaire))


def stamp(path: Path) -> int:
    """Confirms every translation of a file: writes its ``translated`` section anew, at the end, and nothing else.

    Returns how many texts are confirmed. Raises Refused.
    """
    questionnaire, _ = load(path)
    confirmed = {where: fingerprint(text) for where, text in texts(questionnaire)}
    stamped = _rewritten(path.read_bytes().decode("utf-8"), confirmed)
    _verify(stamped, questionnaire.model_copy(update={SECTION: confirmed}))
    _replace(path, stamped)
    return len(confirmed)


def _rewritten(content: str, confirmed: dict[str, str]) -> str:
    newline = "\r\n" if "\r\n" in content else "\n"
    kept = "".join(_outside_section(re.findall(r"[^\n]*\n|[^\n]+", content)))
    ending = "" if kept.endswith("\n") else newline
    section = [f"{SECTION}:", *(f"  {path}: {fingerprints}" for path, fingerprints in confirmed.items())]
    return kept + ending + "".join(f"{line}{newline}" for line in section)


def _outside_section(lines: list[str]) -> Iterator[str]:
    """The lines that are not of the section; a comment at the margin is kept wherever it is."""
    inside = False
    for line in lines:
        if not line[0].isspace() and line[0] != "#":
            inside = line.startswith(f"{SECTION}:")
        if not inside or line.startswith("#"):
            yield line


def _verify(stamped: str, expected: Questionnaire) -> None:
    """The section is found by its looks: a file laid out otherwise is left as it is."""
    try:
        written, _ = load(stamped.removeprefix("\ufeff"))
    except Refused as error:
        raise refuse("stamp", SECTION) from error
    if written != expected:
        raise refuse("stamp", SECTION)


def _parse(fingerprints: str) -> dict[str, str]:
    return dict(part.split(":", 1) for part in fingerprints.split() if ":" in part)


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def _replace(path: Path, content: str) -> None:
    """All of it or nothing: a crash leaves the file as it was."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).chmod(path.stat().st_mode)
    Path(file.name).replace(path)
