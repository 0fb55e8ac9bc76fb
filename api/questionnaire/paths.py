"""How a place in a questionnaire is called: ``survey.region.label``, ``choices.region.laval``.

Items of a list go by their name. Names are unique in a survey, so a question is called the same in a group or out of
it: moving it leaves the paths of its texts as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Location = tuple[str | int, ...]
"""Keys and indexes from the root of plain data."""


class Place(NamedTuple):
    """Where a person finds it: the ``path`` or, in a workbook, the cell (``survey!C5``); the line or row, from 1."""

    path: str
    line: int | None


class Places:
    """Where everything of a file was written."""

    def __init__(self, data: Any, marks: Mapping[Location, int | Place]):
        """``marks`` gives the line of each location, or the place of its cell."""
        self._data = data
        self._marks = marks
        self._locations: dict[str, list[Location]] = {}
        for location in marks:
            self._locations.setdefault(dotted(data, location), []).append(location)

    def find(self, path: str, occurrence: int = 0) -> Place:
        """The place of a path, or of what holds it; ``occurrence`` tells items of the same name apart, from 0."""
        holder = path
        while holder not in self._locations and holder:
            holder = holder.rpartition(".")[0]
        locations = self._locations.get(holder, [()])
        return self._place(path, locations[min(occurrence, len(locations) - 1)])

    def at(self, location: Location) -> Place:
        """The place of a location, or of what holds it."""
        path = dotted(self._data, location)
        while location not in self._marks and location:
            location = location[:-1]
        return self._place(path, location)

    def _place(self, path: str, location: Location) -> Place:
        mark = self._marks.get(location)
        return mark if isinstance(mark, Place) else Place(path, mark)


def dotted(data: Any, location: Location) -> str:
    """The path of a location; what is not in ``data`` keeps its key or index."""
    steps: list[str] = []
    for step in location:
        data = inside(data, step)
        if isinstance(step, int):
            steps = ["survey"] if steps[-1:] == ["children"] else steps
            steps.append(_name(data) or str(step))
        else:
            steps.append(step)
    return ".".join(steps)


def inside(data: Any, step: str | int) -> Any:
    """The value that ``data`` holds there, or None."""
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None


def _name(item: Any) -> str | None:
    """What identifies an item: its name, or the code of a source, whose name is a text."""
    names = [item.get("name"), item.get("code")] if isinstance(item, dict) else []
    return next((name for name in names if isinstance(name, str)), None)
