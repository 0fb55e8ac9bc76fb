"""The API process: ``uvicorn api.main:create_app --factory``."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import logs, pages
from api.consultations import routes as consultations
from api.house import House
from api.interviews import queries, routes
from api.interviews.service import digest
from api.problems import Problem, respond
from api.settings import Settings, settings

log = structlog.get_logger()
HTTP = {404: "not-found", 405: "wrong-method", 400: "malformed"}
DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_app(given: Settings | None = None) -> FastAPI:
    """The application; raises ``NotDurable`` if the database may lose what it acknowledged."""
    chosen = given or settings()
    logs.configure(chosen.log_level)
    app = FastAPI(
        title="Porte-voix",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        strict_content_type=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.house = House.build(chosen)
    app.state.house.database.check_durable()
    app.include_router(routes.router)
    app.include_router(routes.internal)
    app.include_router(consultations.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=pages.WEB), name="static")
    app.add_api_route("/health", _health, include_in_schema=False)
    app.add_api_route("/alive", _alive, include_in_schema=False)
    app.add_middleware(Headers)
    _handle_errors(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    here: House = app.state.house
    here.turns.begin()
    gc.freeze()  # what start-up made stays: no need to look through it again at each collection
    log.info("api.ready", url=here.settings.public_url)
    yield
    await here.turns.end()
    await here.bot.close()
    here.database.engine.dispose()


async def _alive() -> Response:
    """Whether this process takes requests."""
    return Response(status_code=200)


async def _health(request: Request) -> JSONResponse:
    """Whether a person can be answered: the database, the bot and the actions."""
    here: House = request.app.state.house
    ready = await here.bot.look()
    return JSONResponse({"api": True, "bot": ready}, 200 if ready else 503)


class Headers:
    """Adds the headers that every response has; plain ASGI, as it is on every turn's path."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", "no-cache" if scope["path"].startswith("/static/") else "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _handle_errors(app: FastAPI) -> None:
    async def problem(request: Request, error: HTTPException) -> Response:
        await _find_language(request)
        return respond(request, error if isinstance(error, Problem) else Problem(HTTP.get(error.status_code, "failed")))

    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return await problem(request, Problem(_kind(error)))

    async def away(request: Request, error: Exception) -> Response:
        log.error("database.away", error=type(error).__name__)
        return respond(request, Problem("unavailable", retry_after=5))

    async def failed(request: Request, error: Exception) -> Response:
        log.error("request.failed", error=type(error).__name__, where=logs.where(error))
        return respond(request, Problem("failed"))

    app.add_exception_handler(RequestValidationError, invalid)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, problem)  # type: ignore[arg-type]
    for kind in DATABASE_AWAY:
        app.add_exception_handler(kind, away)
    app.add_exception_handler(Exception, failed)


def _kind(error: RequestValidationError) -> str:
    """Which problem a request is that does not fit: its path names nothing we have, or its body is wrong."""
    for found in error.errors():
        if found["loc"][:1] == ("path",):
            return {"id": "unknown-interview", "question": "unknown-question"}.get(
                str(found["loc"][1]), "unknown-consultation"
            )
    return "malformed" if any(found["type"] == "json_invalid" for found in error.errors()) else "invalid"


async def _find_language(request: Request) -> None:
    """Notes the language of the interview that the request's token opens, for the words of a problem."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    id = request.path_params.get("id")
    if token and id:
        request.state.language = await run_in_threadpool(_language, request.app.state.house, str(id), token)


def _language(here: House, id: str, token: str) -> str | None:
    try:
        with here.database.reading() as session:
            found = queries.token(session, digest(token))
            return queries.language(session, id) if found and found.interview == id else None
    except DATABASE_AWAY:
        return None


def openapi() -> dict[str, Any]:
    """The contract's description, without starting anything."""
    app = FastAPI(title="Porte-voix", version="1")
    app.include_router(routes.router)
    app.include_router(consultations.router)
    return app.openapi()
