"""Turns: one at a time, once, in order, with nothing held while the bot thinks; on both databases.

The bot is played by ``Understudy``, which answers a message as the actions would: by the effect, over the exchange.
"""

from __future__ import annotations

import asyncio
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from starlette.concurrency import run_in_threadpool

from api import migrate
from api.consultations.service import publish
from api.interviews import queries
from api.interviews.bot import BotAway, TurnFailed
from api.interviews.ledger import Evidence
from api.interviews.stand import Said
from api.interviews.turns import Turns
from api.main import create_app
from api.models import Answer, Event, Interview, Message, Turn
from api.problems import Problem
from tests.api.conftest import Respondent, questionnaire

THREADS = 40
"""Worker threads of one API process."""


class Understudy:
    """Plays the bot: a pressed choice or a text is the answer, unless it is away, failing or slow."""

    def __init__(self):
        self.database = self.exchange = None
        self.is_away = self.fails = False
        self.seconds = 0.0
        self.calls: list[tuple[int, str | None]] = []
        self.after_effect = lambda: None

    async def say(self, job):
        self.calls.append((job.seq, job.turn["question"]))
        if self.is_away:
            raise BotAway
        await asyncio.sleep(self.seconds)
        if self.fails:
            raise TurnFailed
        lines = await run_in_threadpool(self._effect, job)
        self.after_effect()
        return [
            line if "texts" in line else {**line, "texts": dict.fromkeys(("fr", "en"), line["utter"])} for line in lines
        ]

    def _effect(self, job):
        turn = job.turn
        value = turn["choices"] or turn["text"]
        value = value[0] if turn["choices"] and turn["question"] in ("participate", "link") else value
        move = {"back": "go_back"}.get(turn["action"], turn["action"]) or ("late" if turn["late"] else "answer")
        said = Said(move, turn["question"], value, method="button" if turn["choices"] else "parser")
        with self.database.writing() as session:
            return self.exchange.effect(session, job.interview, job.seq, job.fence, said, Evidence("fr", said.method))

    async def look(self):
        return not self.is_away

    async def close(self):
        pass


@pytest.fixture
def bot() -> Understudy:
    return Understudy()


@pytest.fixture
def api(settings, bot):
    """The API with the understudy for its bot, and little patience."""
    settings.answer_timeout = 1.5
    app = create_app(settings)
    house = app.state.house
    bot.database, bot.exchange = house.database, house.exchange
    turns = Turns(house.database, house.exchange, bot, settings)
    app.state.house = replace(house, bot=bot, turns=turns)
    migrate.upgrade(house.database.engine)
    with house.database.writing() as session:
        publish(session, questionnaire())
    with TestClient(app, base_url="http://test/api/v1") as client:
        yield client


def consenting(api) -> Respondent:
    respondent = Respondent(api)
    assert respondent.say(choices=["yes"]).status_code == 201
    return respondent


def rows(api, table, **where):
    with api.app.state.house.database.reading() as session:
        return session.query(table).filter_by(**where).all()


