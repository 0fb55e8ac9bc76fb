"""One choice in one reply."""

from __future__ import annotations

import datetime

import pytest

from bot.replies import read

TODAY = datetime.date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Théâtre", "theatre"),
        ("theatre", "theatre"),
        ("le théatre", "theatre"),
        ("théâtre!", "theatre"),
        ("theater", "theatre"),
        ("telvision", "screen"),
        ("télé", "screen"),
        ("je dirais que c'est la danse", "dance"),
        ("mostly dance", "dance"),
        ("dans la discipline de la danse", "dance"),
        ("2", "theatre"),
        ("la 2e", "theatre"),
        ("the second one", "theatre"),
        ("b", "theatre"),
        ("option 4", "dance"),
        ("la dernière", "other"),
    ],
)
def test_a_choice_is_read_as_people_say_it(one, text, code):
    assert read(one, text, "fr").value == code


def test_two_choices_are_candidates(one):
    assert [each.value for each in read(one, "théâtre ou danse", "fr").candidates] == ["theatre", "dance"]


def test_a_part_of_two_labels_is_a_doubt(opinion):
    assert [each.value for each in read(opinion, "d'accord", "fr").candidates] == ["very", "rather"]


def test_a_denied_part_is_no_part_of_what_affirms(opinion):
    assert read(opinion, "pas d'accord", "fr").value == "not"
    assert read(opinion, "je ne suis pas d'accord", "fr").value == "not"


@pytest.mark.parametrize(("text", "code"), [("ouais", "y"), ("pantoute", "n"), ("not really", "n"), ("parfois", "m")])
def test_yes_and_no_are_read_where_they_are_the_choices(agrees, text, code):
    assert read(agrees, text, "fr").value == code


def test_i_dont_know_is_never_a_no(agrees):
    assert read(agrees, "je sais pas", "fr").status == "unreadable"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("22", "from_18"),
        ("j'ai 22 ans", "from_18"),
        ("18-24", "from_18"),
        ("12", "young"),
        ("65", "from_65"),
        ("la 2e", "from_18"),
    ],
)
def test_a_number_says_its_band(ages, text, code):
    assert read(ages, text, "fr", today=TODAY).value == code


@pytest.mark.parametrize("text", ["plus de 20 ans", "20 ou 30", "pas 22"])
def test_a_number_that_is_bounded_or_denied_says_no_band(ages, text):
    assert read(ages, text, "fr").status == "unreadable"


def test_a_hyphen_between_figures_is_not_forgotten(ages):
    assert read(ages, "2-5", "fr").status == "unreadable"
