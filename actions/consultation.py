"""The actions of a consultation: one a kind of message, each one call to the API."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.client import Api
from actions.turn import Turn, say

RECORDED = ("answer", "dont_know", "refuse", "skip")
MOVES = (
    *("unclear", "unreadable", "late", "choose", "confirm", "deny"),
    *("go_back", "change", "repeat", "explain", "help", "how_long"),
    *("pause", "resume", "switch_language", "off_record", "withdraw"),
    *("who_are_you", "privacy", "human", "greet", "thanks", "insult", "out_of_scope"),
)


class Move(Action):
    """A command, a choice among an offer, small talk: the API decides what it does."""

    def __init__(self, intent: str, api: Api) -> None:
        self._intent = intent
        self._api = api

    def name(self) -> str:
        return f"action_{self._intent}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        """Raises ApiFailed: a turn whose effect is not known must fail, and be made again."""
        say(dispatcher, await self._carry(Turn.of(tracker)))
        return []

    async def _carry(self, turn: Turn) -> list[dict[str, Any]]:
        body = {**turn.effect, "move": self._intent, "reading": turn.reading, "to": turn.reading["target"]}
        return await self._api.move(turn.interview, body)


class Record(Move):
    """An answer to the open question, or the reason there is none; without an open question, a move like others."""

    async def _carry(self, turn: Turn) -> list[dict[str, Any]]:
        if turn.question is None:
            return await super()._carry(turn)
        return await self._api.record(turn.interview, turn.question, {**turn.effect, **turn.evidence, **turn.answer})


def actions(api: Api) -> list[Move]:
    """One action an intent, all on the same client."""
    return [*(Record(intent, api) for intent in RECORDED), *(Move(intent, api) for intent in MOVES)]
