"""Questions that replies are read against."""

from __future__ import annotations

from typing import Any

import pytest

from bot.replies.question import Question, compiled


def choice(code: str, fr: str, en: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "label": {"fr": fr, "en": en}, **more}


DISCIPLINES = [
    choice("music", "Musique", "Music"),
    choice("theatre", "Théâtre", "Theatre"),
    choice("screen", "Cinéma et télévision", "Film and television", aliases={"fr": ["film"], "en": ["film", "TV"]}),
    choice("dance", "Danse", "Dance"),
    choice("acting", "Comédien·ne·s", "Actors"),
    choice("none", "Aucun de ces choix", "None of these", exclusive=True),
    choice("other", "Autre (précisez)", "Other (please specify)", other=True),
]


def asked(kind: str, **entry: Any) -> Question:
    return compiled(kind, {"type": kind, "label": {}, **entry})


@pytest.fixture
def one() -> Question:
    return asked("select_one", label={"fr": "Quelle est votre discipline?"}, choices=DISCIPLINES)


@pytest.fixture
def several() -> Question:
    return asked("select_multiple", label={"fr": "Quelles sont vos disciplines?"}, choices=DISCIPLINES)


@pytest.fixture
def ranked() -> Question:
    return asked("rank", choices=DISCIPLINES)


@pytest.fixture
def ages() -> Question:
    return asked(
        "select_one",
        choices=[
            choice("young", "Moins de 18 ans", "Under 18"),
            choice("from_18", "18 à 24 ans", "18 to 24"),
            choice("from_25", "25 à 64 ans", "25 to 64"),
            choice("from_65", "65 ans ou plus", "65 or older"),
        ],
    )


@pytest.fixture
def opinion() -> Question:
    return asked(
        "select_one",
        choices=[
            choice("very", "Tout à fait d'accord", "Strongly agree"),
            choice("rather", "Plutôt d'accord", "Somewhat agree"),
            choice("not", "Pas d'accord", "Disagree"),
        ],
    )


@pytest.fixture
def agrees() -> Question:
    return asked(
        "select_one", choices=[choice("y", "Oui", "Yes"), choice("n", "Non", "No"), choice("m", "Parfois", "At times")]
    )


@pytest.fixture
def integer() -> Question:
    return asked("integer", label={"fr": "Combien de personnes?", "en": "How many people?"})


@pytest.fixture
def years() -> Question:
    return asked("integer", label={"fr": "Depuis combien d'années?", "en": "For how many years?"})


@pytest.fixture
def decimal() -> Question:
    return asked("decimal")


@pytest.fixture
def scale() -> Question:
    ends = [{"fr": "Pas important", "en": "Not important"}, {"fr": "Très important", "en": "Very important"}]
    return asked("range", min=1, max=5, step=1, scale=ends)


@pytest.fixture
def day() -> Question:
    return asked("date")
