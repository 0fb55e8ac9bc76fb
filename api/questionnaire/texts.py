"""Every sentence of a questionnaire that is said in several languages, by its path."""

from __future__ import annotations

from collections.abc import Iterator

from .definition import Consultation, Item, Questionnaire, Text

Texts = Iterator[tuple[str, Text]]

_OF_AN_ITEM = ("label", "hint", "constraint_message", "why")


def texts(questionnaire: Questionnaire) -> Texts:
    """Path and text, in the order of the file's parts: consultation, choices, survey."""
    yield from _of_consultation(questionnaire.consultation)
    for name, choices in questionnaire.choices.items():
        for choice in choices:
            yield f"choices.{name}.{choice.name}.label", choice.label
    for item, _ in questionnaire.items():
        yield from _of_item(item)


def _of_consultation(consultation: Consultation) -> Texts:
    yield "consultation.title", consultation.title
    if consultation.organisation:
        yield "consultation.organisation.name", consultation.organisation.name
    if consultation.privacy_officer:
        yield "consultation.privacy_officer.title", consultation.privacy_officer.title
    for purpose, notice in consultation.notices.items():
        yield f"consultation.notices.{purpose}.text", notice.text
    for source in consultation.sources:
        yield f"consultation.sources.{source.code}.name", source.name
    if consultation.population:
        yield "consultation.population.source", consultation.population.source


def _of_item(item: Item) -> Texts:
    path = f"survey.{item.name}"
    for field in _OF_AN_ITEM:
        if (text := getattr(item, field, None)) is not None:
            yield f"{path}.{field}", text
    for place, text in enumerate(getattr(item, "scale", None) or ()):
        yield f"{path}.scale.{place}", text
    if probe := getattr(item, "probe", None):
        for place, text in enumerate(probe.ask):
            yield f"{path}.probe.ask.{place}", text
