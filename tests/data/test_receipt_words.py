import re
from itertools import pairwise

import pytest

from api.interviews.receipt import LIST, plain

LINES = LIST.read_text("utf-8").splitlines()
FRENCH, ENGLISH = zip(*(line.split("\t") for line in LINES), strict=True)
PLAIN = {"fr": [plain(word) for word in FRENCH], "en": [plain(word) for word in ENGLISH]}

FORMS_OF_ONE_WORD = (
    [("", ending) for ending in ("s", "x", "e", "es")]
    + [("al", "aux"), ("er", "ere"), ("eur", "euse"), ("eux", "euse"), ("teur", "trice"), ("if", "ive")]
    + [("el", "elle"), ("eau", "elle"), ("en", "enne"), ("on", "onne"), ("et", "ette"), ("et", "ete"), ("ot", "otte")]
)
"""Plurals and feminines; also words apart that sound the same because the difference is mute (mur, mûre)."""


def test_there_are_4096_words_so_that_each_is_worth_12_bits():
    assert len(LINES) == 4096


@pytest.mark.parametrize(("words", "shape"), [(FRENCH, r"[a-zàâäçéèêëîïôöùûüœ]{3,12}"), (ENGLISH, r"[a-z]{3,12}")])
def test_a_word_is_3_to_12_small_letters(words, shape):
    assert [word for word in words if not re.fullmatch(shape, word)] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_two_words_of_a_language_differ_by_accents_alone(language):
    assert len(set(PLAIN[language])) == len(LINES)


def test_a_word_of_both_languages_stands_on_one_line():
    line_in_french = {word: line for line, word in enumerate(PLAIN["fr"])}
    apart = [word for line, word in enumerate(PLAIN["en"]) if line_in_french.get(word, line) != line]
    assert apart == []


def test_no_french_word_is_the_plural_or_the_feminine_of_another():
    known = set(PLAIN["fr"])
    pairs = [
        (word, other)
        for word in PLAIN["fr"]
        for short, long in FORMS_OF_ONE_WORD
        if word.endswith(short) and (other := word.removesuffix(short) + long) in known
    ]
    assert pairs == []


def test_no_english_word_is_the_plural_of_another():
    known = set(PLAIN["en"])
    assert [word for word in PLAIN["en"] if word + "s" in known or word + "es" in known] == []


def test_lines_stand_in_french_order():
    assert [two for two in pairwise(PLAIN["fr"]) if two[0] >= two[1]] == []
