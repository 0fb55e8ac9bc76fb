"""Messages that say where they belong: open questions, and answers that name their question and carry a serial."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

SLUG = "openly"
QUESTIONS = 60
SAID = re.compile(r"^(q\d+) (\d+) ")


def write_questionnaire(path: Path) -> Path:
    """A questionnaire of open questions, q01 and following."""
    names = [f"q{number:02}" for number in range(1, QUESTIONS + 1)]
    survey = [
        {"type": "text", "name": name, "label": {"fr": f"Question {name}", "en": f"Question {name}"}} for name in names
    ]
    consultation = {"slug": SLUG, "title": {"fr": SLUG, "en": SLUG}, "languages": ["fr", "en"]}
    path.write_text(
        yaml.safe_dump({"consultation": consultation, "survey": survey}, allow_unicode=True), encoding="utf-8"
    )
    return path


def words(question: str, serial: int) -> str:
    """An answer that can be told from every other, too long for a command: ``q07 12 q07 12 ...``."""
    return " ".join([question, str(serial)] * 4)


def question_of(text: str) -> str | None:
    """The question that an answer was given to; None of a text that is not ours."""
    said = SAID.match(text)
    return said.group(1) if said else None
