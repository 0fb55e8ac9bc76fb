"""Turns under way: whoever waits for one waits in the event loop, with no thread and no connection.

One task an interview drains its pending messages in order. A caretaker looks for messages that nobody is answering
(the bot was away, a process died) and has them answered when the bot is back.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from starlette.concurrency import run_in_threadpool

from api.db import Database
from api.interviews import queries
from api.interviews.bot import Bot, BotAway, TurnFailed
from api.interviews.exchange import Accepted, Exchange, Job
from api.interviews.service import now
from api.logs import where
from api.settings import Settings

log = structlog.get_logger()
T = TypeVar("T")

ROUND = 0.5
"""Seconds between two rounds of the caretaker."""
RETRY = 0.5
"""Seconds before a turn that could not be handled is tried again."""
MARGIN = 0.5
"""Seconds kept for saying that the answer comes later."""
STALE = 2.0
"""Seconds in the queue after which a job's lease is taken anew."""
MOST_A_ROUND = 50


class Turns:
    """The turns of one API process."""

    def __init__(self, database: Database, exchange: Exchange, bot: Bot, settings: Settings):
        self.database, self.exchange, self.bot, self.settings = database, exchange, bot, settings
        self._waiting: dict[tuple[str, int], set[asyncio.Future[str | None]]] = defaultdict(set)
        self._draining: dict[asyncio.Task[None], str] = {}
        self._places = asyncio.Semaphore(settings.bot_concurrency)
        self._caretaker: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Starts the caretaker in the running event loop."""
        self._caretaker = asyncio.create_task(self._care())

    async def end(self) -> None:
        """Stops everything; what is pending stays in the database and is finished at the next start."""
        tasks = [task for task in (self._caretaker, *self._draining) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def answer(self, accepted: Accepted) -> str | None:
        """The response to an accepted message, or ``None`` if there is none in time."""
        if accepted.response is not None:
            return accepted.response
        if accepted.job is not None:
            self._drain(accepted.interview, accepted.job)
        if self.bot.is_away:
            return None
        return await self._wait(accepted)

    async def _wait(self, accepted: Accepted) -> str | None:
        key = accepted.interview, accepted.seq
        told: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._waiting[key].add(told)
        try:
            return await self._first(told, accepted)
        finally:
            self._waiting[key].discard(told)
            if not self._waiting[key]:
                del self._waiting[key]

    async def _first(self, told: asyncio.Future[str | None], accepted: Accepted) -> str | None:
        """What this process's task tells; or the database, when another process answers."""
        deadline = time.monotonic() + self.settings.answer_timeout - MARGIN
        while (remaining := deadline - time.monotonic()) > 0:
            done, _ = await asyncio.wait([told], timeout=min(ROUND, remaining))
            if done:
                return told.result()
            if accepted.interview not in self._draining.values() and (body := await self._stored(accepted)) is not None:
                return body
        return None

    async def _stored(self, accepted: Accepted) -> str | None:
        def read() -> str | None:
            with self.database.reading() as session:
                turn = queries.turn(session, accepted.interview, accepted.seq)
                return turn.response if turn else None

        return await run_in_threadpool(read)

    def _drain(self, interview: str, job: Job | None = None) -> None:
        task = asyncio.create_task(self._answer_all(interview, job))
        self._draining[task] = interview
        task.add_done_callback(self._draining.pop)

    async def _answer_all(self, interview: str, job: Job | None) -> None:
        """Answers an interview's pending messages, oldest first, until none is left or one cannot be."""
        taken = time.monotonic()
        try:
            async with self._places:
                if job is not None and time.monotonic() - taken > STALE:
                    await self._write(self.exchange.release, job, 0.0)
                    job = None
                job = job or await self._take(interview)
                while job is not None:
                    job = await self._turn(job)
        except Exception as error:
            log.error("turn.broke", interview=interview, error=type(error).__name__, where=where(error))

    async def _take(self, interview: str) -> Job | None:
        def take(session: Any) -> Job | None:
            held = queries.lock(session, interview)
            return self.exchange.take(session, held) if held else None

        return await self._write(take)

    async def _turn(self, job: Job) -> Job | None:
        """One turn, from the bot to the disk; the next one if there is one to go on with."""
        began = time.perf_counter()
        try:
            lines = await self.bot.say(job)
            body, following = await self._write(self.exchange.finish, job, lines)
        except BotAway:
            await self._write(self.exchange.release, job, RETRY)
            log.warning("turn.bot_away", interview=job.interview, seq=job.seq)
            if self.bot.is_away:
                self._tell(job, None)
            return None
        except TurnFailed:
            body, following = await self._write(self.exchange.fail, job, RETRY)
            log.error("turn.failed", interview=job.interview, seq=job.seq)
        if body is not None:
            self._tell(job, body)
            log.info(
                "turn.finished", interview=job.interview, seq=job.seq, ms=round((time.perf_counter() - began) * 1000)
            )
        return following

    def _tell(self, job: Job, body: str | None) -> None:
        for waiting in self._waiting.get((job.interview, job.seq), ()):
            if not waiting.done():
                waiting.set_result(body)

    async def _care(self) -> None:
        while True:
            await asyncio.sleep(ROUND)
            try:
                self.exchange.respondents.ledger.tidy()
                if not self.bot.is_away or await self.bot.look():
                    for interview in set(await self._abandoned()).difference(self._draining.values()):
                        self._drain(interview)
            except Exception as error:
                log.error("caretaker.broke", error=type(error).__name__, where=where(error))

    async def _abandoned(self) -> list[str]:
        def read() -> list[str]:
            with self.database.reading() as session:
                return list(queries.abandoned(session, now(), MOST_A_ROUND))

        return await run_in_threadpool(read)

    async def _write(self, work: Callable[..., T], *arguments: Any) -> T:
        """One transaction in a worker thread."""

        def write() -> T:
            with self.database.writing() as session:
                return work(session, *arguments)

        return await run_in_threadpool(write)
