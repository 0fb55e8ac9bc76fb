"""Where an interview stands: a pure function of its questionnaire and its answers.

Nothing is stored: which questions are reached, which one is open and what comes before it follow from the answers.
Until the opening consent is "yes" nothing else is reached. The answer to a question that is not reached counts as
empty; it comes back when the path does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from .answers import Answer
from .definition import Choice, Group, Note, Questionnaire
from .expressions import parse
from .longest import Longest, PathLengths
from .nodes import Value
from .steps import FlowError, Step, choices_of, steps_of

__all__ = ["Answer", "Flow", "FlowError", "Longest", "Progress"]


class Progress(NamedTuple):
    """Questions answered on the path, the most that may still be asked, and the share done, from 0 to 1."""

    answered: int
    remaining: int
    ratio: float


class Flow:
    """A questionnaire compiled to be walked, once per version.

    Raises ExpressionError or FlowError.
    """

    def __init__(self, questionnaire: Questionnaire):
        self.questionnaire = questionnaire
        self.steps = steps_of(questionnaire)
        self.questions = {step.asks: step.item for step in self.steps if step.asks}
        self.consent = next(iter(self.questions))
        """The name of the opening consent."""
        self.grids = {step.asks: step.grid for step in self.steps if step.asks and step.grid}
        self.constraints = {
            name: parse(question.constraint) for name, question in self.questions.items() if question.constraint
        }
        self._choices = {name: choices_of(questionnaire, question) for name, question in self.questions.items()}

    @cached_property
    def version(self) -> str:
        """The fingerprint of the questionnaire."""
        return self.questionnaire.fingerprint()

    @cached_property
    def lengths(self) -> PathLengths:
        """Computed when first asked for, then kept."""
        return PathLengths(self)

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

    def progress(self, answers: Mapping[str, Answer]) -> Progress:
        """How far along the path they are. The ratio never shrinks as the open question is answered; it ends at 1."""
        reached = self.reached(answers)
        answered, name = sum(one in answers for one in reached), self.open(answers)
        if name is None:
            return Progress(answered, 0, 1.0)
        before = {one: answers[one].value for one in reached[: reached.index(name)]}
        remaining = self.lengths.remaining(name, before, answers)
        return Progress(answered, remaining, answered / (answered + remaining))

    def longest(self) -> Longest:
        """The most screens, and the most answers, that one interview may take."""
        return self.lengths.longest

    def reachable(self) -> frozenset[str]:
        """The questions that some answers lead to; where that is too hard to tell, perhaps others too."""
        return self.lengths.reachable()

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
