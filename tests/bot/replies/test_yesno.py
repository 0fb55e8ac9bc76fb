"""Yes and no, as people say them."""

from __future__ import annotations

import pytest

from bot.replies import yesno


@pytest.mark.parametrize(
    "text",
    ["oui", "ouais", "Yes!", "c'est bon", "pourquoi pas", "that's true", "not wrong", "👍", "bien sûr", "no problem"],
)
def test_a_yes(text):
    assert yesno.read(text) == "yes"


@pytest.mark.parametrize(
    "text",
    ["non", "pantoute", "not really", "non merci", "c'est faux", "I don't agree", "pas vraiment", "nope", "I don't"],
)
def test_a_no(text):
    assert yesno.read(text) == "no"


@pytest.mark.parametrize(
    "text",
    [
        "je sais pas",
        "I don't know",
        "peut-être",
        "not sure",
        "no idea",
        "I have absolutely no idea",
        "ça dépend",
        "",
        "un chat",
        "non, je sais pas",
    ],
)
def test_neither(text):
    assert yesno.read(text) is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [("non, mais en fait oui", "yes"), ("no, but actually yes", "yes"), ("oui, c'est un mensonge", "yes")],
)
def test_the_first_word_counts_unless_it_is_taken_back(text, answer):
    assert yesno.read(text) == answer
