import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.questionnaire.answers import Answer
from api.questionnaire.validation import Rejected, validate

ARTS = """
arts:
  - {name: music}
  - {name: dance}
  - {name: film}
  - {name: other, other: true}
  - {name: none, exclusive: true}
"""


@pytest.fixture
def kept(flow_of):
    """What is kept of a value, given the question's definition; or the code of the refusal."""

    def kept(question: str, value, other=None, answers=None):
        flow = flow_of(f"[{{type: integer, name: age}}, {{name: q, {question}}}]", ARTS)
        try:
            answer = validate(flow, "q", value, other, answers or {})
        except Rejected as refusal:
            return refusal.code
        return answer.value if other is None else (answer.value, answer.other)

    return kept


@pytest.mark.parametrize(
    ("value", "result"),
    [("music", "music"), ("opera", "unknown-choice"), ("Music", "unknown-choice"), (["music"], "invalid")]
    + [(wrong, "invalid") for wrong in (None, 3, True, {"music": 1})],
)
def test_one_choice_is_a_known_code(kept, value, result):
    assert kept("type: select_one, choices: arts", value) == result


def test_a_consent_is_yes_or_no(flow_of):
    flow = flow_of("[{type: text, name: a}]")
    assert validate(flow, "participate", "yes", None, {}) == Answer("yes")
    with pytest.raises(Rejected, match="unknown-choice"):
        validate(flow, "participate", "maybe", None, {})


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (["film", "music"], ["music", "film"]),
        (["none"], ["none"]),
        (["none", "music"], "constraint"),
        (["music", "music"], "invalid"),
        (["music", "opera"], "unknown-choice"),
        ([], "invalid"),
        ("music", "invalid"),
        (["music", ["film"]], "invalid"),
    ],
)
def test_several_choices_are_distinct_and_kept_in_their_list_s_order(kept, value, result):
    assert kept("type: select_multiple, choices: arts", value) == result


def test_a_ranking_keeps_the_order_given_and_ranks_all_unless_limited(kept):
    everything = ["none", "film", "other", "dance", "music"]
    assert kept("type: rank, choices: arts", everything) == everything
    assert kept("type: rank, choices: arts", everything[:4]) == "invalid"
    three = "type: rank, choices: arts, constraint: count-selected(.) <= 3"
    assert kept(three, ["film", "music"]) == ["film", "music"]
    assert kept(three, ["film", "music", "film"]) == "invalid"
    assert kept(three, everything[:4]) == "constraint"


@pytest.mark.parametrize("wrong", [True, "3", None, math.nan, math.inf, -math.inf, 10**400, [3]])
@pytest.mark.parametrize("question", ["type: integer", "type: decimal", "type: range, start: 0, end: 5"])
def test_a_number_is_a_finite_json_number(kept, question, wrong):
    assert kept(question, wrong) == "invalid"


def test_an_integer_is_whole_and_kept_whole(kept):
    assert kept("type: integer", 3.5) == "invalid"
    assert repr(kept("type: integer", 3.0)) == "3"
    assert kept("type: decimal", 3.5) == 3.5


@pytest.mark.parametrize(
    ("value", "result"), [(1, 1), (2.0, 2), (1.5, 1.5), (1.25, "invalid"), (0.5, "invalid"), (5.5, "invalid")]
)
def test_a_range_has_ends_and_steps(kept, value, result):
    assert kept("type: range, start: 1, end: 5, step: 0.5", value) == result


def test_steps_of_a_tenth_are_not_lost_to_rounding(kept):
    assert kept("type: range, start: 0, end: 1, step: 0.1", 0.1 + 0.2) == 0.1 + 0.2


@pytest.mark.parametrize("value", ["2024-02-29", "0001-01-01"])
def test_a_date_is_a_day_of_the_calendar(kept, value):
    assert kept("type: date", value) == value


@pytest.mark.parametrize(
    "wrong", ["2023-02-29", "20240229", "2024-W01-1", "2024-2-9", "٢٠٢٤-01-01", "", 20240229, None]
)
def test_anything_else_is_not_a_date(kept, wrong):
    assert kept("type: date", wrong) == "invalid"


def test_a_text_is_kept_byte_for_byte(kept):
    assert kept("type: text", "  deux mots \n🎭") == "  deux mots \n🎭"
    assert kept("type: text", "é" * 4000) == "é" * 4000


@pytest.mark.parametrize("wrong", ["", " \n\t", "a\0b", "a\ud800", "\udfff", "x" * 4001, None, 3, ["a"]])
def test_a_text_is_neither_blank_nor_broken_nor_endless(kept, wrong):
    assert kept("type: text", wrong) == "invalid"
    assert kept("type: select_one, choices: arts", "other", other=wrong or "") == "invalid"


def test_words_go_with_a_choice_that_asks_for_them(kept):
    assert kept("type: select_one, choices: arts", "other") == "other"
    assert kept("type: select_one, choices: arts", "other", "conte") == ("other", "conte")
    assert kept("type: select_multiple, choices: arts", ["other", "film"], "conte") == (["film", "other"], "conte")
    assert kept("type: select_one, choices: arts", "music", "conte") == "invalid"
    assert kept("type: text", "other", "conte") == "invalid"


def test_a_constraint_speaks_of_the_answer_and_of_the_path(kept):
    years = "type: integer, constraint: '. <= ${age}'"
    answers = {"participate": Answer("yes"), "age": Answer(30)}
    assert kept(years, 12, answers=answers) == 12
    assert kept(years, 31, answers=answers) == "constraint"
    assert kept(years, 12, answers={"age": Answer(30)}) == "constraint"  # not reached without consent


def test_a_refused_constraint_carries_the_author_s_words(flow_of):
    flow = flow_of("[{type: integer, name: q, constraint: '. > 0', constraint_message: {fr: Plus que zéro.}}]")
    with pytest.raises(Rejected) as refusal:
        validate(flow, "q", 0, None, {})
    assert (refusal.value.code, refusal.value.message) == ("constraint", {"fr": "Plus que zéro."})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["music", "none"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=4,
)
EVERY_TYPE = """
- {type: select_one, name: select_one, choices: arts}
- {type: select_multiple, name: select_multiple, choices: arts}
- {type: rank, name: rank, choices: arts}
- {type: integer, name: integer}
- {type: decimal, name: decimal}
- {type: range, name: range, start: 0, end: 9}
- {type: date, name: date}
- {type: text, name: text}
"""


@settings(max_examples=200, deadline=None)
@given(JSON, st.none() | JSON)
def test_any_json_is_kept_or_rejected_and_what_is_kept_is_kept_again(flow_of, value, other):
    flow = flow_of(EVERY_TYPE, ARTS)
    for name in flow.questions:
        try:
            answer = validate(flow, name, value, other, {})
        except Rejected:
            continue
        assert validate(flow, name, answer.value, answer.other, {}) == answer
