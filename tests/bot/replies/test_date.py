"""Days in one reply."""

from __future__ import annotations

import datetime

import pytest

from bot.replies import read

TODAY = datetime.date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-03-12", "2024-03-12"),
        ("12 mars 2024", "2024-03-12"),
        ("le 1er août 2023", "2023-08-01"),
        ("March 12, 2024", "2024-03-12"),
        ("the 3rd of May 2022", "2022-05-03"),
        ("13/04/2024", "2024-04-13"),
        ("hier", "2026-01-30"),
        ("today", "2026-01-31"),
    ],
)
def test_a_day_is_read_in_either_language(day, text, value):
    assert read(day, text, "fr", today=TODAY).value == value


def test_a_day_that_may_be_two_is_a_doubt(day):
    assert [each.value for each in read(day, "03/04/2024", "fr").candidates] == ["2024-04-03", "2024-03-04"]


@pytest.mark.parametrize("text", ["2024-13-45", "31 février 2024", "mars 2024", "bientôt", "0000-01-01"])
def test_what_is_no_day_is_unreadable(day, text):
    assert read(day, text, "fr").status == "unreadable"
