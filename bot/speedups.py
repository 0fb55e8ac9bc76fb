"""What Rasa 3.6.21 does twice, done once. Each change is tested against that version and refuses any other."""

from __future__ import annotations

from typing import Any

import aiohttp
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

TESTED_VERSION = "3.6.21"
ACTION_SECONDS = 5

_predict = MessageProcessor._predict_next_with_tracker


class OtherVersion(RuntimeError):
    """These changes reach into Rasa and are only known to be right for the tested version."""


class BadActionResult(ValueError):
    """The action server answered something else than events and responses."""


class ActionServer(EndpointConfig):
    """The action endpoint on one kept-alive session, with a timeout shorter than a turn.

    Rasa opens a session and a connection for every call and waits 300 seconds, whatever the configuration says.
    """

    _session: aiohttp.ClientSession | None = None

    async def request(self, method: str = "post", subpath: str | None = None, **call: Any) -> Any:
        """The decoded answer. Raises ClientResponseError from 400 up, aiohttp.ClientError when there is none."""
        session = self._session = self._session or self._open()
        async with session.request(method, self.url, json=call["json"]) as response:
            if response.status >= 400:
                raise ClientResponseError(response.status, response.reason, await response.text())
            return await response.json()

    def _open(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(headers=self.headers, timeout=aiohttp.ClientTimeout(total=ACTION_SECONDS))

    async def close(self) -> None:
        """Close the kept connections."""
        if self._session:
            await self._session.close()


def call_format(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """What our actions read of a turn: its message. Rasa would serialise the domain and every event, each call.

    The SDK asks for a domain to be present, not for what is in it.
    """
    message = tracker.latest_message
    return {
        "next_action": self.name(),
        "sender_id": tracker.sender_id,
        "tracker": {
            "sender_id": tracker.sender_id,
            "latest_message": {**message.parse_data, "metadata": message.metadata},
        },
        "domain": {},
        "version": rasa.__version__,
    }


def validate_result(self: RemoteAction, result: Any) -> bool:
    """Check the shape of an action's result. Rasa checks the JSON Schema itself, then the result against it, each call.

    Raises BadActionResult, which unlike jsonschema's error does not quote what a person said.
    """
    events, responses = (result.get("events"), result.get("responses")) if isinstance(result, dict) else (None, None)
    if events != [] or not isinstance(responses, list) or not all(isinstance(said, dict) for said in responses):
        raise BadActionResult
    return True


def predict_once(self: MessageProcessor, tracker: DialogueStateTracker) -> PolicyPrediction:
    """The next action. Rules alone on a fresh tracker: it follows from the intent and the action before, always."""
    predictions = self.__dict__.setdefault("_predictions", {})
    before = tracker.latest_action_name, tracker.latest_message.intent.get("name")
    if before not in predictions:
        predictions[before] = _predict(self, tracker)
    return predictions[before]


def apply() -> None:
    """Change Rasa in this process. Raises OtherVersion when it is not the version these were tested against."""
    if rasa.__version__ != TESTED_VERSION:
        raise OtherVersion(rasa.__version__)
    RemoteAction._action_call_format = call_format
    RemoteAction._validate_action_result = validate_result
    MessageProcessor._predict_next_with_tracker = predict_once
