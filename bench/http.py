"""A light HTTP client: what it costs is measured with every turn, so it must cost little."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

Json = dict[str, Any]


class Unanswered(Exception):
    """Nobody answered: refused, cut off, or out of time."""


@dataclass(frozen=True)
class Reply:
    """A whole answer."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] | None = None

    def json(self) -> Any:
        """Raises ValueError when it is not."""
        return json.loads(self.body)


class Http:
    """Requests to one server, over connections that stay open. Used as ``async with Http(url) as http``."""

    def __init__(self, url: str, patience: float = 60.0) -> None:
        self.url = url
        self.patience = patience

    async def __aenter__(self) -> Http:
        patience = aiohttp.ClientTimeout(total=self.patience)
        self._session = aiohttp.ClientSession(self.url, timeout=patience, connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def request(self, method: str, path: str, **what: Any) -> Reply:
        """One request (``json``, ``params``, ``headers``), whatever the status of its answer. Raises Unanswered."""
        try:
            async with self._session.request(method, path, **what) as response:
                return Reply(response.status, await response.read(), response.headers)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unanswered(type(error).__name__) from error
