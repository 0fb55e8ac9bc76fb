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
        understood = understand(turn, known.get(turn["questionnaire"]), _guess(message, turn))
        intent = {"name": understood.intent, "confidence": understood.confidence}
        message.set(INTENT, intent, add_to_output=True)
        message.set(READING, understood.reading, add_to_output=True)


def _guess(message: Message, turn: dict[str, Any]) -> tuple[str, float] | None:
    """The classifier's intent and its confidence; None for a press, which needs no guessing."""
    intent = message.get(INTENT) or {}
    if turn["text"] is None or not intent.get("name"):
        return None
    return intent["name"], float(intent["confidence"])
