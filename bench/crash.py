"""``python -m bench.crash``: kill -9 the API, the bot and the actions at random while people answer.

Then ask the database: nothing acknowledged is lost, nothing is doubled, no answer stands under another question, every
interview is finished. ``--control`` asks the same of an API that acknowledges before its commit, and must find losses:
a harness that cannot fail proves nothing. Exit code 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import openly
from bench.client import PENDING, Refused, Respondent, message
from bench.control import Control
from bench.http import Http, Json, Unanswered
from bench.installation import Installation
from bench.ledger import Ledger, read
from bench.processes import free_ports
from bench.report import Target, conclude, console, show

AWAY = 0.1
"""Seconds before a request that got no answer is made again."""
GONE = (0.0, 1.0)
"""Seconds that a killed process stays down."""
LIVES = (0.1, 2.0)
"""Seconds between everything being well again and the next kill."""
FEWEST_KILLS = 2
"""Of each process, before anything can be said."""
IMPATIENCE = 0.25
"""The share of kills that do not wait for the one before to be mended."""


@dataclass
class Crowd:
    """People who answer open questions until enough was acknowledged and enough was killed, whatever falls over."""

    http: Http
    wanted: int
    kills: Counter[str]
    ledger: Ledger = field(default_factory=Ledger)
    failures: Counter[str] = field(default_factory=Counter)
    """Requests that were not answered, by why."""
    serial: int = 0
    unfinished: int = 0
    """Interviews begun and not completed."""

    async def answer(self, people: int) -> None:
        await asyncio.gather(*(self._person() for _ in range(people)))

    async def _person(self) -> None:
        while len(self.ledger.acknowledged) < self.wanted or min(self.kills.values()) < FEWEST_KILLS:
            respondent = await self._insist(lambda: Respondent.start(self.http, openly.SLUG, "fr"))
            self.unfinished += 1
            await self._interview(respondent)
            self.unfinished -= respondent.state["status"] == "completed"

    async def _interview(self, respondent: Respondent) -> None:
        """Every question to the end, as the server asks them."""
        while question := respondent.question:
            if question["type"] == "consent":
                await self._say(respondent, message(question, choices=["yes"]))
            else:
                self.serial += 1
                await self._say(respondent, message(question, text=openly.words(question["name"], self.serial)))

    async def _say(self, respondent: Respondent, body: Json) -> None:
        """One message, sent until it is answered; noted at its first acknowledgement."""
        while True:
            reply = await self._insist(lambda: respondent.post(body))
            if "text" in body:
                self.ledger.acknowledged[body["client_id"]] = body["text"]
            if reply.status != PENDING:
                respondent.state = reply.json()
                return
            await asyncio.sleep(AWAY)

    async def _insist(self, attempt: Any) -> Any:
        """What an attempt gives once it is answered. Raises Refused for a client's mistake."""
        while True:
            try:
                return await attempt()
            except Unanswered as error:
                self.failures[str(error)] += 1
            except Refused as error:
                self.failures[str(error)] += 1
                if error.status < 500:
                    raise
            await asyncio.sleep(AWAY)


async def kill_at_random(installation: Installation | Control, chance: random.Random, kills: Counter[str]) -> None:
    """Kill -9 one process after another, each started again, until cancelled; count the kills.

    Each process once a round, in an order drawn anew.
    """
    names: list[str] = []
    while True:
        names = names or chance.sample(list(installation.processes), len(installation.processes))
        name = names.pop()
        await asyncio.sleep(chance.uniform(*LIVES))
        installation.processes[name].kill()
        kills[name] += 1
        await asyncio.sleep(chance.uniform(*GONE))
        installation.processes[name].start()
        if chance.random() > IMPATIENCE:
            await installation.until_ready()


async def torment(installation: Installation | Control, options: argparse.Namespace) -> dict[str, Any]:
    """Answer under fire, then without, and audit the database."""
    began, kills = time.monotonic(), Counter(dict.fromkeys(installation.processes, 0))
    async with Http(installation.url, patience=20) as http:
        crowd = Crowd(http, options.messages, kills)
        killer = asyncio.create_task(kill_at_random(installation, random.Random(options.seed), kills))
        with suppress(TimeoutError):
            await asyncio.wait_for(crowd.answer(options.people), options.minutes * 60)
        killer.cancel()
        with suppress(asyncio.CancelledError):
            await killer
    for process in installation.processes.values():
        if not process.alive:
            process.start()
    await installation.until_ready()
    return {
        "acknowledged": len(crowd.ledger.acknowledged),
        "unfinished": crowd.unfinished,
        **crowd.ledger.audit(*read(installation.database_url)),
        "kills": dict(kills),
        "failures": dict(crowd.failures),
        "seconds": time.monotonic() - began,
    }


def targets(results: dict[str, Any], options: argparse.Namespace) -> list[Target]:
    """Nothing lost; of the control, something."""
    enough = [
        Target("acknowledged", results["acknowledged"], ">=", options.messages),
        Target("fewest_kills", min(results["kills"].values()), ">=", FEWEST_KILLS),
    ]
    if options.control:
        return [*enough, Target("control.lost", results["lost"], ">=", 1)]
    nothing = ("lost", "doubled", "misplaced", "pending", "unfinished")
    return [*enough, *(Target(name, results[name], "==", 0) for name in nothing)]


async def run(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Start what is to be tormented, torment it, stop it."""
    if options.control:
        installation: Installation | Control = Control(folder, options.ports[0])
    else:
        installation = Installation(folder, options.ports, options.database_url)
        installation.prepare(openly.write_questionnaire(folder / "openly.yml"))
    try:
        await installation.start()
        console.print(f"{installation.url}: ready")
        return await torment(installation, options)
    finally:
        installation.stop()


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.crash", description=__doc__)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--database-url")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--ports", type=int, nargs=3, default=free_ports(3))
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    options = arguments(argv)
    with tempfile.TemporaryDirectory(prefix="porte-voix-crash-") as folder:
        results = asyncio.run(run(Path(folder), options))
    show("crash", ("", ""), results.items())
    return conclude(results, targets(results, options), options.json)


if __name__ == "__main__":
    sys.exit(main())
