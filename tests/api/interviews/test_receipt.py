import hashlib
import hmac
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.interviews import receipt

DRAWS = st.tuples(*[st.integers(0, 4095)] * receipt.WORDS)
LANGUAGES = st.sampled_from(["fr", "en"])


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def unaccented(text: str) -> str:
    return decomposed(text.replace("œ", "oe")).encode("ascii", "ignore").decode()


SPELLINGS = st.sampled_from([str, str.upper, str.title, decomposed, unaccented])
SEPARATORS = st.sampled_from([" ", "  ", "\t", "\n", "-", " - ", ", ", ". ", " / "])
UNKNOWN_WORDS = st.from_regex(r"[a-z]{1,15}", fullmatch=True).filter(lambda word: receipt.read(f"{word} " * 4) is None)


def test_a_draw_is_four_words_of_the_list():
    draws = [receipt.draw() for _ in range(1000)]

    assert {len(draw) for draw in draws} == {4}
    assert {index for draw in draws for index in draw} <= set(range(4096))
    assert len(set(draws)) == 1000


def test_every_word_of_either_language_reads_as_its_own_line():
    for index in range(4096):
        draw = (index,) * 4
        assert receipt.read(receipt.words(draw, "fr")) == draw
        assert receipt.read(receipt.words(draw, "en")) == draw


@given(DRAWS, LANGUAGES, SPELLINGS, SEPARATORS)
def test_a_receipt_reads_back_however_it_is_spelled_and_separated(draw, language, respell, separator):
    typed = separator.join(receipt.words(draw, language).split())
    assert receipt.read(f" «{respell(typed)}».\n") == draw


@given(DRAWS)
def test_a_receipt_half_remembered_in_the_other_language_reads_back(draw):
    french, english = receipt.words(draw, "fr").split(), receipt.words(draw, "en").split()
    assert receipt.read(" ".join([*french[:2], *english[2:]])) == draw


@given(st.text(max_size=200))
def test_garbage_is_no_receipt(text):
    assert receipt.read(text) is None


@given(DRAWS, LANGUAGES, st.integers(0, 3), UNKNOWN_WORDS)
def test_one_unknown_word_makes_it_no_receipt(draw, language, place, unknown):
    typed = receipt.words(draw, language).split()
    typed[place] = unknown
    assert receipt.read(" ".join(typed)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "érable",
        "érable tuque huart",
        "érable tuque huart luge luge",
        "érabletuque huart luge",
        "1 2 3 4",
        "\0",
    ],
)
def test_these_are_no_receipts(text):
    assert receipt.read(text) is None


def test_a_digest_is_the_hmac_of_the_indexes_whatever_the_language_typed():
    key = b"k" * 32
    expected = hmac.new(key, b"1,2,3,4095", hashlib.sha256).hexdigest()

    assert receipt.digest((1, 2, 3, 4095), key) == expected
    assert receipt.digest(receipt.read(receipt.words((1, 2, 3, 4095), "en")), key) == expected


def test_order_and_key_change_the_digest():
    digests = {receipt.digest(draw, key) for draw in ((1, 2, 3), (3, 2, 1), (12, 3)) for key in (b"a", b"b")}
    assert len(digests) == 6
