"""The API, as the actions call it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import httpx

KEY_HEADER = "X-Portevoix-Key"
SECONDS = 4.0  # under Rasa's five for an action, itself under the API's eight for a turn
ATTEMPTS = 2


class ApiFailed(Exception):
    """The API did not answer, or refused. Carries the status (0 when there was no answer), never the body."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Api:
    """Two calls, each idempotent per message: sent again after a lost connection, it returns what it returned."""

    def __init__(self, url: str, key: str) -> None:
        self._http = httpx.AsyncClient(base_url=url, headers={KEY_HEADER: key}, timeout=SECONDS)

    async def record(self, interview: str, question: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        """Write an answer; the items to say. Raises ApiFailed."""
        return await self._say("PUT", f"/api/v1/interviews/{_part(interview)}/answers/{_part(question)}", body)

    async def move(self, interview: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        """Make a move; the items to say. Raises ApiFailed."""
        return await self._say("POST", f"/internal/interviews/{_part(interview)}/moves", body)

    async def close(self) -> None:
        await self._http.aclose()

    async def _say(self, method: str, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        response = await self._send(method, path, body)
        if response.status_code != httpx.codes.OK:
            raise ApiFailed(response.status_code)
        return response.json()["say"]

    async def _send(self, method: str, path: str, body: dict[str, Any]) -> httpx.Response:
        for _ in range(ATTEMPTS):
            try:
                return await self._http.request(method, path, json=body)
            except (httpx.NetworkError, httpx.RemoteProtocolError):  # a kept-alive connection the API had closed
                continue
            except httpx.TimeoutException as error:
                raise ApiFailed(0) from error
        raise ApiFailed(0)


def _part(name: str) -> str:
    return quote(name, safe="")
