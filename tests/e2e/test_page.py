"""A whole interview in a browser, through the real assistant, actions, API and database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.stack import Stack
from tests.web.chromium import chromium

LONGEST = 45
WORDS = "Je grave le bois depuis longtemps et mes clientes demandent des images plus vite"
PRESS = {
    "choice": ".choice .button",
    "choices": ".choices :is(.box:nth-child(1):not(:has(:checked)), .primary:enabled)",
    "rank": ".rank :is(ol[hidden] + div .button, ol:not([hidden]) ~ .row .primary)",
    "scale": ".point",
}
"""What answers each kind of question, one press after the other."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, stack: Stack) -> Iterator[Page]:
    """The cover of the instrument, on a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{stack.url}/c/ia-culture-2026?lang=fr")
    yield page
    context.close()


def answer(page: Page) -> None:
    """Answers the question on screen, and waits for what comes next."""
    page.locator(".panel-content:not([hidden], [inert])").wait_for()
    said = page.locator(".message[data-by=you]").count()
    form = page.locator(".answer form")
    kind = form.get_attribute("class") if form.count() else "text"
    if kind == "text":
        page.get_by_label("Votre message").fill(WORDS)
        page.get_by_role("button", name="Envoyer").click()
    else:
        while page.locator(".message[data-by=you]").count() == said:
            page.locator(PRESS[kind]).first.click()
    expect(page.locator(".message[data-delivery=sent]")).to_have_count(1)
    expect(page.locator(".typing")).to_be_hidden()


def test_a_person_answers_everything_by_pressing_and_typing(page: Page):
    page.get_by_role("button", name="Commencer").click()
    page.locator(".log .message").first.wait_for()
    words = page.locator(".words").inner_text()
    assert len(words.split()) == 4
    for _ in range(LONGEST):
        answer(page)
        if page.locator(".end > h2").count():
            break
    expect(page.locator(".end")).to_contain_text(words)
    expect(page.locator(".counted")).to_contain_text("À venir : 0 au plus")


def test_a_reload_and_another_language_say_again_what_was_said(page: Page):
    page.get_by_role("button", name="Commencer").click()
    answer(page)
    said = page.locator(".said").all_inner_texts()
    page.reload()
    expect(page.locator(".said")).to_have_text(said)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("Your message")).to_be_visible()
    expect(page.locator(".said")).to_have_count(len(said))
    expect(page.locator("[data-by=bot] .said:not([lang=en])")).to_have_count(0)


def test_a_receipt_resumes_on_another_device(page: Page, browser: Browser):
    page.get_by_role("button", name="Commencer").click()
    words = page.locator(".words").inner_text()
    answer(page)
    other = browser.new_page()
    other.goto(page.url)
    other.get_by_text("J’ai déjà commencé").click()
    other.get_by_label("Vos quatre mots").fill(words)
    other.get_by_role("button", name="Reprendre").click()
    expect(other.locator(".said")).to_have_text(page.locator(".said").all_inner_texts())
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Vos quatre mots permettent de la reprendre")
    other.close()
