import asyncio
from collections.abc import Callable

import httpx
import pytest

from actions.client import Api, ApiFailed

SAY = [{"utter": "help", "kind": "reply"}]


def api(answer: Callable[[httpx.Request], httpx.Response]) -> Api:
    api = Api("http://api.test", "key")
    api._http = httpx.AsyncClient(
        base_url="http://api.test", headers=api._http.headers, transport=httpx.MockTransport(answer)
    )
    return api


def test_an_answer_is_put_under_its_question_with_the_key():
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.method, request.url.raw_path, request.headers["X-Portevoix-Key"], request.read()))
        return httpx.Response(200, json={"say": SAY})

    assert asyncio.run(api(answer).record("i/1", "région", {"value": "laval"})) == SAY
    assert seen == [
        ("PUT", b"/api/v1/interviews/i%2F1/answers/r%C3%A9gion", "key", b'{"value":"laval"}'),
    ]


def test_a_move_is_posted_inside():
    def answer(request: httpx.Request) -> httpx.Response:
        assert (request.method, request.url.path) == ("POST", "/internal/interviews/i/moves")
        return httpx.Response(200, json={"say": SAY})

    assert asyncio.run(api(answer).move("i", {"move": "help"})) == SAY


@pytest.mark.parametrize("status", [409, 422, 500])
def test_a_refusal_carries_its_status_and_nothing_else(status):
    with pytest.raises(ApiFailed) as failed:
        asyncio.run(api(lambda _: httpx.Response(status, text="Laval")).move("i", {}))
    assert failed.value.args == (status,)


def test_a_dropped_connection_is_tried_once_more():
    calls = []

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(request)
        if len(calls) == 1:
            raise httpx.RemoteProtocolError("closed")
        return httpx.Response(200, json={"say": SAY})

    assert asyncio.run(api(answer).move("i", {})) == SAY


@pytest.mark.parametrize("error, tries", [(httpx.ConnectError, 2), (httpx.ReadTimeout, 1)])
def test_no_answer_is_a_failure(error, tries):
    calls = []

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(request)
        raise error("gone")

    with pytest.raises(ApiFailed):
        asyncio.run(api(answer).move("i", {}))
    assert len(calls) == tries
