"""``python -m bench.replay``: real interviews of another survey, held again through the HTTP contract.

Three ways: by buttons, by labels typed in English, by labels typed in French; open answers always as people typed them.
What is stored is compared with what they answered. Never prints anyone's words: questions, codes and row numbers only.
Exit code 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.client import Refused, Respondent
from bench.comparison import Closed, Open, judge_closed, judge_open, labels, typed
from bench.http import Http, Json, Unanswered
from bench.mapping import Expected, expected, read_mapping, read_rows
from bench.processes import free_ports
from bench.report import conclude, console, show
from bench.systems import PorteVoix, command
from bench.tally import Tally

LANGUAGES = {"buttons": "en", "typed-en": "en", "typed-fr": "fr"}
MOST_ATTEMPTS = 4
"""Times that one question may be asked before the interview counts as stuck."""


class Stuck(Exception):
    """The interview does not go on."""


@dataclass
class Interview:
    """One person's answers, said again to the questions as the server asks them."""

    respondent: Respondent
    answers: Mapping[str, Expected]
    way: str
    turns: list[float]
    closed: dict[str, Closed] = field(default_factory=dict)
    obeyed: set[str] = field(default_factory=set)
    """Open questions whose words were obeyed as a command."""
    attempts: Counter[str] = field(default_factory=Counter)

    async def hold(self) -> dict[str, Json]:
        """Answer until nothing is asked; give the stored answers. Raises Stuck, Refused."""
        while question := self.respondent.question:
            self.attempts[question["name"]] += 1
            if self.attempts[question["name"]] > MOST_ATTEMPTS:
                raise Stuck
            await self._answer(question, self.attempts[question["name"]])
        if self.respondent.state["status"] != "completed":
            raise Stuck
        return await self.respondent.answers()

    async def _answer(self, question: Json, attempt: int) -> None:
        answer = self.answers.get(question["name"])
        if self.respondent.state["status"] == "paused":
            await self._turn(action="resume")
        elif question["type"] == "consent":
            await self._turn(choices=["yes"])
        elif answer is None or answer.is_blank:
            await self._turn(action="refuse" if question["required"] else "skip")
        elif answer.is_open:
            await self._answer_open(question["name"], answer, attempt)
        else:
            await self._answer_closed(question, answer, attempt)

    async def _answer_open(self, name: str, answer: Expected, attempt: int) -> None:
        if attempt == 1:
            await self._turn(text=answer.value)
        else:
            self.obeyed.add(name)
            await self.respondent.put_answer(name, value=answer.value)

    async def _answer_closed(self, question: Json, answer: Expected, attempt: int) -> None:
        if self.way == "buttons" or attempt > 1:
            await self._turn(choices=answer.codes)
        else:
            await self._turn(text=typed(labels(question, answer.codes), LANGUAGES[self.way]))
            await self._check(question["name"], answer)

    async def _check(self, name: str, answer: Expected) -> None:
        """Judge a typed label at once, and mend a wrong value so that the path stays the person's."""
        self.closed[name] = judge_closed(answer, (await self.respondent.answers()).get(name))
        if self.closed[name] is Closed.WRONG:
            await self.respondent.put_answer(name, value=answer.value)

    async def _turn(self, **said: Any) -> None:
        began = time.perf_counter()
        await self.respondent.turn(**said)
        self.turns.append(time.perf_counter() - began)


