"""What a turn brings to an action, and how an action says what the API answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Turn:
    """One message of a person: where it belongs and what was understood (`reading`, see bot/understanding.py)."""

    interview: str
    message: int
    fence: int
    text: str | None
    question: str | None
    reading: dict[str, Any]

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """Raises KeyError when the message did not come through our channel."""
        said = tracker.latest_message
        names = ("interview", "message", "fence", "text", "question")
        return cls(**{name: said["metadata"][name] for name in names}, reading=said["reading"])

    @property
    def effect(self) -> dict[str, Any]:
        """What the API needs to write the effect of this message exactly once."""
        return {
            "message_id": self.message,
            "fence": self.fence,
            "language": self.reading["language"],
            "switch": self.reading["switch"],
        }

    @property
    def evidence(self) -> dict[str, Any]:
        """What is kept beside an answer: the words, how they were read, how surely, and from where in them."""
        return {"text": self.text, **{name: self.reading[name] for name in ("method", "confidence", "span")}}

    @property
    def answer(self) -> dict[str, Any]:
        """The value, with the words of an "other" choice, or the reason there is none."""
        if self.reading["missing"]:
            return {"missing": self.reading["missing"]}
        return {"value": self.reading["value"], "other": self.reading["other"]}


def say(dispatcher: CollectingDispatcher, items: list[dict[str, Any]]) -> None:
    """Utter the API's items in order; each piece tells the channel which item, out of how many, it belongs to."""
    for position, item in enumerate(items):
        place = {"item": position, "of": len(items)}
        if "utter" in item:
            _utter(dispatcher, item, place)
        else:
            dispatcher.utter_message(json_message={"actions": [], "question": None, **item}, place=place)


def _utter(dispatcher: CollectingDispatcher, item: dict[str, Any], place: dict[str, Any]) -> None:
    for language in LANGUAGES:
        dispatcher.utter_message(
            response=f"utter_{item['utter']}_{language}",
            values={name: _in(language, value) for name, value in item.get("values", {}).items()},
            place={**place, "language": language, "kind": item["kind"], "actions": item.get("actions", [])},
        )


def _in(language: str, value: Any) -> Any:
    return value[language] if isinstance(value, dict) else value
