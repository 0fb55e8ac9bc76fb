"""Where an interview stands: a pure function of its questionnaire and its answers.

Nothing is stored: which questions are reached, which one is open and what comes before it follow from the answers.
Until the opening consent is "yes" nothing else is reached. The answer to a question that is not reached counts as
empty; it comes back when the path does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import yaml

from .answers import Answer
from .definition import Choice, Group, Item, Note, Question, Questionnaire
from .expressions import Expression, parse
from .nodes import Value

PARTICIPATE = "participate"
"""The purpose of the opening consent."""


class FlowError(ValueError):
    """A questionnaire that cannot be walked; ``name`` is the question at fault.

    Codes: consent-first (something is asked before the opening consent), consent-gated (it has a condition),
    unknown-list (a question whose list of choices does not exist).
    """

    def __init__(self, code: str, name: str):
        super().__init__(f"{code}: {name}")
        self.code, self.name = code, name


@dataclass(frozen=True)
class Step:
    """One item in the order walked; when ``relevant`` is false, the walk goes on at ``end``, past what it holds."""

    place: int
    item: Item
    asks: str | None
    """The name of the item if it is a question."""
    relevant: Expression | None
    end: int


class Flow:
    """A questionnaire compiled to be walked, once per version.

    Raises ExpressionError or FlowError.
    """

    def __init__(self, questionnaire: Questionnaire):
        self.questionnaire = questionnaire
        self.steps = _compile(_with_consent(questionnaire))
        self.questions = {step.item.name: step.item for step in self.steps if isinstance(step.item, Question)}
        self.consent = next(iter(self.questions))
        self.constraints = {
            name: parse(question.constraint) for name, question in self.questions.items() if question.constraint
        }
        self.grids = {item.name: inside[-1] for item, inside in questionnaire.items() if _is_row(item, inside)}
        self._choices = {name: _choices(questionnaire, question) for name, question in self.questions.items()}
        _check_consent(self.steps, self.questions[self.consent])

    @cached_property
    def version(self) -> str:
        """The fingerprint of the questionnaire."""
        return self.questionnaire.fingerprint()

    def choices(self, name: str) -> list[Choice]:
        """The choices of a question in the author's order; none for a type without choices. Raises KeyError."""
        return self._choices[name]

    def reached(self, answers: Mapping[str, Answer]) -> list[str]:
        """The names of the questions on the path these answers make, in order, answered or not."""
        return [step.asks for step in self._walk(answers) if step.asks]

    def values(self, answers: Mapping[str, Answer]) -> dict[str, Value]:
        """What expressions see: the values of the questions on the path."""
        return {name: answers[name].value for name in self.reached(answers) if name in answers}

    def open(self, answers: Mapping[str, Answer]) -> str | None:
        """The question to ask now; None when the interview is complete or declined."""
        if self.declined(answers):
            return None
        return next((name for name in self.reached(answers) if name not in answers), None)

    def declined(self, answers: Mapping[str, Answer]) -> bool:
        """Whether the opening consent was answered by anything but yes."""
        return self.consent in answers and answers[self.consent].value != "yes"

    def before(self, answers: Mapping[str, Answer], name: str) -> str | None:
        """The question reached just before this one; None at the first, or when this one is not reached."""
        reached = self.reached(answers)
        place = reached.index(name) if name in reached else 0
        return reached[place - 1] if place else None

    def preamble(self, answers: Mapping[str, Answer], name: str | None) -> list[Note | Group]:
        """What is shown right before a question: the notes since the question before it and the groups entered.

        ``None`` is the end of the interview: its closing notes.
        """
        passed: list[Step] = []
        for step in self._walk(answers):
            if step.asks is None:
                passed.append(step)
            elif step.asks == name:
                return _shown(passed, step.place)
            else:
                passed = []
        return _shown(passed, len(self.steps)) if name is None else []

    def _walk(self, answers: Mapping[str, Answer]) -> Iterator[Step]:
        """The steps on the path, groups and notes included."""
        values: dict[str, Value] = {}
        place = 0
        while place < len(self.steps):
            step = self.steps[place]
            if step.relevant and not step.relevant.holds(values):
                place = step.end
                continue
            yield step
            place += 1
            if step.asks in answers:
                values[step.asks] = answers[step.asks].value
            if step.asks == self.consent and values.get(self.consent) != "yes":
                return


def _shown(passed: list[Step], here: int) -> list[Note | Group]:
    """The notes passed, and the groups that hold one of them or the place where we are."""
    places = [step.place for step in passed if isinstance(step.item, Note)] + [here]
    return [step.item for step in passed if any(step.place <= place < step.end for place in places)]


def _compile(survey: Iterable[Item], start: int = 0) -> list[Step]:
    """The steps of these items, the first of them at ``start``."""
    steps: list[Step] = []
    for item in survey:
        place = start + len(steps)
        inside = _compile(item.children, place + 1) if isinstance(item, Group) else []
        asks = item.name if isinstance(item, Question) else None
        relevant = parse(item.relevant) if item.relevant else None
        steps += [Step(place, item, asks, relevant, place + 1 + len(inside)), *inside]
    return steps


def _is_row(item: Item, inside: tuple[Group, ...]) -> bool:
    return isinstance(item, Question) and bool(inside) and inside[-1].appearance == "table-list"


def _with_consent(questionnaire: Questionnaire) -> list[Item]:
    """The survey, with the default consent just before its first question if it declares none."""
    questions = list(questionnaire.questions())
    if any(question.type == "consent" and question.purpose == PARTICIPATE for question in questions):
        return questionnaire.survey
    name = _free_name({item.name for item, _ in questionnaire.items()})
    first = next((place for place, item in enumerate(questionnaire.survey) if _asks(item)), len(questionnaire.survey))
    consent = _default_consent()[0].model_copy(update={"name": name})
    return [*questionnaire.survey[:first], consent, *questionnaire.survey[first:]]


def _asks(item: Item) -> bool:
    return isinstance(item, Question) or (isinstance(item, Group) and any(map(_asks, item.children)))


def _free_name(taken: set[str]) -> str:
    name = PARTICIPATE
    while name in taken:
        name += "_"
    return name


def _check_consent(steps: list[Step], first: Question) -> None:
    """The opening consent comes before any other question, whatever is answered."""
    if first.purpose != PARTICIPATE:
        raise FlowError("consent-first", first.name)
    place = next(step.place for step in steps if step.asks == first.name)
    if any(step.relevant and step.place <= place < step.end for step in steps):
        raise FlowError("consent-gated", first.name)


def _choices(questionnaire: Questionnaire, question: Question) -> list[Choice]:
    if question.type == "consent":
        return _default_consent()[1]
    if question.choices is None:
        return []
    if question.choices not in questionnaire.choices:
        raise FlowError("unknown-list", question.name)
    return questionnaire.choices[question.choices]


@cache
def _default_consent() -> tuple[Question, list[Choice]]:
    content = yaml.safe_load(Path(__file__).with_name("default_consent.yml").read_text("utf-8"))
    return Question(**content["question"]), [Choice(**choice) for choice in content["choices"]]
