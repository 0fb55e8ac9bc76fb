"""Short phrases that are commands."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot import commands
from bot.replies.normalise import key, tokens

FOLDER = Path(__file__).parents[2] / "data" / "commands"


def spoken(text, **more):
    return commands.spoken(tokens(text), **more)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Passer", "skip"),
        ("passer, s'il vous plaît", "skip"),
        ("SKIP THIS ONE!!", "skip"),
        ("je ne suis pas sûre", "dont_know"),
        ("chais pas", "dont_know"),
        ("sorry, no idea", "dont_know"),
        ("n/a", "dont_know"),
        ("J'aime mieux pas répondre", "refuse"),
        ("prefer not to say", "refuse"),
        ("go back", "back"),
        ("Question précédente", "back"),
        ("In English, please", "switch:en"),
        ("en français svp", "switch:fr"),
        ("êtes-vous un robot?", "who_are_you"),
        ("delete my data", "withdraw"),
        ("merci beaucoup", "thanks"),
    ],
)
def test_a_whole_message_is_a_command(text, action):
    assert spoken(text) == action


@pytest.mark.parametrize(
    "text",
    [
        "j'aimerais arrêter de perdre des contrats",
        "We need to stop",
        "aide aux artistes",
        "no",
        "non",
        "rien",
        "nothing",
        "none",
        "yes",
        "",
    ],
)
def test_a_message_that_only_holds_a_command_s_words_is_none(text):
    assert spoken(text) is None


@pytest.mark.parametrize("text", ["privacy", "vie privée", "aide", "help", "why?"])
def test_to_an_open_question_some_commands_are_answers(text):
    assert spoken(text) is not None
    assert spoken(text, to_open_question=True) is None


def test_what_is_to_change_follows_its_phrase():
    about = commands.to_change(tokens("changer ma réponse à la région"))
    assert [token.word for token in about] == ["la", "region"]


def test_no_phrase_asks_for_two_things():
    actions: dict[str, set[str]] = {}
    for path in FOLDER.glob("*.yml"):
        for action, phrases in yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader).items():
            for phrase in phrases if action != commands.ALSO_ANSWERS else ():
                actions.setdefault(key(tokens(phrase)), set()).add(action)
    assert {phrase: several for phrase, several in actions.items() if len(several) > 1} == {}


def test_both_languages_have_the_same_commands():
    french, english = (
        set(yaml.load((FOLDER / f"{language}.yml").read_text("utf-8"), Loader=yaml.BaseLoader))
        for language in ("fr", "en")
    )
    assert french == english


def test_what_may_be_an_answer_is_a_command_elsewhere():
    assert commands._answers() <= commands._commands().keys()
