"""Counts of a replay, and what they must reach."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bench.comparison import Closed, Open
from bench.report import Target, percentile


@dataclass
class Tally:
    """What became of every answer replayed one way."""

    way: str
    interviews: int = 0
    closed: Counter[Closed] = field(default_factory=Counter)
    open: Counter[Open] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    """Open answers read as a kind of nothing; they keep their words."""
    stuck: int = 0
    differing: int = 0
    """Closed answers that differ at the very end, when every misreading was mended: an answer went astray."""
    server_errors: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    turns: list[float] = field(default_factory=list)
    misses: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0

    def summary(self) -> dict[str, Any]:
        """Counts, shares between 0 and 1, and milliseconds."""
        return {
            "interviews": self.interviews,
            **{f"closed.{outcome}": self.closed[outcome] for outcome in Closed},
            "closed.equal_share": share(self.closed, Closed.EQUAL),
            "closed.wrong_share": share(self.closed, Closed.WRONG),
            **{f"open.{outcome}": self.open[outcome] for outcome in Open},
            "open.command_share": share(self.open, Open.COMMAND),
            **{f"open.{kind}": self.missing[kind] for kind in ("dont_know", "refused", "skipped")},
            "differing": self.differing,
            "stuck": self.stuck,
            "server_errors": self.server_errors,
            "errors": sum(self.errors.values()),
            "turns": len(self.turns),
            "turn_p50_ms": percentile(self.turns, 0.5) * 1000,
            "turn_p95_ms": percentile(self.turns, 0.95) * 1000,
            "seconds": self.seconds,
        }

    def targets(self) -> list[Target]:
        """What the replay of one way must reach."""
        wanted, wrong = (1.0, 0.0) if self.way == "buttons" else (0.97, 0.005)
        nothing = ("stuck", "server_errors", "errors", "differing", f"open.{Open.DIFFERENT}")
        got = self.summary()
        return [
            Target(f"{self.way}.closed.equal_share", got["closed.equal_share"], ">=", wanted),
            Target(f"{self.way}.closed.wrong_share", got["closed.wrong_share"], "<=", wrong),
            Target(f"{self.way}.open.command_share", got["open.command_share"], "<=", 0.003),
            *(Target(f"{self.way}.{name}", got[name], "==", 0) for name in nothing),
        ]


def share(counts: Counter[Any], key: Any) -> float:
    """A count's share of all; NaN of nothing."""
    return counts[key] / counts.total() if counts else float("nan")
