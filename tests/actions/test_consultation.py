import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.consultation import MOVES, RECORDED, actions

READING = {
    "value": "laval", "other": None, "missing": None, "span": None, "method": "button", "confidence": 1.0,
    "language": "fr", "switch": None, "target": None,
}  # fmt: skip
EFFECT = {"message_id": 7, "fence": 3, "language": "fr", "switch": None}


class Heard:
    """An API that remembers what it was asked."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    async def record(self, *call: Any) -> list[dict[str, Any]]:
        self.calls.append(("record", *call))
        return [{"utter": "help", "kind": "reply"}]

    async def move(self, *call: Any) -> list[dict[str, Any]]:
        self.calls.append(("move", *call))
        return [{"utter": "help", "kind": "reply"}]


def run(intent: str, question: str | None = "region", **reading: Any) -> tuple[tuple[Any, ...], list[dict[str, Any]]]:
    """The one call that an intent makes, and what is said after it."""
    heard, dispatcher = Heard(), CollectingDispatcher()
    action = {action.name(): action for action in actions(heard)}[f"action_{intent}"]
    metadata = {"interview": "i", "message": 7, "fence": 3, "text": None, "question": question}
    said = {"metadata": metadata, "reading": {**READING, **reading}}
    tracker = Tracker.from_dict({"sender_id": "i.7.3", "latest_message": said})
    assert asyncio.run(action.run(dispatcher, tracker, {})) == []
    (call,) = heard.calls
    return call, dispatcher.messages


def test_an_answer_is_recorded_with_its_evidence():
    call, said = run("answer")
    evidence = {"text": None, "method": "button", "confidence": 1.0, "span": None}
    assert call == ("record", "i", "region", {**EFFECT, **evidence, "value": "laval", "other": None})
    assert [message["response"] for message in said] == ["utter_help_fr", "utter_help_en"]


@pytest.mark.parametrize("intent, missing", [("skip", "skipped"), ("dont_know", "dont_know"), ("refuse", "refused")])
def test_the_kinds_of_nothing_are_kept_apart(intent, missing):
    call, _ = run(intent, value=None, missing=missing)
    assert call[3]["missing"] == missing
    assert "value" not in call[3]


@pytest.mark.parametrize("intent", RECORDED)
def test_without_an_open_question_nothing_is_recorded(intent):
    call, _ = run(intent, question=None)
    assert call[:2] == ("move", "i")
    assert call[2]["move"] == intent


@pytest.mark.parametrize("intent", MOVES)
def test_every_other_intent_is_a_move_with_its_reading(intent):
    call, _ = run(intent, target="en")
    assert call == ("move", "i", {**EFFECT, "move": intent, "reading": {**READING, "target": "en"}, "to": "en"})
