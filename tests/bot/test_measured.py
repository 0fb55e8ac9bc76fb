"""What the reading of replies is worth on texts that others wrote. They stay outside the repository."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.replies import read, yesno
from bot.replies.question import compiled
from bot.understanding import understand

pytestmark = pytest.mark.outside
DATA = Path(__file__).parents[3] / "shared" / "data"
OPEN = {"hash": "measured", "questions": {"open": {"type": "text", "label": {}}}}


def rows(name: str) -> Iterator[dict[str, str]]:
    path = DATA / "eval" / f"{name}.tsv"
    if not path.exists():
        pytest.skip(f"needs {name}.tsv beside the repository, texts that are not ours to keep")
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def said(text: str, language: str) -> Any:
    turn = {"text": text, "language": language, "question": "open", "late": False, "offer": None, "answered": []}
    return understand(turn, OPEN)


def test_hardly_any_free_answer_is_taken_for_a_command():
    intents = [said(row["text"], row["lang"]).intent for row in rows("open-answers")]
    taken = [intent for intent in intents if intent not in {"answer", "dont_know"}]
    assert len(taken) / len(intents) <= 0.003


def test_hardly_any_free_answer_suggests_the_wrong_switch():
    switches = [said(row["text"], row["lang"]).reading["switch"] for row in rows("open-answers")]
    assert sum(switch is not None for switch in switches) / len(switches) <= 0.005


def test_yes_and_no_are_read_and_i_dont_know_is_never_a_no():
    read_as = [(row["label"], yesno.read(row["text"])) for row in rows("yesno")]
    right = [answer == (label if label in {"yes", "no"} else None) for label, answer in read_as]
    assert sum(right) / len(right) >= 0.95
    assert ("dont_know", "no") not in read_as


def test_french_integers_are_read():
    question = compiled("number", {"type": "integer", "label": {}})
    right = [
        str(read(question, row["text"], "fr").value) == row["label"] for row in rows("numbers") if row["lang"] == "fr"
    ]
    assert sum(right) / len(right) >= 0.95
