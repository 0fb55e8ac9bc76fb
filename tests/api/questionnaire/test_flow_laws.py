"""Laws that hold of any questionnaire and any way of answering it."""

import json
from itertools import combinations, pairwise
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.questionnaire import elimination
from api.questionnaire.answers import Answer
from api.questionnaire.validation import Rejected, validate

CODES = ["a", "b", "c", "none"]
CHOICES = json.dumps({"abc": [{"name": code, "exclusive": code == "none"} for code in CODES]})
KINDS = {
    "one": {"type": "select_one", "choices": "abc"},
    "many": {"type": "select_multiple", "choices": "abc"},
    "few": {"type": "select_multiple", "choices": "abc", "constraint": "count-selected(.) <= 2"},
    "number": {"type": "integer", "constraint": ". >= 0 and . <= 6"},
    "level": {"type": "range", "start": 1, "end": 4},
    "day": {"type": "date"},
    "words": {"type": "text"},
    "agree": {"type": "consent", "purpose": "quote"},
}
SUBSETS = [list(some) for size in (1, 2, 3) for some in combinations(CODES[:3], size)] + [["none"]]
VALUES = {
    "one": CODES,
    "many": SUBSETS,
    "few": [some for some in SUBSETS if len(some) < 3],
    "number": [0, 1, 2, 3, 4, 5, 6],
    "level": [1, 2, 3, 4],
    "day": ["2025-01-30", "2025-01-31", "2025-02-01"],
    "words": ["x", "yes", "three"],
    "agree": ["yes", "no"],
}


def kind_of(name: str) -> str:
    return name.partition("_")[0]


def atom(name: str) -> st.SearchStrategy[str]:
    reference = f"${{{name}}}"
    code = st.sampled_from(CODES)
    measured = st.builds(
        "{} {} {}".format, st.just(reference), st.sampled_from(["<", "<=", "=", "!=", ">"]), st.integers(-1, 7)
    )
    match kind_of(name):
        case "many" | "few":
            counted = st.integers(0, 4).map(lambda count: f"count-selected({reference}) >= {count}")
            return code.map(lambda one: f"selected({reference}, '{one}')") | counted
        case "number" | "level":
            return measured
        case "day":
            return st.sampled_from(["<", "=", ">="]).map(lambda sign: f"{reference} {sign} '2025-01-31'")
        case "words":
            return st.sampled_from([f"{reference} = 'yes'", f"string-length({reference}) > 3", f"{reference} = ''"])
        case _:
            return code.map(lambda one: f"{reference} = '{one}'")


@st.composite
def conditions(draw, names: list[str]) -> str:
    """Up to three atoms, some denied, under "and" and "or"."""
    text = ""
    for number in range(draw(st.integers(1, 3))):
        one = draw(atom(draw(st.sampled_from(names))))
        text += draw(st.sampled_from([" and ", " or "])) if number else ""
        text += draw(st.sampled_from([one, f"not({one})"]))
    return text


@st.composite
def surveys(draw, joint: bool = False, most: int = 5) -> list[dict]:
    """Up to ``most`` questions, some in groups or grids, with conditions on what comes before."""
    survey: list[dict] = []
    names: list[str] = []
    for number in range(draw(st.integers(1, most))):
        name = f"{draw(st.sampled_from(sorted(KINDS)))}_{number}"
        relevants = conditions(names) if names else st.nothing()
        if joint and len(names) > 1:
            relevants |= st.permutations(names).map(lambda two: f"${{{two[0]}}} != ${{{two[1]}}}")
        question = {"name": name, **KINDS[kind_of(name)]}
        put(survey, question, draw(st.none() | relevants), draw(st.sampled_from(["alone", "inside", "group", "grid"])))
        names.append(name)
    return survey


def put(survey: list[dict], question: dict, relevant: str | None, where: str) -> None:
    """Adds a question alone, inside the group before it if there is one, or in a new group that bears the condition."""
    if where in ("group", "grid"):
        appearance = "table-list" if where == "grid" else None
        group = {"type": "group", "name": f"in_{question['name']}", "children": [question], "appearance": appearance}
        survey.append(group | {"relevant": relevant})
    elif where == "inside" and survey and survey[-1]["type"] == "group":
        survey[-1]["children"].append(question | {"relevant": relevant})
    else:
        survey.append(question | {"relevant": relevant})


def replies(name: str) -> list[Answer]:
    values = VALUES.get(kind_of(name), ["yes", "no"])
    return [Answer(value) for value in values] + [Answer(missing="refused")]


