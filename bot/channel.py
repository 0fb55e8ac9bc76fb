"""The one input channel: a turn comes in with its context, what the assistant says and understood goes out."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint
from sanic.exceptions import PayloadTooLarge
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import log
from bot.components import READING, read_alone
from bot.lexicons import known
from bot.turn import LANGUAGES, Malformed, TooLarge, classifiable, read_turn

SECRET_HEADER = "X-Portevoix-Secret"


class TurnFailed(Exception):
    """The actions said nothing, or not all of what they meant to say."""


class Sayings(OutputChannel):
    """Collects what the actions say: each piece names its item, and an item is complete in both languages."""

    def __init__(self) -> None:
        self._items: dict[int, dict[str, Any]] = {}
        self._expected = 0

    @classmethod
    def name(cls) -> str:
        return "portevoix"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take one piece: a whole item (custom), or one language of an utterance."""
        place = message["place"]
        self._expected = place["of"]
        if message.get("custom"):
            self._items[place["item"]] = message["custom"]
        else:
            item = {"kind": place["kind"], "texts": {}, "actions": place["actions"], "question": None}
            self._items.setdefault(place["item"], item)["texts"][place["language"]] = message["text"]

    def messages(self) -> list[dict[str, Any]]:
        """The items in order, `{"kind", "texts": {fr, en}, "actions", "question"}`. Raises TurnFailed."""
        items = [item for _, item in sorted(self._items.items())]
        whole = all(item["texts"].get(language) for item in items for language in LANGUAGES)
        if not items or len(items) != self._expected or not whole:
            raise TurnFailed
        return items


class PorteVoixInput(InputChannel):
    """`POST turn` and `GET ready`, for the API alone."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    @classmethod
    def name(cls) -> str:
        return "portevoix"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> PorteVoixInput:
        """Raises RasaException when no secret is given."""
        secret = (credentials or {}).get("secret")
        if not secret:
            cls.raise_missing_credentials_exception()
        return cls(secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("portevoix")

        @routes.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            return _coded("ready", HTTPStatus.OK) if _is_ready(request) else _unavailable()

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            if not self._knows(request):
                return _coded("bad-secret", HTTPStatus.FORBIDDEN)
            if not _is_ready(request):
                return _unavailable()
            return await _take(request, on_new_message)

        @routes.exception(PayloadTooLarge)
        async def too_large(request: Request, error: PayloadTooLarge) -> HTTPResponse:
            return _coded("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

        return routes

    def _knows(self, request: Request) -> bool:
        return hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret)


async def _take(request: Request, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> HTTPResponse:
    try:
        turn, definition = read_turn(request.body)
    except TooLarge:
        return _coded("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except Malformed:
        return _coded("malformed", HTTPStatus.BAD_REQUEST)
    if definition:
        known.learn(definition)
    if known.get(turn["questionnaire"]) is None:
        return _coded("unknown-questionnaire", HTTPStatus.CONFLICT)
    return await _answer(request, turn, on_new_message)


async def _answer(
    request: Request, turn: dict[str, Any], on_new_message: Callable[[UserMessage], Awaitable[Any]]
) -> HTTPResponse:
    try:
        return json(await _converse(request.app.ctx.agent.processor, turn, on_new_message))
    except Exception as error:  # whatever went wrong, the API must know that this turn has no answer
        log.failure("turn.failed", error, interview=turn["interview"], message=turn["message"])
        return _coded("turn-failed", HTTPStatus.BAD_GATEWAY)


async def _converse(
    processor: Any, turn: dict[str, Any], on_new_message: Callable[[UserMessage], Awaitable[Any]]
) -> dict[str, Any]:
    """Understand first, so that the reading can be told to the API; then let Rasa's rules act on it."""
    sayings = Sayings()
    message = UserMessage(
        classifiable(turn),
        sayings,
        sender_id="{interview}.{message}.{fence}".format_map(turn),
        input_channel=sayings.name(),
        metadata=turn,
    )
    alone = read_alone(turn)
    if alone is None:
        message.parse_data = await processor.parse_message(message)
    else:
        message.parse_data = {"text": message.text, "entities": [], **alone}
    await on_new_message(message)
    return {"messages": sayings.messages(), "understood": _understood(message.parse_data)}


def _understood(parsed: dict[str, Any]) -> dict[str, Any]:
    reading = parsed[READING]
    return {
        "intent": parsed["intent"]["name"],
        "confidence": parsed["intent"]["confidence"],
        "language": reading["language"],
        "language_p": reading["language_p"],
        "reading": reading,
    }


def _is_ready(request: Request) -> bool:
    agent = getattr(request.app.ctx, "agent", None)
    return agent is not None and agent.is_ready()


def _unavailable() -> HTTPResponse:
    return _coded("not-ready", HTTPStatus.SERVICE_UNAVAILABLE)


def _coded(code: str, status: HTTPStatus) -> HTTPResponse:
    return json({"code": code}, status=status)
