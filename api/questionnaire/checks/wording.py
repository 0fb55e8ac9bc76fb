"""Questions that push, or that ask two things at once: a warning, for a human to judge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..definition import Question, Text
from ..findings import Finding
from .form import Form

_LEADING = {
    "fr": r"\bn['’]est-ce pas\b|\bne (pensez|croyez|trouvez|devrait|faudrait|serait|voulez)-(vous|on|il|elle) pas\b"
    r"|\bn['’](êtes|avez|aimeriez|est|y a)-(vous|il|elle|on|t-il) pas\b|\bévidemment\b|\bbien sûr\b|\bbien entendu\b"
    r"|\bcomme (chacun|tout le monde) (le )?sait\b|\bêtes-vous d['’]accord (que|pour dire)\b"
    r"|\btout le monde (sait|convient|s['’]entend)\b",
    "en": r"\b(do|would|should|is|are|have|has|did|was|were|could)n['’]t (you|we|it|they|there|this|that)\b"
    r"|\b(don['’]t|doesn['’]t) (you|it) (think|agree|believe|feel)\b|\bobviously\b|\bof course\b|\bsurely\b"
    r"|\b(everyone|everybody|we all) (knows?|agrees?)\b|\bdo you agree that\b|\bwouldn['’]t you (say|agree)\b",
}
_DOUBLE = {
    "fr": r"\bet/ou\b|\bet (comment|pourquoi|combien|quand|où|qui|quels?|quelles?|lesquels?|lesquelles?|lequel|laquelle"
    r"|de quelle|à quelle?|depuis quand|est-ce)\b|\b(votre|vos)\b[^?.,;:]*\bet (de |à |pour |sur |par )?(votre|vos)\b",
    "en": r"\band/or\b|\band (how|why|when|where|what|which|who|whom|whether)\b"
    r"|\byour\b[^?.,;:]*\band (of |to |for )?your\b",
}
_BARE_WHY = {
    "fr": r"(et |mais )?pourquoi( (ça|cela|donc|pas))?",
    "en": r"(and |but )?why( (is that|so|not))?|how come",
}
_compiled = {
    name: {language: re.compile(pattern, re.IGNORECASE) for language, pattern in patterns.items()}
    for name, patterns in {"leading": _LEADING, "double": _DOUBLE, "why": _BARE_WHY}.items()
}


def wording(form: Form) -> Iterator[Finding]:
    for question in form.questionnaire.questions():
        path = f"survey.{question.name}.label"
        for language in _matching("leading", question.label):
            yield form.warning("leading", f"{path}.{language}", language=language)
        for language in _double_barrelled(question.label):
            yield form.warning("double-barrelled", f"{path}.{language}", language=language)


def probes(form: Form) -> Iterator[Finding]:
    """A follow-up is for an open question; it never pushes, and never asks a bare "why"."""
    for question in form.questionnaire.questions():
        if question.probe and question.type != "text":
            yield form.error("probe-misplaced", f"survey.{question.name}.probe", type=question.type)
        yield from _asked(form, question)


def _asked(form: Form, question: Question) -> Iterator[Finding]:
    for place, text in enumerate(question.probe.ask if question.probe else ()):
        path = f"survey.{question.name}.probe.ask.{place}"
        for language in _matching("leading", text):
            yield form.error("probe-leading", f"{path}.{language}", language=language)
        for language, said in text.items():
            if language in _BARE_WHY and _compiled["why"][language].fullmatch(said.strip(" ?!.…\u00a0")):
                yield form.error("probe-why", f"{path}.{language}", language=language)


def _matching(name: str, text: Text) -> list[str]:
    patterns = _compiled[name]
    return [language for language, said in text.items() if language in patterns and patterns[language].search(said)]


def _double_barrelled(text: Text) -> list[str]:
    two_marks = [language for language, said in text.items() if said.count("?") > 1]
    return sorted({*two_marks, *_matching("double", text)})
