"""What only Rasa's own environment can import: `.venv-bot/bin/python -m unittest tests.bot.inside_rasa`."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest import TestCase, main
from unittest.mock import patch

from bot import lean

lean.prepare()

import aiohttp  # noqa: E402
import rasa  # noqa: E402
from jsonschema import validate  # noqa: E402
from rasa.core.actions.action import RemoteAction  # noqa: E402
from rasa.core.lock_store import InMemoryLockStore  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402
from rasa.utils.endpoints import ClientResponseError  # noqa: E402

from bot import speedups  # noqa: E402
from bot.channel import Sayings, TurnFailed  # noqa: E402
from bot.components import ReplyReader  # noqa: E402
from bot.tracker_store import ForgetfulTrackerStore  # noqa: E402
from bot.utterances import Utterances  # noqa: E402

DOMAIN = Domain.from_yaml(
    """
    intents: [answer]
    actions: [action_answer]
    responses:
      utter_recorded_fr: [{text: "C'est noté : {answer}"}]
    """
)
THEIR_FORMAT, THEIR_CHECK = RemoteAction._action_call_format, RemoteAction._validate_action_result
TURN = {"interview": "i", "text": "Laval", "questionnaire": "v1", "language": "fr", "question": None}


def heard() -> DialogueStateTracker:
    """A tracker that heard one answer."""
    tracker = asyncio.run(ForgetfulTrackerStore(DOMAIN).retrieve("i.7.3"))
    parsed = {"text": "Laval", "intent": {"name": "answer", "confidence": 1.0}, "entities": [], "reading": {"value": 1}}
    tracker.update(UserUttered("Laval", parsed["intent"], [], parsed, metadata=TURN), DOMAIN)
    return tracker


class Speedups(TestCase):
    def test_another_version_of_rasa_is_refused(self) -> None:
        with patch.object(rasa, "__version__", "3.6.20"), self.assertRaises(speedups.OtherVersion):
            speedups.apply()
        self.assertIs(RemoteAction._action_call_format, THEIR_FORMAT)

    def test_this_version_is_changed(self) -> None:
        self.addCleanup(setattr, RemoteAction, "_action_call_format", THEIR_FORMAT)
        self.addCleanup(setattr, RemoteAction, "_validate_action_result", THEIR_CHECK)
        speedups.apply()
        self.assertIs(RemoteAction._action_call_format, speedups.call_format)
        self.assertIs(RemoteAction._validate_action_result, speedups.validate_result)

    def test_a_call_says_what_rasa_would_have_said_of_the_message(self) -> None:
        action, tracker = RemoteAction("action_answer", None), heard()
        ours, theirs = speedups.call_format(action, tracker, DOMAIN), THEIR_FORMAT(action, tracker, DOMAIN)
        self.assertEqual(
            ours["tracker"].pop("latest_message"), {**theirs["tracker"]["latest_message"], "metadata": TURN}
        )
        self.assertEqual(ours["tracker"], {"sender_id": theirs["tracker"]["sender_id"]})
        for name in ("next_action", "sender_id", "version"):
            self.assertEqual(ours[name], theirs[name])

    def test_a_call_is_small_whatever_the_domain(self) -> None:
        call = json.dumps(speedups.call_format(RemoteAction("action_answer", None), heard(), DOMAIN))
        self.assertLess(len(call), 1024)

    def test_what_we_accept_rasa_accepts(self) -> None:
        for result in ({"events": [], "responses": []}, {"events": [], "responses": [{"text": "x", "place": {}}]}):
            self.assertTrue(speedups.validate_result(None, result))
            validate(result, RemoteAction.action_response_format_spec())

    def test_what_is_no_result_is_refused_without_a_word_of_it(self) -> None:
        bad = (None, [], {}, {"events": []}, {"events": None, "responses": []}, {"events": [], "responses": ["Laval"]})
        for result in (*bad, {"events": [{"event": "slot", "name": "Laval"}], "responses": []}):
            with self.assertRaises(speedups.BadActionResult) as refused:
                speedups.validate_result(None, result)
            self.assertEqual(refused.exception.args, ())


class Slow(BaseHTTPRequestHandler):
    """An action server that counts connections, refuses /refuse and is late for /late."""

    protocol_version = "HTTP/1.1"
    connections = 0

    def setup(self) -> None:
        super().setup()
        type(self).connections += 1

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/late":
            time.sleep(0.5)
        self.send_response(500 if self.path == "/refuse" else 200)
        said = json.dumps({"secret": self.headers["X-Portevoix-Secret"]}).encode()
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: Any) -> None:
        """Stay quiet."""


class ActionServer(TestCase):
    def setUp(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        Slow.connections = 0

    def ask(self, path: str, times: int = 1) -> Any:
        async def asked() -> Any:
            url = f"http://127.0.0.1:{self.server.server_port}{path}"
            actions = speedups.ActionServer(url=url, headers={"X-Portevoix-Secret": "s"})
            try:
                return [
                    await actions.request(json={}, method="post", timeout=300, compress=False) for _ in range(times)
                ]
            finally:
                await actions.close()

        return asyncio.run(asked())

    def test_one_connection_serves_every_call(self) -> None:
        self.assertEqual(self.ask("/webhook", times=5), [{"secret": "s"}] * 5)
        self.assertEqual(Slow.connections, 1)

    def test_a_refusal_is_raised(self) -> None:
        with self.assertRaises(ClientResponseError):
            self.ask("/refuse")

    def test_a_late_answer_is_not_waited_for(self) -> None:
        with patch.object(speedups, "ACTION_SECONDS", 0.1), self.assertRaises(asyncio.TimeoutError):
            self.ask("/late")

    def test_nobody_there_is_an_error_rasa_knows(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        with self.assertRaises(aiohttp.ClientConnectionError):
            self.ask("/webhook")


class Memory(TestCase):
    def test_every_turn_begins_listening_and_nothing_is_kept(self) -> None:
        store, tracker = ForgetfulTrackerStore(DOMAIN), heard()
        asyncio.run(store.save(tracker))
        fresh = asyncio.run(store.get_or_create_tracker("i.7.3", append_action_listen=False))
        self.assertEqual((len(fresh.events), fresh.latest_action_name), (1, "action_listen"))

    def test_a_lock_is_gone_with_its_turn(self) -> None:
        async def turns() -> dict[str, Any]:
            locks = InMemoryLockStore()
            for number in range(100):
                async with locks.lock(f"i.{number}.1"):
                    pass
            return locks.conversation_locks

        self.assertEqual(asyncio.run(turns()), {})


class Words(TestCase):
    def say(self, utterance: str, **values: Any) -> str:
        words = Utterances(domain=DOMAIN)
        return asyncio.run(words.generate(utterance, None, "portevoix", values=values))["text"]

    def test_a_value_is_said_as_it_is(self) -> None:
        for answer in ("Laval", "0[", "{answer}", "{0}", "{{}}"):
            self.assertEqual(self.say("utter_recorded_fr", answer=answer), f"C'est noté : {answer}")

    def test_a_missing_value_or_utterance_is_an_error(self) -> None:
        with self.assertRaises(KeyError):
            self.say("utter_recorded_fr")
        with self.assertRaises(KeyError):
            self.say("utter_never_written_fr")


class Pieces(TestCase):
    def test_half_an_utterance_is_no_message(self) -> None:
        async def half() -> Sayings:
            sayings = Sayings()
            place = {"item": 0, "of": 1, "language": "fr", "kind": "reply", "actions": []}
            await sayings.send_response("i", {"text": "Bonjour", "place": place})
            return sayings

        with self.assertRaises(TurnFailed):
            asyncio.run(half()).messages()


class Component(TestCase):
    def test_a_turn_is_read(self) -> None:
        message = Message(data={"text": "skip", "metadata": {**TURN, "text": "passer"}})
        (read,) = ReplyReader().process([message])
        self.assertEqual(read.get("intent")["name"], "skip")
        self.assertEqual(read.get("reading")["method"], "phrase")
        self.assertIn("reading", read.output_properties)

    def test_without_a_turn_the_guess_stands(self) -> None:
        guess = {"name": "thanks", "confidence": 0.9}
        (read,) = ReplyReader().process([Message(data={"text": "merci", "intent": guess})])
        self.assertEqual(read.get("intent"), guess)


if __name__ == "__main__":
    main()
