"""Every sentence in every language, saying the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..definition import Text
from ..findings import Finding
from ..stamps import count_unconfirmed, stale
from ..texts import texts
from .form import Form

LANGUAGES = frozenset({"fr", "en"})
"""What the product speaks."""

_PLACEHOLDER = re.compile(r"\$?\{[^{}]*\}")


def languages(form: Form) -> Iterator[Finding]:
    declared = form.questionnaire.consultation.languages
    for place, language in enumerate(declared):
        path = f"consultation.languages.{place}"
        if language not in LANGUAGES:
            yield form.error("language-unknown", path, language=language)
        if language in declared[:place]:
            yield form.error("language-twice", path, language=language)
    if len(declared) == 1:
        yield form.warning("one-language", "consultation.languages", language=declared[0])


def translations(form: Form) -> Iterator[Finding]:
    """Missing, empty, or in a language that is not declared."""
    for path, text in texts(form.questionnaire):
        yield from _complete(form, path, text)
    for name, choices in form.questionnaire.choices.items():
        for choice in choices:
            yield from _aliases(form, f"choices.{name}.{choice.name}.aliases", choice.aliases)


def _complete(form: Form, path: str, text: Text) -> Iterator[Finding]:
    declared = form.questionnaire.consultation.languages
    for language in declared:
        if language not in text:
            yield form.error("translation-missing", path, language=language)
        elif not text[language].strip():
            yield form.error("translation-empty", f"{path}.{language}", language=language)
    for language in text.keys() - set(declared):
        yield form.error("language-undeclared", f"{path}.{language}", language=language)


def _aliases(form: Form, path: str, aliases: dict[str, list[str]]) -> Iterator[Finding]:
    declared = form.questionnaire.consultation.languages
    for language in aliases.keys() - set(declared):
        yield form.error("language-undeclared", f"{path}.{language}", language=language)
    for language, called in aliases.items():
        if not all(alias.strip() for alias in called):
            yield form.error("translation-empty", f"{path}.{language}", language=language)
    for language in declared:
        if aliases and not aliases.get(language):
            yield form.notice("aliases-missing", path, language=language)


def placeholders(form: Form) -> Iterator[Finding]:
    """What a sentence leaves open is the same in every language."""
    source = form.questionnaire.source_language
    for path, text in texts(form.questionnaire):
        expected = set(_PLACEHOLDER.findall(text.get(source, "")))
        for language in text.keys() - {source}:
            different = expected ^ set(_PLACEHOLDER.findall(text[language]))
            if different:
                shown = ", ".join(sorted(different))
                yield form.error("placeholders", f"{path}.{language}", language=language, different=shown)


def staleness(form: Form) -> Iterator[Finding]:
    """A translation older than its source."""
    for path, language in stale(form.questionnaire):
        yield form.error("translation-stale", f"{path}.{language}", language=language)
    if count := count_unconfirmed(form.questionnaire):
        yield form.notice("translations-unconfirmed", "translated", count=count)
