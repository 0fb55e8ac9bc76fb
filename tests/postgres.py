"""A real PostgreSQL for the tests: a throw-away cluster of the machine's own binaries, on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where ``initdb`` and ``pg_ctl`` are, if they are."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    return max(found, default=Path(on_path).parent if on_path else None)


@contextmanager
def cluster(bin: Path) -> Iterator[str]:
    """The URL of an empty cluster's database, for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="porte-voix-pg-"))
    port = free_port()
    as_owner = _as_owner(folder)
    start = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    try:
        _run(
            *as_owner,
            bin / "initdb",
            "-D",
            folder / "data",
            "-U",
            "portevoix",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
        )
        _run(*as_owner, bin / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", start, "start")
        yield f"postgresql://portevoix@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [*as_owner, bin / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], capture_output=True
        )
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _as_owner(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: there, it runs as its own user."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
