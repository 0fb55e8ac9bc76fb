"""The whole of Porte-voix for a test: ``portevoix run`` on ports and in a folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import httpx

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
PORTEVOIX = [sys.executable, "-m", "api.cli"]
START_WITHIN = 300.0
"""Seconds for a first start, training included, on a busy machine."""


class Stack:
    """The three processes, supervised."""

    def __init__(self, folder: Path, **settings: str):
        self.folder = folder
        self.port, self.bot_port, self.actions_port = free_port(), free_port(), free_port()
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PORTEVOIX_")},
            "PORTEVOIX_VAR": str(folder),
            "PORTEVOIX_PORT": str(self.port),
            "PORTEVOIX_BOT_PORT": str(self.bot_port),
            "PORTEVOIX_ACTIONS_PORT": str(self.actions_port),
            "PORTEVOIX_LIMIT_INTERVIEW": "off",
            "PORTEVOIX_LIMIT_ADDRESS": "off",
            "PORTEVOIX_LIMIT_STARTS": "off",
            "PORTEVOIX_LIMIT_RECEIPTS": "off",
            **settings,
        }
        self.url = f"http://127.0.0.1:{self.port}"
        self.running: subprocess.Popen[str] | None = None

    def start(self) -> Stack:
        """Starts everything and returns when a person can be answered."""
        log = (self.folder / "run.log").open("w")
        self.running = subprocess.Popen([*PORTEVOIX, "run"], cwd=ROOT, env=self.env, stdout=log, stderr=log, text=True)
        deadline = time.monotonic() + START_WITHIN
        while not self.is_healthy():
            if self.running.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise AssertionError((self.folder / "run.log").read_text())
            time.sleep(0.1)
        return self

    def is_healthy(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health", timeout=3).status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self) -> float:
        """Ctrl-C; the seconds it took."""
        began = time.monotonic()
        self.running.send_signal(signal.SIGINT)
        self.running.wait(30)
        return time.monotonic() - began

    def command(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """One ``portevoix`` command on this installation."""
        return subprocess.run(
            [*PORTEVOIX, *map(str, arguments)], cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=120
        )

    def pid_of(self, name: str) -> int:
        """The process of ``api``, ``bot`` or ``actions``, by the words of its command line."""
        words = {"api": "api.main:create_app", "bot": "-m\0bot", "actions": "-m\0actions"}[name]
        children = Path(f"/proc/{self.running.pid}/task/{self.running.pid}/children").read_text().split()
        return next(int(pid) for pid in children if words in Path(f"/proc/{pid}/cmdline").read_text())


class Person:
    """Someone answering over HTTP, as the contract has it."""

    def __init__(self, stack: Stack, language: str = "fr", consultation: str = "ia-culture-2026"):
        self.http = httpx.Client(base_url=f"{stack.url}/api/v1", timeout=30)
        self.state = self._take(
            self.http.post(
                "/interviews",
                json={
                    "consultation": consultation,
                    "surface": "api",
                    "language": language,
                },
            ),
            201,
        )
        self.receipt = self.state["receipt"]
        self._hold(self.state)

    def _hold(self, state: dict[str, Any]) -> None:
        self.path = f"/interviews/{state['id']}"
        self.http.headers["Authorization"] = f"Bearer {state['token']}"

    @staticmethod
    def _take(response: httpx.Response, *expected: int) -> dict[str, Any]:
        assert response.status_code in expected, response.text
        return response.json()

    @property
    def question(self) -> str | None:
        return self.state["question"]["name"] if self.state["question"] else None

    def post(self, client_id: str | None = None, **said: Any) -> httpx.Response:
        return self.http.post(f"{self.path}/messages", json={"client_id": client_id or str(uuid.uuid4()), **said})

    def say(self, text: str | None = None, **said: Any) -> list[str]:
        """One turn; what the bot said, in order."""
        self.state = self._take(self.post(**({"text": text} if text is not None else said)), 201)
        return [message["text"] for message in self.state["messages"]]

    def answers(self) -> dict[str, dict[str, Any]]:
        answers = self._take(self.http.get(f"{self.path}/answers"), 200)["answers"]
        return {answer["question"]: answer for answer in answers}

    def resume(self) -> None:
        """Comes back with the receipt, as from another device."""
        del self.http.headers["Authorization"]
        self.state = self._take(self.http.post("/interviews/resume", json={"receipt": self.receipt}), 200)
        self._hold(self.state)

    def wait_until_idle(self, seconds: float = 60) -> list[dict[str, Any]]:
        """The transcript once nothing is pending."""
        deadline = time.monotonic() + seconds
        while (shown := self._take(self.http.get(f"{self.path}/messages"), 200))["turn"] == "pending":
            assert time.monotonic() < deadline
            time.sleep(0.1)
        self.state = shown
        return shown["messages"]
