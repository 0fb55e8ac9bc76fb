import json
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings

from api.questionnaire import schema
from api.questionnaire.loading import load
from tests.api.questionnaire.questionnaires import questionnaires

VALIDATOR = jsonschema_rs.Draft202012Validator(schema.json_schema())
FORM = {
    "consultation": {"slug": "essai", "title": {"fr": "Essai", "en": "Trial"}, "languages": ["fr", "en"]},
    "survey": [{"type": "text", "name": "job", "label": {"fr": "Métier?", "en": "Trade?"}}],
}


def test_the_published_schema_is_the_one_of_the_models():
    assert schema.PUBLISHED.read_text("utf-8") == schema.text()


def test_it_is_a_json_schema():
    jsonschema_rs.meta.validate(json.loads(schema.text()))


def test_a_questionnaire_fits():
    assert VALIDATOR.is_valid(FORM)


@pytest.mark.parametrize(
    "change",
    [
        {"survey": [{"type": "essay", "name": "job", "label": {"fr": "Métier?"}}]},
        {"survey": [{"type": "text", "name": "mon métier", "label": {"fr": "Métier?"}}]},
        {"survey": [{"type": "text", "name": "job", "label": "Métier?"}]},
        {"survey": [{"type": "text", "name": "job", "label": {"fr": "Métier?"}, "relevent": "true()"}]},
        {"consultation": {"slug": "essai"}},
        {"questions": []},
    ],
)
def test_a_mistake_of_shape_does_not_fit(change):
    assert not VALIDATOR.is_valid(FORM | change)


@pytest.mark.parametrize("file", sorted(Path("data/consultations").glob("*.yml")), ids=lambda file: file.stem)
def test_our_instruments_fit(file):
    VALIDATOR.validate(load(file)[0].model_dump(mode="json", exclude_defaults=True))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires())
def test_every_questionnaire_fits(questionnaire):
    VALIDATOR.validate(questionnaire.model_dump(mode="json", exclude_defaults=True))
