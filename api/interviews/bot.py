"""The gateway to the assistant: one call a turn, over HTTP, never with a database connection in hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from api.interviews.exchange import Job
from api.questionnaire.rendering import lexicon
from api.settings import Settings

TURN = "/webhooks/portevoix/turn"
READY = "/webhooks/portevoix/ready"
PATIENCE = 1.0
"""Seconds given to a question about being ready."""


class BotAway(Exception):
    """The bot, or the actions behind it, cannot be reached: the turn is as it was."""


class TurnFailed(Exception):
    """The bot is there and could not handle this turn."""


class Bot:
    """A client of the assistant; ``is_away`` once a call found nobody, until ``look`` finds it again."""

    def __init__(self, settings: Settings):
        secret = {"X-Portevoix-Secret": settings.bot_secret.get_secret_value()}
        limits = httpx.Limits(max_connections=settings.bot_concurrency + 4)
        self._bot = httpx.AsyncClient(
            base_url=settings.bot_url, headers=secret, timeout=settings.bot_timeout, limits=limits, trust_env=False
        )
        self._actions = httpx.AsyncClient(base_url=settings.actions_url, timeout=PATIENCE, trust_env=False)
        self.is_away = False

    async def close(self) -> None:
        await self._bot.aclose()
        await self._actions.aclose()

    async def say(self, job: Job) -> list[dict[str, Any]]:
        """What the bot says to a turn, at least one line. Raises ``BotAway`` or ``TurnFailed``."""
        try:
            reply = await self._post(job.turn)
            if reply.status_code == 409:
                reply = await self._post({**job.turn, "definition": lexicon(job.flow)})
        except httpx.HTTPError as error:
            self.is_away = isinstance(error, httpx.TransportError) and not isinstance(error, httpx.ReadTimeout)
            raise BotAway from error
        if reply.status_code == 200:
            return reply.json()["messages"]
        if reply.status_code == 503 or not await self._are_actions_ready():
            self.is_away = True
            raise BotAway
        raise TurnFailed

    async def _post(self, turn: Mapping[str, Any]) -> httpx.Response:
        """Sends a turn, twice if the kept connection turns out to be closed: a turn has its effect once."""
        try:
            return await self._bot.post(TURN, json=turn)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            return await self._bot.post(TURN, json=turn)

    async def look(self) -> bool:
        """Whether the bot and its actions are there."""
        self.is_away = not (await _is_ready(self._bot, READY) and await self._are_actions_ready())
        return not self.is_away

    async def _are_actions_ready(self) -> bool:
        return await _is_ready(self._actions, "/ready")


async def _is_ready(client: httpx.AsyncClient, path: str) -> bool:
    try:
        return (await client.get(path, timeout=PATIENCE)).status_code == 200
    except httpx.HTTPError:
        return False
