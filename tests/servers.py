"""The assistant and the action server as tests run them: real processes, on ports of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
START_WITHIN = 180.0
STOP_WITHIN = 10.0


class Server:
    """A process that says it is ready at an address."""

    def __init__(self, command: list[str | Path], settings: dict[str, str], ready: str):
        self._ready = ready
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_WITHIN
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise AssertionError(self.process.stdout.read())
            time.sleep(0.1)

    def is_ready(self) -> bool:
        try:
            return httpx.get(self._ready, timeout=3).status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Ask the process to end; the seconds it took."""
        began = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(STOP_WITHIN)
        return time.monotonic() - began

    def memory(self) -> float:
        """Resident memory, MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


class Bot(Server):
    """`python -m bot`, with its model trained first if its inputs changed."""

    def __init__(self, actions_url: str, port: int | None = None):
        subprocess.run([BOT_PYTHON, "-m", "bot.train"], cwd=ROOT, check=True, capture_output=True)
        port = port or free_port()
        self.url = f"http://127.0.0.1:{port}/webhooks/portevoix"
        settings = {"PORTEVOIX_BOT_PORT": str(port), "PORTEVOIX_ACTIONS_URL": actions_url}
        super().__init__([BOT_PYTHON, "-m", "bot"], settings, f"{self.url}/ready")


class Actions(Server):
    """`python -m actions`."""

    def __init__(self, api_url: str, port: int | None = None):
        port = port or free_port()
        self.url = f"http://127.0.0.1:{port}"
        settings = {"PORTEVOIX_ACTIONS_PORT": str(port), "PORTEVOIX_API_URL": api_url}
        super().__init__([sys.executable, "-m", "actions"], settings, f"{self.url}/ready")