def wait_for(condition, seconds: float = 10.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_turn_writes_the_answer_with_its_words_and_asks_the_next_question(api):
    respondent = consenting(api)
    turn = respondent.say(choices=["creation"])
    assert (turn.status_code, turn.json()["question"]["name"]) == (201, "tools")
    link = respondent.answers()["link"]
    assert (link["value"], link["method"], link["message_seq"]) == ("creation", "button", turn.json()["message"]["seq"])


def test_the_same_message_five_times_at_once_is_one_row_and_byte_identical_replies(api):
    respondent, id = consenting(api), str(uuid.uuid4())
    with ThreadPoolExecutor(5) as pool:
        replies = list(pool.map(lambda _: respondent.say(id, choices=["creation"]), range(5)))
    assert sorted(r.status_code for r in replies) == [200, 200, 200, 200, 201]
    assert len({r.content for r in replies}) == 1
    assert len(rows(api, Answer, question="link")) == 1
    assert respondent.say(id, choices=["creation"]).content == replies[0].content


def test_two_messages_at_once_have_one_order_and_only_the_first_answers_the_question(api, bot):
    respondent = consenting(api)
    bot.seconds = 0.2
    with ThreadPoolExecutor(2) as pool:
        both = list(
            pool.map(lambda code: respondent.say(choices=[code], question="link"), ("creation", "distribution"))
        )
    first, second = sorted(both, key=lambda r: r.json()["message"]["seq"])
    assert [a.value for a in rows(api, Answer, question="link")] == [respondent.answers()["link"]["value"]]
    assert second.json()["messages"][0]["text"] == "late"
    assert first.json()["question"]["name"] == second.json()["question"]["name"] == "tools"


def test_a_late_tap_cannot_answer_the_next_question(api):
    respondent = consenting(api)
    respondent.say(choices=["creation"], question="link")
    late = respondent.say(choices=["distribution"], question="link")
    assert late.json()["messages"][0]["text"] == "late"
    assert (respondent.answers()["link"]["value"], late.json()["question"]["name"]) == ("creation", "tools")


def test_a_slow_bot_gets_a_word_in_time_and_the_turn_is_finished_once(api, bot):
    respondent, id = consenting(api), str(uuid.uuid4())
    bot.seconds = 2.5
    began = time.monotonic()
    told = respondent.say(id, choices=["creation"])
    assert (told.status_code, time.monotonic() - began < 2) == (202, True)
    wait_for(lambda: respondent.call("GET", "/messages").json()["turn"] == "idle")
    done = respondent.say(id, choices=["creation"])
    assert (done.status_code, done.json()["question"]["name"]) == (200, "tools")
    assert len(rows(api, Answer, question="link")) == 1


def test_messages_sent_while_the_bot_was_away_are_read_against_what_they_were_said_to(api, bot):
    respondent = consenting(api)
    bot.is_away = True
    assert [respondent.say(text=text).status_code for text in ("creation", "12")] == [202, 202]
    assert len(bot.calls) <= 2
    bot.is_away = False
    wait_for(lambda: respondent.call("GET", "/messages").json()["turn"] == "idle")
    assert [question for _, question in bot.calls[-2:]] == ["link", "link"]
    assert respondent.answers()["link"]["value"] == "creation"
    assert "tools" not in respondent.answers()


def test_a_turn_begun_by_a_process_that_died_is_finished_by_another(api, bot):
    respondent = consenting(api)
    house = api.app.state.house
    with house.database.writing() as session:
        interview = queries.lock(session, respondent.started["id"])
        body = {
            "client_id": str(uuid.uuid4()),
            "text": None,
            "choices": ["creation"],
            "other": None,
            "action": None,
            "question": None,
        }
        accepted = house.exchange.accept(session, interview, body, take=True)
        interview.lease_until = interview.started_at
    assert accepted.job is not None
    wait_for(lambda: "link" in respondent.answers())
    with house.database.writing() as session:
        assert house.exchange.finish(session, accepted.job, []) == (None, None)
    assert len(rows(api, Answer, question="link")) == 1


def test_an_effect_under_an_old_fence_is_refused_and_the_same_effect_twice_is_one(api):
    respondent = consenting(api)
    turn = respondent.say(choices=["creation"]).json()["message"]["seq"]
    house, id = api.app.state.house, respondent.started["id"]
    said, evidence = Said("answer", "link", "distribution"), Evidence("fr", "button")
    with house.database.reading() as session:
        fence = session.get(Interview, id).fence
    with house.database.writing() as session:
        again = house.exchange.effect(session, id, turn, fence, said, evidence)
    assert again[-1]["question"] == "tools"
    with pytest.raises(Problem), house.database.writing() as session:
        house.exchange.effect(session, id, turn, fence - 1, said, evidence)
    assert respondent.answers()["link"]["value"] == "creation"


def test_a_turn_that_always_fails_is_given_up_and_the_conversation_goes_on(api, bot):
    respondent = consenting(api)
    bot.fails = True
    assert respondent.say(text="poison").status_code == 202
    wait_for(lambda: respondent.call("GET", "/messages").json()["turn"] == "idle")
    said = respondent.call("GET", "/messages").json()["messages"]
    assert "Votre message est conservé" in said[-2]["text"] and said[-1]["question"] == "link"
    bot.fails = False
    assert respondent.say(choices=["creation"]).json()["question"]["name"] == "tools"


def test_the_bot_is_never_waited_for_with_a_thread_or_a_connection(api, bot):
    """More conversations wait for the bot than there are threads or connections; others are answered meanwhile."""
    api.app.state.house.settings.answer_timeout = 30
    respondents = [consenting(api) for _ in range(THREADS + 10)]
    bot.seconds = 1.0
    api.app.state.house.turns._places = asyncio.Semaphore(len(respondents))
    with ThreadPoolExecutor(len(respondents)) as pool:
        waiting = [pool.submit(r.say, choices=["creation"]) for r in respondents]
        wait_for(lambda: len(bot.calls) >= len(respondents) * 2)
        began = time.monotonic()
        assert respondents[0].call("GET").status_code == 200
        assert time.monotonic() - began < 0.8
        assert {r.result().status_code for r in waiting} == {201}
    assert threading.active_count() < 3 * THREADS + 20


def test_a_turn_is_stored_whole_or_not_at_all_when_the_process_dies_after_the_effect(api, bot):
    respondent, id = consenting(api), str(uuid.uuid4())

    def die():
        bot.after_effect = lambda: None
        raise BotAway

    bot.after_effect = die
    respondent.say(id, choices=["creation"])
    wait_for(lambda: respondent.call("GET", "/messages").json()["turn"] == "idle")
    assert respondent.say(id, choices=["creation"]).json()["question"]["name"] == "tools"
    assert len(rows(api, Answer, question="link")) == 1
    assert [m.question for m in rows(api, Message, kind="question")].count("tools") == 1


def test_events_tell_the_whole_story(api):
    respondent = consenting(api)
    respondent.say(choices=["creation"])
    respondent.say(action="back")
    kinds = [event.kind for event in rows(api, Event, interview=respondent.started["id"])]
    assert kinds == ["interview.start", "answer.record", "answer.record", "move.goto"]


def test_off_the_record_strikes_one_message_further_back_each_time_it_is_said(api):
    respondent = consenting(api)
    respondent.say(choices=["creation"])
    respondent.say(choices=["image"])
    assert set(respondent.answers()) == {"participate", "link", "tools"}
    struck = respondent.say(action="off_record").json()
    assert struck["question"]["name"] == "tools"
    first = struck["messages"][0]
    assert (first["author"], first["kind"], first["text"]) == ("respondent", "struck", "")
    assert respondent.say(action="off_record").json()["question"]["name"] == "link"
    assert set(respondent.answers()) == {"participate"}


def test_struck_words_are_nowhere_and_their_message_sent_again_does_not_bring_them_back(api):
    respondent, id = consenting(api), str(uuid.uuid4())
    respondent.say(id, text="creation canari")
    respondent.say(action="off_record")
    for table in (Answer, Event, Message, Turn):
        columns = [column.name for column in table.__table__.columns]
        assert "canari" not in str([[getattr(row, name) for name in columns] for row in rows(api, table)])
    again = respondent.say(id, text="creation canari")
    assert (again.status_code, "canari" in again.text) == (200, False)
