"""What every harness ends in: numbers, targets, a table, a JSON file and an exit code."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

console = Console()


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 to 1) of them do not exceed. Raises ValueError when empty."""
    if not values:
        raise ValueError("empty")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


@dataclass(frozen=True)
class Target:
    """A promise: ``value`` stands on the right side of ``limit``. A value that was not measured (NaN) misses it."""

    name: str
    value: float
    sense: Literal["<=", ">=", "=="]
    limit: float

    @property
    def met(self) -> bool:
        senses = {"<=": self.value <= self.limit, ">=": self.value >= self.limit, "==": self.value == self.limit}
        return senses[self.sense]


def show(title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a table."""
    table = Table(title=title, title_justify="left")
    for position, name in enumerate(header):
        table.add_column(name, justify="right" if position else "left")
    for row in rows:
        table.add_row(*map(_cell, row))
    console.print(table)


def _cell(value: Any) -> str:
    return f"{value:,.4g}" if isinstance(value, float) else str(value)


def conclude(results: dict[str, Any], targets: Sequence[Target], path: Path | None) -> int:
    """Show which targets are met, write results and targets as JSON, and return the exit code: 1 when one is missed."""
    rows = [(target.name, target.value, target.sense, target.limit, "✓" if target.met else "✗") for target in targets]
    show("targets", ("target", "value", "", "limit", "met"), rows)
    if path is not None:
        judged = [asdict(target) | {"met": target.met} for target in targets]
        content = json.dumps({**results, "targets": judged}, indent=1, ensure_ascii=False)
        path.write_text(content + "\n", encoding="utf-8")
    return 0 if all(target.met for target in targets) else 1
