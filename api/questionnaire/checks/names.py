"""Names, codes and lists: nothing twice, nothing unknown, nothing empty."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..definition import CHOICE_TYPES, Group, Question
from ..findings import Finding
from ..paths import Location
from ..xlsform.cells import DYNAMIC
from ..xlsform.columns import CONSENT_LIST
from .form import Form

_LIST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


def names(form: Form) -> Iterator[Finding]:
    content = form.questionnaire
    yield from _repeated(form, "duplicate-name", "survey", "name", [item.name for item, _ in content.items()])
    for name, choices in content.choices.items():
        yield from _repeated(form, "duplicate-code", f"choices.{name}", "name", [choice.name for choice in choices])
    codes = [source.code for source in content.consultation.sources]
    yield from _repeated(form, "duplicate-code", "consultation.sources", "code", codes)


def _repeated(form: Form, code: str, holder: str, field: str, found: list[str]) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for name in found:
        path = f"{holder}.{name}.{field}"
        if seen[name]:
            yield form.error(code, path, seen[name], name=name, first=form.places.find(path).line)
        seen[name] += 1


def lists(form: Form) -> Iterator[Finding]:
    used = {question.choices for question in form.questionnaire.questions()}
    for name in form.questionnaire.choices:
        if not _LIST.fullmatch(name) or name == CONSENT_LIST:
            yield form.error("not-a-name", f"choices.{name}", value=name)
        if name not in used:
            yield form.warning("list-unused", f"choices.{name}", list=name)
    for question in form.questionnaire.questions():
        if question.choices is not None and question.choices not in form.questionnaire.choices:
            yield form.error("list-unknown", f"survey.{question.name}.choices", list=question.choices)


def keys(form: Form) -> Iterator[Finding]:
    """Names that the file gives to parts of the consultation."""
    consultation = form.questionnaire.consultation
    rows = consultation.population.rows if consultation.population else []
    named = [("notices", purpose) for purpose in consultation.notices]
    named += [(f"population.rows.{place}.stratum", key) for place, row in enumerate(rows) for key in row.stratum]
    for where, key in named:
        if not _KEY.fullmatch(key):
            yield form.error("not-a-name", f"consultation.{where}.{key}", value=key)


def empties(form: Form) -> Iterator[Finding]:
    """A list that is written and holds nothing. (A sentence in no language is a missing translation.)"""
    for location in _empty(form.questionnaire.model_dump(exclude_defaults=True), ()):
        yield Finding("error", "empty", *form.places.at(location))


def _empty(content: Any, location: Location) -> Iterator[Location]:
    if content == []:
        yield location
    inside = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for step, value in inside:
        yield from _empty(value, (*location, step))


def defaults(form: Form) -> Iterator[Finding]:
    """Written out, never computed; a choice made in advance is one of the list."""
    for question in form.questionnaire.questions():
        path = f"survey.{question.name}.default"
        if DYNAMIC.search(question.default or ""):
            yield form.error("default-dynamic", path)
        elif question.default and question.choices:
            codes = {choice.name for choice in form.questionnaire.choices.get(question.choices, [])}
            for code in set(question.default.split()) - codes:
                yield form.error("code-unknown", path, code=code, question=question.name)


def shapes(form: Form) -> Iterator[Finding]:
    """What a type allows, where one field judges another."""
    for question in form.questionnaire.questions():
        if question.randomize and question.type not in CHOICE_TYPES:
            yield form.error("randomize-misplaced", f"survey.{question.name}.randomize")
        if question.type == "range" and not _is_divided(question):
            yield form.error("range-step", f"survey.{question.name}")


def _is_divided(question: Question) -> bool:
    step = 1 if question.step is None else question.step
    return 0 < step <= question.end - question.start


def grids(form: Form) -> Iterator[Finding]:
    """The rows of a grid are questions with the same answers."""
    for item, _ in form.questionnaire.items():
        is_grid = isinstance(item, Group) and item.appearance == "table-list"
        if is_grid and len({_answers(row) for row in item.children}) > 1:
            yield form.error("grid-mixed", f"survey.{item.name}", name=item.name)


def _answers(row: object) -> tuple[object, ...]:
    if not isinstance(row, Question):
        return (type(row),)
    return row.type, row.choices if row.type in CHOICE_TYPES else (row.start, row.end, row.step)


def origins(form: Form) -> Iterator[Finding]:
    """They are written into a security header: nothing but ``https://host``."""
    for source in form.questionnaire.consultation.sources:
        for place, origin in enumerate(source.origins):
            if not _ORIGIN.fullmatch(origin):
                path = f"consultation.sources.{source.code}.origins.{place}"
                yield form.error("not-an-origin", path, value=origin)
