"""Which language a message is in, and when to offer the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import detect, hear


def heard(text, interview):
    return hear(text, interview)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("J'ai peur de perdre mes contrats de traduction", "fr"),
        ("I am afraid of losing my translation work", "en"),
        ("On sait pas trop encore", "fr"),
        ("nobody knows yet", "en"),
        ("LES ARTISTES DEVRAIENT ÊTRE PAYÉS", "fr"),
    ],
)
def test_a_sentence_tells_its_language(text, language):
    assert detect(text)[0] == language


def test_a_clear_sentence_in_the_other_language_suggests_the_switch():
    assert heard("I would rather answer these questions in another way", "fr").switch == "en"
    assert heard("Je préférerais répondre à ces questions autrement", "en").switch == "fr"


def test_the_interview_s_own_language_suggests_nothing():
    assert heard("Je préférerais répondre à ces questions autrement", "fr").switch is None


@pytest.mark.parametrize("text", ["ok", "Laval", "12", "", "???", "👍", "danse"])
def test_a_word_that_tells_little_keeps_the_interview_s_language(text):
    assert heard(text, "fr").language == "fr"
    assert heard(text, "fr").switch is None


def test_a_short_message_suggests_nothing_however_clear():
    assert heard("nothing really", "fr").switch is None


def test_a_link_is_in_no_language():
    assert heard("https://example.org/the/news/that/you/should/have/read", "fr").switch is None


@given(st.text(), st.sampled_from(["fr", "en"]))
def test_the_same_text_always_reads_the_same(text, interview):
    once, again = heard(text, interview), heard(text, interview)
    assert once == again
    assert 0 <= once.p <= 1
