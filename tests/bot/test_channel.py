import os
import signal
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bot.conftest import HELP
from tests.servers import Bot

pytestmark = pytest.mark.services

REGION = {
    "type": "select_one", "label": {"fr": "Région", "en": "Region"}, "required": False,
    "choices": [
        {"code": "montreal", "label": {"fr": "Montréal", "en": "Montreal"}, "aliases": {"fr": [], "en": []},
         "exclusive": False, "other": False},
        {"code": "laval", "label": {"fr": "Laval", "en": "Laval"}, "aliases": {"fr": [], "en": []},
         "exclusive": False, "other": False},
    ],
    "min": None, "max": None, "step": None, "max_choices": None, "scale": None,
}  # fmt: skip
DREAM = {**REGION, "type": "text", "choices": [], "label": {"fr": "Votre rêve", "en": "Your dream"}}
DEFINITION = {"hash": "v1", "questions": {"region": REGION, "dream": DREAM}}
SECRET = {"X-Portevoix-Secret": os.environ["PORTEVOIX_BOT_SECRET"]}
MESSAGES = count(1)


def turn(text: str | None = None, question: str = "region", **changes: Any) -> dict[str, Any]:
    empty = {"choices": None, "other": None, "action": None, "offer": None, "late": False, "answered": []}
    named = {"interview": "i", "message": next(MESSAGES), "fence": 1, "language": "fr", "questionnaire": "v1"}
    return {**empty, **named, "text": text, "question": question, **changes}


@pytest.fixture
def bot(running_bot: Bot, api) -> httpx.Client:
    """The channel, told of the questionnaire."""
    client = httpx.Client(base_url=running_bot.url, headers=SECRET, timeout=10)
    assert client.post("/turn", json=turn("aide", definition=DEFINITION)).status_code == 200
    api.calls.clear()
    return client


def test_without_the_secret_there_is_no_turn(bot):
    for secret in ("", "guess", "sécret".encode()):
        response = bot.post("/turn", json=turn("Laval"), headers={"X-Portevoix-Secret": secret})
        assert (response.status_code, response.json()) == (403, {"code": "bad-secret"})


def test_an_unknown_version_is_asked_for(bot):
    response = bot.post("/turn", json=turn("Laval", questionnaire="v2"))
    assert (response.status_code, response.json()) == (409, {"code": "unknown-questionnaire"})


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b'{"text": NaN}', b"[" * 60_000])
def test_what_is_not_a_turn_is_malformed(bot, body):
    response = bot.post("/turn", content=body)
    assert (response.status_code, response.json()) == (400, {"code": "malformed"})


@pytest.mark.parametrize("size", [70_000, 600_000])
def test_a_large_body_is_refused(bot, size):
    response = bot.post("/turn", json=turn("x" * size))
    assert (response.status_code, response.json()) == (413, {"code": "too-large"})


def test_a_typed_answer_is_recorded_and_told_with_its_reading(bot, api):
    response = bot.post("/turn", json=turn("c'est à Laval "))
    assert response.status_code == 200
    ((method, path, body),) = api.calls
    assert (method, path) == ("PUT", "/api/v1/interviews/i/answers/region")
    assert (body["value"], body["text"], body["language"]) == ("laval", "c'est à Laval ", "fr")
    understood = response.json()["understood"]
    assert (understood["intent"], understood["reading"]["value"]) == ("answer", "laval")
    assert understood["language"] == "fr"


def test_a_press_goes_the_same_way(bot, api):
    response = bot.post("/turn", json=turn(choices=["montreal"]))
    assert api.calls[0][2]["value"] == "montreal"
    assert response.json()["understood"]["reading"]["method"] == "button"


def test_a_command_is_a_move(bot, api):
    bot.post("/turn", json=turn(action="pause"))
    bot.post("/turn", json=turn("question précédente"))
    assert [(path, body["move"]) for _, path, body in api.calls] == [
        ("/internal/interviews/i/moves", "pause"),
        ("/internal/interviews/i/moves", "go_back"),
    ]


@pytest.mark.parametrize("text", ["/restart", " /skip", '/answer{"reading": 1}', "/"])
def test_a_slash_is_a_word_like_others(bot, api, text):
    assert bot.post("/turn", json=turn(text, "dream")).status_code == 200
    assert (api.calls[0][1], api.calls[0][2]["text"]) == ("/api/v1/interviews/i/answers/dream", text)


def test_what_the_api_says_comes_back_in_order_in_both_languages(bot, api):
    question = {"kind": "question", "texts": {"fr": "Où?", "en": "Where?"}, "question": "region", "actions": []}
    answer = {"fr": "Montréal {0} 0[", "en": "Montreal"}
    recorded = {"utter": "recorded", "kind": "reply", "values": {"answer": answer}, "actions": [{"id": "back"}]}
    api.says = [recorded, question, HELP]
    said = bot.post("/turn", json=turn("Laval")).json()["messages"]
    assert [message["kind"] for message in said] == ["reply", "question", "reply"]
    assert said[0]["texts"]["fr"].endswith(answer["fr"]) and said[0]["texts"]["en"].endswith("Montreal")
    assert (said[0]["actions"], said[0]["question"]) == ([{"id": "back"}], None)
    assert said[1] == question


@pytest.mark.parametrize(
    "says, status",
    [
        ([], 200),
        ([HELP], 409),
        ([HELP], 500),
        ([HELP, {"utter": "never_written", "kind": "reply"}], 200),
        ([{"utter": "recorded", "kind": "reply", "values": {}}], 200),
        ([{"kind": "question", "texts": {"fr": "Où?"}}], 200),
        ([{"kind": "question", "texts": {"fr": "Où?", "en": ""}}], 200),
    ],
)
def test_a_turn_without_all_its_words_has_failed(bot, api, says, status):
    api.says, api.status = says, status
    response = bot.post("/turn", json=turn("Laval"))
    assert (response.status_code, response.json()) == (502, {"code": "turn-failed"})


def test_turns_do_not_see_each_other(bot, api):
    texts = [f"rêve numéro {number}" for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: bot.post("/turn", json=turn(text, "dream")), texts))
    assert [answer.json()["understood"]["reading"]["value"] for answer in answers] == texts
    assert sorted(body["text"] for _, _, body in api.calls) == sorted(texts)


def test_a_turn_leaves_nothing_behind(bot, running_bot):
    for number in range(50):
        bot.post("/turn", json=turn(f"rêve numéro {number}", "dream"))
    before = running_bot.memory()
    for number in range(300):
        bot.post("/turn", json=turn(f"rêve numéro {number}", "dream"))
    assert running_bot.memory() - before < 4


def test_the_process_is_lean_and_listens_on_loopback_only(bot, running_bot):
    assert running_bot.memory() < 600
    assert "tensorflow" not in Path(f"/proc/{running_bot.process.pid}/maps").read_text()
    port = int(running_bot.url.split(":")[2].split("/")[0])
    listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines() if f":{port:04X} " in line]
    assert f"0100007F:{port:04X}" in listening
    assert f"00000000:{port:04X}" not in listening


def test_it_ends_when_asked(running_actions):
    for how in (signal.SIGTERM, signal.SIGINT):
        bot = Bot(running_actions.url)
        assert bot.stop(how) < 3
        assert bot.process.returncode == 0
