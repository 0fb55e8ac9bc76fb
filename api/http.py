"""What every route shares: strict JSON in, JSON out, a limit by address, and how problems are described."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api.auth import is_actions
from api.house import House, address, house
from api.problems import Problem

LARGEST_BODY = 16 * 1024
"""Bytes of a request's body."""


class ProblemBody(BaseModel):
    """RFC 9457, with ``code``."""

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None


PROBLEMS: dict[int | str, dict[str, Any]] = {"4XX": {"model": ProblemBody}, "503": {"model": ProblemBody}}


class StrictRequest(Request):
    """A request whose JSON is UTF-8, finite, and made of characters that every database keeps."""

    async def body(self) -> bytes:
        """The whole body; raises ``Problem`` too-large as soon as it is known to be."""
        if not hasattr(self, "_body"):
            read = bytearray()
            async for chunk in self.stream():
                read += chunk
                if len(read) > LARGEST_BODY:
                    raise Problem("too-large")
            self._body = bytes(read)
        return self._body

    async def json(self) -> Any:
        body = await self.body()
        try:
            content = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise Problem("malformed") from error
        if not _is_storable(content):
            raise Problem("invalid")
        return content


class StrictRoute(APIRoute):
    """A route that reads its body as ``StrictRequest``."""

    def get_route_handler(self) -> Callable[[Request], Any]:
        handle = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strictly


def _no_constant(name: str) -> float:
    raise Problem("invalid")


def _is_storable(content: Any) -> bool:
    if isinstance(content, str):
        return is_storable_text(content)
    if isinstance(content, float):
        return math.isfinite(content)
    if isinstance(content, int):
        return abs(content) < 2**63
    if isinstance(content, dict):
        return all(map(_is_storable, content)) and all(map(_is_storable, content.values()))
    return all(map(_is_storable, content)) if isinstance(content, list) else True


def is_storable_text(text: str) -> bool:
    """No NUL (PostgreSQL refuses it) and no lone surrogate (UTF-8 has none)."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


async def polite(request: Request, here: Annotated[House, Depends(house)]) -> None:
    """Counts a request against its address; the actions have none of their own."""
    if not is_actions(request, here.settings.actions_key.get_secret_value()):
        here.throttle.hit(here.settings.limit_address, "address", address(request))


def reply(body: Any, status: int = 200) -> Response:
    """A body that was made, or stored, as JSON text already, or one to make."""
    content = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(content, status, media_type="application/json")
