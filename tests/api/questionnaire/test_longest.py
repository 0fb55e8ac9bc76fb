from unittest.mock import patch

import pytest

from api.questionnaire import elimination
from api.questionnaire.answers import Answer
from api.questionnaire.longest import Longest


def saying(**values) -> dict[str, Answer]:
    return {name: Answer(value) for name, value in values.items()}


ARTS = "arts: [{name: music}, {name: dance}, {name: film}, {name: none, exclusive: true}]"


def test_the_longest_path_takes_one_side_of_a_fork(flow_of):
    flow = flow_of(
        """
        - {type: select_one, name: art, choices: arts}
        - type: group
          name: musicians
          relevant: ${art} = 'music'
          children: [{type: text, name: m1}, {type: text, name: m2}, {type: text, name: m3}]
        - type: group
          name: others
          relevant: ${art} != 'music'
          children: [{type: text, name: o1}, {type: text, name: o2}]
        - {type: text, name: last}
        """,
        ARTS,
    )
    assert flow.longest() == Longest(screens=6, answers=6)
    start = saying(participate="yes")
    assert flow.progress({}) == (0, 6, 0.0)
    assert flow.progress(start) == (1, 5, 1 / 6)
    assert flow.progress(start | saying(art="film")) == (2, 3, 0.4)
    assert flow.progress(start | {"art": Answer(missing="refused")}) == (2, 3, 0.4)
    assert flow.progress(start | saying(art="music", m1="a", m2="b", m3="c", last="d")) == (6, 0, 1.0)
    assert flow.progress(saying(participate="no")) == (1, 0, 1.0)


def test_answers_given_before_a_change_of_path_are_not_asked_again(flow_of):
    flow = flow_of(
        """
        - {type: select_one, name: art, choices: arts}
        - {type: integer, name: years, relevant: "${art} = 'music'"}
        - {type: select_one, name: paid, choices: arts}
        - {type: text, name: how, relevant: "${paid} = 'film'"}
        """,
        ARTS,
    )
    changed = saying(participate="yes", art="music", paid="dance")
    assert flow.open(changed) == "years"
    assert flow.progress(changed) == (3, 1, 0.75)
    assert flow.progress(changed | saying(paid="film")) == (3, 2, 0.6)


def test_a_grid_is_one_screen_and_an_answer_a_row(flow_of):
    flow = flow_of(
        """
        - type: group
          name: skills
          appearance: table-list
          children: [{type: range, name: a, start: 1, end: 5}, {type: range, name: b, start: 1, end: 5}]
        - {type: text, name: c}
        """
    )
    assert flow.longest() == Longest(screens=3, answers=4)


def test_combinations_that_no_answer_makes_are_not_counted(flow_of):
    flow = flow_of(
        """
        - {type: select_multiple, name: arts, choices: arts, constraint: count-selected(.) <= 2}
        - {type: text, name: a, relevant: "selected(${arts}, 'music')"}
        - {type: text, name: b, relevant: "selected(${arts}, 'dance')"}
        - {type: text, name: c, relevant: "selected(${arts}, 'film')"}
        - {type: text, name: d, relevant: "selected(${arts}, 'none')"}
        - {type: integer, name: age, constraint: ". >= 18"}
        - {type: text, name: minor, relevant: "${age} < 18"}
        """,
        ARTS,
    )
    assert flow.longest().answers == 5
    assert flow.reachable() == {"participate", "arts", "a", "b", "c", "d", "age"}


def test_a_question_that_needs_what_cannot_be_is_unreachable(flow_of):
    flow = flow_of(
        """
        - {type: select_one, name: art, choices: arts}
        - {type: text, name: typo, relevant: "${art} = 'musik'"}
        - {type: text, name: both, relevant: "${art} = 'music' and ${art} = 'film'"}
        - {type: text, name: after, relevant: "${both} != ''"}
        - {type: text, name: skipped, relevant: "${art} = ''"}
        - {type: text, name: early, relevant: "${late} = 'x'"}
        - {type: text, name: late}
        """,
        ARTS,
    )
    assert flow.reachable() == {"participate", "art", "skipped", "late"}