def interview(flow, choose) -> list[dict[str, Answer]]:
    """The answers after each reply until nothing is open; ``choose`` picks among a question's replies."""
    stages: list[dict[str, Answer]] = [{}]
    while (name := flow.open(stages[-1])) is not None:
        assert name in flow.reached(stages[-1]) and name not in stages[-1]
        assert len(stages) <= len(flow.questions) + 1, "an interview that does not end"
        stages.append(stages[-1] | {name: choose(replies(name))})
    return stages


def longest_by_trying_everything(flow, answers: dict[str, Answer]) -> int:
    name = flow.open(answers)
    if name is None:
        return 0
    return 1 + max(longest_by_trying_everything(flow, answers | {name: reply}) for reply in replies(name))


@settings(max_examples=60, deadline=None)
@given(surveys(joint=True, most=9), st.sampled_from([2, 8, 10_000]), st.data())
def test_an_interview_ends_and_its_progress_only_grows(flow_of, survey, largest_table, data):
    flow = flow_of(json.dumps(survey), CHOICES)
    stages = interview(flow, lambda some: data.draw(st.sampled_from(some)))
    with patch.object(elimination, "LARGEST_TABLE", largest_table):
        steps = [flow.progress(answers) for answers in stages]
    assert [step.answered for step in steps] == list(range(len(stages)))
    assert all(after.remaining < before.remaining for before, after in pairwise(steps))
    assert all(after.ratio > before.ratio for before, after in pairwise(steps))
    assert steps[0].remaining == flow.longest().answers
    assert (steps[-1].remaining, steps[-1].ratio) == (0, 1.0)
    assert set(stages[-1]) <= flow.reachable()


@settings(max_examples=60, deadline=None)
@given(surveys(most=4), st.data())
def test_the_longest_path_is_the_one_found_by_trying_everything(flow_of, survey, data):
    flow = flow_of(json.dumps(survey), CHOICES)
    stages = interview(flow, lambda some: data.draw(st.sampled_from(some)))
    forgotten = data.draw(st.none() | st.sampled_from(list(flow.questions)[1:]))
    answers = {name: answer for name, answer in data.draw(st.sampled_from(stages)).items() if name != forgotten}
    assert flow.progress(answers).remaining == longest_by_trying_everything(flow, answers)


@settings(max_examples=60, deadline=None)
@given(surveys(joint=True, most=6), st.data())
def test_a_changed_answer_gives_back_the_old_path_when_it_is_changed_back(flow_of, survey, data):
    flow = flow_of(json.dumps(survey), CHOICES)
    before = interview(flow, lambda some: data.draw(st.sampled_from(some)))[-1]
    name = data.draw(st.sampled_from(flow.reached(before)))
    changed = before | {name: data.draw(st.sampled_from(replies(name)))}
    remaining = flow.progress(changed).remaining
    while (open_name := flow.open(changed)) is not None:
        assert flow.progress(changed).remaining <= remaining
        changed = changed | {open_name: data.draw(st.sampled_from(replies(open_name)))}
        remaining = flow.progress(changed).remaining
    restored = changed | {name: before[name]}
    assert flow.reached(restored) == flow.reached(before)
    assert flow.open(restored) is None


@settings(max_examples=30, deadline=None)
@given(surveys(most=7), st.data())
def test_going_back_retraces_the_path(flow_of, survey, data):
    flow = flow_of(json.dumps(survey), CHOICES)
    answers = interview(flow, lambda some: data.draw(st.sampled_from(some)))[-1]
    reached = flow.reached(answers)
    retraced, name = [], reached[-1]
    while name is not None:
        retraced.append(name)
        name = flow.before(answers, name)
    assert retraced == reached[::-1]


@settings(max_examples=30, deadline=None)
@given(surveys(most=7), st.data())
def test_screens_of_a_walk_never_exceed_the_longest(flow_of, survey, data):
    flow = flow_of(json.dumps(survey), CHOICES)
    reached = flow.reached(interview(flow, lambda some: data.draw(st.sampled_from(some)))[-1])
    screens = {flow.grids[name].name if name in flow.grids else name for name in reached}
    assert len(screens) <= flow.longest().screens <= flow.longest().answers + len(survey)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_values_tried_here_are_valid(flow_of, kind):
    flow = flow_of(json.dumps([{"name": "q", **KINDS[kind]}]), CHOICES)
    for value in VALUES[kind]:
        try:
            validate(flow, "q", value, None, {})
        except Rejected as refusal:
            pytest.fail(f"{value}: {refusal}")
