"""The gateway to the assistant: one call a turn, over HTTP, never with a database connection in hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import aiohttp

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
        self._settings = settings
        self.is_away = False

    @cached_property
    def _http(self) -> aiohttp.ClientSession:
        """One session for the process, made in its event loop."""
        connections = aiohttp.TCPConnector(limit=self._settings.bot_concurrency + 4, keepalive_timeout=30)
        return aiohttp.ClientSession(connector=connections, raise_for_status=False)

    async def close(self) -> None:
        await self._http.close()

    async def say(self, job: Job) -> list[dict[str, Any]]:
        """What the bot says to a turn, at least one line. Raises ``BotAway`` or ``TurnFailed``."""
        try:
            status, reply = await self._post(job.turn)
            if status == 409:
                status, reply = await self._post({**job.turn, "definition": lexicon(job.flow)})
        except TimeoutError as error:
            raise BotAway from error
        except aiohttp.ClientError as error:
            self.is_away = True
            raise BotAway from error
        if status == 200:
            return reply["messages"]
        if status == 503 or not await self._is_way_back_open():
            self.is_away = True
            raise BotAway
        raise TurnFailed

    async def _post(self, turn: Mapping[str, Any]) -> tuple[int, Any]:
        """Sends a turn, twice if the kept connection turns out to be closed: a turn has its effect once."""
        try:
            return await self._send(turn)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            return await self._send(turn)

    async def _send(self, turn: Mapping[str, Any]) -> tuple[int, Any]:
        secret = {"X-Portevoix-Secret": self._settings.bot_secret.get_secret_value()}
        patience = aiohttp.ClientTimeout(total=self._settings.bot_timeout)
        url = self._settings.bot_url + TURN
        async with self._http.post(url, json=turn, headers=secret, timeout=patience) as reply:
            return reply.status, await reply.json() if reply.status == 200 else None

    async def look(self) -> bool:
        """Whether the bot and its actions are there."""
        ready = await self._is_ready(self._settings.bot_url + READY) and await self._is_way_back_open()
        self.is_away = not ready
        return ready

    async def _is_way_back_open(self) -> bool:
        """Whether the actions are there, and can reach an API: not ours when it is being stopped."""
        actions, api = self._settings.actions_url + "/ready", self._settings.api_url + "/alive"
        return await self._is_ready(actions) and await self._is_ready(api)

    async def _is_ready(self, url: str) -> bool:
        try:
            async with self._http.get(url, timeout=aiohttp.ClientTimeout(total=PATIENCE)) as reply:
                return reply.status == 200
        except (TimeoutError, aiohttp.ClientError):
            return False
