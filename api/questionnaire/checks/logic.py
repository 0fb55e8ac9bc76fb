"""Conditions that can be read, that look back, and that can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..definition import CHOICE_TYPES, Question
from ..findings import Finding
from ..flow import Flow, FlowError
from ..nodes import Call, Comparison, Literal, Node, Reference
from ..steps import consent_choices
from ..texts import texts
from .form import Condition, Form

_PIPED = re.compile(r"\$\{([^{}]*)")
_SOLE_CODE = frozenset({"consent", "select_one"})
"""Types whose answer is one code, so that ``=`` compares it with a code."""


def expressions(form: Form) -> Iterator[Finding]:
    for path, error in form.unreadable:
        yield form.error(f"expression-{error.code}", path, name=error.name, position=error.position + 1)


def constraints(form: Form) -> Iterator[Finding]:
    """A constraint tells the person what is wrong."""
    for question in form.questionnaire.questions():
        if question.constraint and not question.constraint_message:
            yield form.error("constraint-silent", f"survey.{question.name}.constraint")
        if question.constraint_message and not question.constraint:
            yield form.warning("constraint-missing", f"survey.{question.name}.constraint_message")


def references(form: Form) -> Iterator[Finding]:
    """Only questions asked before."""
    for condition in form.conditions:
        for name in sorted(condition.expression.references):
            yield from _reference(form, condition, name)
        if not condition.constrains and any(node == Reference(None) for node in condition.expression.nodes()):
            yield form.error("reference-dot", condition.path)
    for path, text in texts(form.questionnaire):
        for name in sorted({name for said in text.values() for name in _PIPED.findall(said)}):
            yield form.error("piping", path, name=name)


def _reference(form: Form, condition: Condition, name: str) -> Iterator[Finding]:
    here = form.order[condition.owner]
    if name not in form.order:
        yield form.error("reference-unknown", condition.path, name=name)
    elif name not in form.questions:
        yield form.error("reference-not-asked", condition.path, name=name)
    elif form.order[name] > here or (form.order[name] == here and not condition.constrains):
        yield form.error("reference-later", condition.path, name=name)


def codes(form: Form) -> Iterator[Finding]:
    """A condition that names a code which is not in the list can only be a slip."""
    for condition in form.conditions:
        for reference, code in _compared(condition.expression.root):
            question = form.questions.get(reference.name or condition.owner)
            if question and question.type in CHOICE_TYPES and _is_unknown(form, question, code):
                yield form.error("code-unknown", condition.path, code=code, question=question.name)


def _compared(node: Node) -> Iterator[tuple[Reference, str]]:
    """Every question that is compared with a text, and the text."""
    match node:
        case Comparison("=" | "!=", Reference() as reference, Literal(str() as code)):
            yield reference, code
        case Comparison("=" | "!=", Literal(str() as code), Reference() as reference):
            yield reference, code
        case Call("selected", (Reference() as reference, Literal(str() as code))):
            yield reference, code
    for child in node.children:
        yield from _compared(child)


def _is_unknown(form: Form, question: Question, code: str) -> bool:
    """The empty text means "no answer"; several codes are compared as one text, which is left alone."""
    if not code or (question.type not in _SOLE_CODE and " " in code.strip()):
        return False
    if question.type == "consent":
        choices = consent_choices()
    elif question.choices in form.questionnaire.choices:
        choices = form.questionnaire.choices[question.choices]
    else:
        return False
    return code.strip() not in {choice.name for choice in choices}


def walk(form: Form) -> Iterator[Finding]:
    """What following every path tells: an opening consent, no question that nobody reaches, how long it is."""
    try:
        flow = Flow(form.questionnaire)
    except FlowError as error:
        yield form.error(error.code, f"survey.{error.name}", name=error.name)
        return
    reached = flow.reachable()
    for name in form.questions:
        if name not in reached:
            yield form.error("unreachable", f"survey.{name}.relevant", name=name)
    yield from _length(form, flow)


MOST_SCREENS, MOST_ANSWERS = 26, 45
"""What a person can be asked in 8 to 12 minutes."""


def _length(form: Form, flow: Flow) -> Iterator[Finding]:
    longest = flow.longest()
    figures = {"screens": longest.screens, "answers": longest.answers}
    yield form.notice("length", "survey", **figures)
    if longest.screens > MOST_SCREENS or longest.answers > MOST_ANSWERS:
        yield form.warning("too-long-to-answer", "survey", screens=MOST_SCREENS, answers=MOST_ANSWERS)
