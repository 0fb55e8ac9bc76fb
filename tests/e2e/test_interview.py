"""Whole interviews through the real assistant, actions, API and database, by the contract alone."""

from __future__ import annotations

import pytest

from tests.stack import Person

WORDS = {
    "fr": "Je grave le bois depuis longtemps et mes clientes demandent des images plus vite",
    "en": "I have been carving wood for a long time and my clients want pictures faster",
}


def typed(question: dict, language: str) -> dict:
    """A typed answer to any question of the instrument, the way a person would read it off the screen."""
    labels = [choice["label"] for choice in question["choices"] or []]
    match question["type"]:
        case "consent":
            return {"choices": ["yes"]}
        case "select_one":
            return {"text": labels[0]}
        case "select_multiple":
            return {"text": labels[0]}
        case "rank":
            return {"text": ", ".join(labels[: question["max_choices"] or len(labels)])}
        case "range" | "integer":
            return {"text": str(int(question["min"] or 1) + 1)}
        case "text":
            return {"text": WORDS[language]}
    raise AssertionError(question["type"])


def finish(person: Person, language: str) -> list[float]:
    """Answers everything that is asked; the progress at each step."""
    ratios = []
    while person.question:
        asked = person.question
        person.say(**typed(person.state["question"], language))
        assert person.question != asked, asked
        ratios.append(person.state["progress"]["ratio"])
        assert len(ratios) <= 45
    return ratios


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_whole_interview_typed_in_one_language(stack, language):
    person = Person(stack, language)
    assert (person.state["status"], person.state["language"]) == ("consenting", language)
    ratios = finish(person, language)
    assert person.state["status"] == "completed"
    assert ratios == sorted(ratios) and ratios[-1] == 1
    answers = person.answers()
    assert len(answers) == len(ratios)
    assert {a["language"] for a in answers.values() if a["text"] == WORDS[language]} == {language}
    assert answers["sub_sector"]["method"] == "parser" and answers["sub_sector"]["text"]


def test_a_person_may_switch_languages_in_the_middle(stack):
    person = Person(stack, "fr")
    person.say(choices=["yes"])
    person.say(**typed(person.state["question"], "fr"))
    asked = person.question
    person.say("in English please")
    assert (person.state["language"], person.question) == ("en", asked)
    finish(person, "en")
    shown = person.http.get(f"{person.path}/messages", params={"language": "fr"}).json()["messages"]
    assert {m["language"] for m in shown if m["author"] == "bot"} == {"fr"}
    assert person.state["status"] == "completed"


def test_back_twice_and_another_answer_alters_the_path(person):
    path = []
    while person.question != "use_frequency":
        path.append(person.question)
        person.say(**typed(person.state["question"], "fr"))
    person.say(choices=["never"])
    assert person.question == "non_use_reason"
    person.say("Je n'en ai pas besoin")
    person.say(action="back")
    person.say("retour")
    assert person.question == "use_frequency"
    person.say(choices=["daily"])
    assert person.question not in ("non_use_reason", "use_frequency")
    assert person.answers()["non_use_reason"]["missing"] == "not_applicable"
    person.say(action="change:use_frequency")
    person.say(choices=["never"])
    assert person.answers()["non_use_reason"]["value"] is not None


SAYING = [
    # what is typed in French, in English, and what must be in the reply
    ("passer", "skip", ("reste à choisir", "préfér", "ne sais pas", "rather not", "don’t know", "know")),
    ("répéter", "repeat", ("Quels rôles", "What roles")),
    ("pourquoi vous demandez ça?", "why do you ask?", ("Pourquoi", "Why")),
    ("aide", "help", ("Répondez", "Answer")),
    ("combien de temps reste-t-il?", "how long will it take?", ("min",)),
    ("qui êtes-vous?", "who are you?", ("automatisé", "automated")),
    ("vie privée", "privacy", ("@",)),
    ("je veux parler à quelqu'un", "talk to someone", ("@",)),
]


