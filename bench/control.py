"""The control of ``bench.crash``: an API that acknowledges before its commit, and so must be caught losing.

It speaks just enough of the contract to be answered by the same people, and keeps just enough of the tables to be
audited by the same queries. It commits a moment after it has answered, as a queue or a cache in memory would.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bench.http import Http
from bench.openly import QUESTIONS
from bench.processes import Process
from bench.systems import ROOT, refuse_taken, until

DATABASE = "CONTROL_DATABASE"
LATE = 0.05
"""Seconds between an acknowledgement and its commit."""
SCHEMA = """
    CREATE TABLE IF NOT EXISTS turn (interview, seq, client_id PRIMARY KEY, text, response);
    CREATE TABLE IF NOT EXISTS message (interview, seq, author);
    CREATE TABLE IF NOT EXISTS answer (interview, question, text);
"""


class Control:
    """The one process of the control, started and killed like an installation's."""

    def __init__(self, folder: Path, port: int) -> None:
        database = folder / "control.db"
        self.ports = (port,)
        self.url = f"http://127.0.0.1:{port}"
        self.database_url = f"sqlite:///{database}"
        serve = [sys.executable, "-m", "uvicorn", "bench.control:create_app", "--factory", "--no-access-log"]
        command = [*serve, "--host", "127.0.0.1", "--port", str(port)]
        environment = os.environ | {DATABASE: str(database)}
        self.processes = {"api": Process("api", command, environment, ROOT, folder / "control.log")}

    async def start(self) -> None:
        refuse_taken(self.ports)
        self.processes["api"].start()
        await self.until_ready()

    async def until_ready(self) -> float:
        async with Http(self.url) as http:
            return await until(lambda: http.request("GET", "/"), "control")

    def stop(self) -> None:
        self.processes["api"].stop()


class Careless:
    """Keeps what it acknowledged in a transaction that is committed later."""

    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(path)
        self.connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {SCHEMA}")

    async def commit_late(self) -> None:
        while True:
            await asyncio.sleep(LATE)
            self.connection.commit()

    def keep(self, interview: str, body: dict[str, Any]) -> None:
        """A message and its answer; a client_id seen before changes nothing."""
        row = (interview, self.answered(interview) + 1, body["client_id"], body.get("text"), "")
        if self.connection.execute("INSERT OR IGNORE INTO turn VALUES (?, ?, ?, ?, ?)", row).rowcount:
            self.connection.execute("INSERT INTO message VALUES (?, ?, 'respondent')", row[:2])
            self.connection.execute(
                "INSERT INTO answer VALUES (?, ?, ?)", (interview, body["question"], body.get("text"))
            )

    def answered(self, interview: str) -> int:
        return self.connection.execute("SELECT count(*) FROM answer WHERE interview = ?", (interview,)).fetchone()[0]

    def state(self, interview: str) -> dict[str, Any]:
        asked = self.answered(interview) + 1
        question = {"name": f"q{asked:02}", "type": "text"} if asked <= QUESTIONS else None
        return {"question": question, "status": "active" if question else "completed"}


def create_app() -> Starlette:
    """The control's application; its database is named by the environment."""
    careless = Careless(os.environ[DATABASE])

    @asynccontextmanager
    async def lifespan(app: Starlette) -> Any:
        task = asyncio.create_task(careless.commit_late())
        yield
        task.cancel()

    async def start(request: Request) -> JSONResponse:
        interview = str(uuid4())
        return JSONResponse({"id": interview, "token": interview, **careless.state(interview)}, 201)

    async def turn(request: Request) -> JSONResponse:
        interview = request.path_params["id"]
        careless.keep(interview, await request.json())
        return JSONResponse(careless.state(interview), 201)

    routes = [
        Route("/api/v1/interviews", start, methods=["POST"]),
        Route("/api/v1/interviews/{id}/messages", turn, methods=["POST"]),
    ]
    return Starlette(routes=routes, lifespan=lifespan)
