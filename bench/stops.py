"""``python -m bench.stops``: the API, the bot and the actions, each stopped mid-conversation and started again.

The person must get a word of it in both languages within 8 s, lose nothing, and go on to the end of the interview. A
stopped API cannot say anything: there the word is the page's own, and what counts here is that the refusal is at once.
Exit code 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import openly
from bench.client import PENDING, Respondent, message
from bench.http import Http, Json, Unanswered
from bench.installation import Installation
from bench.ledger import Ledger, read
from bench.processes import free_ports
from bench.report import Target, conclude, show

WORD_WITHIN = 8.0
DOWN = 3.0
"""Seconds that a stopped process stays away once the person knows."""
BEFORE = 5
"""Questions answered before the stop."""


def is_bilingual(french: str, english: str) -> bool:
    """Whether a notice carries both languages: each rendering opens in its own and holds the other's opening too."""
    first_fr, first_en = french.partition("\n")[0], english.partition("\n")[0]
    return first_fr != first_en and first_fr in english and first_en in french


class Person:
    """One respondent whose serials no one else uses."""

    def __init__(self, respondent: Respondent, ledger: Ledger, serial: int) -> None:
        self.respondent, self.ledger, self.serial = respondent, ledger, serial

    def next_message(self) -> Json:
        question = self.respondent.question
        assert question is not None
        self.serial += 1
        return message(question, text=openly.words(question["name"], self.serial))

    async def answer(self, most: int = openly.QUESTIONS) -> None:
        """Answer what is asked, at most so many times."""
        for _ in range(most):
            if self.respondent.question is None:
                return
            await self.finish(self.next_message())

    async def finish(self, body: Json) -> None:
        """Send a message until it is answered, by a server that may be starting."""
        while True:
            try:
                await self.respondent.send(body)
            except Unanswered:
                await asyncio.sleep(0.1)
            else:
                self.ledger.acknowledged[body["client_id"]] = body["text"]
                return

    async def talk_until_told(self) -> tuple[Json, float, bool | None]:
        """Talk on until a message is not answered at once.

        Gives its body, seconds until the person knows that the answer will be late, and whether in both languages; None
        when nobody was there to say so.
        """
        while True:
            body, began = self.next_message(), time.monotonic()
            try:
                reply = await self.respondent.post(body)
            except Unanswered:
                return body, time.monotonic() - began, None
            self.ledger.acknowledged[body["client_id"]] = body["text"]
            if reply.status == PENDING:
                seconds = time.monotonic() - began
                return body, seconds, await self._bilingual(reply.json()["messages"][0]["seq"])
            self.respondent.state = reply.json()

    async def _bilingual(self, seq: int) -> bool:
        texts = []
        for language in ("fr", "en"):
            shown = await self.respondent.messages(after=seq - 1, language=language)
            texts += [line["text"] for line in shown["messages"] if line["seq"] == seq]
        return len(texts) == 2 and is_bilingual(*texts)


async def stop_and_start(installation: Installation, name: str, person: Person) -> dict[str, Any]:
    """Stop one process under a person, and see them through."""
    await person.respondent.turn(choices=["yes"])
    await person.answer(BEFORE)
    stopping = asyncio.create_task(asyncio.to_thread(installation.processes[name].stop))
    body, seconds, bilingual = await person.talk_until_told()
    await stopping
    await asyncio.sleep(DOWN)
    installation.processes[name].start()
    began = time.monotonic()
    await person.finish(body)
    back = time.monotonic() - began
    await person.answer()
    completed = person.respondent.state["status"] == "completed"
    return {"word_s": seconds, "bilingual": bilingual, "answered_after_start_s": back, "completed": completed}


async def run(folder: Path, ports: list[int]) -> dict[str, Any]:
    """One person for each process; then the audit of all of them."""
    installation, ledger, results = Installation(folder, ports), Ledger(), {}
    installation.prepare(openly.write_questionnaire(folder / "openly.yml"))
    try:
        await installation.start()
        async with Http(installation.url) as http:
            for serial, name in enumerate(installation.processes):
                person = Person(await Respondent.start(http, openly.SLUG), ledger, serial * 1000)
                results[name] = await stop_and_start(installation, name, person)
    finally:
        installation.stop()
    return {"stops": results, **ledger.audit(*read(installation.database_url))}


def targets(results: dict[str, Any]) -> list[Target]:
    """For each process the word, its languages and the end of the interview; for all, nothing lost."""
    each = [
        target
        for name, found in results["stops"].items()
        for target in (
            Target(f"{name}.word_s", found["word_s"], "<=", WORD_WITHIN),
            Target(f"{name}.bilingual", found["bilingual"], "==", True),
            Target(f"{name}.completed", found["completed"], "==", True),
        )
        if target.value is not None
    ]
    return [*each, *(Target(name, results[name], "==", 0) for name in ("lost", "doubled", "misplaced", "pending"))]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.stops", description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--ports", type=int, nargs=3, default=free_ports(3))
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="porte-voix-stops-") as folder:
        results = asyncio.run(run(Path(folder), options.ports))
    header = ["", *next(iter(results["stops"].values()))]
    show("stops", header, [(name, *found.values()) for name, found in results["stops"].items()])
    return conclude(results, targets(results), options.json)


if __name__ == "__main__":
    sys.exit(main())
