"""The action server: rasa-sdk's executor behind a secret, a size limit and silent errors.

The SDK's own server has no authentication, echoes exceptions and inflates compressed bodies without a limit.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

import structlog
from rasa_sdk.executor import ActionExecutor
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from actions.client import Api
from actions.consultation import actions

SECRET_HEADER = "X-Portevoix-Secret"
MOST_BYTES = 1024 * 1024

log = structlog.get_logger()


class Refused(Exception):
    """A call that is not run, and why."""

    def __init__(self, status: HTTPStatus, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


def create_app(api: Api, secret: str) -> Starlette:
    """`POST /webhook` for Rasa and `GET /ready`. The API's client is closed with the application."""
    executor = ActionExecutor()
    for action in actions(api):
        executor.register_action(action)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await api.close()

    async def webhook(request: Request) -> JSONResponse:
        try:
            _authenticate(request, secret)
            return await _run(executor, await _call(request))
        except Refused as refused:
            return JSONResponse({"error": refused.code}, refused.status)

    routes = [Route("/webhook", webhook, methods=["POST"]), Route("/ready", _ready)]
    return Starlette(routes=routes, lifespan=lifespan)


async def _ready(_: Request) -> JSONResponse:
    return JSONResponse({"code": "ready"})


def _authenticate(request: Request, secret: str) -> None:
    given = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode(), secret.encode()):
        raise Refused(HTTPStatus.FORBIDDEN, "bad-secret")


async def _call(request: Request) -> dict[str, Any]:
    try:
        call = json.loads(await _body(request))
    except (ValueError, RecursionError) as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "malformed") from error
    if not isinstance(call, dict) or not isinstance(call.get("next_action"), str):
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "malformed")
    return call


async def _body(request: Request) -> bytes:
    """The body, read no further than the limit; a compressed one is not read at all."""
    if "content-encoding" in request.headers:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "encoded")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large")
    return bytes(body)


async def _run(executor: ActionExecutor, call: dict[str, Any]) -> JSONResponse:
    try:
        result = await executor.run(call)
        return JSONResponse(result.model_dump())
    except Exception as error:  # an action's exception may quote a person: neither echoed nor logged
        log.error("action.failed", action=call["next_action"], error=type(error).__name__)
        raise Refused(HTTPStatus.INTERNAL_SERVER_ERROR, "action-failed") from error
