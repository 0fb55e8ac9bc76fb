"""What a turn means, by the question it was said to."""

from __future__ import annotations

import datetime
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding import Understood, understand


def choice(code: str, fr: str, en: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "label": {"fr": fr, "en": en}, **more}


LEXICON = {
    "hash": "understanding",
    "questions": {
        "participate": {
            "type": "consent",
            "label": {},
            "choices": [choice("yes", "Oui", "Yes"), choice("no", "Non", "No")],
        },
        "region": {
            "type": "select_one",
            "label": {"fr": "Dans quelle région?", "en": "In which region?"},
            "choices": [
                choice("laval", "Laval", "Laval"),
                choice("montreal", "Montréal", "Montréal"),
                choice("estrie", "Estrie", "Estrie"),
            ],
        },
        "tools": {
            "type": "select_multiple",
            "label": {"fr": "Quels outils?", "en": "Which tools?"},
            "choices": [
                choice("text", "Texte", "Text"),
                choice("image", "Image", "Image"),
                choice("unsure", "Je ne suis pas sûr·e", "Not sure", exclusive=True),
                choice("other", "Autre (précisez)", "Other (please specify)", other=True),
            ],
        },
        "skills": {
            "type": "rank",
            "label": {},
            "choices": [choice("write", "Écrire", "Writing"), choice("check", "Vérifier", "Checking")],
        },
        "years": {"type": "integer", "label": {"fr": "Depuis combien d'années?", "en": "How many years?"}},
        "rate": {"type": "decimal", "label": {}},
        "level": {"type": "range", "label": {}, "min": 1, "max": 5, "step": 1},
        "since": {"type": "date", "label": {}},
        "hope": {"type": "text", "label": {"fr": "Qu'espérez-vous?", "en": "What do you hope for?"}},
    },
}
TODAY = datetime.date(2026, 1, 31)
REGIONS = {
    "kind": "reading",
    "question": "region",
    "candidates": [{"value": "laval"}, {"value": "montreal", "other": None}],
}


def said(text: str | None, question: str | None, *, guess: tuple[str, float] | None = None, **turn: Any) -> Understood:
    context = {
        "language": "fr",
        "late": False,
        "offer": None,
        "answered": ["region", "years"],
        "choices": None,
        "action": None,
    }
    return understand({"text": text, "question": question, **context, **turn}, LEXICON, guess, TODAY)


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("Montréal", "region", "montreal"),
        ("j'habite à laval", "region", "laval"),
        ("texte et image", "tools", ["text", "image"]),
        ("vérifier, écrire", "skills", ["check", "write"]),
        ("depuis 5 ans", "years", 5),
        ("3,5", "rate", 3.5),
        ("4 sur 5", "level", 4),
        ("2025-03-14", "since", "2025-03-14"),
        ("  que les artistes vivent de leur art ", "hope", "que les artistes vivent de leur art"),
    ],
)
def test_an_answer_is_read_by_the_type_of_its_question(text, question, value):
    understood = said(text, question)
    assert (understood.intent, understood.reading["value"]) == ("answer", value)


def test_the_reading_has_what_the_actions_need_and_nothing_else():
    assert said("  Montréal ", "region").reading == {
        "status": "accepted",
        "value": "montreal",
        "other": None,
        "missing": None,
        "candidates": [],
        "span": [2, 10],
        "confidence": 1.0,
        "method": "parser",
        "language": "fr",
        "language_p": pytest.approx(1.0, abs=0.1),
        "switch": None,
        "target": None,
    }


def test_a_choice_s_very_label_beats_the_command_it_sounds_like():
    assert said("Not sure", "tools").reading["value"] == ["unsure"]
    assert said("Not sure", "region").intent == "dont_know"


def test_a_dont_know_is_the_choice_that_says_so_where_there_is_one():
    assert said("aucune idée", "tools").reading["value"] == ["unsure"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("passer", "skip"),
        ("retour", "go_back"),
        ("aide", "help"),
        ("en anglais", "switch_language"),
        ("arrêter", "pause"),
    ],
)
def test_a_command_is_obeyed_on_a_closed_question(text, intent):
    assert said(text, "region").intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "j'aimerais arrêter de perdre des contrats",
        "rien",
        "non",
        "oui",
        "vie privée",
        "aide",
        "???",
        "Laval",
        "il faut passer à autre chose",
    ],
)
def test_a_free_answer_is_no_command(text):
    assert said(text, "hope").intent == "answer"


