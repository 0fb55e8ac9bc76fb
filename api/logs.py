"""Logs: one JSON object a line, dotted events, never a word that a person wrote."""

from __future__ import annotations

import logging
import sys
import traceback

import structlog


def configure(level: str) -> None:
    """Sets up structured logging on standard error, for us and for the libraries."""
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_without_words)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processor=structlog.processors.JSONRenderer(), foreign_pre_chain=shared)
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for library in ("uvicorn", "uvicorn.error"):
        logging.getLogger(library).handlers = []
        logging.getLogger(library).propagate = True


def _without_words(record: logging.LogRecord) -> bool:
    """Of a library's error keeps its kind and its place: its message and traceback may quote what a person wrote."""
    if record.exc_info and record.exc_info[1]:
        error = record.exc_info[1]
        record.msg, record.args = "%s %s", (type(error).__name__, where(error))
        record.exc_info = record.exc_text = None
    return True


def where(error: BaseException) -> list[str]:
    """The places an error passed, innermost last; never its message, which may hold a person's words."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)][-8:]
