"""What the checks look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..definition import Question, Questionnaire
from ..expressions import Expression, ExpressionError, parse
from ..findings import Finding, Level
from ..paths import Places


class Condition(NamedTuple):
    """A ``relevant`` or a ``constraint`` that can be read."""

    path: str
    owner: str
    """The name of the item it is about."""
    expression: Expression
    constrains: bool
    """Whether it judges the owner's own answer, rather than deciding if the owner is asked."""


@dataclass
class Form:
    """A questionnaire, and where it was written."""

    questionnaire: Questionnaire
    places: Places

    def error(self, code: str, path: str, occurrence: int = 0, /, **values: object) -> Finding:
        return self._finding("error", code, path, occurrence, values)

    def warning(self, code: str, path: str, /, **values: object) -> Finding:
        return self._finding("warning", code, path, 0, values)

    def notice(self, code: str, path: str, /, **values: object) -> Finding:
        return self._finding("notice", code, path, 0, values)

    def _finding(self, level: Level, code: str, path: str, occurrence: int, values: dict[str, object]) -> Finding:
        return Finding(level, code, *self.places.find(path, occurrence), values)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """By name; of two of the same name, the first."""
        return {question.name: question for question in reversed(list(self.questionnaire.questions()))}

    @cached_property
    def order(self) -> dict[str, int]:
        """The rank of each item in the order asked."""
        names = [item.name for item, _ in self.questionnaire.items()]
        return {name: rank for rank, name in reversed(list(enumerate(names)))}

    @cached_property
    def conditions(self) -> list[Condition]:
        return [parsed for parsed in self._parsed if isinstance(parsed, Condition)]

    @cached_property
    def unreadable(self) -> list[tuple[str, ExpressionError]]:
        """The paths of the expressions that cannot be read, and why."""
        return [parsed for parsed in self._parsed if not isinstance(parsed, Condition)]

    @cached_property
    def _parsed(self) -> list[Condition | tuple[str, ExpressionError]]:
        return [_parse(*written) for written in self._written()]

    def _written(self) -> Iterator[tuple[str, str, str]]:
        for item, _ in self.questionnaire.items():
            for field in ("relevant", "constraint"):
                if text := getattr(item, field, None):
                    yield item.name, field, text


def _parse(owner: str, field: str, text: str) -> Condition | tuple[str, ExpressionError]:
    path = f"survey.{owner}.{field}"
    try:
        return Condition(path, owner, parse(text), constrains=field == "constraint")
    except ExpressionError as error:
        return path, error
