"""Several choices in one reply."""

from __future__ import annotations

import pytest

from bot.replies import read


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Musique", ["music"]),
        ("Music, Dance", ["music", "dance"]),
        ("danse; musique", ["music", "dance"]),
        ("Danse\nCinéma et télévision\nThéâtre", ["theatre", "screen", "dance"]),
        ("cinéma et télévision et théâtre", ["theatre", "screen"]),
        ("Theatre / Film and television + dance", ["theatre", "screen", "dance"]),
        ("la musique pis le théâtre", ["music", "theatre"]),
        ("  MUSIQUE   et   theatre ", ["music", "theatre"]),
        ("musique, musique", ["music"]),
    ],
)
def test_labels_are_found_however_they_are_joined(several, text, codes):
    assert read(several, text, "fr").value == codes


@pytest.mark.parametrize("text", ["comédienne", "comédien", "Comédien·ne·s", "comédien(ne)", "comédienne ou comédien"])
def test_an_inclusive_form_is_one_word(several, text):
    assert read(several, text, "fr").value == ["acting"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("all but film", ["music", "theatre", "dance", "acting"]),
        ("tous sauf la danse et la musique", ["theatre", "screen", "acting"]),
        ("toutes", ["music", "theatre", "screen", "dance", "acting"]),
        ("all of the above", ["music", "theatre", "screen", "dance", "acting"]),
    ],
)
def test_all_leaves_out_the_exclusive_and_the_other_one(several, text, codes):
    assert read(several, text, "fr").value == codes


@pytest.mark.parametrize("text", ["aucun", "aucune", "none", "none of them", "rien"])
def test_none_is_the_one_choice_that_says_it(several, text):
    assert read(several, text, "fr").value == ["none"]


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        ("autre : conte", ["other"], "conte"),
        ("other: street theatre", ["other"], "street theatre"),
        ("musique, autre (conte)", ["music", "other"], "conte"),
        ("autre conte", ["other"], "conte"),
        ("Autre (précisez)", ["other"], None),
        ("autre", ["other"], None),
    ],
)
def test_another_choice_carries_its_words(several, text, codes, words):
    reading = read(several, text, "fr")
    assert (reading.value, reading.other) == (codes, words)


def test_a_word_that_is_no_choice_may_be_another_one(several):
    reading = read(several, "musique, conte", "fr")
    assert [(each.value, each.other) for each in reading.candidates] == [
        (["music", "other"], "conte"),
        (["music"], None),
    ]


def test_or_between_two_choices_leaves_a_doubt(several):
    assert [each.value for each in read(several, "film ou danse", "fr").candidates] == [
        ["screen", "dance"],
        ["screen"],
        ["dance"],
    ]


@pytest.mark.parametrize(
    "text", ["pas la danse", "ni musique ni danse", "I used to do music but not anymore", "asdf", "!!!"]
)
def test_what_is_denied_or_unknown_is_not_kept(several, text):
    assert read(several, text, "fr").status == "unreadable"


@pytest.mark.parametrize(
    ("text", "codes"), [("1, 3", ["music", "screen"]), ("a et c", ["music", "screen"]), ("the first one", ["music"])]
)
def test_numbers_and_letters_stand_for_the_choices_shown(several, text, codes):
    assert read(several, text, "fr").value == codes


def test_from_to_is_no_list_of_positions(several):
    assert read(several, "1-3", "fr").status == "unreadable"


def test_numbers_count_in_the_order_shown(several):
    shown = ("dance", "music", "acting", "theatre", "screen", "none", "other")
    assert read(several, "1", "fr", order=shown).value == ["dance"]


def test_the_span_is_where_the_choices_stand_in_the_raw_text(several):
    text = "  je dirais musique et danse.  "
    start, end = read(several, text, "fr").span
    assert text[start:end] == "musique et danse"


def test_ranks_keep_the_order_said(ranked):
    assert read(ranked, "danse > musique > film", "fr").value == ["dance", "music", "screen"]
    assert read(ranked, "1. danse 2. musique 3. théâtre", "fr").value == ["dance", "music", "theatre"]
    assert read(ranked, "2, 1, 3", "fr").value == ["theatre", "music", "screen"]
    assert read(ranked, "d'abord la danse, ensuite le film", "fr").value == ["dance", "screen"]
