"""One process, one model, one channel on loopback: less of Rasa than `rasa run` starts, and sooner."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage, register
from rasa.core.run import create_http_input_channels
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic

from bot import log, speedups
from bot.training import PROJECT
from bot.turn import DEFINITION_BYTES

HOST = "127.0.0.1"
DEFAULT_PORT = "5005"
DEFAULT_ACTIONS_URL = "http://127.0.0.1:5055"
KEEP_ALIVE = 75  # seconds; longer than a client keeps a connection, so that none is closed under a request
WARM_UP = {"text": ".", "questionnaire": ""}


def serve(model: Path, started: float) -> int:
    """Load the model, then answer until SIGINT or SIGTERM. `started` is when the process began (monotonic seconds).

    Returns the exit status: 1 when the port could not be had.
    """
    speedups.apply()
    os.environ.setdefault("PORTEVOIX_ACTIONS_URL", DEFAULT_ACTIONS_URL)
    port = int(os.environ.get("PORTEVOIX_BOT_PORT", DEFAULT_PORT))
    app = _application(model)
    app.ctx.was_ready = False

    async def announce(app: Sanic, _: Any) -> None:
        app.ctx.was_ready = True
        log.event("bot.ready", port=port, model=model.name, seconds=round(time.monotonic() - started, 1))

    app.register_listener(announce, "after_server_start")
    app.run(host=HOST, port=port, access_log=False, motd=False)
    return 0 if app.ctx.was_ready else 1


def _application(model: Path) -> Sanic:
    app = Sanic("portevoix_bot", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = DEFINITION_BYTES + 1
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 2
    app.config.KEEP_ALIVE_TIMEOUT = KEEP_ALIVE
    register(create_http_input_channels(None, str(PROJECT / "credentials.yml")), app, route="/webhooks/")

    async def load(app: Sanic, _: Any) -> None:
        app.ctx.agent = await _load_agent(model)

    async def close(app: Sanic, _: Any) -> None:
        await app.ctx.agent.action_endpoint.close()

    app.register_listener(load, "before_server_start")
    app.register_listener(close, "after_server_stop")
    return app


async def _load_agent(model: Path) -> Agent:
    """The agent, warmed by one message so that the first person does not wait for word lists and lazy imports."""
    endpoints = AvailableEndpoints.read_endpoints(str(PROJECT / "endpoints.yml"))
    agent = Agent.load(
        model,
        generator=endpoints.nlg,
        tracker_store=TrackerStore.create(endpoints.tracker_store),
        action_endpoint=speedups.ActionServer(url=endpoints.action.url, headers=endpoints.action.headers),
    )
    await agent.processor.parse_message(UserMessage(".", metadata=WARM_UP))
    return agent
