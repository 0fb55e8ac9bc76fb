"""YAML as questionnaires use it: plain data, with the line of everything.

What differs from ``yaml.safe_load``, on purpose:

- a scalar stays the text that was written (``en: Yes``, ``name: no``, ``en: 2025``); what is a number or a date is
  decided by the field it is given to. Outer blanks of a text are dropped, and a key with nothing after it is absent;
- a key given twice, a tag, a second document are refused;
- it reads parser events, not libyaml's composer, which overflows the C stack on a deep file; nesting and what
  aliases repeat are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from .findings import Finding, Refused, refuse
from .paths import Location

DEEPEST = 40
MOST_VALUES = 100_000
"""Counting again what each alias repeats."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MERGE = "<<"


@dataclass(frozen=True)
class Document:
    """``data`` is made of dicts, lists, texts and None; ``lines`` counts from 1."""

    data: Any
    lines: dict[Location, int]


def read(text: str) -> Document:
    """Raises Refused: not-yaml, duplicate-key, tag, character, too-deep, too-many-values, unknown-alias, documents."""
    try:
        return _Reader(text).document()
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise refuse("not-yaml", line=mark.line + 1 if mark else None) from error


def unwritable(text: str) -> str | None:
    """The first character that cannot be stored or shown, as ``U+0007``."""
    found = _UNWRITABLE.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


class _Reader:
    def __init__(self, text: str):
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self.lines: dict[Location, int] = {}
        self.findings: list[Finding] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        """What each anchor names, and how many values it holds."""
        self.values = 0

    def document(self) -> Document:
        opening = [next(self.events) for _ in range(2)]
        if not isinstance(opening[-1], yaml.DocumentStartEvent):
            return Document(None, {(): 1})
        data = self.value(next(self.events), ())
        next(self.events)
        if not isinstance(after := next(self.events), yaml.StreamEndEvent):
            raise refuse("documents", line=_line(after))
        if self.findings:
            raise Refused(self.findings)
        return Document(data, self.lines)

    def value(self, event: yaml.Event, at: Location) -> Any:
        self.lines.setdefault(at, _line(event))
        self.count(1, event)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if event.tag not in (None, "!"):
            raise refuse("tag", line=_line(event), tag=event.tag)
        if len(at) > DEEPEST:
            raise refuse("too-deep", line=_line(event), limit=DEEPEST)
        before = self.values
        data = self.content(event, at)
        if event.anchor:
            self.anchors[event.anchor] = (data, self.values - before + 1)
        return data

    def content(self, event: yaml.Event, at: Location) -> Any:
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(at)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(at)
        return self.scalar(event)

    def count(self, values: int, event: yaml.Event) -> None:
        self.values += values
        if self.values > MOST_VALUES:
            raise refuse("too-many-values", line=_line(event), limit=MOST_VALUES)

    def alias(self, event: yaml.AliasEvent) -> Any:
        if event.anchor not in self.anchors:
            raise refuse("unknown-alias", line=_line(event), alias=event.anchor)
        data, size = self.anchors[event.anchor]
        self.count(size, event)
        return data

    def scalar(self, event: yaml.ScalarEvent) -> str | None:
        if event.implicit[0] and event.value in _NOTHING:
            return None
        if character := unwritable(event.value):
            raise refuse("character", line=_line(event), character=character)
        return event.value.strip()

    def sequence(self, at: Location) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.value(event, (*at, len(items))))
        return items

    def mapping(self, at: Location) -> dict[str, Any]:
        found: dict[str, Any] = {}
        merged: list[tuple[Any, int]] = []
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.key(event, found)
            self.lines[(*at, key)] = _line(event)
            value = self.value(next(self.events), (*at, key))
            if key == _MERGE:
                merged.append((value, _line(event)))
            else:
                found[key] = value
        for source, line in merged:
            _merge(found, source, line)
        return {key: value for key, value in found.items() if value is not None}

    def key(self, event: yaml.Event, found: dict[str, Any]) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise refuse("key", line=_line(event))
        if event.value in found:
            self.findings.append(Finding("error", "duplicate-key", "", _line(event), {"key": event.value}))
        return event.value


def _merge(into: dict[str, Any], source: Any, line: int) -> None:
    """``<<: *alias``: what is written here wins over what is merged, and an earlier merge over a later one."""
    for mapping in source if isinstance(source, list) else [source]:
        if not isinstance(mapping, dict):
            raise refuse("merge", line=line)
        for key, value in mapping.items():
            into.setdefault(key, value)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1
