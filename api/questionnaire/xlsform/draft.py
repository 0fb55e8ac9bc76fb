"""A questionnaire under construction from cells, with the cell that everything came from."""

from __future__ import annotations

from typing import Any

from ..findings import Finding, Refused
from ..paths import Location, Place, Places
from .workbook import Cell


class Draft:
    def __init__(self) -> None:
        self._tree: dict[str | int, Any] = {}
        self._marks: dict[Location, Place] = {}
        self.findings: list[Finding] = []

    def put(self, location: Location, value: Any, cell: Cell) -> None:
        """Sets a value; an integer in ``location`` is a place in a list.

        What is inside of a single value, or would replace what others hold, is an error at the cell.
        """
        if not self._fits(location, value):
            self.error("misplaced", cell)
            return
        self.set(location, value)
        for depth in range(len(location), 0, -1):
            self._marks.setdefault(location[:depth], Place(cell.reference, cell.row))

    def _fits(self, location: Location, value: Any) -> bool:
        holders = (self.get(*location[:depth]) for depth in range(1, len(location)))
        replaces = isinstance(self.get(*location), dict) and not isinstance(value, dict)
        return not replaces and all(isinstance(holder, dict | None) for holder in holders)

    def set(self, location: Location, value: Any) -> None:
        """Sets a value that no cell holds."""
        inside = self._tree
        for step in location[:-1]:
            inside = inside.setdefault(step, {})
        inside[location[-1]] = value

    def get(self, *location: str | int) -> Any:
        """The value there, lists as dicts by index; None if there is none."""
        inside: Any = self._tree
        for step in location:
            inside = inside.get(step) if isinstance(inside, dict) else None
        return inside

    def error(self, code: str, cell: Cell, /, **values: object) -> None:
        self.findings.append(Finding("error", code, cell.reference, cell.row, values))

    def warn(self, code: str, cell: Cell, /, **values: object) -> None:
        self.findings.append(Finding("warning", code, cell.reference, cell.row, values))

    def finish(self) -> tuple[Any, Places]:
        """Plain data and their places. Raises Refused if an error was found on the way."""
        if any(found.level == "error" for found in self.findings):
            raise Refused(self.findings)
        data = _listed(self._tree)
        return data, Places(data, self._marks)


def _listed(tree: Any) -> Any:
    """Dicts by index become lists."""
    if not isinstance(tree, dict):
        return tree
    if tree and all(isinstance(step, int) for step in tree):
        return [_listed(tree[step]) for step in sorted(tree)]
    return {step: _listed(value) for step, value in tree.items()}
