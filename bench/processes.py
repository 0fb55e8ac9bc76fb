"""Processes that a harness starts, stops, kills and weighs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

MEGABYTE = 1_000_000


@dataclass
class Process:
    """One command with its log. ``start`` may be called again after ``stop`` or ``kill``."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    log: Path
    running: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        with self.log.open("ab") as output:
            self.running = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def stop(self, patience: float = 15.0) -> None:
        """Ask it to end, and kill what has not ended within ``patience`` seconds."""
        if self.running is None:
            return
        self.running.terminate()
        try:
            self.running.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
        self.running = None

    def kill(self) -> None:
        """kill -9: no handler runs, nothing is flushed by the process."""
        if self.running is not None:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
            self.running = None

    @property
    def alive(self) -> bool:
        return self.running is not None and self.running.poll() is None


@dataclass(frozen=True)
class Memory:
    """Megabytes (10^6 bytes) held by processes and all their children."""

    rss: float
    """Resident, pages shared between them counted in each."""
    pss: float
    """Proportional: a page shared by n processes counts for 1/n in each."""


def memory(processes: Iterable[Process]) -> Memory:
    """What the running ones among these hold now, children included."""
    parents = [psutil.Process(process.running.pid) for process in processes if process.running is not None]
    infos = [member.memory_full_info() for parent in parents for member in (parent, *parent.children(recursive=True))]
    return Memory(sum(info.rss for info in infos) / MEGABYTE, sum(info.pss for info in infos) / MEGABYTE)


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
