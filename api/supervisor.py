"""``portevoix run``: the three processes of one machine, started, watched and stopped together."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from dotenv import dotenv_values

from api.settings import ROOT, VAR, Settings

SECRETS = ("BOT_SECRET", "ACTIONS_SECRET", "ACTIONS_KEY", "RECEIPT_KEY")
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
GENTLE, HARD = 2.5, 1.0
"""Seconds between asking a process to stop and making it, and then until it must be gone."""
READY_WITHIN = 120.0
"""Seconds given to everything to be ready, on a slow machine."""
CALM = 10.0
"""Seconds that a restarted process must live before its next end counts as a first one."""


class CannotStart(Exception):
    """Why nothing can be started: a key of the catalogue and its values."""

    def __init__(self, key: str, **values: object):
        super().__init__(key)
        self.key, self.values = key, values


def make_secrets(path: Path = VAR / "secrets.env") -> None:
    """Writes the secrets that neither the environment nor the file has, readable by their owner alone."""
    known = path.read_text() if path.exists() else ""
    given = {**dotenv_values(ROOT / ".env"), **dotenv_values(path), **os.environ}
    missing = [s for s in SECRETS if not given.get(f"PORTEVOIX_{s}")]
    if missing:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(known + "".join(f"PORTEVOIX_{s}={secrets.token_urlsafe(32)}\n" for s in missing))


def must_be_free(*ports: tuple[str, int]) -> None:
    """Raises ``CannotStart`` naming the first port that is taken; ``ports`` are pairs of setting and number."""
    for setting, port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CannotStart("cli.port_in_use", port=port, setting=setting) from error


def environment(settings: Settings) -> dict[str, str]:
    """What the processes are told: our environment, and every setting they read."""
    told = {
        "BOT_PORT": settings.bot_port,
        "ACTIONS_PORT": settings.actions_port,
        "PORT": settings.port,
        "API_URL": settings.api_url,
        "BOT_URL": settings.bot_url,
        "ACTIONS_URL": settings.actions_url,
        "DATABASE_URL": settings.database_url,
        "BOT_SECRET": settings.bot_secret.get_secret_value(),
        "ACTIONS_SECRET": settings.actions_secret.get_secret_value(),
        "ACTIONS_KEY": settings.actions_key.get_secret_value(),
        "RECEIPT_KEY": settings.receipt_key.get_secret_value(),
    }
    return {**os.environ, **{f"PORTEVOIX_{name}": str(value) for name, value in told.items()}, "PYTHONUNBUFFERED": "1"}


def train(settings: Settings) -> None:
    """Trains the assistant if its inputs changed; raises ``CannotStart``."""
    if not BOT_PYTHON.exists():
        raise CannotStart("cli.no_bot", path=BOT_PYTHON.relative_to(ROOT))
    done = subprocess.run(
        [BOT_PYTHON, "-m", "bot.train"], cwd=ROOT, env=environment(settings), capture_output=True, text=True
    )
    if done.returncode:
        raise CannotStart("cli.training_failed", last=(done.stderr or done.stdout).strip().splitlines()[-1:])


@dataclass
class Process:
    """One of ours: how it is started, and where it writes what it has to say."""

    name: str
    command: list[str]
    running: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    ends: int = 0

    def start(self, env: dict[str, str]) -> None:
        """Starts it in a session of its own: Ctrl-C reaches us alone, and we stop it."""
        log = VAR / "log" / f"{self.name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            self.running = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self.started = time.monotonic()

    def has_ended(self) -> bool:
        return self.running is not None and self.running.poll() is not None

    def last_words(self) -> str:
        log = VAR / "log" / f"{self.name}.log"
        lines = log.read_text("utf-8", "replace").splitlines() if log.exists() else []
        return lines[-1][:500] if lines else ""


def processes(settings: Settings) -> list[Process]:
    """The API, the assistant and its actions."""
    api = [
        sys.executable,
        "-m",
        "uvicorn",
        "api.main:create_app",
        "--factory",
        "--host",
        settings.host,
        "--port",
        str(settings.port),
        "--log-level",
        "warning",
        "--no-access-log",
        "--no-server-header",
        "--timeout-graceful-shutdown",
        "2",
    ]
    trusted = settings.trusted_proxies
    api += ["--proxy-headers", "--forwarded-allow-ips", trusted] if trusted else ["--no-proxy-headers"]
    return [
        Process("bot", [str(BOT_PYTHON), "-m", "bot"]),
        Process("actions", [sys.executable, "-m", "actions"]),
        Process("api", api),
    ]


@dataclass
class Supervisor:
    """Starts the processes, starts again what ends by itself, stops all of them."""

    settings: Settings
    restarted: Callable[[str], None]
    """Told the name of a process that ended and was started again."""
    processes: list[Process] = field(default_factory=list)

    def start(self) -> None:
        self.processes = self.processes or processes(self.settings)
        for process in self.processes:
            process.start(environment(self.settings))

    def wait_until_ready(self) -> None:
        """Returns when a person can be answered; raises ``CannotStart`` if a process ends or time runs out."""
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline:
            for process in self.processes:
                if process.has_ended():
                    raise CannotStart("cli.process_ended", name=process.name, last=process.last_words())
            if self._is_healthy():
                return
            time.sleep(0.1)
        raise CannotStart("cli.not_ready", seconds=round(READY_WITHIN))

    def _is_healthy(self) -> bool:
        try:
            return httpx.get(f"{self.settings.api_url}/health", timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def watch(self) -> None:
        """Until interrupted: a process that ends is started again, ever more slowly."""
        while True:
            for process in self._ended():
                process.start(environment(self.settings))
                self.restarted(process.name)
            time.sleep(0.2)

    def _ended(self) -> Iterator[Process]:
        for process in self.processes:
            lived = time.monotonic() - process.started
            if not process.has_ended() or lived < min(2.0**process.ends / 4, CALM):
                continue
            process.ends = 0 if lived > CALM else process.ends + 1
            yield process

    def stop(self) -> None:
        """Asks every process to stop, then makes it; returns when none is left."""
        for impatience in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(impatience, signal.SIG_IGN)
        running = [process.running for process in self.processes if process.running and process.running.poll() is None]
        for process in running:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + GENTLE
        for process in running:
            try:
                process.wait(max(0.05, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(HARD)
