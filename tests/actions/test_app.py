import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from actions.app import MOST_BYTES, create_app
from actions.client import ApiFailed

SECRET = {"X-Portevoix-Secret": "secret"}
CALL = {
    "next_action": "action_help",
    "domain": {},
    "tracker": {
        "sender_id": "i.7.3",
        "latest_message": {
            "metadata": {"interview": "i", "message": 7, "fence": 3, "text": "aide, Laval", "question": None},
            "reading": {"language": "fr", "switch": None, "target": None},
        },
    },
}


class Api:
    """An API that helps, or fails."""

    def __init__(self, fails: bool = False) -> None:
        self.fails, self.closed = fails, False

    async def move(self, interview: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        if self.fails:
            raise ApiFailed(409)
        return [{"utter": "help", "kind": "reply"}]

    async def close(self) -> None:
        self.closed = True


def client(api: Api | None = None) -> TestClient:
    return TestClient(create_app(api or Api(), "secret"))


def test_an_action_answers_with_what_it_says():
    response = client().post("/webhook", json=CALL, headers=SECRET)
    assert response.status_code == 200
    assert response.json()["events"] == []
    assert [said["response"] for said in response.json()["responses"]] == ["utter_help_fr", "utter_help_en"]


@pytest.mark.parametrize("headers", [{}, {"X-Portevoix-Secret": "guess"}, {"X-Portevoix-Secret": "sécret"}])
def test_without_the_secret_nothing_runs(headers):
    sent = {name: value.encode() for name, value in headers.items()}
    assert client().post("/webhook", json=CALL, headers=sent).status_code == 403


def test_a_failed_action_is_not_echoed(capsys):
    response = client(Api(fails=True)).post("/webhook", json=CALL, headers=SECRET)
    assert (response.status_code, response.json()) == (500, {"error": "action-failed"})
    assert "Laval" not in capsys.readouterr().out


@pytest.mark.parametrize("body", [b"", b"{", b"{}", b"[]", b"\xff", b"[" * 60_000])
def test_what_is_not_a_call_is_refused(body):
    assert client().post("/webhook", content=body, headers=SECRET).status_code == 422


def test_an_unknown_action_fails():
    response = client().post("/webhook", json={**CALL, "next_action": "action_rm"}, headers=SECRET)
    assert response.status_code == 500


def test_a_compressed_body_is_not_inflated():
    response = client().post("/webhook", content=b"x", headers={**SECRET, "Content-Encoding": "deflate"})
    assert response.status_code == 415


def test_a_large_body_is_refused():
    body = json.dumps({**CALL, "padding": "x" * MOST_BYTES})
    assert client().post("/webhook", content=body, headers=SECRET).status_code == 413


def test_the_client_is_closed_with_the_application():
    api = Api()
    with client(api) as running:
        assert running.get("/ready").json() == {"code": "ready"}
    assert api.closed
