"""What the consultation owes to those it asks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from ..definition import Question
from ..findings import Finding
from .form import Form

_REFUSAL = {
    "fr": r"\bpréf[èé]r\w* ne pas\b|\bne (souhaite|désire|veux) pas\b|\bpas (y )?répondre\b|\brefus\w*\b",
    "en": r"\b(prefer|rather|choose|wish|want) not\b|\bnot to (say|answer|disclose)\b|\bdeclin\w*\b|\brefus\w*\b",
}
_refusal = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _REFUSAL.items()}


def dates(form: Form) -> Iterator[Finding]:
    consultation = form.questionnaire.consultation
    for field in ("opens_at", "closes_at"):
        moment = getattr(consultation, field)
        if moment and moment.tzinfo is None:
            yield form.error("time-zone", f"consultation.{field}")
    if consultation.opens_at and consultation.closes_at and _utc(consultation.closes_at) <= _utc(consultation.opens_at):
        yield form.error("closes-first", "consultation.closes_at")


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def accountability(form: Form) -> Iterator[Finding]:
    """Law 25 has the person in charge of personal information named; a respondent may ask who asks."""
    for field in ("organisation", "privacy_officer"):
        if getattr(form.questionnaire.consultation, field) is None:
            yield form.warning(f"{field.replace('_', '-')}-missing", "consultation")


def consents(form: Form) -> Iterator[Finding]:
    """One consent for each purpose. (That the first comes first is told by walking the form.)"""
    seen: Counter[str] = Counter()
    for question in form.questionnaire.questions():
        if question.type != "consent":
            continue
        if not question.purpose:
            yield form.error("consent-purpose", f"survey.{question.name}")
        elif seen[question.purpose]:
            yield form.error("consent-twice", f"survey.{question.name}.purpose", purpose=question.purpose)
        seen[question.purpose or ""] += 1


def refusals(form: Form) -> Iterator[Finding]:
    """A sensitive question shows that it may be left.

    In an interview every question can be refused by a button or in words. A printed form, an XLSForm or a reader who
    does not know only sees ``required``: so a question that is sensitive is either not required, or has a choice that
    says "I prefer not to answer".
    """
    for question in form.questionnaire.questions():
        if question.sensitivity and question.required and not _can_refuse(form, question):
            yield form.error("sensitive-required", f"survey.{question.name}.required", name=question.name)


def _can_refuse(form: Form, question: Question) -> bool:
    choices = form.questionnaire.choices.get(question.choices or "", [])
    return question.type == "consent" or any(_is_refusal(choice.label) for choice in choices)


def _is_refusal(label: dict[str, str]) -> bool:
    return any(language in _refusal and _refusal[language].search(said) for language, said in label.items())
