"""What one API process holds: its settings, database, and the services on top. Made once, at start-up."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from api.consultations.service import Versions
from api.db import Database
from api.interviews.bot import Bot
from api.interviews.exchange import Exchange
from api.interviews.ledger import Ledger
from api.interviews.service import Respondents
from api.interviews.turns import Turns
from api.settings import Settings
from api.throttle import Throttle


@dataclass(frozen=True)
class House:
    settings: Settings
    database: Database
    versions: Versions
    respondents: Respondents
    exchange: Exchange
    bot: Bot
    turns: Turns
    throttle: Throttle

    @classmethod
    def build(cls, settings: Settings) -> House:
        database, versions, bot = Database(settings.database_url), Versions(), Bot(settings)
        respondents = Respondents(versions, Ledger(versions), settings)
        exchange = Exchange(respondents)
        turns = Turns(database, exchange, bot, settings)
        return cls(settings, database, versions, respondents, exchange, bot, turns, Throttle())


async def house(request: Request) -> House:
    """The process's house, for a route. Async, as the other dependencies: a thread for so little would cost more."""
    return request.app.state.house


def address(request: Request) -> str:
    """Where a request comes from, for the throttle alone."""
    return request.client.host if request.client else "unknown"
