"""The catalogues of the interface, and the templates that read them."""

import gzip
import json
import re
from pathlib import Path

import pytest

from api.pages import WEB
from tests.web.conftest import CONSULTATION, render

SCRIPTS = sorted((WEB / "chat").rglob("*.js"))


def catalogue(language: str) -> dict[str, str]:
    """Every string by its dotted key."""
    return dict(flat(json.loads((WEB / "strings" / f"{language}.json").read_text("utf-8"))))


def flat(part: dict, prefix: str = ""):
    for key, value in part.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


def test_both_languages_have_the_same_keys_in_the_same_order():
    assert list(catalogue("fr")) == list(catalogue("en"))


def test_both_languages_have_the_same_placeholders():
    french, english = catalogue("fr"), catalogue("en")
    dates = {"date", "date_first"}
    assert [
        key
        for key, text in french.items()
        if isinstance(text, str) and key not in dates and placeholders(text) != placeholders(english[key])
    ] == []


def test_every_string_a_module_asks_for_exists():
    known = catalogue("fr")
    asked = {key for script in SCRIPTS for key in re.findall(r"""\bt\(\s*"([\w.]+)\"""", script.read_text("utf-8"))}
    assert asked - known.keys() == set()
    assert len(asked) > 30


def test_no_module_and_no_template_speaks_for_itself():
    """A run of two French or English words in a string or in a template's text is a sentence that nobody translates."""
    sentence = re.compile(r"""["'`>][^"'`<>{}=]*\b[A-ZÀ-Ý][a-zà-ÿ’']+ [a-zà-ÿ]+ [a-zà-ÿ]""")
    templates = sorted((WEB / "page").glob("*.html"))
    assert [
        (path.name, found.group())
        for path in (*SCRIPTS, *templates)
        for found in sentence.finditer(without_comments(path))
    ] == []


def without_comments(path: Path) -> str:
    text = re.sub(r"\{#.*?#\}|/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)


def test_the_page_preloads_every_module_and_no_other():
    page = render("consultation.html", "fr", consultation=CONSULTATION, source=None)
    preloaded = re.findall(r'modulepreload" href="/static/chat/([\w/]+\.js)"', page)
    assert sorted(preloaded) == [str(script.relative_to(WEB / "chat")) for script in SCRIPTS]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("reason", ["unknown-consultation", "closed", "not-yet-open", "unavailable"])
def test_a_page_that_only_says_something_has_words_for_it(language, reason):
    assert catalogue(language)[f"messages.{reason}.title"] in render("message.html", language, reason=reason)


def test_the_list_of_consultations_escapes_what_authors_write():
    title = {"fr": "<script>alert(1)</script>", "en": "x"}
    page = render("index.html", "fr", consultations=[CONSULTATION.model_copy(update={"title": title})])
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_what_the_chat_loads_weighs_at_most_40_kilobytes_compressed():
    loaded = [*SCRIPTS, *WEB.rglob("*.css"), *(WEB / "strings").glob("*.json")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in loaded) <= 40_000
