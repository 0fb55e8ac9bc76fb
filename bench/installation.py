"""API, bot and actions as three processes of the harness's own, so that each can be stopped or killed alone."""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Sequence
from pathlib import Path

from api.settings import Settings
from api.supervisor import environment, processes, train
from bench.client import call
from bench.http import Http
from bench.processes import Process
from bench.systems import NO_LIMITS, ROOT, command, refuse_taken, until

SECRETS = ("bot_secret", "actions_secret", "actions_key", "receipt_key")


class Installation:
    """The processes of ``portevoix run``, on a fresh database with fresh secrets, limits off."""

    def __init__(self, folder: Path, ports: Sequence[int], database_url: str | None = None) -> None:
        self.folder = folder
        self.ports = tuple(ports)
        self.database_url = database_url or f"sqlite:///{folder / 'porte-voix.db'}"
        port, bot_port, actions_port = ports
        self.settings = Settings(
            port=port,
            bot_port=bot_port,
            actions_port=actions_port,
            database_url=self.database_url,
            **{name: secrets.token_hex(32) for name in SECRETS},
        )
        self.url = self.settings.api_url
        self.environment = environment(self.settings) | NO_LIMITS
        self.processes = {each.name: self._process(each.name, each.command) for each in processes(self.settings)}

    def _process(self, name: str, command: list[str]) -> Process:
        return Process(name, command, self.environment, ROOT, self.folder / f"{name}.log")

    def prepare(self, questionnaire: Path) -> None:
        """Train if it must be, migrate, publish a questionnaire. Raises CannotStart, CalledProcessError."""
        train(self.settings)
        publish = command("publish", str(questionnaire))
        subprocess.run(publish, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, check=True)

    async def start(self) -> None:
        """Start all three and wait until a person can be answered. Raises TimeoutError, Ended."""
        refuse_taken(self.ports)
        for process in self.processes.values():
            process.start()
        await self.until_ready()

    async def until_ready(self) -> float:
        """Seconds until API, bot and actions are all well. Raises TimeoutError, Ended."""
        async with Http(self.url) as http:

            async def look() -> None:
                for process in self.processes.values():
                    process.must_be_alive()
                await call(http, "GET", "/health")

            return await until(look, "installation")

    def stop(self) -> None:
        for process in self.processes.values():
            process.stop()
