import json

import pytest

from api.questionnaire.rendering import describe, lexicon

ARTS = """
arts:
  - {name: none, label: {fr: Aucun, en: None}, exclusive: true}
  - {name: music, label: {fr: Musique, en: Music}, aliases: {fr: [toune]}}
  - {name: dance, label: {fr: Danse, en: Dance}}
  - {name: film, label: {fr: Film, en: Film}}
  - {name: other, label: {fr: Autre, en: Other}, other: true}
"""


def test_a_question_is_the_contract_s_object(flow_of):
    flow = flow_of(
        "[{type: select_one, name: art, label: {fr: Quel art, en: Which art}, hint: {fr: Un seul, en: Only one}, "
        "choices: arts, required: true}]",
        ARTS,
    )
    assert describe(flow, "art", "en", seed=1) == {
        "name": "art",
        "type": "select_one",
        "label": "Which art",
        "hint": "Only one",
        "required": True,
        "choices": [
            {"code": "none", "label": "None", "exclusive": True, "other": False},
            {"code": "music", "label": "Music", "exclusive": False, "other": False},
            {"code": "dance", "label": "Dance", "exclusive": False, "other": False},
            {"code": "film", "label": "Film", "exclusive": False, "other": False},
            {"code": "other", "label": "Other", "exclusive": False, "other": True},
        ],
        "min": None,
        "max": None,
        "step": None,
        "max_choices": None,
        "other": True,
        "scale": None,
        "default": None,
        "appearance": None,
        "group": None,
    }


def test_choices_are_null_where_there_is_nothing_to_choose(flow_of):
    flow = flow_of("[{type: text, name: a}]")
    assert describe(flow, "a", "fr", seed=1)["choices"] is None
    assert [choice["label"] for choice in describe(flow, "participate", "fr", seed=1)["choices"]] == ["Oui", "Non"]


@pytest.mark.parametrize(
    ("question", "limits"),
    [
        ("type: integer, constraint: '. >= 0 and . < 100'", (0, 99, None, None)),
        ("type: integer, constraint: '0 < . and (1 = 1 and . <= 7.5)'", (1, 7, None, None)),
        ("type: integer, constraint: '. >= 0 or . = -9'", (None, None, None, None)),
        ("type: integer, constraint: '. >= 2 and . >= 5'", (5, None, None, None)),
        ("type: decimal, constraint: '. > 0.5'", (0.5, None, None, None)),
        ("type: range, start: 1, end: 5", (1, 5, 1, None)),
        ("type: range, start: 0, end: 1, step: 0.1", (0, 1, 0.1, None)),
        ("type: select_multiple, choices: arts, constraint: count-selected(.) < 4", (None, None, None, 3)),
        ("type: rank, choices: arts, constraint: count-selected(.) = 3", (None, None, None, 3)),
        ("type: text, constraint: 'string-length(.) <= 9'", (None, None, None, None)),
        ("type: date, constraint: \". >= '2020-01-01'\"", (None, None, None, None)),
    ],
)
def test_limits_are_read_from_the_constraint(flow_of, question, limits):
    described = describe(flow_of(f"[{{name: q, {question}}}]", ARTS), "q", "fr", seed=1)
    assert tuple(described[key] for key in ("min", "max", "step", "max_choices")) == limits


def test_choices_are_shuffled_by_seed_and_special_ones_stay_last(flow_of):
    flow = flow_of("[{type: select_one, name: art, choices: arts, randomize: true}]", ARTS)
    orders = {
        seed: tuple(choice["code"] for choice in describe(flow, "art", "fr", seed)["choices"]) for seed in range(40)
    }
    assert {order[3:] for order in orders.values()} == {("none", "other")}
    assert len(set(orders.values())) == 6
    assert orders[7] == tuple(choice["code"] for choice in describe(flow, "art", "en", 7)["choices"])


def test_two_questions_of_one_interview_are_shuffled_apart(flow_of):
    survey = "[{type: rank, name: a, choices: n, randomize: true}, {type: rank, name: b, choices: n, randomize: true}]"
    flow = flow_of(survey, "n: [" + ", ".join(f"{{name: c{n}}}" for n in range(20)) + "]")
    assert describe(flow, "a", "fr", seed=1)["choices"] != describe(flow, "b", "fr", seed=1)["choices"]


def test_a_grid_s_row_says_its_grid_and_scale(flow_of):
    flow = flow_of(
        """
        - type: group
          name: skills
          label: {fr: Compétences, en: Skills}
          appearance: table-list
          children: [{type: range, name: prompt, start: 1, end: 5, scale: [{fr: Bas, en: Low}, {fr: Haut, en: High}]}]
        """
    )
    described = describe(flow, "prompt", "en", seed=1)
    assert described["group"] == {"name": "skills", "label": "Skills"}
    assert described["scale"] == ["Low", "High"]
    assert lexicon(flow)["questions"]["prompt"]["scale"] == [{"fr": "Bas", "en": "Low"}, {"fr": "Haut", "en": "High"}]


def test_a_language_that_is_missing_falls_back_to_the_questionnaire_s_own(flow_of):
    flow = flow_of("[{type: text, name: a, label: {fr: Quoi}}]")
    assert describe(flow, "a", "en", seed=1)["label"] == "Quoi"


def test_the_lexicon_holds_every_question_in_both_languages(flow_of):
    flow = flow_of(
        "[{type: select_multiple, name: art, label: {fr: Arts}, choices: arts, constraint: count-selected(.) <= 2}]",
        ARTS,
    )
    made = lexicon(flow)
    assert json.loads(json.dumps(made)) == made
    assert made["hash"] == flow.questionnaire.fingerprint()
    assert list(made["questions"]) == ["participate", "art"]
    art = made["questions"]["art"]
    assert (art["type"], art["label"], art["max_choices"]) == ("select_multiple", {"fr": "Arts", "en": "Arts"}, 2)
    assert art["choices"][1] == {
        "code": "music",
        "label": {"fr": "Musique", "en": "Music"},
        "aliases": {"fr": ["toune"], "en": []},
        "exclusive": False,
        "other": False,
    }
