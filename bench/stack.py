"""``python -m bench.stack``: the same twelve questions, typed, through all of Porte-voix and through a stock Rasa.

In one run, the two alternating so that the machine's moods reach both: time to start, a turn alone, turns of 20
conversations at once, memory, and what turn 200 costs beside turn 5. Exit code 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import uvloop

from bench.http import Http
from bench.processes import cpu_seconds, free_ports, memory
from bench.report import Target, conclude, console, percentile, show
from bench.systems import ANSWERS, Conversation, Peer, PorteVoix, System, until_answered

STARTS = 2
ROUNDS = 4
AT_ONCE = 20
LONG = 205
"""Turns of the long conversation: 200 and five more, as turn 5 has some before and after it."""


@dataclass(frozen=True)
class Effort:
    """How much one system is made to do, so that a fast one gives enough samples and a slow one ends in time."""

    alone: int
    """Conversations one after the other, each round."""
    each: int
    """Conversations that each of the 20 people holds, each round."""
    long: int
    """Long conversations. None for the peer: its turns grow to seconds."""


EFFORT = {"porte-voix": Effort(alone=5, each=2, long=6), "peer": Effort(alone=1, each=1, long=0)}


@dataclass
class Measures:
    """Raw seconds, by what was done."""

    starts: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    crowd: list[float] = field(default_factory=list)
    crowd_wall: float = 0.0
    crowd_cpu: float = 0.0
    long: list[list[float]] = field(default_factory=list)
    incomplete: int = 0
    memory: dict[str, float] = field(default_factory=dict)

    def summary(self) -> dict[str, float]:
        """The numbers of the report; milliseconds, seconds and megabytes as their names say."""
        return {
            "start_s": statistics.mean(self.starts),
            "alone_p50_ms": percentile(self.alone, 0.5) * 1000,
            "alone_p95_ms": percentile(self.alone, 0.95) * 1000,
            "crowd_p50_ms": percentile(self.crowd, 0.5) * 1000,
            "crowd_p95_ms": percentile(self.crowd, 0.95) * 1000,
            "crowd_turns_per_s": len(self.crowd) / self.crowd_wall,
            "crowd_cpu_ms_per_turn": self.crowd_cpu / len(self.crowd) * 1000,
            "memory_rss_mb": self.memory["rss"],
            "memory_pss_mb": self.memory["pss"],
            "incomplete": self.incomplete,
            **self._growth(),
        }

    def _growth(self) -> dict[str, float]:
        if not self.long:
            return {}
        early, late = around(self.long, 5), around(self.long, 200)
        return {"turn_5_ms": early * 1000, "turn_200_ms": late * 1000, "turn_200_over_5": late / early}


def around(conversations: Sequence[Sequence[float]], turn: int, reach: int = 4) -> float:
    """The median cost of the turns within ``reach`` of a turn (the first is 1) of every conversation."""
    return percentile([cost for turns in conversations for cost in turns[turn - 1 - reach : turn + reach]], 0.5)


async def timed(conversation: Conversation, words: Sequence[str]) -> list[float]:
    """Seconds of each typed turn."""
    costs = []
    for text in words:
        began = time.perf_counter()
        await conversation.say(text)
        costs.append(time.perf_counter() - began)
    return costs


async def interview(system: System, http: Http, person: int, measures: Measures) -> list[float]:
    """The twelve questions, answered by one person in their own variant of the words."""
    conversation = await system.converse(http)
    costs = await timed(conversation, [variants[person % len(variants)] for variants in ANSWERS.values()])
    measures.incomplete += not await conversation.is_complete()
    return costs


async def alone(system: System, http: Http, measures: Measures) -> None:
    for person in range(EFFORT[system.name].alone):
        measures.alone += await interview(system, http, person, measures)


async def crowd(system: System, http: Http, measures: Measures) -> None:
    async def hold(person: int) -> list[float]:
        rounds = range(EFFORT[system.name].each)
        return [cost for _ in rounds for cost in await interview(system, http, person, measures)]

    began, used = time.perf_counter(), cpu_seconds(system.processes)
    costs = await asyncio.gather(*map(hold, range(AT_ONCE)))
    measures.crowd_wall += time.perf_counter() - began
    measures.crowd_cpu += cpu_seconds(system.processes) - used
    measures.crowd += [cost for person in costs for cost in person]


async def long(system: System, http: Http, measures: Measures) -> None:
    for _ in range(EFFORT[system.name].long):
        conversation, costs = await system.converse(http), []
        for turn in range(LONG):
            began = time.perf_counter()
            await conversation.digress(turn)
            costs.append(time.perf_counter() - began)
        measures.long.append(costs)


def client(system: System) -> Http:
    return Http(system.url, patience=120)


async def start(system: System, measures: Measures) -> None:
    """Start it and add how long it took to answer a first turn."""
    system.start()
    async with client(system) as http:
        measures.starts.append(await until_answered(system, http, ANSWERS["role"][0]))
    console.print(f"{system.name}: start {measures.starts[-1]:.1f} s")


async def starts(systems: Sequence[System], measures: dict[str, Measures]) -> None:
    """Start each several times, one system at a time, and leave all running."""
    for turn in range(STARTS):
        for system in systems:
            await start(system, measures[system.name])
            if turn < STARTS - 1:
                system.stop()


async def load(systems: Sequence[System], measures: dict[str, Measures]) -> None:
    """Every kind of load, the systems taking turns."""
    for turn in range(ROUNDS):
        for work in (alone, crowd):
            for system in systems:
                async with client(system) as http:
                    await work(system, http, measures[system.name])
        console.print(f"round {turn + 1}/{ROUNDS}")
    for system in systems:
        async with client(system) as http:
            await long(system, http, measures[system.name])


async def measure(folder: Path, ports: Sequence[int]) -> dict[str, Measures]:
    """All of it. Every process started here is stopped, whatever happens."""
    ours, peer = PorteVoix(folder, *ports[:3]), Peer(folder, *ports[3:])
    measures = {system.name: Measures() for system in (ours, peer)}
    try:
        await ours.prepare()
        await starts((ours, peer), measures)
        await load((ours, peer), measures)
        for system in (ours, peer):
            measures[system.name].memory = asdict(memory(system.processes))
    finally:
        ours.stop()
        peer.stop()
    return measures


def targets(ours: dict[str, float], peer: dict[str, float]) -> list[Target]:
    """What Porte-voix promises beside its peer."""
    return [
        Target("alone.p50.peer_over_ours", peer["alone_p50_ms"] / ours["alone_p50_ms"], ">=", 5),
        Target("crowd.turns_per_s.ours_over_peer", ours["crowd_turns_per_s"] / peer["crowd_turns_per_s"], ">=", 6),
        Target("long.turn_200_over_5", ours["turn_200_over_5"], "<=", 1.2),
        Target("memory.rss_mb", ours["memory_rss_mb"], "<=", 1000),
        Target("start.ours_over_peer", ours["start_s"] / peer["start_s"], "<=", 0.5),
        Target("start.s", ours["start_s"], "<=", 30),
        Target("incomplete", ours["incomplete"] + peer["incomplete"], "==", 0),
    ]


def rows(summaries: dict[str, dict[str, float]]) -> list[list[str]]:
    """One number a line, one system a column; what a system was not measured on stays blank."""
    keys = dict.fromkeys(key for summary in summaries.values() for key in summary)
    return [[key, *(f"{each[key]:,.4g}" if key in each else "" for each in summaries.values())] for key in keys]


def markdown(summaries: dict[str, dict[str, float]]) -> str:
    lines = [["", *summaries], ["---", *("---:" for _ in summaries)], *rows(summaries)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> dict[str, Any]:
    return {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.stack", description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    parser.add_argument("--ports", type=int, nargs=5, default=free_ports(5))
    options = parser.parse_args(argv)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="porte-voix-bench-") as folder:
        measures = uvloop.run(measure(Path(folder), options.ports))
    summaries = {name: each.summary() for name, each in measures.items()}
    show("stack", ("", *summaries), rows(summaries))
    if options.markdown:
        options.markdown.write_text(markdown(summaries) + "\n", encoding="utf-8")
    results = {"machine": machine(), "seconds": time.monotonic() - began, "systems": summaries}
    return conclude(results, targets(summaries["porte-voix"], summaries["peer"]), options.json)


if __name__ == "__main__":
    sys.exit(main())
