"""``python -m bench.flushes``: the order of flush and acknowledgement, seen by the kernel (strace).

A person sends messages one by one; between the arrival of each and its acknowledgement, the API must have flushed the
database to disk. The control is SQLite's own: a hundred commits under WAL with synchronous=NORMAL and with FULL, traced
alike; the first must show fewer flushes than commits. Exit code 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import openly
from bench.client import Respondent
from bench.http import Http
from bench.installation import Installation
from bench.processes import Process, free_ports
from bench.report import Target, conclude, show
from bench.systems import ROOT

FLUSH = re.compile(r"\bf(?:data)?sync\(")
ARRIVAL = re.compile(r"POST /api/v1/interviews/[^/ ]+/messages ")
ACKNOWLEDGEMENT = re.compile(r"HTTP/1\.1 20[012] ")
CALLS = "trace=fsync,fdatasync,read,recvfrom,recvmsg,write,writev,sendto,sendmsg"
COMMITS = 100
COMMIT = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous={sys.argv[2]}; CREATE TABLE kept (n)")
for n in range(int(sys.argv[3])):
    connection.execute("INSERT INTO kept VALUES (?)", (n,))
"""


@dataclass(frozen=True)
class Order:
    """What a trace of the API shows of one person's messages."""

    acknowledged: int
    flushed_first: int
    """Acknowledged after at least one flush since the message arrived."""
    flushes: int
    """From the first message's arrival to the last acknowledgement."""


def order(lines: Iterable[str]) -> Order:
    """Read a trace in which messages come one at a time."""
    acknowledged = flushed_first = flushes = 0
    since_arrival: int | None = None
    for line in lines:
        if FLUSH.search(line) and since_arrival is not None:
            since_arrival += 1
        elif ARRIVAL.search(line):
            since_arrival = 0
        elif ACKNOWLEDGEMENT.search(line) and since_arrival is not None:
            acknowledged += 1
            flushed_first += since_arrival > 0
            flushes += since_arrival
            since_arrival = None
    return Order(acknowledged, flushed_first, flushes)


def traced(command: list[str], trace: Path) -> list[str]:
    return ["strace", "--follow-forks", "--string-limit=96", "-e", CALLS, "--output", str(trace), *command]


async def commits(folder: Path, synchronous: str) -> int:
    """Flushes of a hundred commits of SQLite under this setting."""
    trace, script = folder / f"{synchronous}.trace", folder / "commit.py"
    script.write_text(COMMIT)
    work = [sys.executable, str(script), str(folder / f"{synchronous}.db"), synchronous, str(COMMITS)]
    child = await asyncio.create_subprocess_exec(*traced(work, trace))
    await child.wait()
    return sum(bool(FLUSH.search(line)) for line in lines(trace))


def lines(trace: Path) -> list[str]:
    return trace.read_text(encoding="utf-8", errors="replace").splitlines()


async def acknowledged(folder: Path, ports: list[int], messages: int) -> Order:
    """Send messages one by one to an API under trace."""
    installation, trace = Installation(folder, ports), folder / "api.trace"
    installation.prepare(openly.write_questionnaire(folder / "openly.yml"))
    api = installation.processes["api"]
    installation.processes["api"] = Process(api.name, traced(api.command, trace), api.environment, ROOT, api.log)
    try:
        await installation.start()
        async with Http(installation.url) as http:
            await send(http, messages)
    finally:
        installation.stop()
    return order(lines(trace))


async def send(http: Http, messages: int) -> None:
    """So many typed messages, in as many interviews as they need."""
    serial = 0
    while serial < messages:
        respondent = await Respondent.start(http, openly.SLUG)
        await respondent.turn(choices=["yes"])
        while respondent.question and serial < messages:
            serial += 1
            await respondent.turn(text=openly.words(respondent.question["name"], serial))


async def run(folder: Path, options: argparse.Namespace) -> dict[str, int]:
    found = await acknowledged(folder, options.ports, options.messages)
    return {
        "acknowledged": found.acknowledged,
        "flushed_first": found.flushed_first,
        "flushes": found.flushes,
        "control.full": await commits(folder, "FULL"),
        "control.normal": await commits(folder, "NORMAL"),
    }


def targets(results: dict[str, int], messages: int) -> list[Target]:
    return [
        Target("acknowledged", results["acknowledged"], ">=", messages),
        Target("flushed_first", results["flushed_first"], "==", results["acknowledged"]),
        Target("flushes", results["flushes"], ">=", results["acknowledged"]),
        Target("control.full", results["control.full"], ">=", COMMITS),
        Target("control.normal", results["control.normal"], "<=", COMMITS // 2),
    ]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.flushes", description=__doc__)
    parser.add_argument("--messages", type=int, default=100)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--ports", type=int, nargs=3, default=free_ports(3))
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="porte-voix-flushes-") as folder:
        results = asyncio.run(run(Path(folder), options))
    show("flushes", ("", ""), results.items())
    return conclude(results, targets(results, options.messages), options.json)


if __name__ == "__main__":
    sys.exit(main())
