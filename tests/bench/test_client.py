import asyncio
import json

import pytest

from bench.client import Refused, Respondent, message
from bench.http import Http, Reply, Unanswered
from bench.processes import free_ports

STATE = {"question": {"name": "hope", "type": "text"}, "status": "active"}
DONE = {"question": None, "status": "completed"}


class Server:
    """Answers what it is told to, in order, and keeps what it was asked."""

    def __init__(self, *replies: Reply):
        self.replies, self.posted, self.headers = list(replies), [], {}

    async def request(self, method: str, path: str, *, headers, json=None, params=None) -> Reply:
        self.headers = headers
        if method == "POST":
            self.posted.append(json)
        return self.replies.pop(0)


def reply(status: int, body: dict, **headers: str) -> Reply:
    return Reply(status, json.dumps(body).encode(), headers)


def say(server: Server, **said):
    return asyncio.run(Respondent(server, "abc", "token", None, STATE).turn(**said))


def test_a_turn_is_said_to_the_question_on_screen():
    server = Server(reply(201, DONE))
    assert say(server, text="More time ") == DONE
    (body,) = server.posted
    assert (body["question"], body["text"]) == ("hope", "More time ")
    assert server.headers["Authorization"] == "Bearer token"


def test_a_pending_turn_is_waited_for_and_sent_again_with_the_same_body():
    server = Server(
        reply(202, {"turn": "pending"}),
        reply(200, {"turn": "pending"}),
        reply(200, {"turn": "idle"}),
        reply(200, DONE),
    )
    assert say(server, text="More time") == DONE
    first, second = server.posted
    assert first == second


def test_too_many_is_answered_with_patience():
    server = Server(reply(429, {}, **{"Retry-After": "0"}), reply(201, DONE))
    assert say(server, action="skip") == DONE


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (reply(422, {"code": "unknown-choice"}), "unknown-choice"),
        (Reply(500, b"oops"), None),
    ],
)
def test_a_problem_is_raised_with_its_code(answer, code):
    with pytest.raises(Refused) as refused:
        say(Server(answer), choices=["nowhere"])
    assert (refused.value.status, refused.value.code) == (answer.status, code)


def test_two_messages_have_two_names():
    assert message(None, text="a")["client_id"] != message(None, text="a")["client_id"]
    assert "question" not in message(None, text="a")


def test_nobody_there_is_unanswered():
    async def knock():
        async with Http(f"http://127.0.0.1:{free_ports(1)[0]}") as http:
            await http.request("GET", "/health")

    with pytest.raises(Unanswered):
        asyncio.run(knock())
