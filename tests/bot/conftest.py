"""The real assistant and the real actions, in front of an API that says what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.servers import Actions, Bot

HELP = {"utter": "help", "kind": "reply"}


class SaidApi(ThreadingHTTPServer):
    """Answers every call of the actions with `says`, and remembers the calls."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.says: list[dict[str, Any]] = []
        self.status = 200
        self.calls: list[tuple[str, str, dict[str, Any]]] = []


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SaidApi

    def _answer(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.calls.append((self.command, self.path, body))
        said = json.dumps({"say": self.server.says}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_PUT = do_POST = _answer

    def log_message(self, *_: Any) -> None:
        """Stay quiet."""


@pytest.fixture(scope="session")
def said_api() -> Iterator[SaidApi]:
    server = SaidApi()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def api(said_api: SaidApi) -> SaidApi:
    """The API, as it is before anything is asked of it."""
    said_api.says, said_api.status = [HELP], 200
    said_api.calls.clear()
    return said_api


@pytest.fixture(scope="session")
def running_actions(said_api: SaidApi) -> Iterator[Actions]:
    actions = Actions(said_api.url)
    yield actions
    actions.stop()


@pytest.fixture(scope="session")
def running_bot(running_actions: Actions) -> Iterator[Bot]:
    bot = Bot(running_actions.url)
    yield bot
    bot.stop()
