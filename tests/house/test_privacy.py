"""Logs carry no text of a person: an event's name, and a few values that cannot hold one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.repository import CODE, ROOT, modules, scripts, tree

METHODS = {"debug", "info", "warning", "warn", "error", "exception", "critical", "log", "msg", "event", "failure"}
NUMBERS = {"interview", "message", "ms", "port", "seconds", "seq"}
NAMES = {"action", "error", "inputs", "missing", "model", "url", "where"}
"""Of ours: actions, types of errors, files, settings, places in the code."""
TEXTS = {"answer", "body", "choices", "content", "other", "raw", "reading", "said", "text", "texts", "value", "words"}
"""Names that hold what people say, wherever they appear in a call."""
SPEAKS = {"api/cli.py", "bot/log.py"}
"""A command speaks to who runs it; the bot's log is written there, from events."""


def faults(source: ast.Module) -> Iterator[str]:
    """What a log call should not have, with its line."""
    for call in (node for node in ast.walk(source) if isinstance(node, ast.Call) and _is_log(node)):
        yield from (f"{call.lineno}: {fault}" for fault in _faults(call))


def _is_log(call: ast.Call) -> bool:
    function = call.func
    on = function.value if isinstance(function, ast.Attribute) and function.attr in METHODS else None
    return isinstance(on, ast.Name) and on.id in ("log", "logger", "logging")


def _faults(call: ast.Call) -> Iterator[str]:
    event = call.args[0] if call.args else None
    if not isinstance(event, ast.Constant) or not re.fullmatch(r"[a-z]+(\.[a-z_]+)+", str(event.value)):
        yield "an event has a dotted name"
    if call.func.attr == "exception":
        yield "a traceback quotes"
    for given in call.keywords:
        if given.arg not in NUMBERS | NAMES:
            yield f"{given.arg} is no key of ours"
        if _names(given.value) & TEXTS:
            yield f"{given.arg} may hold a text"
        if given.arg == "error" and not _is_type_name(given.value):
            yield "an error is told by its type: its message quotes"


def _names(node: ast.AST) -> set[str]:
    """All that an expression mentions: names, attributes, keys."""
    parts = list(ast.walk(node))
    return (
        {part.id for part in parts if isinstance(part, ast.Name)}
        | {part.attr for part in parts if isinstance(part, ast.Attribute)}
        | {str(part.value) for part in parts if isinstance(part, ast.Constant)}
    )


def _is_type_name(node: ast.AST) -> bool:
    return ast.unparse(node) == "type(error).__name__"


each_module = pytest.mark.parametrize("path", modules(*CODE).values(), ids=lambda path: str(path.relative_to(ROOT)))


@each_module
def test_a_module_logs_no_text(path: Path):
    assert list(faults(tree(path))) == []


@each_module
def test_a_module_prints_nothing_and_formats_no_traceback(path: Path):
    calls = {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
    found = {"print", "traceback.print_exc", "traceback.format_exc", "warnings.warn", "sys.stderr.write"} & calls
    assert not found or str(path.relative_to(ROOT)) in SPEAKS


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.name)
def test_a_script_writes_nothing_to_the_console(path: Path):
    assert "console." not in path.read_text("utf-8")


@pytest.mark.parametrize(
    "line",
    [
        'log.info("turn.finished", text=turn.text)',
        'log.info("turn.finished", seq=body["text"])',
        'log.info("turn.finished", interview=said)',
        'log.info(f"turn.{text}")',
        'log.info("A turn is finished")',
        'log.error("turn.failed", error=str(error))',
        'log.exception("turn.failed")',
        'log.failure("turn.failed", error, reading=reading)',
        'logging.warning("turn.failed %s", text)',
    ],
)
def test_a_log_call_that_may_quote_is_found(line: str):
    assert list(faults(ast.parse(line)))


def test_a_log_call_of_numbers_and_names_is_fine():
    line = 'log.error("turn.failed", seq=job.seq, error=type(error).__name__, where=where(error))'
    assert list(faults(ast.parse(line))) == []
