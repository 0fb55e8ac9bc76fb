import pytest

from bench.comparison import Closed, Open, judge_closed, judge_open, labels, typed
from bench.mapping import Expected


def stored(value=None, missing=None, text=None):
    return {"value": value, "missing": missing, "text": text}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (stored("laval"), Closed.EQUAL),
        (stored("estrie"), Closed.WRONG),
        (stored(missing="dont_know"), Closed.WRONG),
        (None, Closed.NOT_UNDERSTOOD),
    ],
)
def test_one_choice_is_equal_wrong_or_not_understood(answer, outcome):
    assert judge_closed(Expected("select_one", "laval"), answer) is outcome


@pytest.mark.parametrize(
    ("value", "outcome"),
    [(["b", "a"], Closed.EQUAL), (["a"], Closed.WRONG), (["a", "b", "c"], Closed.WRONG), (["a", "a"], Closed.WRONG)],
)
def test_several_choices_are_compared_without_their_order(value, outcome):
    assert judge_closed(Expected("select_multiple", ["a", "b"]), stored(value)) is outcome


def test_a_lost_outer_blank_is_a_different_text():
    assert judge_open(Expected("text", "idk "), stored("idk", text="idk")) is Open.DIFFERENT


def test_words_read_as_dont_know_are_still_equal_words():
    assert judge_open(Expected("text", "idk "), stored(missing="dont_know", text="idk ")) is Open.EQUAL


def test_an_open_answer_that_is_not_there_is_different():
    assert judge_open(Expected("text", "More time"), None) is Open.DIFFERENT


@pytest.mark.parametrize(
    ("given", "language", "text"),
    [
        (["Dance"], "en", "Dance"),
        (["Danse", "Musique"], "fr", "Danse et Musique"),
        (["Arts, culture, and media", "Dance", "Music"], "en", "Arts, culture, and media, Dance and Music"),
    ],
)
def test_labels_are_typed_as_a_person_lists_them(given, language, text):
    assert typed(given, language) == text


def test_labels_are_those_of_the_screen():
    question = {"choices": [{"code": "a", "label": "Alpha"}, {"code": "b", "label": "Bêta"}]}
    assert labels(question, ["b", "a"]) == ["Bêta", "Alpha"]
