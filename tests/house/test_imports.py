"""Who may import whom: the table of ARCHITECTURE.md, read as it stands. Every row that names a module holds for it."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house.repository import CODE, ROOT, modules, read, rows_of, scripts, tree

ROOMS = (*CODE, "bench")
ANYTHING = "anything"


class Row(NamedTuple):
    """Patterns of modules, and of what they may import and never do."""

    modules: list[str]
    ours: list[str]
    others: list[str]
    never: list[str]

    def refuses(self, imported: str) -> bool:
        allowed = self.ours if imported.split(".")[0] in (*ROOMS, "tests") else self.others
        return matches(imported, self.never) or not (allowed == [ANYTHING] or matches(imported, allowed))


def matches(name: str, patterns: list[str]) -> bool:
    """Whether a module, or what holds it, is one of these; ``*`` stands for any part of a name."""
    return any(fnmatch(name, pattern) or fnmatch(name, f"{pattern}.*") for pattern in patterns)


@cache
def table() -> list[Row]:
    section = read("ARCHITECTURE.md").partition("## Who may import whom")[2].partition("\n## ")[0]
    return [Row(*(_names(cell) for cell in cells)) for cells in rows_of(section)]


def _names(cell: str) -> list[str]:
    return [ANYTHING] if cell == ANYTHING else re.findall(r"`([\w.*]+)`", cell)


def imports(source: ast.Module, package: str = "") -> Iterator[str]:
    """What a module imports, in full; the standard library apart."""
    for node in ast.walk(source):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if not is_standard(alias.name))
        elif isinstance(node, ast.ImportFrom):
            origin = ".".join(filter(None, [_above(package, node.level), node.module]))
            yield from (f"{origin}.{alias.name}" for alias in node.names if not is_standard(origin))


def _above(package: str, level: int) -> str:
    return ".".join(package.split(".")[: 1 - level or None]) if level else ""


def is_standard(name: str) -> bool:
    return name.split(".")[0] in sys.stdlib_module_names


def breaches(module: str, source: ast.Module, package: str = "") -> set[str]:
    rows = [row for row in table() if matches(module, row.modules)]
    return {imported for imported in imports(source, package) if any(row.refuses(imported) for row in rows)}


@pytest.mark.parametrize("module", modules(*ROOMS))
def test_a_module_imports_only_what_its_room_may(module: str):
    path = modules(*ROOMS)[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    assert breaches(module, tree(path), package) == set()


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("bot.replies.choice", "import rasa.core"),
        ("bot.replies.choice", "from bot.components import ReplyReader"),
        ("bot.channel", "from api.settings import settings"),
        ("actions.turn", "from bot import turn"),
        ("actions.client", "import sqlalchemy"),
        ("api.questionnaire.flow", "from fastapi import Request"),
        ("api.questionnaire.flow", "from api.strings import say"),
        ("api.interviews.position", "from sqlalchemy.orm import Session"),
        ("api.interviews.moves", "from api.interviews import queries"),
        ("api.interviews.queries", "from api.interviews import service"),
        ("api.interviews.service", "from api.interviews import routes"),
        ("api.interviews.service", "from sqlalchemy import select"),
        ("api.interviews.routes", "from api.interviews import queries"),
        ("api.interviews.routes", "from api.models import Interview"),
        ("api.interviews.service", "from api.consultations import queries"),
        ("api.consultations.service", "from api.interviews import service"),
        ("api.main", "import rasa_sdk"),
        ("api.main", "import tests.conftest"),
        ("bench.client", "from api.interviews import service"),
    ],
)
def test_the_table_refuses(module: str, line: str):
    assert breaches(module, ast.parse(line))


def test_a_relative_import_counts_like_any_other():
    assert set(imports(ast.parse("from ..definition import Text"), "api.questionnaire.checks")) == {
        "api.questionnaire.definition.Text"
    }
    assert set(imports(ast.parse("from . import nodes"), "api.questionnaire")) == {"api.questionnaire.nodes"}


def test_every_module_the_table_names_exists():
    named = {name for row in table() for names in row for name in names if name.split(".")[0] in ROOMS}
    assert {name for name in named if not any(matches(module, [name]) for module in modules(*ROOMS))} == set()


def test_the_product_commits_on_one_line():
    """Every other transaction ends where ``Database.writing`` does; migrations have their own."""
    lines = [
        f"{path.relative_to(ROOT)}:{node.func.attr}"
        for path in modules(*CODE).values()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("commit", "begin")
    ]
    assert sorted(set(lines) - {"api/main.py:begin"}) == ["api/db.py:begin", "api/migrate.py:begin"]


@pytest.mark.parametrize("script", scripts(), ids=lambda path: path.name)
def test_a_script_imports_only_its_neighbours(script: Path):
    origins = re.findall(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']""", script.read_text("utf-8"))
    assert [origin for origin in origins if not re.fullmatch(r"\.{1,2}/[\w./]+\.js", origin)] == []
