from string import Formatter

import pytest

from api.strings import LANGUAGES, catalogue, say


def placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


def test_french_and_english_say_the_same_things():
    assert catalogue("fr").keys() == catalogue("en").keys()


@pytest.mark.parametrize("key", catalogue("fr"))
def test_french_and_english_fill_the_same_placeholders(key):
    assert placeholders(catalogue("fr")[key]) == placeholders(catalogue("en")[key])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_blank_and_none_has_a_nameless_placeholder(language):
    for key, sentence in catalogue(language).items():
        assert sentence.strip(), key
        assert "" not in placeholders(sentence), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_stand_in_order_so_that_two_changes_rarely_meet(language):
    assert list(catalogue(language)) == sorted(catalogue(language))


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        say("nothing.like.it", "fr")
