"""The page in a real Chromium, alone: its files come from ``web``, its answers from the test."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.templating import Jinja2Templates
from playwright.sync_api import Browser, Page, Route, expect

from api.pages import POLICY, WEB
from api.questionnaire.definition import Consultation
from tests.web.chromium import chromium
from tests.web.script import ORIGIN, Script

TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml"}
expect.set_options(timeout=5_000)

CONSULTATION = Consultation.model_validate(
    {
        "slug": "essai",
        "title": {"fr": "Un essai", "en": "A trial"},
        "languages": ["fr", "en"],
        "minutes": 5,
        "closes_at": "2031-02-01T12:00:00-05:00",
        "organisation": {"name": {"fr": "Le comité", "en": "The committee"}, "contact": "ecrire@exemple.test"},
        "privacy_officer": {"title": {"fr": "Direction", "en": "Director"}, "email": "prive@exemple.test"},
    }
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """``open_page(script, language="fr", **context)``: the cover of a consultation, its API played by ``script``.

    A violation of the content security policy or an error in a module fails the test.
    """
    contexts, faults = [], []

    def open_page(script: Script, language: str = "fr", **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.route("**/*", lambda route: serve(route, script))
        page.goto(f"{ORIGIN}/c/essai?lang={language}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def converse(open_page: Callable[..., Page]) -> Callable[..., Page]:
    """``converse(script, **context)``: the conversation, begun."""

    def converse(script: Script, language: str = "fr", **options: Any) -> Page:
        script.language = language
        page = open_page(script, language, **options)
        page.locator("[data-start]").click()
        page.locator(".log .message").first.wait_for()
        return page

    return converse


def serve(route: Route, script: Script) -> None:
    """Answers a request of the page."""
    path = route.request.url.removeprefix(ORIGIN).split("?")[0]
    if path.startswith("/api/"):
        _play(route, script)
    elif path.startswith("/static/"):
        file = WEB / path.removeprefix("/static/")
        route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
    else:
        language = "en" if "lang=en" in route.request.url else "fr"
        body = render("consultation.html", language, consultation=CONSULTATION, source="ASSO")
        route.fulfill(body=body, content_type="text/html", headers={"Content-Security-Policy": POLICY})


def strings(language: str) -> dict[str, Any]:
    """The catalogue of the interface."""
    return json.loads((WEB / "strings" / f"{language}.json").read_text("utf-8"))


def render(name: str, language: str, words: dict[str, Any] | None = None, **context: Any) -> str:
    """A page as the API renders it; ``words`` are the strings to render it with."""
    context |= {"language": language, "strings": words or strings(language), "static": "/static"}
    return Jinja2Templates(WEB / "page").get_template(name).render(context)


def _play(route: Route, script: Script) -> None:
    answer = script.answer(route.request)
    if answer is None:
        return route.abort("connectionreset")
    status, body = answer
    kind = "application/problem+json" if status >= 400 else "application/json"
    route.fulfill(status=status, body=json.dumps(body) if status != 204 else "", content_type=kind)
