"""Words, whatever their case, accents, apostrophes and forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies.normalise import key, stem, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("J’ai l'IA", ["j", "ai", "l", "ia"]),
        ("I don't", ["i", "dont"]),
        ("ŒUVRE d'été", ["oeuvre", "d", "ete"]),
        ("e\u0301te\u0301", ["ete"]),
        ("comédien·ne·s, sûr(e)", ["comedien", "sur"]),
        ("vas-tu", ["vas", "tu"]),
    ],
)
def test_words_are_folded(text, words):
    assert [token.word for token in tokens(text)] == words


@pytest.mark.parametrize(
    ("text", "feminine"),
    [
        ("sûr·e", "sure"),
        ("inquiet·ète", "inquiete"),
        ("créateur·rice", "creatrice"),
        ("danseur·se", "danseuse"),
        ("comédien·ne·s", "comedienne"),
    ],
)
def test_an_inclusive_form_holds_its_feminine(text, feminine):
    assert tokens(text)[0].feminine == feminine


@pytest.mark.parametrize(
    ("one", "two"),
    [("danseuses", "danseur"), ("jobs", "job"), ("musiciennes", "musicien"), ("directrice", "directeur")],
)
def test_number_and_gender_do_not_count(one, two):
    assert stem(one) == stem(two)


def test_none_and_non_stay_apart():
    assert stem("none") != stem("non")


def test_spaces_do_not_count_but_between_figures():
    assert key(tokens("d'accord")) == key(tokens("daccord"))
    assert key(tokens("3-5")) != key(tokens("35"))


@given(st.text())
def test_every_word_stands_where_it_says(text):
    spans = [(token.start, token.end) for token in tokens(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
