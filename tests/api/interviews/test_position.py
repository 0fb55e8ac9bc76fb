"""Where an interview stands follows from its log, read whole or from where it was left."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from api.interviews.moves import step
from api.interviews.position import Event
from api.interviews.stand import Said, Stand
from api.questionnaire.flow import Flow
from tests.api.conftest import questionnaire

FLOW = Flow(questionnaire())
ANSWERS = {"participate": "yes", "link": "creation", "tools": ["text"], "works": 3, "words": "Des mots"}

said = st.one_of(
    st.builds(lambda value: Said("answer", value=value), st.sampled_from(["distribution", ["none"], 501, None, 7])),
    st.just(Said("right")),
    st.builds(
        Said,
        st.sampled_from(
            [
                "skip",
                "dont_know",
                "refuse",
                "go_back",
                "pause",
                "resume",
                "unreadable",
                "repeat",
                "withdraw",
                "deny",
                "greet",
                "how_long",
                "explain",
                "privacy",
                "late",
            ]
        ),
    ),
    st.builds(lambda name: Said("change", to=name), st.sampled_from([*ANSWERS, None, "nowhere"])),
    st.builds(lambda to: Said("switch_language", to=to), st.sampled_from(["fr", "en", None])),
    st.builds(lambda to: Said("choose", to=to), st.sampled_from(["1", "2", "none", "9", "x", None])),
    st.just(Said("unclear", reading={"candidates": [{"value": "creation"}, {"value": "distribution"}]})),
)


def begun() -> Stand:
    return Stand.of(FLOW, [Event("interview.start", {"language": "fr"})], {})


def put(stand: Stand, something: Said) -> Said:
    """What is said, to the open question; ``right`` is an answer that fits it."""
    name = stand.position.open
    if something.move == "right":
        return Said("answer", name, ANSWERS[name])
    return replace(something, question=name)


@given(st.lists(said, max_size=40))
def test_a_log_read_in_parts_tells_what_it_tells_read_whole(conversation):
    stand, events, answers = begun(), [Event("interview.start", {"language": "fr"})], {}
    for something in conversation:
        if stand.position.open is None:
            break
        outcome = step(stand, put(stand, something))
        events += outcome.events
        if outcome.record:
            answers[outcome.record.question, outcome.record.revision] = outcome.record.answer
        stand = stand.after(outcome)
        assert stand == Stand.of(FLOW, events, answers)


@given(st.lists(said, max_size=40))
def test_every_turn_is_answered_and_asks_nothing_that_is_not_open(conversation):
    stand = begun()
    for something in conversation:
        if stand.position.open is None:
            break
        outcome = step(stand, put(stand, something))
        stand = stand.after(outcome)
        asked = [line["question"] for line in outcome.lines if line["kind"] == "question"]
        assert outcome.lines and asked in ([], [stand.position.open])


@given(st.lists(said, max_size=30))
def test_right_answers_always_finish_an_interview_whatever_was_said_before(conversation):
    stand = begun()
    for something in [*conversation, *[Said("right")] * 30]:
        if stand.position.open is None:
            break
        stand = stand.after(step(stand, put(stand, something)))
    assert stand.position.status in ("completed", "declined")


def test_a_question_that_was_gone_back_to_is_reopened_again_when_its_path_comes_back():
    stand = begun()
    for _ in range(4):
        stand = stand.after(step(stand, put(stand, Said("right"))))
    stand = stand.after(step(stand, Said("change", "words", to="works")))
    assert (stand.position.open, stand.position.reopened) == ("works", "works")
