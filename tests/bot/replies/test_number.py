"""Numbers in one reply."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies import numerals, read

TODAY = datetime.date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25", 25),
        ("1 200", 1200),
        ("1,200", 1200),
        ("10k", 10_000),
        ("10 mille", 10_000),
        ("twenty-five", 25),
        ("quatre-vingt-douze", 92),
        ("soixante et onze", 71),
        ("vingt et un", 21),
        ("deux cent mille", 200_000),
        ("one hundred and five", 105),
        ("nineteen hundred seventy-three", 1973),
        ("one twenty two", 122),
        ("une dizaine", 10),
        ("deux douzaines", 24),
        ("environ 20, je pense", 20),
        ("on est douze", 12),
        ("aucun", 0),
        ("-5", -5),
    ],
)
def test_a_number_is_read_in_figures_and_in_words(integer, text, value):
    assert read(integer, text, "fr").value == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5 ou 6", [5, 6]),
        ("5-10", [5, 10]),
        ("3,5", [3, 4]),
        ("mid-twenties", [24, 25, 26]),
        ("début quarantaine", [41, 42, 43]),
    ],
)
def test_two_or_three_numbers_are_candidates(integer, text, values):
    assert [each.value for each in read(integer, text, "fr").candidates] == values


@pytest.mark.parametrize(
    "text", ["plus de 20", "at least 5", "pas 5", "un peu", "dans la vingtaine", "beaucoup", "9" * 100_000]
)
def test_what_says_no_number_is_unreadable(integer, text):
    assert read(integer, text, "fr").status == "unreadable"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("depuis 5 ans", 5),
        ("since 2019", 7),
        ("24 mois", 2),
        ("j'ai 2 enfants et 5 ans de métier", 5),
        ("ma 3e année", 3),
    ],
)
def test_years_are_counted_from_durations(years, text, value):
    assert read(years, text, "fr", today=TODAY).value == value


@pytest.mark.parametrize(
    ("text", "values"),
    [("2 ans et demi", [2, 3]), ("18 months", [1, 2]), ("3-5 ans", [3, 5]), ("5 ans et 3 mois", [5, 6])],
)
def test_between_two_whole_years_both_are_candidates(years, text, values):
    assert [each.value for each in read(years, text, "fr", today=TODAY).candidates] == values


@pytest.mark.parametrize(("text", "value"), [("3,5", 3.5), ("3.5", 3.5), ("1 200,50", 1200.5), ("2 et demi", 2.5)])
def test_a_decimal_keeps_its_fraction(decimal, text, value):
    assert read(decimal, text, "fr").value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", 4),
        ("4 sur 5", 4),
        ("4/5", 4),
        ("quatre", 4),
        ("4 out of 5", 4),
        ("le maximum", 5),
        ("not at all", 1),
        ("so-so", 3),
        ("très important", 5),
        ("Not important", 1),
    ],
)
def test_a_scale_is_read_by_number_and_by_its_ends(scale, text, value):
    assert read(scale, text, "fr").value == value


def test_a_number_of_another_scale_is_not_of_this_one(scale):
    assert read(scale, "8/10", "fr").status == "unreadable"


@given(st.integers(0, 999_999_999_999))
def test_any_integer_in_figures_reads_as_itself(number):
    assert [each.value for each in numerals.find(f"{number}", "fr")] == [number]
    assert [each.value for each in numerals.find(f"{number:,}".replace(",", " "), "fr")] == [number]
