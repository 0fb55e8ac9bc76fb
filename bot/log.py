"""One JSON object a line on standard output: dotted event names, never a sentence, never a text of a person."""

from __future__ import annotations

import json
import logging
from typing import Any

import structlog


def event(name: str, **fields: Any) -> None:
    """Write `{"event": name, ...fields}`."""
    print(json.dumps({"event": name, **fields}), flush=True)


def failure(name: str, error: BaseException, **fields: Any) -> None:
    """Write what failed and where it began; the message of an exception may quote a person, so it stays out."""
    event(name, error=_chain(error), **fields)


def _chain(error: BaseException | None) -> list[str]:
    if error is None:
        return []
    return [type(error).__name__, *_chain(error.__cause__)]


class EventHandler(logging.Handler):
    """What libraries log, as events: who logged, where, and the kinds of exceptions."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        where = f"{record.module}:{record.lineno}"
        event(f"library.{record.levelname.lower()}", logger=record.name, where=where, error=_chain(error))


def listen() -> None:
    """Route every library's warnings and errors to events, and keep Rasa's structured logs, full of texts, quiet."""
    logging.basicConfig(level=logging.WARNING, handlers=[EventHandler()], force=True)
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)  # deprecations of a finished Rasa, which we pin
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
