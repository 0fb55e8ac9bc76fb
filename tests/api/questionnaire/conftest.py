"""What the engine's tests share."""

from itertools import chain
from textwrap import dedent

import pytest
import yaml

from api.questionnaire.definition import Questionnaire
from api.questionnaire.flow import Flow

CONSULTATION = {"slug": "t", "title": {"fr": "T", "en": "T"}, "languages": ["fr", "en"]}


@pytest.fixture(scope="session")
def flow_of():
    """Makes a flow from a survey and lists of choices in YAML, where a label left out is the name."""
    return _flow_of


def _flow_of(survey: str, choices: str = "{}") -> Flow:
    content = {"survey": yaml.safe_load(dedent(survey)), "choices": yaml.safe_load(dedent(choices))}
    for item in chain(content["survey"], *content["choices"].values()):
        _label(item)
    return Flow(Questionnaire(consultation=CONSULTATION, **content))


def _label(item: dict) -> None:
    item.setdefault("label", {"fr": item["name"], "en": item["name"]})
    for child in item.get("children", []):
        _label(child)
