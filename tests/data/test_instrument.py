"""The consultation itself: what it owes to those it asks, and to those who will read the answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.questionnaire.answers import Answer
from api.questionnaire.checks import check
from api.questionnaire.flow import Flow
from api.questionnaire.loading import load
from api.questionnaire.rendering import lexicon
from bot.understanding import understand

FILE = Path(__file__).parents[2] / "data" / "consultations" / "ia-culture-2026.yml"
LANGUAGES = ("fr", "en")
LINKS = ("creation", "production", "distribution", "management")
SKILLS = ("choosing", "prompting", "checking", "rights", "privacy", "creating", "workflows", "ethics")
BUBBLE = 220
"""Characters of a question that a phone shows without scrolling."""


@pytest.fixture(scope="module")
def flow() -> Flow:
    questionnaire, _ = load(FILE)
    return Flow(questionnaire)


@pytest.fixture(scope="module")
def consultation(flow):
    return flow.questionnaire.consultation


def path_of(flow: Flow, **given) -> list[str]:
    """The questions asked of a person who gives these answers and skips every other question."""
    answers = {flow.consent: Answer("yes")}
    while name := flow.open(answers):
        answers[name] = Answer(given[name]) if name in given else Answer(None, missing="skipped")
    return list(answers)


def test_it_passes_every_check_without_an_error_or_a_warning():
    assert [finding for finding in check(FILE) if finding.level != "notice"] == []


def test_no_path_has_more_than_26_screens_and_45_answers(flow):
    assert flow.longest().screens <= 26
    assert flow.longest().answers <= 45


def test_every_question_but_consents_says_why_it_is_asked(flow):
    silent = [name for name, question in flow.questions.items() if question.type != "consent" and not question.why]
    assert silent == []


def test_every_question_fits_a_chat_bubble(flow):
    said = [text for question in flow.questions.values() for text in question.label.values()]
    assert [text for text in said if len(text) > BUBBLE] == []


def test_every_choice_has_other_names_in_both_languages(flow):
    lists = flow.questionnaire.choices
    bare = [
        (name, choice.name, language)
        for name, choices in lists.items()
        for choice in choices
        for language in LANGUAGES
        if not choice.aliases.get(language)
    ]
    assert bare == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_choice_is_called_is_read_as_that_choice(flow, language):
    known = lexicon(flow)
    misread = [
        (name, said, choice.name)
        for name in flow.questions
        for choice in (flow.choices(name) if flow.questions[name].type != "consent" else [])
        for said in (choice.label[language], *choice.aliases[language])
        if read(known, name, said, language) not in (choice.name, [choice.name])
    ]
    assert misread == []


def read(known: dict, name: str, said: str, language: str):
    turn = {"text": said, "language": language, "question": name, "late": False, "offer": None, "answered": []}
    return understand({**turn, "choices": None, "other": None, "action": None}, known).reading["value"]


def test_the_17_administrative_regions_are_there(flow):
    codes = [alias for choice in flow.choices("region") for alias in choice.aliases["fr"] if alias.isdigit()]
    assert codes == [f"{number:02}" for number in range(1, 18)]


def test_there_is_one_consent_for_each_purpose_and_only_the_first_is_needed(flow):
    consents = [question for question in flow.questions.values() if question.type == "consent"]
    assert [consent.purpose for consent in consents] == ["participate", "quote", "contact", "research"]
    assert [consent.required for consent in consents] == [True, False, False, False]
    assert next(iter(flow.questions)) == "participate"


def test_the_first_consent_says_age_anonymity_withdrawal_retention_and_who_answers_for_it(flow, consultation):
    consent = flow.questions["participate"]
    days = str(consultation.retention.transcripts)
    expected = {
        "fr": ["14 ans", "anonyme", "adresse IP", "quatre mots", "effacer", days],
        "en": ["14 or older", "anonymous", "IP address", "four words", "erase", days],
    }
    for language, words in expected.items():
        told = f"{consent.label[language]} {consent.hint[language]}"
        assert [word for word in (*words, consultation.privacy_officer.email) if word not in told] == []


def test_the_notices_of_law_25_are_there_and_agree_with_retention(consultation):
    assert consultation.notices.keys() >= {"welcome", "privacy", "closing"}
    privacy = consultation.notices["privacy"].text
    kept = consultation.retention
    assert (kept.transcripts, kept.answers, kept.contacts) == (180, 5 * 365, 365)
    assert re.search(r"180 jours.*réponses cinq ans.*coordonnées un an", privacy["fr"], re.DOTALL)
    assert re.search(r"180 days.*answers after five years.*contact details after one year", privacy["en"], re.DOTALL)
    assert all(consultation.privacy_officer.email in privacy[language] for language in LANGUAGES)


def test_a_person_who_never_uses_ai_is_asked_why_and_nothing_about_usage(flow):
    path = path_of(flow, use_frequency="never", main_link="creation")
    assert "non_use_reason" in path
    assert not {"use_since", "uses", "practices", "creation_example", "quality_effect", "time_effect"} & set(path)


@pytest.mark.parametrize("link", LINKS)
def test_a_regular_user_speaks_of_the_main_link_in_full(flow, link):
    path = path_of(flow, use_frequency="weekly", main_link=link)
    asked = [name for name in path if flow.questions[name].chain_link]
    assert asked == [f"{link}_now", f"{link}_in_two_years", f"{link}_example"]
    assert {flow.questions[name].chain_link for name in asked} == {link}


def test_of_a_second_link_only_the_present_effect_is_asked(flow):
    path = path_of(flow, status="self_employed", main_link="production", second_link="management")
    assert [name for name in path if flow.questions[name].chain_link == "management"] == ["management_now"]


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"status": "employee"}, "organisation_size"),
        ({"status": "both"}, "organisation_size"),
        ({"status": "volunteer", "roles": ["manager"]}, "organisation_size"),
        ({"status": "self_employed", "roles": ["artist"]}, "second_link"),
    ],
)
def test_those_inside_an_organization_give_its_size_and_the_others_a_second_link(flow, answers, asked):
    assert {"organisation_size", "second_link"} & set(path_of(flow, **answers)) == {asked}


@pytest.mark.parametrize(
    ("roles", "asked"),
    [
        (["manager"], "trades_moving"),
        (["presenter", "teacher"], "trades_moving"),
        (["producer", "artist"], "how_change"),
        (["cultural_worker"], "how_change"),
    ],
)
def test_those_who_see_many_trades_speak_of_them_and_the_others_of_their_own(flow, roles, asked):
    assert {"how_change", "trades_moving"} & set(path_of(flow, roles=roles)) == {asked}


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"status": "employee", "use_frequency": "daily"}, ["first_obstacle_employee"]),
        ({"status": "self_employed", "use_frequency": "daily"}, ["first_obstacle_self_employed"]),
        ({"status": "employee", "use_frequency": "never"}, []),
    ],
)
def test_the_first_obstacle_is_asked_once_and_not_of_those_who_never_use_ai(flow, answers, asked):
    assert [name for name in path_of(flow, **answers) if name.startswith("first_obstacle")] == asked


def test_the_skills_grid_has_the_eight_skills_that_training_needs_rank(flow):
    rows = [name.removeprefix("skill_") for name in flow.questions if name.startswith("skill_")]
    assert rows == list(SKILLS)
    assert [choice.name for choice in flow.choices("training_needs") if not choice.exclusive] == list(SKILLS)


def test_items_of_the_first_wave_are_named_by_their_theme(flow):
    assert {question.repeats for question in flow.questions.values() if question.repeats} == {
        "will_change",
        "expect_use",
        "threat_opportunity",
        "non_use_reason",
        "first_obstacle_employee",
        "first_obstacle_self_employed",
    }


def test_probes_are_for_the_example_the_change_and_what_stays_human(flow):
    probed = [name for name, question in flow.questions.items() if question.probe]
    assert probed == [*(f"{link}_example" for link in LINKS), "how_change", "must_remain_human"]


def test_one_age_group_at_most_is_accepted(flow):
    constraint = flow.constraints["profile"]
    assert constraint.holds({}, ["from_60", "woman"])
    assert not constraint.holds({}, ["under_30", "from_60"])
