"""Processes that a harness starts, stops, kills and weighs."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

MEGABYTE = 1_000_000


class Ended(Exception):
    """A process that should run has ended: its name and the last lines of its log."""


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
        """Ask it to end, and kill it and its children if it has not within ``patience`` seconds."""
        if self.running is None:
            return
        self.running.terminate()
        try:
            self.running.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
        self.running = None

    def kill(self) -> None:
        """kill -9, its children too: no handler runs, nothing is flushed by the process."""
        if self.running is None:
            return
        for member in family(self.running.pid):
            with suppress(psutil.NoSuchProcess):
                member.kill()
        self.running.wait()
        self.running = None

    @property
    def alive(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def must_be_alive(self) -> None:
        """Raises Ended."""
        if not self.alive:
            raise Ended(self.name, self.log.read_text(encoding="utf-8", errors="replace")[-2000:])


@dataclass(frozen=True)
class Memory:
    """Megabytes (10^6 bytes) held by processes and all their children."""

    rss: float
    """Resident, pages shared between them counted in each."""
    pss: float
    """Proportional: a page shared by n processes counts for 1/n in each."""


def family(pid: int) -> list[psutil.Process]:
    """A process and all that it started."""
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def memory(processes: Iterable[Process]) -> Memory:
    """What the running ones among these hold now, children included."""
    pids = [process.running.pid for process in processes if process.running is not None]
    infos = [member.memory_full_info() for pid in pids for member in family(pid)]
    return Memory(sum(info.rss for info in infos) / MEGABYTE, sum(info.pss for info in infos) / MEGABYTE)


def cpu_seconds(processes: Iterable[Process]) -> float:
    """CPU time that the running ones among these have used so far, children included: it does not wait for a core."""
    pids = [process.running.pid for process in processes if process.running is not None]
    times = [member.cpu_times() for pid in pids for member in family(pid)]
    return sum(time.user + time.system for time in times)


def free_ports(count: int) -> list[int]:
    """Ports of the loopback that nobody listens on now."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
