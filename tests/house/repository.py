"""The repository as its own tests read it: files, modules, Markdown."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("actions", "api", "bot")
"""The rooms of the product; ``bench`` and ``tests`` serve them."""
LANGUAGES = ("fr", "en")


@cache
def modules(*rooms: str) -> dict[str, Path]:
    """Every Python file of some rooms, by the name it is imported under."""
    files = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in files}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def scripts() -> list[Path]:
    """What a browser runs."""
    return sorted((ROOT / "web").rglob("*.js"))


def documents() -> list[Path]:
    """Every Markdown file that people read."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/**/*.md")])


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def code_of(markdown: str) -> list[str]:
    """What stands between back-ticks, then the lines of fenced blocks, in order."""
    fences = re.findall(r"^```\w*\n(.*?)^```", markdown, re.DOTALL | re.MULTILINE)
    prose = re.sub(r"^```.*?^```", "", markdown, flags=re.DOTALL | re.MULTILINE)
    return [*re.findall(r"`([^`\n]+)`", prose), *(line for fence in fences for line in fence.splitlines())]


def links_of(markdown: str) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", markdown)


def rows_of(markdown: str) -> Iterator[list[str]]:
    """The cells of every row of every table, heads and rules apart."""
    lines = markdown.splitlines()
    for above, line in pairwise(lines):
        if line.startswith("|") and above.startswith("|") and not re.match(r"^\|[ :|-]+$", line):
            yield [cell.strip() for cell in line.strip("|").split("|")]
