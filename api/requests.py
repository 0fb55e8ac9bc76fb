"""Reading a request: strict JSON, or a problem said in the person's language."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.problems import Problem

LARGEST_BODY = 16 * 1024
"""Bytes of a request's body."""


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