@dataclass
class Replay:
    """All interviews, one way, a few at once."""

    http: Http
    consultation: str
    tally: Tally

    async def run(self, rows: Mapping[str, Mapping[str, Expected]], at_once: int) -> None:
        """``rows``: what each person answered, by row number."""
        began = time.monotonic()
        waiting = iter(rows.items())
        await asyncio.gather(*(self._work(waiting) for _ in range(at_once)))
        self.tally.seconds = time.monotonic() - began

    async def _work(self, waiting: Iterator[tuple[str, Mapping[str, Expected]]]) -> None:
        for row, answers in waiting:
            self.tally.interviews += 1
            try:
                await self._replay(row, answers)
            except Stuck:
                self.tally.stuck += 1
                self._miss(row, "stuck")
            except (Refused, Unanswered) as error:
                self.tally.server_errors += isinstance(error, Refused) and error.status >= 500
                self.tally.errors[str(error)] += 1
                self._miss(row, str(error))

    async def _replay(self, row: str, answers: Mapping[str, Expected]) -> None:
        way = self.tally.way
        respondent = await Respondent.start(self.http, self.consultation, LANGUAGES[way])
        interview = Interview(respondent, answers, way, self.tally.turns)
        stored = await interview.hold()
        for name, answer in answers.items():
            if not answer.is_blank and answer.is_open:
                self._count_open(row, name, answer, stored.get(name), name in interview.obeyed)
            elif not answer.is_blank:
                self._count_closed(row, name, answer, stored.get(name), interview.closed.get(name))

    def _count_open(self, row: str, name: str, answer: Expected, stored: Json | None, obeyed: bool) -> None:
        outcome = Open.COMMAND if obeyed else judge_open(answer, stored)
        self.tally.open[outcome] += 1
        if outcome is Open.EQUAL and stored and stored["missing"]:
            self.tally.missing[stored["missing"]] += 1
        if outcome is not Open.EQUAL:
            self._miss(row, outcome, question=name)

    def _count_closed(self, row: str, name: str, answer: Expected, stored: Json | None, first: Closed | None) -> None:
        final = judge_closed(answer, stored)
        outcome = first or final
        self.tally.closed[outcome] += 1
        self.tally.differing += final is not Closed.EQUAL
        if outcome is not Closed.EQUAL:
            self._miss(row, outcome, question=name, codes=answer.codes)

    def _miss(self, row: str, outcome: str, **where: Any) -> None:
        self.tally.misses.append({"way": self.tally.way, "row": row, "outcome": str(outcome), **where})


def publish(form: Path, environment: Mapping[str, str] | None = None) -> str:
    """Import an XLSForm and publish it on the running system; its slug. Raises CalledProcessError."""
    done = subprocess.run(
        command("import", str(form), "--publish"), env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.split()[-1]


async def replay(
    url: str, consultation: str, rows: Mapping[str, Mapping[str, Expected]], way: str, at_once: int
) -> Tally:
    """Replay all rows one way."""
    tally = Tally(way)
    async with Http(url) as http:
        await Replay(http, consultation, tally).run(rows, at_once)
    console.print(f"{way}: {tally.interviews} / {tally.seconds:.0f} s")
    return tally


async def replay_all(url: str, consultation: str, options: argparse.Namespace) -> list[Tally]:
    """Every way asked for, one after the other."""
    mapping = read_mapping(options.mapping)
    rows = read_rows(options.responses)[: options.limit]
    people = {row.get("S. No", str(number)): expected(row, mapping) for number, row in enumerate(rows, 1)}
    return [await replay(url, consultation, people, way, options.concurrency) for way in options.way or LANGUAGES]


async def replay_fresh(options: argparse.Namespace) -> list[Tally]:
    """Start a whole stack of its own, publish the form on it while it runs, and replay."""
    with tempfile.TemporaryDirectory(prefix="porte-voix-replay-") as folder:
        system = PorteVoix(Path(folder), *options.ports)
        try:
            await system.open()
            return await replay_all(system.url, publish(options.form, system.environment), options)
        finally:
            system.stop()


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.replay", description=__doc__)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--url", help="of a running system whose settings are this environment's")
    where.add_argument("--stack", action="store_true", help="of its own, started and stopped here")
    parser.add_argument("--form", type=Path, required=True)
    parser.add_argument("--mapping", type=Path, required=True)
    parser.add_argument("--responses", type=Path, required=True)
    parser.add_argument("--way", action="append", choices=LANGUAGES)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--concurrency", type=int, default=2)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--ports", type=int, nargs=3, default=free_ports(3))
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    options = arguments(argv)
    if options.stack:
        tallies = asyncio.run(replay_fresh(options))
    else:
        tallies = asyncio.run(replay_all(options.url, publish(options.form), options))
    summaries = {tally.way: tally.summary() for tally in tallies}
    keys = next(iter(summaries.values()))
    show("replay", ("", *summaries), [(key, *(each[key] for each in summaries.values())) for key in keys])
    misses = Counter(
        (miss["way"], miss.get("question", ""), miss["outcome"]) for tally in tallies for miss in tally.misses
    )
    show("misses", ("way", "question", "outcome", "n"), [(*miss, n) for miss, n in misses.most_common(40)])
    results = {"ways": summaries, "misses": [miss for tally in tallies for miss in tally.misses]}
    return conclude(results, [target for tally in tallies for target in tally.targets()], options.json)


if __name__ == "__main__":
    sys.exit(main())
