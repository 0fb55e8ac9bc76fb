"""What the assistant says, from domain.yml, filled with the values the API gave."""

from __future__ import annotations

import random
from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


class Utterances(TemplatedNaturalLanguageGenerator):
    """Picks a variation of an utterance and fills its placeholders from `values`.

    Rasa's own generator says a sentence with its placeholders still in it when a value is missing, and when a value
    happens to hold `0[`. Here a missing value or utterance raises, so that the turn fails instead.
    """

    def __init__(self, endpoint_config: Any = None, domain: Domain | None = None) -> None:
        super().__init__(domain.responses if domain else {})

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """`{"text": ...}`. Raises KeyError for an unknown utterance or a missing value."""
        variation = random.choice(self.responses[utter_action])
        return {"text": variation["text"].format_map(kwargs.get("values", {}))}
