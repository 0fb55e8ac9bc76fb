"""The graph component that puts the understanding of a reply into Rasa's pipeline."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.lexicons import known
from bot.understanding import understand

READING = "reading"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class ReplyReader(GraphComponent):
    """Sets the intent and the `reading` of a message from its metadata, its question and the classifier's guess."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ReplyReader:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message that came with a turn; without one (`rasa shell`) the classifier's intent stands."""
        for message in messages:
            turn = message.get("metadata")
            if turn:
                self._read(message, turn)
        return messages

    @staticmethod
    def _read(message: Message, turn: dict[str, Any]) -> None:
        guess = message.get(INTENT) or {}
        for name, value in read(turn, (guess.get("name"), float(guess.get("confidence", 0.0)))).items():
            message.set(name, value, add_to_output=True)


def read(turn: dict[str, Any], guess: tuple[str | None, float] | None = None) -> dict[str, Any]:
    """The intent and the `reading` of a turn. A press needs no guess, and so none of the pipeline."""
    understood = understand(turn, known.get(turn["questionnaire"]), guess)
    return {INTENT: {"name": understood.intent, "confidence": understood.confidence}, READING: understood.reading}
