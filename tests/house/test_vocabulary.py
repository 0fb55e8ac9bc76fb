"""One thing has one name, from the assistant's intents to the API's moves and back to the assistant's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
import yaml

from actions.consultation import MOVES as CARRIED
from actions.consultation import RECORDED
from api.interviews.moves import MOVES, Said, Stand, step
from api.interviews.position import Event
from api.questionnaire.definition import Questionnaire
from api.questionnaire.flow import Answer, Flow
from tests.house.repository import LANGUAGES, read
from tests.house.test_parity import placeholders, utterances

DOMAIN = yaml.safe_load(read("domain.yml"))
RULES = yaml.safe_load(read("data/rules.yml"))["rules"]
QUESTIONNAIRE = """
consultation: {slug: s, title: {fr: T, en: T}, languages: [fr, en]}
choices:
  ab:
    - {name: a, label: {fr: Un, en: One}}
    - {name: b, label: {fr: Deux, en: Two}, other: true}
survey:
  - {type: select_one, name: one, choices: ab, label: {fr: Q, en: Q}, why: {fr: P, en: W}}
  - {type: select_multiple, name: several, choices: ab, required: true, label: {fr: Q, en: Q}}
  - {type: rank, name: order, choices: ab, label: {fr: Q, en: Q}}
  - {type: range, name: scale, start: 1, end: 5, label: {fr: Q, en: Q}}
  - {type: integer, name: count, label: {fr: Q, en: Q}, constraint: . < 9}
  - {type: decimal, name: amount, label: {fr: Q, en: Q}}
  - {type: date, name: day, label: {fr: Q, en: Q}}
  - {type: text, name: words, label: {fr: Q, en: Q}}
"""
ANSWERS = {"participate": "yes", "one": "a", "several": ["a"], "order": ["a", "b"], "scale": 3, "count": 2}
CANDIDATES = [{"value": "a", "other": None}, {"value": "b", "other": "conte"}]


def test_every_intent_has_one_rule():
    assert sorted(DOMAIN["intents"]) == sorted(rule["steps"][0]["intent"] for rule in RULES)


def test_every_rule_runs_the_action_of_its_intent():
    for rule in RULES:
        assert rule["steps"] == [{"intent": rule["rule"]}, {"action": f"action_{rule['rule']}"}]


def test_the_actions_carry_every_intent():
    assert sorted([*RECORDED, *CARRIED]) == sorted(DOMAIN["intents"])
    assert sorted(DOMAIN["actions"]) == sorted(f"action_{intent}" for intent in DOMAIN["intents"])


def test_the_api_has_a_move_for_every_intent():
    assert sorted(MOVES) == sorted(DOMAIN["intents"])


def stands() -> Iterator[Stand]:
    """An interview at each of its questions, at each end, paused, gone back, asked again, with each offer."""
    flow = Flow(Questionnaire.model_validate(yaml.safe_load(QUESTIONNAIRE)))
    begun = Stand.of(flow, [Event("interview.start", {"language": "fr"})], {})
    yield begun
    yield _answered(begun, "participate", Answer("no"))
    for name in list(flow.questions):
        begun = _answered(begun, name, Answer(ANSWERS[name]) if name in ANSWERS else Answer(missing="refused"))
        yield begun
        for event in (
            Event("interview.pause"),
            Event("attempt.fail"),
            Event("offer.make", {"kind": "withdraw"}),
            Event(
                "offer.make", {"kind": "reading", "question": begun.position.open, "candidates": CANDIDATES, "seq": 1}
            ),
            Event("move.goto", {"question": "one"}),
        ):
            yield begun.grown([event], {})


def _answered(stand: Stand, question: str, answer: Answer) -> Stand:
    recorded = Event("answer.record", {"question": question, "revision": 1})
    return stand.grown([recorded], {(question, 1): answer})


def messages(stand: Stand, move: str) -> Iterator[Said]:
    """Everything that one move may bring to the open question, or to one that no longer is."""
    said = Said(move, question="one", method="parser", switch="en", seq=3, text="¤")
    yield said
    if stand.position.open is None:
        return
    said = replace(said, question=stand.position.open)
    yield replace(said, method="button")
    yield replace(said, reading={"candidates": CANDIDATES})
    yield from (replace(said, value=value) for value in ("a", 7, 99))
    yield from (replace(said, to=to) for to in ("1", "none", "en", "one", "nothing"))


@pytest.fixture(scope="module")
def lines() -> dict[str, set[frozenset[str]]]:
    """All that any move says: the names of the values given with each utterance."""
    said: dict[str, set[frozenset[str]]] = {}
    for stand, move in product(stands(), MOVES):
        for message in messages(stand, move):
            for line in step(stand, message).lines:
                if "utter" in line:
                    said.setdefault(line["utter"], set()).add(frozenset(line["values"]))
    return said


def test_what_the_api_says_has_its_words(lines):
    assert {name for name in lines if f"utter_{name}" not in utterances("fr")} == set()


def test_what_the_words_leave_open_is_given(lines):
    for name, given in lines.items():
        needed = placeholders(*(text for language in LANGUAGES for text in utterances(language)[f"utter_{name}"]))
        assert all(needed <= values for values in given), name


def test_no_words_are_kept_that_nothing_says(lines):
    by_the_transcript = {"utter_struck", "utter_nothing_to_strike"}  # there is, or is not, a message to strike
    assert utterances("fr").keys() - {f"utter_{name}" for name in lines} - by_the_transcript == set()
