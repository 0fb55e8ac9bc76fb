"""The two systems of ``bench.stack``: Porte-voix whole, and its peer. Both are asked the same twelve questions."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from bench import peer
from bench.client import Refused, Respondent, call
from bench.http import Http, Unanswered
from bench.processes import Process, is_free

HERE = Path(__file__).parent
ROOT = HERE.parent
ANSWERS: dict[str, list[str]] = json.loads((HERE / "twelve-answers.json").read_text(encoding="utf-8"))
PATIENCE = 180.0
"""Seconds a system has to be ready."""
NO_LIMITS = {f"PORTEVOIX_LIMIT_{kind}": "off" for kind in ("INTERVIEW", "ADDRESS", "STARTS")}


class Conversation(Protocol):
    """One person's way through the twelve questions."""

    async def say(self, text: str) -> None:
        """One typed turn, answered. Raises when it was not."""

    async def digress(self, turn: int) -> None:
        """One turn of a conversation that goes on without end."""

    async def is_complete(self) -> bool:
        """Whether all twelve answers are kept."""


class System(Protocol):
    """What is measured: started, spoken to, weighed and stopped alike."""

    name: str
    processes: list[Process]

    def start(self) -> None:
        """Start every process. Returns at once."""

    def stop(self) -> None:
        """Stop every process."""

    async def converse(self, http: Http) -> Conversation:
        """A conversation at the first of the twelve questions. Raises while the system is not ready."""


class OurConversation:
    """Consented; what is typed goes to the question on screen."""

    def __init__(self, respondent: Respondent) -> None:
        self.respondent = respondent

    async def say(self, text: str) -> None:
        asked = self.respondent.question
        state = await self.respondent.turn(text=text)
        if state["question"] == asked:
            raise RuntimeError(asked)

    async def digress(self, turn: int) -> None:
        """Answers the first question, then goes back to it."""
        await self.respondent.turn(text="go back" if turn % 2 else ANSWERS["role"][0])

    async def is_complete(self) -> bool:
        return (
            self.respondent.state["status"] == "completed"
            and ANSWERS.keys() <= (await self.respondent.answers()).keys()
        )


class PorteVoix:
    """API, bot, actions and SQLite, as ``portevoix run`` starts them."""

    name = "porte-voix"

    def __init__(self, folder: Path, port: int, bot_port: int, actions_port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.ports = (port, bot_port, actions_port)
        self.environment = os.environ | NO_LIMITS | {
            "PORTEVOIX_PORT": str(port),
            "PORTEVOIX_BOT_PORT": str(bot_port),
            "PORTEVOIX_ACTIONS_PORT": str(actions_port),
            "PORTEVOIX_DATABASE_URL": f"sqlite:///{folder / 'porte-voix.db'}",
        }  # fmt: skip
        self.processes = [Process("run", command("run"), self.environment, ROOT, folder / "porte-voix.log")]

    async def prepare(self) -> None:
        """Have it trained, migrated and the twelve questions published, as after a first start. Leaves it stopped.

        Raises TimeoutError, CalledProcessError.
        """
        try:
            await self.open()
            publish = command("publish", str(HERE / "twelve.yml"))
            subprocess.run(publish, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, check=True)
        finally:
            self.stop()

    async def open(self) -> None:
        """Start it and wait until a person can be answered. Raises TimeoutError, Ended."""
        self.start()
        async with Http(self.url) as http:

            async def look() -> None:
                self.processes[0].must_be_alive()
                await call(http, "GET", "/health")

            await until(look, self.name)

    def start(self) -> None:
        refuse_taken(self.ports)
        self.processes[0].start()

    def stop(self) -> None:
        self.processes[0].stop()

    async def converse(self, http: Http) -> OurConversation:
        respondent = await Respondent.start(http, "twelve", "en")
        await respondent.turn(choices=["yes"])
        return OurConversation(respondent)


class PeerConversation:
    """The form is open; Rasa answers every message with what it says next."""

    def __init__(self, http: Http, answers: Path) -> None:
        self.http = http
        self.answers = answers
        self.sender = str(uuid4())

    async def say(self, text: str) -> None:
        body = {"sender": self.sender, "message": text}
        if not await call(self.http, "POST", "/webhooks/rest/webhook", json=body):
            raise RuntimeError("silence")

    async def digress(self, turn: int) -> None:
        """Says what no validation accepts: the form asks its first question again."""
        await self.say("I would rather talk about the weather")

    async def is_complete(self) -> bool:
        with closing(sqlite3.connect(self.answers)) as connection:
            return connection.execute("SELECT 1 FROM survey WHERE sender = ?", (self.sender,)).fetchone() is not None


class Peer:
    """The stock Rasa assistant of ``bench/peer``, its two processes started as Rasa's documentation says."""

    name = "peer"

    def __init__(self, folder: Path, port: int, actions_port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.ports = (port, actions_port)
        self.answers = folder / "peer-answers.db"
        environment = peer.environment(
            PEER_ACTIONS_PORT=str(actions_port),
            PEER_TRACKER_DB=str(folder / "peer-tracker.db"),
            PEER_ANSWERS_DB=str(self.answers),
        )
        actions, server = peer.commands(port, actions_port)
        self.processes = [
            Process("actions", actions, environment, peer.HERE, folder / "peer-actions.log"),
            Process("server", server, environment, peer.HERE, folder / "peer-server.log"),
        ]

    def start(self) -> None:
        refuse_taken(self.ports)
        for process in self.processes:
            process.start()

    def stop(self) -> None:
        for process in self.processes:
            process.stop()

    async def converse(self, http: Http) -> PeerConversation:
        conversation = PeerConversation(http, self.answers)
        await conversation.say("start the survey")
        return conversation


def command(*arguments: str) -> list[str]:
    """``portevoix ...`` of this environment."""
    return [sys.executable, "-m", "api.cli", *arguments]


def refuse_taken(ports: tuple[int, ...]) -> None:
    """Raises RuntimeError when another program listens on one of these: it would be measured in our stead."""
    taken = [port for port in ports if not is_free(port)]
    if taken:
        raise RuntimeError(f"ports taken: {taken}")


async def until(attempt: Callable[[], Awaitable[object]], name: str) -> float:
    """Seconds until an attempt succeeds, from now. Raises TimeoutError."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        try:
            await attempt()
        except (Unanswered, Refused, RuntimeError):
            await asyncio.sleep(0.2)
        else:
            return time.monotonic() - began
    raise TimeoutError(name)


async def until_answered(system: System, http: Http, first: str) -> float:
    """Seconds until a first typed turn is answered, from now. Raises TimeoutError."""

    async def attempt() -> None:
        await (await system.converse(http)).say(first)

    return await until(attempt, system.name)
