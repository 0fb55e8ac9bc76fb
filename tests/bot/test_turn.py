import json

import pytest

from bot.turn import DEFINITION_BYTES, TURN_BYTES, Malformed, TooLarge, classifiable, read_turn

TURN = {
    "interview": "i",
    "message": 7,
    "fence": 1,
    "text": "Laval",
    "choices": None,
    "other": None,
    "action": None,
    "language": "fr",
    "questionnaire": "v1",
    "question": "region",
    "late": False,
    "offer": None,
    "answered": ["participate"],
}


def body(**changes: object) -> bytes:
    return json.dumps({**TURN, **changes}).encode()


def test_a_turn_is_read_whole():
    turn, definition = read_turn(body())
    assert {name: turn[name] for name in TURN} == TURN
    assert definition is None


def test_what_a_turn_does_not_have_is_dropped():
    assert "address" not in read_turn(body(address="198.51.100.7"))[0]


def test_a_definition_comes_apart_from_its_turn():
    turn, definition = read_turn(body(definition={"hash": "v1", "questions": {}}))
    assert definition == {"hash": "v1", "questions": {}}
    assert "definition" not in turn


@pytest.mark.parametrize(
    "changes",
    [
        {"text": None},
        {"action": "skip"},
        {"choices": ["laval"]},
        {"text": 7},
        {"message": "7"},
        {"message": True},
        {"language": "es"},
        {"late": None},
        {"answered": None},
        {"text": "\ud800"},
        {"definition": {"hash": "v2", "questions": {}}},
        {"definition": {"hash": "v1", "questions": []}},
        {"definition": "v1"},
    ],
)
def test_what_is_not_a_turn_is_malformed(changes):
    with pytest.raises(Malformed):
        read_turn(body(**changes))


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{", b"\xff", b'{"fence": NaN}', b"[" * 60_000])
def test_what_is_not_an_object_is_malformed(raw):
    with pytest.raises(Malformed):
        read_turn(raw)


def test_a_turn_is_limited_before_its_definition_is():
    padding = "x" * TURN_BYTES
    with pytest.raises(TooLarge):
        read_turn(body(text=padding))
    read_turn(body(definition={"hash": "v1", "questions": {"q": {"label": padding}}}))


def test_nothing_over_the_limit_is_parsed():
    with pytest.raises(TooLarge):
        read_turn(b"{" * (DEFINITION_BYTES + 1))


@pytest.mark.parametrize(
    "text, told", [("/restart", "restart"), (" / /x", "x"), ("/", "."), ("", "."), ("et/ou", "et/ou"), (None, ".")]
)
def test_no_text_reaches_the_classifier_as_a_command_to_rasa(text, told):
    assert classifiable({"text": text}) == told
