"""The conversation in a browser: what is sent, what is shown, what survives."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.script import ORIGIN, Script, choice, question

pytestmark = pytest.mark.services

YES_NO = [choice("yes", "Oui"), choice("no", "Non")]


def sent(script: Script) -> list[dict]:
    """The turns, without what only the protocol needs."""
    return [{key: value for key, value in turn.items() if key != "client_id"} for turn in script.turns]


def write(page: Page, text: str) -> None:
    page.get_by_label("Votre message").fill(text)
    page.get_by_role("button", name="Envoyer").last.click()


# Starting


def test_the_cover_says_who_asks_until_when_and_who_is_responsible(open_page):
    page = open_page(Script([]))
    expect(page.get_by_role("heading", name="Un essai")).to_be_visible()
    expect(page.locator(".cover")).to_contain_text("Une consultation menée par Le comité")
    expect(page.locator(".cover")).to_contain_text("1er février 2031")
    page.get_by_text("Vos renseignements personnels").click()
    expect(page.get_by_role("link", name="prive@exemple.test")).to_be_visible()


def test_starting_tells_the_api_the_language_the_surface_and_the_association(open_page):
    page = open_page(Script([question("region", "text")]), "en")
    with page.expect_request("**/api/v1/interviews") as started:
        page.locator("[data-start]").click()
    body = {"consultation": "essai", "language": "en", "surface": "page", "source": "ASSO"}
    assert started.value.post_data_json == body


def test_the_four_words_are_shown_at_the_start_and_at_the_end(converse):
    page = converse(Script([question("region", "text")]))
    expect(page.locator(".words")).to_have_text(["un deux trois quatre"])
    write(page, "Laval")
    expect(page.locator(".words")).to_have_text(["un deux trois quatre"] * 2)


def test_a_refused_start_is_said_on_the_cover_and_can_be_tried_again(open_page):
    script = Script([question("region", "text")])
    page = open_page(script)
    closed = {"code": "closed", "title": "Cette consultation est terminée."}
    page.route("**/api/v1/interviews", lambda route: route.fulfill(status=410, json=closed), times=1)
    page.locator("[data-start]").click()
    expect(page.get_by_role("alert")).to_have_text("Cette consultation est terminée.")
    page.locator("[data-start]").click()
    expect(page.locator(".log")).to_contain_text("region")


def test_the_four_words_resume_the_interview(open_page):
    script = Script([question("region", "text", label="Quelle région?")])
    script.say("Bonjour")
    page = open_page(script)
    resumed = {"id": "i1", "token": "t2", "messages": []}
    page.route("**/interviews/resume", lambda route: route.fulfill(json=resumed))
    page.get_by_text("J’ai déjà commencé").click()
    page.get_by_label("Vos quatre mots").fill("un deux trois quatre")
    page.get_by_role("button", name="Reprendre").click()
    expect(page.locator(".log")).to_contain_text("Bonjour")


# Sending


def test_a_double_click_on_a_choice_sends_one_message(converse):
    script = Script([question("one", "select_one", choices=YES_NO), question("two", "select_one", choices=YES_NO)])
    page = converse(script)
    page.get_by_role("button", name="Oui").dblclick()
    expect(page.locator(".message[data-by=you]")).to_have_count(1)
    expect(page.locator(".log")).to_contain_text("two")
    page.wait_for_timeout(600)
    assert sent(script) == [{"choices": ["yes"], "question": "one"}]


def test_a_message_whose_reply_was_lost_is_sent_again_under_the_same_id(converse):
    script = Script([question("region", "text")], replies=[None])
    page = converse(script)
    write(page, "Laval")
    expect(page.get_by_text("Pas encore envoyé")).to_be_visible()
    page.get_by_role("button", name="Réessayer maintenant").click()
    expect(page.get_by_text("Pas encore envoyé")).to_be_hidden()
    first, again = script.turns
    assert first == again
    expect(page.locator(".message[data-by=you]")).to_have_count(1)


def test_what_was_typed_while_the_network_is_away_leaves_in_order(converse):
    script = Script([question("one", "text"), question("two", "text")], replies=[None])
    page = converse(script)
    write(page, "premier")
    expect(page.get_by_text("Pas encore envoyé")).to_be_visible()
    write(page, "second")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".end")).to_contain_text("C’est terminé")
    assert [turn["text"] for turn in script.turns] == ["premier", "premier", "second"]


def test_text_is_sent_byte_for_byte(converse):
    script = Script([question("idea", "text")])
    page = converse(script)
    write(page, "  deux lignes\net un blanc \n")
    expect(page.locator(".end")).to_be_visible()
    assert sent(script) == [{"text": "  deux lignes\net un blanc \n", "question": "idea"}]


def test_a_refused_message_is_said_and_its_words_come_back(converse):
    too_long = (413, {"code": "too-long", "title": "Votre message dépasse 4 000 caractères."})
    page = converse(Script([question("idea", "text")], replies=[too_long]))
    write(page, "trop long")
    expect(page.get_by_text("Votre message dépasse 4 000 caractères.")).to_be_visible()
    expect(page.get_by_label("Votre message")).to_have_value("trop long")


def test_a_pending_turn_shows_its_notice_then_the_answer(converse):
    script = Script([question("one", "text"), question("two", "text")])
    script.turn = "pending"
    notice = {"seq": 3, "author": "bot", "kind": "notice", "language": "fr", "text": "Un instant", "actions": []}
    script.replies = [(202, {"message": {"seq": 2}, "turn": "pending", "messages": [notice]})]
    page = converse(script)
    write(page, "Laval")
    expect(page.get_by_text("Reçu, réponse à venir")).to_be_visible()
    expect(page.locator(".log")).to_contain_text("Un instant")
    script.messages += [{"seq": 2, "author": "respondent", "language": "fr", "text": "Laval"}, notice]
    script.asked.pop(0)
    script.ask()
    script.turn = "idle"
    expect(page.locator(".log")).to_contain_text("two")
    expect(page.locator(".message[data-by=you]")).to_have_count(1)


# Each kind of question


def test_several_choices_respect_the_ceiling_and_the_one_that_stands_alone(converse):
    choices = [choice("a", "Son"), choice("b", "Image"), choice("c", "Texte"), choice("none", "Aucun", exclusive=True)]
    script = Script([question("tools", "select_multiple", choices=choices, max_choices=2)])
    page = converse(script)
    expect(page.get_by_role("button", name="Terminé")).to_be_disabled()
    page.get_by_label("Son").check()
    page.get_by_label("Image").check()
    expect(page.get_by_label("Texte")).to_be_disabled()
    page.get_by_label("Aucun").check()
    expect(page.get_by_label("Son")).not_to_be_checked()
    page.get_by_label("Texte").check()
    expect(page.get_by_label("Aucun")).not_to_be_checked()
    page.get_by_role("button", name="Terminé").click()
    expect(page.locator(".end")).to_be_visible()
    assert sent(script) == [{"choices": ["c"], "question": "tools"}]


def test_the_choice_that_asks_which_sends_the_words_beside_its_code(converse):
    choices = [choice("music", "Musique"), choice("other", "Autre", other=True)]
    script = Script([question("art", "select_one", choices=choices, other=True)])
    page = converse(script)
    page.get_by_role("button", name="Autre").click()
    page.get_by_label("Précisez, dans vos mots").fill("conte")
    page.get_by_label("Précisez, dans vos mots").press("Enter")
    expect(page.locator(".message[data-by=you]")).to_contain_text("conte")
    assert sent(script) == [{"choices": ["other"], "other": "conte", "question": "art"}]


def test_a_ranking_is_made_with_the_keyboard_alone(converse):
    choices = [choice("law", "Droit"), choice("tool", "Outil"), choice("data", "Données")]
    script = Script([question("needs", "rank", choices=choices, max_choices=2)])
    page = converse(script)
    page.get_by_role("button", name="Outil").press("Enter")
    page.get_by_role("button", name="Droit", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Données")).to_be_disabled()
    expect(page.get_by_role("button", name="Monter : Droit")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".ranked .label")).to_have_text(["Droit", "Outil"])
    page.get_by_role("button", name="Terminé").press("Enter")
    expect(page.locator(".end")).to_be_visible()
    assert sent(script) == [{"choices": ["law", "tool"], "question": "needs"}]


def test_a_tap_on_a_scale_answers_it(converse):
    script = Script([question("level", "range", min=1, max=5, scale=["Débutant", "Expert"])])
    page = converse(script)
    expect(page.get_by_role("radio", name="5")).to_have_accessible_description("Expert")
    page.locator(".point", has_text="4").click()
    expect(page.locator(".end")).to_be_visible()
    assert sent(script) == [{"text": "4", "question": "level"}]


def test_arrow_keys_move_on_a_scale_without_answering(converse):
    script = Script([question("level", "range", min=1, max=5)])
    page = converse(script)
    page.get_by_role("radio", name="1").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert script.turns == []
    page.keyboard.press("Enter")
    expect(page.locator(".end")).to_be_visible()
    assert sent(script) == [{"text": "3", "question": "level"}]


def test_numbers_get_the_keypad_that_suits_them_and_are_sent_as_typed(converse):
    script = Script([question("years", "integer", min=0, max=70), question("hours", "decimal")])
    page = converse(script)
    expect(page.get_by_label("Un nombre")).to_have_attribute("inputmode", "numeric")
    expect(page.get_by_text("De 0 à 70")).to_be_visible()
    page.get_by_label("Un nombre").fill("12")
    page.get_by_label("Un nombre").press("Enter")
    expect(page.locator("[inputmode=decimal]")).to_be_visible()
    page.get_by_label("Un nombre").fill("3,5")
    page.get_by_label("Un nombre").press("Enter")
    expect(page.locator(".end")).to_be_visible()
    assert [turn["text"] for turn in script.turns] == ["12", "3,5"]


def test_a_date_is_sent_as_the_contract_writes_it(converse):
    script = Script([question("since", "date")])
    page = converse(script)
    page.get_by_label("Une date").fill("2023-04-05")
    page.get_by_role("button", name="Envoyer").first.click()
    expect(page.locator(".end")).to_be_visible()
    assert sent(script) == [{"text": "2023-04-05", "question": "since"}]


def test_consent_is_two_buttons_and_nothing_to_skip(converse):
    script = Script([question("participate", "consent", required=True, choices=YES_NO)], status="consenting")
    page = converse(script)
    page.get_by_role("button", name="Menu").click()
    for label in ("Passer", "Je préfère ne pas répondre", "Je ne sais pas"):
        expect(page.get_by_role("button", name=label)).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Oui").click()
    expect(page.locator(".end")).to_be_visible()
    assert sent(script) == [{"choices": ["yes"], "question": "participate"}]


# Actions and the menu


def test_a_quick_action_is_sent_as_its_id(converse):
    script = Script([question("region", "text")], actions=[{"id": "skip", "label": "Passer"}])
    page = converse(script)
    page.get_by_role("button", name="Passer").click()
    expect(page.locator(".end")).to_be_visible()
    assert sent(script) == [{"action": "skip", "question": "region"}]


def test_readings_on_offer_take_the_place_of_the_choices(converse):
    offered = [{"id": "reading:1", "label": "Montréal"}, {"id": "none", "label": "Aucune"}]
    script = Script([question("region", "select_one", choices=YES_NO)], actions=offered)
    page = converse(script)
    expect(page.get_by_role("button", name="Oui")).to_have_count(0)
    page.get_by_role("button", name="Montréal").click()
    expect(page.locator(".end")).to_be_visible()
    assert sent(script) == [{"action": "reading:1", "question": "region"}]


def test_the_menu_is_always_there_even_when_the_bot_offers_nothing(converse):
    script = Script([question("region", "text")])
    page = converse(script)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Revenir à la question précédente").click()
    expect(page.locator(".end")).to_be_visible()
    assert sent(script) == [{"action": "back", "question": "region"}]


def test_a_required_question_offers_no_skip(converse):
    page = converse(Script([question("region", "text", required=True)]))
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("button", name="Je ne sais pas")).to_be_visible()
    expect(page.get_by_role("button", name="Passer")).to_have_count(0)


def test_withdrawing_asks_first_then_erases_here_too(converse):
    script = Script([question("region", "text")])
    page = converse(script)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Retirer ma participation").click()
    assert "DELETE /i1" not in script.calls
    page.get_by_role("button", name="Tout effacer").click()
    expect(page.get_by_role("heading", name="Tout est effacé.")).to_be_visible()
    assert script.calls[-1] == "DELETE /i1"
    assert page.evaluate("localStorage.length") == 0


def test_a_person_downloads_all_that_is_held_on_them(converse):
    page = converse(Script([question("region", "text")]))
    page.route("**/export?format=json", lambda route: route.fulfill(json={"answers": ["tout"]}))
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Mes données").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON").click()
    assert download.value.suggested_filename == "porte-voix.json"
    assert "tout" in download.value.path().read_text()


def test_a_pause_offers_to_resume(converse):
    page = converse(Script([question("region", "text")], status="paused"))
    expect(page.get_by_role("button", name="Reprendre")).to_be_visible()


# Coming back, and changing language


def test_reload_restores_the_conversation(converse):
    script = Script([question("one", "text"), question("two", "select_one", choices=YES_NO)])
    page = converse(script)
    write(page, "Laval")
    expect(page.locator(".log")).to_contain_text("two")
    page.reload()
    expect(page.locator(".said")).to_have_text(["one", "Laval", "two"])
    expect(page.get_by_role("button", name="Oui")).to_be_visible()
    expect(page.locator(".words")).to_have_text("un deux trois quatre")


def test_an_interview_that_cannot_be_reached_for_now_is_not_begun_anew(converse):
    script = Script([question("one", "text", label="Où en étions-nous?")])
    page = converse(script)
    away = {"status": 503, "json": {"code": "unavailable", "title": "Réessayez dans un instant."}}
    page.route("**/messages?*", lambda route: route.fulfill(**away), times=1)
    page.reload()
    expect(page.get_by_role("alert")).to_have_text("Réessayez dans un instant.")
    expect(page.get_by_role("button", name="Commencer")).to_be_disabled()
    expect(page.locator(".log")).to_contain_text("Où en étions-nous?", timeout=10_000)


def test_an_interview_that_is_gone_leaves_the_cover_ready(converse):
    page = converse(Script([question("one", "text")]))
    gone = {"status": 404, "json": {"code": "unknown-interview", "title": "Cet entretien n’existe pas."}}
    page.route("**/messages?*", lambda route: route.fulfill(**gone), times=1)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Vos quatre mots permettent de la reprendre")
    expect(page.get_by_role("button", name="Commencer")).to_be_enabled()
    assert page.evaluate("localStorage.length") == 0


def test_erasing_the_last_message_erases_it_from_the_screen(converse):
    script = Script([question("one", "text"), question("two", "text"), question("two", "text")])
    page = converse(script)
    write(page, "un secret")
    expect(page.locator(".log")).to_contain_text("un secret")
    script.messages[1] |= {"text": "", "kind": "struck"}
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Effacer mon dernier message").click()
    expect(page.locator(".log")).to_contain_text("Message effacé")
    expect(page.locator(".log")).not_to_contain_text("un secret")


def test_switching_language_says_again_what_was_asked(converse):
    script = Script([question("region", "text", label="Quelle région?")])
    page = converse(script)
    page.get_by_label("Votre message").fill("un brouillon")
    script.messages[0]["text"], script.messages[0]["language"] = "Which region?", "en"
    page.get_by_role("button", name="English").click()
    expect(page.locator(".said")).to_have_text(["Which region?"])
    expect(page.locator(".said")).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="A trial")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value("un brouillon")
    assert "PATCH /i1" in script.calls


def test_a_conversation_resumed_elsewhere_says_so_and_keeps_nothing(converse):
    elsewhere = (401, {"code": "continued-elsewhere", "title": "Ailleurs"})
    page = converse(Script([question("region", "text")], replies=[elsewhere]))
    write(page, "Laval")
    expect(page.get_by_role("heading", name="sur un autre appareil")).to_be_visible()
    page.get_by_role("button", name="Reprendre ici").click()
    expect(page.get_by_label("Vos quatre mots")).to_be_visible()


def test_a_device_that_may_forget_shows_the_cover_again(converse):
    page = converse(Script([question("region", "text")]))
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Oublier sur cet appareil").click()
    page.get_by_role("button", name="Oublier", exact=True).click()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    assert page.url.startswith(ORIGIN)


# Safety and access


def test_a_script_in_a_label_a_message_or_an_answer_stays_text(converse):
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    shown = [choice("a", attack), choice("b", "Oui")]
    script = Script([question("one", "select_one", label=attack, choices=shown), question("two", "text", label=attack)])
    page = converse(script)
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name=attack).click()
    write(page, attack)
    expect(page.locator(".said", has_text="<script>")).to_have_count(4)
    assert page.locator("porte-voix img, porte-voix script").count() == 0


def test_focus_stays_in_the_answers_when_a_pressed_button_goes_away(converse):
    script = Script([question("one", "select_one", choices=YES_NO), question("two", "select_one", choices=YES_NO)])
    page = converse(script)
    page.get_by_role("button", name="Oui").press("Enter")
    expect(page.locator(".log")).to_contain_text("two")
    expect(page.get_by_role("group", name="Votre réponse")).to_be_focused()
    page.wait_for_timeout(500)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Oui")).to_be_focused()


def test_nothing_overflows_and_every_target_is_44_pixels_at_320(converse):
    choices = [choice(str(number), "Un choix plutôt long, comme il y en a " * 2) for number in range(6)]
    actions = [{"id": "skip", "label": "Passer"}, {"id": "explain", "label": "Pourquoi cette question?"}]
    script = Script([question("one", "select_multiple", choices=choices)], actions=actions)
    page = converse(script, viewport={"width": 320, "height": 568})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for target in page.locator("button:visible, label:visible, textarea:visible").all():
        box = target.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44, target.inner_text()
