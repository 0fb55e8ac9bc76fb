"""The peer's custom actions, in the manner of Rasa's documentation: a form's validation, and the row it ends in."""

import os
import re
import sqlite3
from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher

SLOTS = (
    "role", "discipline", "region", "years", "people", "frequency",
    "tools", "trade", "effect", "level", "learning", "wish",
)  # fmt: skip
Validator = Callable[[Any, Any, CollectingDispatcher, Tracker, dict], dict[str, Any]]


def kept(slot: str, value: Any, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """The slot with its value; None makes the form ask again."""
    if value is None:
        dispatcher.utter_message(response="utter_invalid")
    return {slot: value}


def one_of(slot: str, *choices: str) -> Validator:
    """Validate a slot whose text names exactly one of the choices."""

    def validate(self: Any, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> dict:
        named = [choice for choice in choices if choice in str(value).lower()]
        return kept(slot, named[0] if len(named) == 1 else None, dispatcher)

    return validate


def number(slot: str, low: int, high: int) -> Validator:
    """Validate a slot whose text holds a whole number within bounds."""

    def validate(self: Any, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> dict:
        digits = re.search(r"\d+", str(value))
        inside = digits is not None and low <= int(digits.group()) <= high
        return kept(slot, float(digits.group()) if digits and inside else None, dispatcher)

    return validate


class ValidateSurveyForm(FormValidationAction):
    """Turns what was typed into a choice or a number, or asks again. Texts are taken as they come."""

    validate_role = one_of("role", "artist", "manager", "presenter", "producer", "cultural worker")
    validate_discipline = one_of("discipline", "visual arts", "music", "theatre", "dance", "literature", "audiovisual")
    validate_region = one_of("region", "montréal", "laval", "estrie", "outaouais", "saguenay")
    validate_years = number("years", 0, 80)
    validate_people = number("people", 0, 10_000)
    validate_frequency = one_of("frequency", "never", "every month", "every week", "every day")
    validate_trade = one_of("trade", "not at all", "a little", "completely")
    validate_level = number("level", 1, 5)
    validate_learning = one_of("learning", "workshop", "mentor", "online", "on the job")

    def name(self) -> str:
        return "validate_survey_form"


class ActionSubmitSurvey(Action):
    """Writes the row."""

    def name(self) -> str:
        return "action_submit_survey"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[dict[str, Any]]:
        columns, marks = ", ".join(("sender", *SLOTS)), ", ".join("?" * (len(SLOTS) + 1))
        connection = sqlite3.connect(os.environ["PEER_ANSWERS_DB"])
        with connection:
            connection.execute(f"CREATE TABLE IF NOT EXISTS survey ({columns})")
            row = [tracker.sender_id, *map(tracker.get_slot, SLOTS)]
            connection.execute(f"INSERT INTO survey ({columns}) VALUES ({marks})", row)
        connection.close()
        return []
