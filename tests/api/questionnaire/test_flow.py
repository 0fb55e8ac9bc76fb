import pytest

from api.questionnaire.answers import Answer
from api.questionnaire.steps import FlowError


def given(**values) -> dict[str, Answer]:
    return {name: Answer(value) for name, value in values.items()}


PETS = """
- {type: note, name: welcome}
- {type: integer, name: pets}
- type: group
  name: about_pets
  relevant: ${pets} > 0
  children:
    - {type: note, name: lovely}
    - {type: text, name: name_of_pet}
    - {type: text, name: many, relevant: "${pets} > 3"}
- {type: text, name: anything}
- {type: note, name: goodbye}
"""


def names(items) -> list[str]:
    return [item.name for item in items]


def test_only_the_consent_is_reached_until_it_is_yes(flow_of):
    flow = flow_of(PETS)
    assert flow.reached({}) == ["participate"]
    assert flow.reached(given(participate="no", pets=2)) == ["participate"]
    assert flow.reached(given(participate="yes")) == ["participate", "pets", "anything"]


def test_a_refused_consent_declines_and_leaves_nothing_open(flow_of):
    flow = flow_of(PETS)
    assert not flow.declined({})
    for answer in (Answer("no"), Answer(missing="refused")):
        assert flow.declined({"participate": answer})
        assert flow.open({"participate": answer}) is None


def test_a_group_gates_its_children(flow_of):
    flow = flow_of(PETS)
    assert flow.reached(given(participate="yes", pets=0)) == ["participate", "pets", "anything"]
    assert flow.reached(given(participate="yes", pets=9)) == ["participate", "pets", "name_of_pet", "many", "anything"]


def test_answers_come_back_with_the_path(flow_of):
    flow = flow_of(PETS)
    answers = given(participate="yes", pets=2, name_of_pet="Zoé", anything="non")
    assert flow.open(answers) is None
    assert flow.open(answers | given(pets=0)) is None
    assert flow.open(answers | given(pets=5)) == "many"


def test_an_unreached_answer_counts_as_empty(flow_of):
    flow = flow_of(
        """
        - {type: integer, name: a}
        - {type: integer, name: b, relevant: "${a} = 1"}
        - {type: integer, name: c, relevant: "${b} = 1"}
        """
    )
    assert flow.reached(given(participate="yes", a=1, b=1)) == ["participate", "a", "b", "c"]
    assert flow.reached(given(participate="yes", a=2, b=1)) == ["participate", "a"]


def test_before_is_the_previous_question_on_the_path(flow_of):
    flow = flow_of(PETS)
    answers = given(participate="yes", pets=0)
    assert flow.before(answers, "anything") == "pets"
    assert flow.before(answers, "participate") is None
    assert flow.before(answers, "many") is None


def test_a_preamble_holds_the_notes_and_groups_since_the_question_before(flow_of):
    flow = flow_of(PETS)
    answers = given(participate="yes", pets=2)
    assert names(flow.preamble(answers, "participate")) == ["welcome"]
    assert names(flow.preamble(answers, "name_of_pet")) == ["about_pets", "lovely"]
    assert names(flow.preamble(answers, "anything")) == []
    assert names(flow.preamble(answers, None)) == ["goodbye"]
    assert names(flow.preamble(given(participate="no"), None)) == []


def test_a_group_that_asks_nothing_is_not_announced(flow_of):
    flow = flow_of(
        """
        - {type: integer, name: a}
        - {type: group, name: hollow, children: [{type: text, name: b, relevant: "${a} = 1"}]}
        - {type: text, name: c}
        """
    )
    assert names(flow.preamble(given(participate="yes", a=2), "c")) == []
    assert names(flow.preamble(given(participate="yes", a=1), "b")) == ["hollow"]


def test_a_declared_consent_is_not_doubled(flow_of):
    flow = flow_of("[{type: consent, name: agree, purpose: participate}, {type: text, name: a}]")
    assert list(flow.questions) == ["agree", "a"]
    assert [choice.name for choice in flow.choices("agree")] == ["yes", "no"]


def test_the_default_consent_leaves_a_name_that_is_taken(flow_of):
    flow = flow_of("[{type: text, name: participate}]")
    assert list(flow.questions) == ["participate_", "participate"]


@pytest.mark.parametrize(
    ("survey", "code"),
    [
        ("[{type: text, name: a}, {type: consent, name: agree, purpose: participate}]", "consent-first"),
        ("[{type: consent, name: agree, purpose: participate, relevant: '1 = 1'}]", "consent-gated"),
        ("[{type: select_one, name: a, choices: nowhere}]", "unknown-list"),
    ],
)
def test_a_questionnaire_that_cannot_be_walked_is_refused(flow_of, survey, code):
    with pytest.raises(FlowError) as refused:
        flow_of(survey)
    assert refused.value.code == code