def test_what_a_few_answers_cannot_stand_for_may_be_true_or_false(flow_of):
    flow = flow_of(
        """
        - {type: text, name: code}
        - {type: text, name: a, relevant: "regex(${code}, 'H.*')"}
        - {type: text, name: b, relevant: "not(regex(${code}, 'H.*'))"}
        - {type: integer, name: x}
        - {type: integer, name: y}
        - {type: text, name: c, relevant: "${x} < ${y}"}
        """
    )
    assert flow.longest().answers == 6
    assert flow.reachable() == set(flow.questions)
    answers = saying(participate="yes", code="H2X", a="a", x=2)
    assert flow.progress(answers).remaining == 2
    assert flow.progress(answers | saying(y=1)).remaining == 0


@pytest.mark.parametrize("sign", ["<", "<=", "=", "!=", ">=", ">"])
@pytest.mark.parametrize(
    ("question", "constant"),
    [
        ("type: integer", "5"),
        ("type: decimal", "4.5"),
        ("type: range, start: 1, end: 9", "5"),
        ("type: range, start: 0, end: 9999, step: 0.5", "5"),
        ("type: date", "'2025-01-31'"),
    ],
)
def test_both_sides_of_a_constant_are_thought_of(flow_of, question, sign, constant):
    flow = flow_of(
        f"""
        - {{name: q, {question}}}
        - {{type: text, name: inside, relevant: "${{q}} {sign} {constant}"}}
        - {{type: text, name: outside, relevant: "${{q}} != '' and not(${{q}} {sign} {constant})"}}
        """
    )
    assert flow.reachable() == {"participate", "q", "inside", "outside"}
    assert flow.longest().answers == 3


def test_words_of_a_text_may_go_together(flow_of):
    flow = flow_of(
        """
        - {type: text, name: words}
        - {type: text, name: a, relevant: "selected(${words}, 'a')"}
        - {type: text, name: b, relevant: "selected(${words}, 'b')"}
        """
    )
    assert flow.longest().answers == 4


def test_an_answer_that_no_question_would_accept_now_still_counts(flow_of):
    flow = flow_of(
        """
        - {type: integer, name: age, constraint: ". >= 18"}
        - {type: text, name: minor, relevant: "${age} < 18"}
        - {type: text, name: last}
        """
    )
    assert flow.progress(saying(participate="yes", age=12)).remaining == 2
    assert flow.progress(saying(age=12)).remaining == 3


@pytest.mark.parametrize(("largest_table", "bound"), [(10_000, 4), (4, 6)])
def test_conditions_too_entangled_give_an_upper_bound(flow_of, largest_table, bound):
    flow = flow_of(
        """
        - {type: select_one, name: p, choices: arts}
        - {type: select_one, name: q, choices: arts}
        - {type: text, name: a, relevant: "${p} = 'music' and ${q} = 'music'"}
        - {type: text, name: b, relevant: "${p} = 'dance' and ${q} = 'film'"}
        - {type: text, name: c, relevant: "${p} = 'film' and ${q} = 'dance'"}
        """,
        ARTS,
    )
    with patch.object(elimination, "LARGEST_TABLE", largest_table):
        assert flow.longest().answers == bound


def test_many_independent_conditions_are_solved_exactly_and_quickly(flow_of):
    asked = "\n".join(f"- {{type: select_one, name: q{n}, choices: arts}}" for n in range(40))
    follow = "\n".join(
        f"- {{type: text, name: f{n}_{art}, relevant: \"${{q{n}}} = '{art}'\"}}"
        for n in range(40)
        for art in ("music", "film")
    )
    assert flow_of(f"{asked}\n{follow}", ARTS).longest().answers == 1 + 40 + 40
