"""The page that describes the format is true in both languages."""

import re
from pathlib import Path
from typing import get_args

import pytest

from api.questionnaire import definition
from api.questionnaire.checks import examine
from api.questionnaire.definition import QuestionType
from api.questionnaire.loading import load
from api.questionnaire.nodes import FUNCTIONS
from api.questionnaire.xlsform import columns

PAGES = [Path("docs/format.md"), Path("docs/format.fr.md")]
MODELS = [
    model for model in vars(definition).values() if isinstance(model, type) and issubclass(model, definition.Strict)
]

page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@page
def test_its_example_passes_every_check(page):
    example = re.search(r"```yaml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    assert {each.level for each in examine(*load(example[1]))} == {"notice"}


@page
def test_it_names_every_type_field_and_function(page):
    content = page.read_text("utf-8")
    words = set(re.findall(r"[a-z_-]+", content))
    fields = {field for model in MODELS for field in model.model_fields}
    assert {*get_args(QuestionType), "note", "group", *fields, *FUNCTIONS} - words == set()


@page
def test_it_names_every_column_of_ours(page):
    content = page.read_text("utf-8")
    ours = {header for header in (*columns.SURVEY, *columns.CHOICES) if header.startswith("pv_")}
    shown = {header for header in ours if not header.endswith("_en") and not re.search(r"_[2-9]_", header)}
    assert {header for header in shown if f"`{header}`" not in content} == set()


def test_both_pages_show_the_same_example():
    french, english = (re.search(r"```yaml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)[1] for page in PAGES)
    without_comments = [re.sub(r" +#.*", "", example) for example in (french, english)]
    assert without_comments[0] == without_comments[1]
