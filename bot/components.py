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
from bot.meaning import Understood
from bot.understanding import understand, understand_alone

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


def read(turn: dict[str, Any], guess: tuple[str | None, float]) -> dict[str, Any]:
    """The intent and the `reading` of a turn, given the classifier's guess."""
    return _parsed(understand(turn, known.get(turn["questionnaire"]), guess))


def read_alone(turn: dict[str, Any]) -> dict[str, Any] | None:
    """The intent and the `reading` of a turn that no guess could change, and so needs none of the pipeline."""
    understood = understand_alone(turn, known.get(turn["questionnaire"]))
    return _parsed(understood) if understood else None


def _parsed(understood: Understood) -> dict[str, Any]:
    return {INTENT: {"name": understood.intent, "confidence": understood.confidence}, READING: understood.reading}