@pytest.mark.parametrize("text", ["idk", "n/a", "aucune idée", "je sais pas", "Not sure."])
def test_a_dont_know_to_an_open_question_keeps_its_words(text):
    understood = said(text, "hope")
    assert (understood.intent, understood.reading["missing"]) == ("dont_know", "dont_know")
    start, end = understood.reading["span"]
    assert text[start:end] == text.rstrip(".")


def test_two_readings_are_a_doubt():
    understood = said("laval ou montréal", "region")
    assert understood.intent == "unclear"
    assert [each["value"] for each in understood.reading["candidates"]] == ["laval", "montreal"]


@pytest.mark.parametrize("question", ["region", "tools", "skills", "years", "rate", "level", "since"])
def test_what_no_parser_can_read_is_unreadable(question):
    assert said("le chat dort", question).intent == "unreadable"


@pytest.mark.parametrize("text", ["oui", "Yes", "non", "j'accepte", "je refuse", "je sais pas", "passer"])
def test_consent_is_never_typed(text):
    assert said(text, "participate").intent == "unreadable"


def test_a_command_is_obeyed_before_consent():
    assert said("est-ce anonyme?", "participate").intent == "privacy"


def test_the_classifier_is_asked_last():
    assert said("je suis tout mêlé", "region", guess=("help", 0.7)).intent == "help"
    assert said("je suis tout mêlé", "region", guess=("help", 0.4)).intent == "unreadable"
    assert said("laval", "region", guess=("help", 0.99)).intent == "answer"


def test_to_an_open_question_the_classifier_must_be_sure_and_the_message_short():
    assert said("je suis tout mêlé", "hope", guess=("help", 0.7)).intent == "answer"
    assert said("je suis tout mêlé", "hope", guess=("help", 0.8)).intent == "help"
    assert said("je suis tout mêlé par ces outils qui changent", "hope", guess=("help", 0.99)).intent == "answer"


def test_the_classifier_never_answers_an_offer():
    assert said("le chat dort", "region", guess=("confirm", 0.99), offer={"kind": "withdraw"}).intent == "unreadable"


@pytest.mark.parametrize(
    ("text", "target", "value"),
    [("1", 1, "laval"), ("la deuxième", 2, "montreal"), ("the second one", 2, "montreal"), ("b", 2, "montreal")],
)
def test_one_of_the_readings_offered_is_chosen_by_its_place(text, target, value):
    understood = said(text, "region", offer=REGIONS)
    assert (understood.intent, understood.reading["target"], understood.reading["value"]) == ("choose", target, value)


def test_one_of_the_readings_offered_is_chosen_by_its_name():
    understood = said("Montréal", "hope", offer=REGIONS)
    assert (understood.intent, understood.reading["target"]) == ("choose", 2)


def test_a_number_offered_is_a_value_before_it_is_a_place():
    offer = {"kind": "reading", "question": "years", "candidates": [{"value": 2}, {"value": 1}]}
    assert said("1", "years", offer=offer).reading["target"] == 2


@pytest.mark.parametrize("text", ["aucune", "none of these", "non"])
def test_none_of_the_readings_offered(text):
    understood = said(text, "region", offer=REGIONS)
    assert (understood.intent, understood.reading["target"]) == ("choose", "none")


def test_a_plain_answer_wins_over_the_offer():
    understood = said("Estrie", "region", offer=REGIONS)
    assert (understood.intent, understood.reading["value"]) == ("answer", "estrie")


@pytest.mark.parametrize(("text", "intent"), [("oui", "confirm"), ("ok", "confirm"), ("non merci", "deny")])
def test_yes_and_no_reply_to_an_offer(text, intent):
    assert said(text, "region", offer={"kind": "switch"}).intent == intent
    assert said(text, "hope", offer={"kind": "switch"}).intent == intent


def test_a_long_open_answer_is_no_reply_to_an_offer():
    assert said("oui, que les artistes vivent enfin de leur art", "hope", offer={"kind": "switch"}).intent == "answer"


def test_a_typed_yes_never_withdraws():
    assert said("oui", "hope", offer={"kind": "withdraw"}).intent == "withdraw"


