import asyncio
import json

import pytest

from bench.client import Respondent
from bench.comparison import Closed
from bench.http import Reply
from bench.mapping import Expected
from bench.replay import Interview, Stuck
from bench.tally import Tally

REGION = {"name": "region", "type": "select_one", "required": True, "choices": [{"code": "laval", "label": "Laval"}]}
HOPE = {"name": "hope", "type": "text", "required": False}
ANSWERS = {"region": Expected("select_one", "laval"), "hope": Expected("text", "go back")}


class Server:
    """Asks the given questions one after the other; keeps the turns, the answers put, and gives ``stored``."""

    def __init__(self, *asked, stored=()):
        self.asked, self.stored, self.said = [*asked, None], list(stored), []

    async def request(self, method: str, path: str, *, headers, json=None) -> Reply:
        if method == "GET":
            return reply({"answers": self.stored})
        self.said.append({key: value for key, value in json.items() if key != "client_id"})
        return reply(self.state())

    def state(self):
        question = self.asked.pop(0)
        return {"question": question, "status": "active" if question else "completed"}


def reply(body: dict) -> Reply:
    return Reply(200, json.dumps(body).encode())


def hold(server: Server, way: str) -> Interview:
    interview = Interview(Respondent(server, "abc", "token", None, server.state()), ANSWERS, way, [])
    asyncio.run(interview.hold())
    return interview


def test_buttons_press_codes_and_type_open_answers():
    server = Server(REGION, HOPE)
    hold(server, "buttons")
    assert server.said == [{"question": "region", "choices": ["laval"]}, {"question": "hope", "text": "go back"}]


def test_a_label_that_is_not_understood_is_pressed_the_second_time():
    server = Server(REGION, REGION, HOPE)
    interview = hold(server, "typed-en")
    assert server.said[0]["text"] == "Laval"
    assert server.said[1]["choices"] == ["laval"]
    assert interview.closed == {"region": Closed.NOT_UNDERSTOOD}


def test_a_wrong_value_is_counted_and_put_right():
    wrong = {"question": "region", "value": None, "missing": "dont_know", "text": "Laval"}
    server = Server(REGION, HOPE, HOPE, stored=[wrong])
    interview = hold(server, "typed-fr")
    assert interview.closed == {"region": Closed.WRONG}
    assert server.said[1] == {"value": "laval"}


def test_words_obeyed_as_a_command_are_put_as_an_answer():
    server = Server(HOPE, REGION, HOPE)
    interview = hold(server, "buttons")
    assert interview.obeyed == {"hope"}
    assert server.said[-1] == {"value": "go back"}


def test_a_question_that_never_takes_an_answer_is_stuck():
    with pytest.raises(Stuck):
        hold(Server(*[REGION] * 9), "typed-en")


def test_a_wrong_button_misses_the_target_and_a_wrong_label_in_a_thousand_does_not():
    for way, wrong, met in (("buttons", 1, False), ("typed-en", 1, True), ("typed-en", 6, False)):
        tally = Tally(way, turns=[0.01])
        tally.closed.update({Closed.EQUAL: 1000 - wrong, Closed.WRONG: wrong})
        targets = {target.name: target.met for target in tally.targets()}
        assert targets[f"{way}.closed.wrong_share"] is met
