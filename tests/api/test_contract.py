"""The contract, with no bot: what is kept, what is refused and in which words, on both databases."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from limits import parse

from api.consultations.service import publish
from api.models import Base, Interview
from tests.api.conftest import Respondent, questionnaire


def republish(api, **consultation):
    """Publishes the trial again with other dates, as a committee would."""
    with api.app.state.house.database.writing() as session:
        publish(session, questionnaire(**consultation))


def code(response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_an_interview_begins_with_consent_in_the_language_asked_for(api):
    begun = api.post("/interviews", json={"consultation": "essai", "surface": "api", "language": "en"})
    assert begun.status_code == 201
    body = begun.json()
    assert (body["status"], body["language"], body["question"]["name"]) == ("consenting", "en", "participate")
    assert [choice["code"] for choice in body["question"]["choices"]] == ["yes", "no"]
    assert len(body["receipt"].split()) == 4


def test_without_a_language_the_browser_decides_and_french_comes_first(api):
    body = {"consultation": "essai", "surface": "page"}
    assert api.post("/interviews", json=body).json()["language"] == "fr"
    assert api.post("/interviews", json=body, headers={"Accept-Language": "en-CA"}).json()["language"] == "en"


def test_nothing_is_reached_before_consent(respondent):
    assert code(respondent.put("link", value="creation")) == (409, "not-open")
    state = respondent.put("participate", value="yes").json()
    assert (state["status"], state["question"]["name"]) == ("active", "link")


def test_saying_no_declines_and_ends(respondent):
    state = respondent.put("participate", value="no").json()
    assert (state["status"], state["question"]) == ("declined", None)
    assert code(respondent.put("link", value="creation")) == (409, "not-open")
    assert code(respondent.say(text="Finalement, oui")) == (409, "not-open")


def test_a_changed_answer_changes_the_path_and_what_is_left_behind_comes_back_with_it(respondent):
    for question, value in (("participate", "yes"), ("link", "creation"), ("tools", ["text"]), ("works", 12)):
        respondent.put(question, value=value)
    respondent.put("link", value="distribution")
    assert respondent.answers()["works"]["missing"] == "not_applicable"
    assert code(respondent.put("works", value=3)) == (409, "not-open")
    respondent.put("link", value="creation")
    assert respondent.answers()["works"]["value"] == 12
    assert respondent.answers()["link"]["revision"] == 3


def test_six_kinds_of_nothing_are_kept_apart(respondent):
    respondent.put("participate", value="yes")
    assert code(respondent.put("link", missing="skipped")) == (422, "invalid")
    respondent.put("link", missing="refused")
    respondent.put("tools", missing="dont_know")
    respondent.put("words", missing="skipped")
    assert {q: a["missing"] for q, a in respondent.answers().items()} == {
        "participate": None,
        "link": "refused",
        "tools": "dont_know",
        "words": "skipped",
    }
    assert respondent.call("GET").json()["status"] == "completed"


def test_progress_is_true_under_branching(respondent):
    respondent.put("participate", value="yes")
    progress = [respondent.call("GET").json()["progress"]]
    for question, body in (
        ("link", {"value": "distribution"}),
        ("tools", {"value": ["none"]}),
        ("words", {"value": "Oui"}),
    ):
        progress.append(respondent.put(question, **body).json()["progress"])
    assert [p["answered"] for p in progress] == [1, 2, 3, 4]
    assert [p["remaining"] for p in progress] == [4, 2, 1, 0]
    assert progress[-1]["ratio"] == 1


@pytest.mark.parametrize(
    ("question", "body", "expected"),
    [
        ("link", {"value": "cinéma"}, (422, "unknown-choice")),
        ("link", {"value": ["creation"]}, (422, "invalid")),
        ("link", {"value": "creation", "missing": "refused"}, (422, "invalid")),
        ("link", {}, (422, "invalid")),
        ("tools", {"value": ["text", "image", "other"]}, (422, "constraint")),
        ("tools", {"value": ["text", "none"]}, (422, "constraint")),
        ("tools", {"value": []}, (422, "invalid")),
        ("works", {"value": 501}, (422, "constraint")),
        ("works", {"value": "12"}, (422, "invalid")),
        ("works", {"value": 1.5}, (422, "invalid")),
        ("words", {"value": "x" * 4001}, (413, "too-long")),
        ("words", {"value": "un\x00deux"}, (422, "invalid")),
        ("nowhere", {"value": "x"}, (404, "unknown-question")),
        ("no where", {"value": "x"}, (404, "unknown-question")),
    ],
)
def test_an_answer_that_does_not_fit_has_its_code_and_changes_nothing(respondent, question, body, expected):
    respondent.put("participate", value="yes")
    respondent.put("link", value="creation")
    before = respondent.answers()
    assert code(respondent.put(question, **body)) == expected
    assert respondent.answers() == before


def test_a_constraint_says_the_authors_words_in_the_interviews_language(api):
    respondent = Respondent(api, "en")
    respondent.put("participate", value="yes")
    respondent.put("link", value="creation")
    assert respondent.put("works", value=-1).json()["detail"] == "From 0 to 500."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{", (400, "malformed")),
        (b"\xff\xfe", (400, "malformed")),
        (b"[" * 9000, (400, "malformed")),
        (b'{"client_id": NaN}', (422, "invalid")),
        (b'{"text": "\\ud800"}', (422, "invalid")),
        (b'{"text": "a\\u0000b"}', (422, "invalid")),
        (b'{"text": 12}', (422, "invalid")),
        (b"null", (422, "invalid")),
        (b"x" * 20_000, (413, "too-large")),
    ],
)
def test_a_body_that_cannot_be_read_has_its_code(respondent, body, expected):
    assert code(respondent.call("POST", "/messages", content=body)) == expected


def test_a_message_over_4000_characters_is_too_long(respondent):
    assert code(respondent.say(text="é" * 4001)) == (413, "too-long")


@pytest.mark.parametrize(
    "body",
    [
        {"text": "oui", "action": "skip"},
        {"action": "fly"},
        {"choices": []},
        {"text": ""},
        {"text": "oui", "extra": 1},
        {"other": "conte"},
    ],
)
def test_a_turn_says_exactly_one_known_thing(respondent, body):
    assert code(respondent.say(**body)) == (422, "invalid")


def test_a_choice_that_is_not_offered_is_refused_before_it_is_kept(respondent):
    assert code(respondent.say(choices=["maybe"])) == (422, "unknown-choice")
    assert code(respondent.say(choices=["yes", "no"])) == (422, "invalid")
    assert code(respondent.say(text="x", question="nowhere")) == (404, "unknown-question")


def test_a_message_is_kept_while_the_bot_is_away_and_the_person_is_told_in_both_languages(respondent):
    respondent.put("participate", value="yes")
    id = str(uuid.uuid4())
    first = respondent.say(id, text="  la création  ")
    assert first.status_code == 202
    body = first.json()
    assert (body["turn"], len(body["messages"]), body["messages"][0]["kind"]) == ("pending", 1, "notice")
    assert "Votre message" in body["messages"][0]["text"] and "Your message" in body["messages"][0]["text"]
    again = respondent.say(id, text="  la création  ")
    assert (again.status_code, again.text) == (202, first.text)
    shown = respondent.call("GET", "/messages", params={"after": 1}).json()
    assert shown["turn"] == "pending"
    assert [m["text"] for m in shown["messages"] if m["author"] == "respondent"] == ["  la création  "]


def test_one_client_id_is_one_message(respondent):
    id = str(uuid.uuid4())
    assert respondent.say(id, text="oui").status_code == 202
    assert code(respondent.say(id, text="non")) == (409, "message-conflict")


def test_tokens_open_their_own_interview_alone(api):
    mine, other = Respondent(api), Respondent(api)
    path = other.path
    assert code(api.get(mine.path)) == (401, "missing-token")
    assert code(api.get(mine.path, headers={"Authorization": "Bearer nothing"})) == (401, "bad-token")
    assert code(api.get(path, headers={"Authorization": f"Bearer {mine.token}"})) == (404, "unknown-interview")
    assert code(api.delete(path, headers={"Authorization": f"Bearer {mine.token}"})) == (404, "unknown-interview")


def test_a_receipt_resumes_in_either_language_and_supersedes_the_earlier_token(api, respondent):
    receipt = respondent.started["receipt"]
    resumed = api.post("/interviews/resume", json={"receipt": f"  {receipt.upper()} "})
    assert (resumed.status_code, resumed.json()["id"]) == (200, respondent.started["id"])
    assert code(respondent.call("GET")) == (401, "continued-elsewhere")
    respondent.token = resumed.json()["token"]
    assert respondent.call("GET").status_code == 200


def test_failed_receipts_are_counted_by_address(api):
    codes = [code(api.post("/interviews/resume", json={"receipt": "un deux trois quatre"})) for _ in range(6)]
    assert codes == [(404, "unknown-receipt")] * 5 + [(429, "too-many")]


def test_withdrawal_leaves_nothing_but_a_tombstone(api, respondent):
    respondent.put("participate", value="yes")
    respondent.put("words", value="canari jaune")
    respondent.say(text="canari bleu")
    assert respondent.call("DELETE").status_code == 204
    assert code(respondent.call("GET")) == (410, "withdrawn")
    assert code(api.post("/interviews/resume", json={"receipt": respondent.started["receipt"]})) == (410, "withdrawn")
    with api.app.state.house.database.engine.connect() as connection:
        for table in Base.metadata.tables.values():
            assert "canari" not in str(connection.execute(table.select()).all())
        rows = connection.execute(Base.metadata.tables["interview"].select()).all()
    assert len(rows) == 1 and rows[0].withdrawn_at is not None


def test_a_withdrawn_text_is_in_no_file_of_the_database(api, respondent, settings):
    if not settings.database_url.startswith("sqlite"):
        return  # PostgreSQL recycles its log by itself: the delay is stated in the docs
    respondent.put("participate", value="yes")
    respondent.put("words", value="canari-jaune-7319")
    folder = Path(settings.database_url.removeprefix("sqlite:///")).parent
    assert any(b"canari-jaune-7319" in file.read_bytes() for file in folder.glob("test.db*"))
    respondent.call("DELETE")
    assert not any(b"canari-jaune-7319" in file.read_bytes() for file in folder.glob("test.db*"))


def test_a_person_gets_everything_held_on_them(respondent):
    respondent.put("participate", value="yes")
    respondent.put("words", value="=SOMME(A1)")
    held = respondent.call("GET", "/export").json()
    assert [a["value"] for a in held["answers"]] == ["yes", "=SOMME(A1)"]
    assert held["messages"] and held["events"] and held["interview"]["id"] == respondent.started["id"]
    table = respondent.call("GET", "/export", params={"format": "csv"}).text
    assert '"\'=SOMME(A1)"' in table or "'=SOMME(A1)" in table


def test_the_language_can_change_at_any_question(respondent):
    respondent.put("participate", value="yes")
    state = respondent.call("PATCH", json={"language": "en"}).json()
    assert (state["language"], state["question"]["label"]) == ("en", "Which link?")
    shown = respondent.call("GET", "/messages", params={"language": "en"}).json()["messages"]
    assert shown[0]["text"] == "Hello."


def test_dates_decide_who_may_begin_and_who_may_go_on(api):
    running, now = Respondent(api), datetime.now(UTC)
    republish(api, opens_at=now + timedelta(days=1))
    start = {"consultation": "essai", "surface": "api"}
    assert code(api.post("/interviews", json=start)) == (403, "not-yet-open")
    republish(api, closes_at=now - timedelta(days=1))
    assert code(api.post("/interviews", json=start)) == (410, "closed")
    assert running.put("participate", value="yes").status_code == 200
    assert code(api.post("/interviews", json=start | {"consultation": "ailleurs"})) == (404, "unknown-consultation")


def test_an_interview_expires_seven_days_after_closing_but_stays_its_persons(api):
    late = datetime.now(UTC) - timedelta(days=8)
    running = Respondent(api)
    with api.app.state.house.database.writing() as session:
        version = publish(session, questionnaire(closes_at=late))
        session.get(Interview, running.started["id"]).version = version.hash
    assert running.call("GET").json()["status"] == "expired"
    assert code(running.put("participate", value="yes")) == (410, "closed")
    assert code(running.say(text="allo")) == (410, "closed")
    assert running.call("GET", "/export").status_code == 200
    assert running.call("DELETE").status_code == 204


def test_a_running_interview_finishes_on_the_version_it_began(api, respondent):
    republish(api, title={"fr": "Essai, deuxième", "en": "Trial, second"})
    assert Respondent(api).started["status"] == "consenting"
    assert respondent.put("participate", value="yes").json()["question"]["name"] == "link"


def test_open_consultations_are_listed_and_a_published_one_has_an_etag(api):
    listed = api.get("/consultations").json()["consultations"]
    assert [(c["slug"], c["titles"]["fr"], c["minutes"]) for c in listed] == [("essai", "Essai", 4)]
    shown = api.get("/consultations/essai")
    assert [item["name"] for item in shown.json()["questionnaire"]["survey"]][:2] == ["hello", "link"]
    again = api.get("/consultations/essai", headers={"If-None-Match": shown.headers["etag"]})
    assert again.status_code == 304


def test_limits_are_said_with_when_to_come_back(settings, api):
    api.app.state.house.settings.limit_starts = parse("2/minute")
    start = {"consultation": "essai", "surface": "api"}
    statuses = [api.post("/interviews", json=start) for _ in range(3)]
    assert [r.status_code for r in statuses] == [201, 201, 429]
    assert 1 <= int(statuses[-1].headers["retry-after"]) <= 60


def test_the_actions_door_is_closed_without_the_key(respondent):
    effect = {"message_id": 1, "fence": 1, "language": "fr"}
    answer = respondent.call("PUT", "/answers/link", json={"value": "creation", **effect})
    assert code(answer) == (401, "bad-token")
    url = f"http://test/internal{respondent.path}/moves"
    assert code(respondent.api.post(url, json={"move": "skip", **effect})) == (401, "bad-token")
