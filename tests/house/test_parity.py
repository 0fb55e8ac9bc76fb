"""French and English say the same things, wherever sentences are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

from tests.house.repository import LANGUAGES, ROOT, code_of, links_of, read

FOLDERS = ("data/nlu", "data/commands", "data/words")
PAIRS = [
    ("LISEZMOI.md", "README.md"),
    *(
        (f"docs/{path.name}", f"docs/{path.name.replace('.fr.', '.')}")
        for path in sorted((ROOT / "docs").glob("*.fr.md"))
    ),
]
"""Documents that have a file a language, the French one first."""

each_pair = pytest.mark.parametrize(("french", "english"), PAIRS)


def flat(part: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a catalogue, by its dotted key."""
    pairs = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in pairs:
        if isinstance(value, str):
            yield f"{path}{key}", value
        else:
            yield from flat(value, f"{path}{key}.")


def catalogue(room: str, language: str) -> dict[str, str]:
    return dict(flat(json.loads(read(f"{room}/strings/{language}.json"))))


@cache
def utterances(language: str) -> dict[str, list[str]]:
    """The variations of each utterance, by its name without the language."""
    responses = yaml.safe_load(read("domain.yml"))["responses"]
    ours = {name: said for name, said in responses.items() if name.endswith(f"_{language}")}
    return {name.removesuffix(f"_{language}"): [each["text"] for each in said] for name, said in ours.items()}


def placeholders(*texts: str) -> set[str]:
    return {name for text in texts for _, name, *_ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("room", ["api", "web"])
def test_both_catalogues_have_the_same_keys(room: str):
    assert catalogue(room, "fr").keys() == catalogue(room, "en").keys()


@pytest.mark.parametrize("room", ["api", "web"])
def test_both_catalogues_leave_the_same_places_open(room: str):
    french, english = catalogue(room, "fr"), catalogue(room, "en")
    dates = {"date", "date_first"}  # "1er" is written out in French, the day in English
    assert [key for key in french.keys() - dates if placeholders(french[key]) != placeholders(english[key])] == []


def test_every_utterance_is_a_pair():
    names = set(yaml.safe_load(read("domain.yml"))["responses"])
    assert names == {f"{name}_{language}" for name in utterances("fr") for language in LANGUAGES}


@pytest.mark.parametrize("name", utterances("fr"))
def test_every_variation_of_an_utterance_leaves_the_same_places_open(name: str):
    """Which one is said is drawn: one that forgot the answer would hide a misreading now and then."""
    variations = [*utterances("fr")[name], *utterances("en")[name]]
    assert {frozenset(placeholders(text)) for text in variations} == {frozenset(placeholders(variations[0]))}


def files(folder: str, language: str) -> dict[str, Any]:
    """What each file of a language holds: ``nlu/fr/commands.yml`` and ``commands/fr.yml`` alike."""
    found = [*(ROOT / folder / language).glob("*.yml"), *(ROOT / folder).glob(f"{language}.yml")]
    return {path.name.replace(f"{language}.yml", "yml"): yaml.safe_load(path.read_text("utf-8")) for path in found}


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_languages_have_the_same_files(folder: str):
    assert files(folder, "fr").keys() == files(folder, "en").keys() != set()


@pytest.mark.parametrize("name", files("data/nlu", "fr"))
def test_both_languages_teach_the_same_intents(name: str):
    taught = [[each["intent"] for each in files("data/nlu", language)[name]["nlu"]] for language in LANGUAGES]
    assert taught[0] == taught[1]


@pytest.mark.parametrize("folder", ["data/commands", "data/words"])
def test_both_languages_name_the_same_things(folder: str):
    assert files(folder, "fr")["yml"].keys() == files(folder, "en")["yml"].keys()


def headings(document: str) -> list[int]:
    """The level of each heading."""
    return [len(marks) for marks in re.findall(r"^(#+) ", read(document), re.MULTILINE)]


@each_pair
def test_both_documents_have_the_same_sections(french: str, english: str):
    assert headings(french) == headings(english)


@each_pair
def test_both_documents_show_as_much_code(french: str, english: str):
    assert len(code_of(read(french))) == len(code_of(read(english)))


def test_both_readmes_have_the_same_commands():
    assert code_of(read("LISEZMOI.md")) == code_of(read("README.md"))


@each_pair
def test_both_documents_have_the_same_links(french: str, english: str):
    """To each other; else to the same documents, in the reader's language where they have both."""
    names = [(Path(one).name, Path(other).name) for one, other in PAIRS]
    other = {one: another for pair in names for one, another in (pair, pair[::-1])}
    assert [
        re.sub(r"[^/]+$", lambda name: other.get(name[0], name[0]), link) for link in links_of(read(french))
    ] == links_of(read(english))