@pytest.mark.parametrize("language", [0, 1], ids=["fr", "en"])
@pytest.mark.parametrize("saying", SAYING, ids=lambda saying: saying[1])
def test_a_command_is_obeyed_and_the_question_stays_open(stack, saying, language):
    person = Person(stack, ("fr", "en")[language])
    person.say(choices=["yes"])
    asked, before = person.question, person.answers()
    said = "\n".join(person.say(saying[language]))
    assert any(words in said for words in saying[2]), said
    assert (person.question, person.answers()) == (asked, before)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("je préfère ne pas répondre", "refused"),
        ("je sais pas", "dont_know"),
        ("I'd rather not say", "refused"),
        ("no idea", "dont_know"),
    ],
)
def test_leaving_a_question_keeps_why_and_the_words(person, text, missing):
    asked = person.question
    person.say(text)
    answer = person.answers()[asked]
    assert (answer["missing"], answer["value"], answer["text"]) == (missing, None, text)
    assert person.question != asked


def test_a_pause_keeps_everything_and_the_next_message_resumes(person):
    asked = person.question
    person.say("pause")
    assert person.state["status"] == "paused"
    person.say("on reprend")
    assert (person.state["status"], person.question) == ("active", asked)


def test_off_the_record_strikes_the_previous_message_everywhere(person):
    while person.question != "trade":
        person.say(**typed(person.state["question"], "fr"))
    person.say("charpentière de canaris")
    person.say("ne notez pas ça")
    assert person.question == "trade"
    assert "trade" not in person.answers()
    held = person.http.get(f"{person.path}/export").text
    assert "canaris" not in held


def test_a_late_answer_changes_nothing_and_a_late_command_is_obeyed(person):
    first = person.state["question"]
    person.say(**typed(first, "fr"))
    before, asked = person.answers(), person.question
    person.state = person.post(text=first["choices"][1]["label"], question=first["name"]).json()
    assert (person.answers(), person.question) == (before, asked)
    person.state = person.post(text="pause", question=first["name"]).json()
    assert person.state["status"] == "paused"


def test_consent_is_pressed_never_typed(stack):
    person = Person(stack)
    person.say("oui")
    assert (person.state["status"], person.answers()) == ("consenting", {})
    person.say(choices=["yes"])
    assert person.state["status"] == "active"


def test_what_was_typed_is_kept_to_the_byte(person):
    while person.question != "trade":
        person.say(**typed(person.state["question"], "fr"))
    person.say("  Chargé·e de projet\n\t«\u00a0scénographie\u00a0»  ")
    assert person.answers()["trade"]["text"] == "  Chargé·e de projet\n\t«\u00a0scénographie\u00a0»  "


@pytest.mark.parametrize("text", ["/restart", '/answer{"a": 1}', "  /intent"])
def test_a_slash_is_text_like_any_other(person, text):
    while person.question != "trade":
        person.say(**typed(person.state["question"], "fr"))
    person.say(text)
    assert person.answers()["trade"]["text"] == text


def test_a_receipt_resumes_on_another_device_with_a_new_token(person):
    person.say(**typed(person.state["question"], "fr"))
    before, asked = person.answers(), person.question
    old = dict(person.http.headers)
    person.resume()
    assert (person.answers(), person.question) == (before, asked)
    superseded = person.http.get(person.path, headers={"Authorization": old["authorization"]})
    assert superseded.json()["code"] == "continued-elsewhere"


def test_withdrawing_by_conversation_asks_first_and_leaves_a_tombstone(person, stack):
    said = person.say("supprimez mes données")
    assert {a["id"] for a in person.state["messages"][-1]["actions"]} == {"yes", "no"}, said
    person.say(action="no")
    assert person.state["status"] == "active"
    person.say("je veux me retirer")
    person.say(action="yes")
    assert (person.state["status"], person.state["question"]) == ("withdrawn", None)
    assert person.http.get(person.path).json()["code"] == "withdrawn"