@pytest.mark.parametrize("text", ["Laval", "passer", "je sais pas", "laval ou montréal", "le chat dort"])
def test_an_answer_to_a_question_no_longer_open_is_late(text):
    assert said(text, "region", late=True).intent == "late"


def test_a_late_command_is_obeyed():
    assert said("aide", "region", late=True).intent == "help"


def test_the_question_to_change_is_named_by_its_words():
    assert said("je voudrais changer ma réponse à la région", "hope").reading["target"] == "region"
    assert said("changer les choses", "hope").intent == "answer"


def test_positions_follow_the_order_shown():
    assert said("1", "region", choices_order=["estrie", "laval", "montreal"]).reading["value"] == "estrie"


def test_a_clear_message_in_the_other_language_is_answered_and_suggests_the_switch():
    understood = said("I hope that artists can make a living", "hope")
    assert (understood.intent, understood.reading["language"], understood.reading["switch"]) == ("answer", "en", "en")


@pytest.mark.parametrize(
    ("action", "intent", "target"),
    [
        ("back", "go_back", None),
        ("yes", "confirm", None),
        ("no", "deny", None),
        ("reading:2", "choose", 2),
        ("none", "choose", "none"),
        ("switch:en", "switch_language", "en"),
        ("change:region", "change", "region"),
        ("who_are_you", "who_are_you", None),
        ("nonsense", "out_of_scope", None),
    ],
)
def test_a_button_needs_no_understanding(action, intent, target):
    understood = said(None, "region", action=action)
    assert (understood.intent, understood.reading["target"], understood.reading["method"]) == (intent, target, "button")


def test_a_pressed_skip_says_why_there_is_no_value():
    assert said(None, "region", action="skip").reading["missing"] == "skipped"


def test_pressed_choices_have_the_shape_of_their_question():
    assert said(None, "region", choices=["laval"]).reading["value"] == "laval"
    assert said(None, "participate", choices=["yes"]).reading["value"] == "yes"
    assert said(None, "tools", choices=["text"]).reading["value"] == ["text"]
    assert said(None, "tools", choices=["other"], other="son").reading["other"] == "son"


def test_without_its_lexicon_a_message_still_has_a_meaning():
    turn = {"text": "bonjour", "language": "fr", "question": "region", "late": False, "offer": None, "answered": []}
    assert understand(turn, None).intent == "greet"


VOCABULARY = st.sampled_from(
    [
        "laval",
        "montréal",
        "autre :",
        "tous sauf",
        "pas",
        "1",
        "la 2e",
        "3-5",
        "quatre-vingt",
        "mille",
        "2024-03-12",
        "ans",
        "ou",
        "et",
        ",",
        "\n",
        "·e",
        "l'",
        "\u0301",
        "\u202e",
        "9" * 400,
    ]
)
HOSTILE = st.one_of(
    st.text(max_size=200),
    st.lists(VOCABULARY, max_size=40).map(" ".join),
    st.lists(VOCABULARY, max_size=40).map("".join),
)
OFFERS = st.sampled_from(
    [None, {"kind": "withdraw"}, REGIONS, {"kind": "reading", "question": "years", "candidates": []}]
)
GUESSES = st.sampled_from([None, ("help", 0.9), ("dont_know", 0.9), ("nonsense", 1.0), (None, 0.0)])


@settings(deadline=1000)
@given(HOSTILE, st.sampled_from([*LEXICON["questions"], None]), OFFERS, GUESSES, st.booleans())
def test_any_text_is_understood_and_its_span_is_within_it(text, question, offer, guess, late):
    reading = said(text, question, offer=offer, guess=guess, late=late).reading
    start, end = reading["span"] or (0, 0)
    assert 0 <= start <= end <= len(text)
    assert reading["status"] in {"accepted", "ambiguous", "missing", "unreadable"}


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1 ",
        "1 ou ",
        "the ",
        "autre: ",
        "l'",
        "·e",
        "quatre vingt ",
        "cent ",
        "cent un ",
        "million ",
        "tous sauf ",
        "9",
        "\u0301",
        "(",
        "a'a",
        "a.e",
    ],
)
@pytest.mark.parametrize("question", list(LEXICON["questions"]))
def test_four_thousand_characters_of_anything_are_read_in_no_time(piece, question):
    text = (piece * 4000)[:4000]
    began = time.process_time()
    said(text, question)
    assert time.process_time() - began < 0.5
