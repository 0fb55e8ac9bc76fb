"""What is found about a questionnaire's file, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning", "notice"]
"""An error refuses the file; a warning wants a human eye; a notice informs."""


@dataclass(frozen=True)
class Finding:
    """One thing to say about a file: the sentence is ``say(finding.key, language, **finding.values)``."""

    level: Level
    code: str
    path: str
    """Where in the file: ``survey.region.label``, or the cell of a workbook, ``survey!C5``."""
    line: int | None = None
    """The line of a YAML file or the row of a sheet, from 1."""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"check.{self.code}"


class Refused(Exception):
    """A file that cannot be read as a questionnaire; ``findings`` say why."""

    def __init__(self, findings: Iterable[Finding]):
        self.findings = list(findings)
        super().__init__(", ".join(f"{found.code} at {found.path}" for found in self.findings))


def refuse(code: str, /, path: str = "", line: int | None = None, **values: object) -> Refused:
    """The refusal that has one finding."""
    return Refused([Finding("error", code, path, line, values)])
