import asyncio
import json

import httpx
import pytest

from bench.client import Refused, Respondent, message

STATE = {"question": {"name": "hope", "type": "text"}, "status": "active"}
DONE = {"question": None, "status": "completed"}


class Server:
    """Answers what it is told to, in order, and keeps what it was asked."""

    def __init__(self, *responses: httpx.Response):
        self.responses, self.requests = list(responses), []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.responses.pop(0)

    def posted(self):
        return [json.loads(request.content) for request in self.requests if request.method == "POST"]


def say(server: Server, **said):
    async def turn():
        async with httpx.AsyncClient(base_url="http://api", transport=httpx.MockTransport(server)) as http:
            return await Respondent(http, "abc", "token", None, STATE).turn(**said)

    return asyncio.run(turn())


def test_a_turn_is_said_to_the_question_on_screen():
    server = Server(httpx.Response(201, json=DONE))
    assert say(server, text="More time ") == DONE
    (body,) = server.posted()
    assert (body["question"], body["text"]) == ("hope", "More time ")
    assert server.requests[0].headers["Authorization"] == "Bearer token"


def test_a_pending_turn_is_waited_for_and_sent_again_with_the_same_body():
    server = Server(
        httpx.Response(202, json={"turn": "pending"}),
        httpx.Response(200, json={"turn": "pending"}),
        httpx.Response(200, json={"turn": "idle"}),
        httpx.Response(200, json=DONE),
    )
    assert say(server, text="More time") == DONE
    first, second = server.posted()
    assert first == second


def test_too_many_is_answered_with_patience():
    server = Server(httpx.Response(429, headers={"Retry-After": "0"}), httpx.Response(201, json=DONE))
    assert say(server, action="skip") == DONE


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (httpx.Response(422, json={"code": "unknown-choice"}), "unknown-choice"),
        (httpx.Response(500, text="oops"), None),
    ],
)
def test_a_problem_is_raised_with_its_code(response, code):
    with pytest.raises(Refused) as refused:
        say(Server(response), choices=["nowhere"])
    assert (refused.value.status, refused.value.code) == (response.status_code, code)


def test_two_messages_have_two_names():
    assert message(None, text="a")["client_id"] != message(None, text="a")["client_id"]
    assert "question" not in message(None, text="a")
