"""The questionnaire versions this process has been told about, by hash."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

Lexicon = Mapping[str, Any]


class Lexicons:
    """Keeps the most recently used versions; a forgotten one is asked for again."""

    def __init__(self, capacity: int = 64) -> None:
        self._capacity = capacity
        self._versions: OrderedDict[str, Lexicon] = OrderedDict()

    def learn(self, lexicon: Lexicon) -> None:
        """Remember `{"hash": ..., "questions": {name: ...}}`, forgetting the least recently used beyond capacity."""
        self._versions[lexicon["hash"]] = lexicon
        self._versions.move_to_end(lexicon["hash"])
        if len(self._versions) > self._capacity:
            self._versions.popitem(last=False)

    def get(self, version: str) -> Lexicon | None:
        """The lexicon of a version, or None when it must be asked for."""
        if version in self._versions:
            self._versions.move_to_end(version)
        return self._versions.get(version)

    def __len__(self) -> int:
        return len(self._versions)


known = Lexicons()
