"""What the server sends a browser: the pages, the strings, and how much they weigh."""

import gzip
import html
import re
from collections.abc import Iterator

import pytest

from api.pages import WEB
from tests.web.conftest import CONSULTATION, render, strings

SCRIPTS = sorted((WEB / "chat").rglob("*.js"))
REASONS = ["unknown-consultation", "closed", "not-yet-open", "unavailable"]
PAGES = {
    "index.html": {"consultations": [CONSULTATION.model_copy(update={"title": {"fr": "7", "en": "7"}})]},
    "consultation.html": {"consultation": CONSULTATION.model_copy(update={"title": {"fr": "7", "en": "7"}})},
    "message.html": {"reason": "closed"},
}


def keys(part: dict, prefix: str = "") -> Iterator[str]:
    """The dotted key of every string."""
    for key, value in part.items():
        yield from keys(value, f"{prefix}{key}.") if isinstance(value, dict) else [f"{prefix}{key}"]


def bracketed(part: dict | list | str) -> dict | list | str:
    """A catalogue that can be told from anything else on a page: every string between brackets."""
    if isinstance(part, str):
        return f"⟦{part}⟧"
    return (
        {key: bracketed(value) for key, value in part.items()} if isinstance(part, dict) else list(map(bracketed, part))
    )


def seen(page: str) -> str:
    """The text that a person sees, the author's own apart."""
    text = re.sub(r"<head>.*?</head>|<[^>]*>", " ", page, flags=re.DOTALL)
    for own in ("Le comité", "Direction", "prive@exemple.test", "ecrire@exemple.test"):
        text = text.replace(own, "")
    return html.unescape(text)


def test_every_string_a_module_asks_for_exists():
    asked = {key for script in SCRIPTS for key in re.findall(r"""\bt\(\s*"([\w.]+)\"""", script.read_text("utf-8"))}
    assert asked - set(keys(strings("fr"))) == set()
    assert len(asked) > 30


@pytest.mark.parametrize(("name", "context"), PAGES.items())
def test_no_template_has_words_of_its_own(name, context):
    page = render(name, "fr", words=bracketed(strings("fr")), **context)
    text = seen(page)
    while "⟦" in text:
        text = re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    assert re.findall(r"\w*[^\W\d]\w*", text) == []


def test_the_page_preloads_every_module_and_no_other():
    page = render("consultation.html", "fr", consultation=CONSULTATION)
    preloaded = re.findall(r'modulepreload" href="/static/chat/([\w/]+\.js)"', page)
    assert sorted(preloaded) == [str(script.relative_to(WEB / "chat")) for script in SCRIPTS]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("reason", REASONS)
def test_a_page_that_only_says_something_has_words_for_it(language, reason):
    said = strings(language)["messages"][reason]
    page = seen(render("message.html", language, reason=reason))
    assert said["title"] in page and said["body"] in page


@pytest.mark.parametrize("reason", ["closed", "not-yet-open"])
def test_a_consultation_that_is_not_open_can_be_resumed_but_not_begun(reason):
    page = render("consultation.html", "fr", consultation=CONSULTATION, reason=reason)
    assert "data-start" not in page
    assert "data-resume" in page
    assert strings("fr")["messages"][reason]["title"] in seen(page)


def test_a_consultation_in_one_language_offers_no_other():
    page = render("consultation.html", "fr", consultation=CONSULTATION.model_copy(update={"languages": ["fr"]}))
    assert "lang=en" not in page


def test_pages_escape_what_authors_write():
    attack = {"fr": "<script>alert(1)</script>", "en": "x"}
    authored = CONSULTATION.model_copy(update={"title": attack})
    for page in (
        render("index.html", "fr", consultations=[authored]),
        render("consultation.html", "fr", consultation=authored, source='"><script>alert(1)</script>'),
    ):
        assert "<script>alert" not in page


def test_what_the_chat_loads_weighs_at_most_40_kilobytes_compressed():
    loaded = [*SCRIPTS, *WEB.rglob("*.css"), *(WEB / "strings").glob("*.json")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in loaded) <= 40_000
