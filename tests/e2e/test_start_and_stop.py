"""Starting, refusing to start in one clear line, and stopping without leaving anything behind."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from api import supervisor
from tests.stack import Person, Stack

STOPS_WITHIN = 5.0
"""Seconds from Ctrl-C to nothing left."""


@pytest.fixture
def installation(tmp_path: Path) -> Stack:
    return Stack(tmp_path)


def one_line(done) -> str:
    """What a command that failed said: one line, and no traceback."""
    said = [line for line in done.stderr.splitlines() if not line.startswith(("…", "✓", "Tout", "Everything"))]
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert len(said) == 1, done.stderr
    return said[0]


def test_a_port_in_use_is_named_with_the_setting_that_moves_it(installation):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", installation.port))
        taken.listen()
        assert f"{installation.port}" in (said := one_line(installation.command("run")))
        assert "PORTEVOIX_PORT" in said


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("PORTEVOIX_PORT", "huit mille"),
        ("PORTEVOIX_LIMIT_INTERVIEW", "beaucoup"),
        ("PORTEVOIX_DATABASE_URL", "oracle://x"),
    ],
)
def test_a_bad_setting_is_named(installation, setting, value):
    installation.env[setting] = value
    assert setting in one_line(installation.command("run"))


def test_a_database_that_cannot_be_opened_is_said_so(installation):
    installation.env["PORTEVOIX_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing"
    assert "PORTEVOIX_DATABASE_URL" in one_line(installation.command("run"))


def test_without_the_assistants_environment_the_command_that_makes_it_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(supervisor, "BOT_PYTHON", supervisor.ROOT / "nowhere" / "python")
    with pytest.raises(supervisor.CannotStart, match=r"cli\.no_bot"):
        supervisor.train(None)


def test_what_is_said_is_in_the_language_asked_for(installation):
    installation.env |= {"PORTEVOIX_PORT": "x", "PORTEVOIX_LANGUAGE": "en"}
    assert "does not fit" in one_line(installation.command("run"))


def test_ctrl_c_stops_everything_in_five_seconds_and_the_interview_goes_on_at_the_next_start(installation):
    installation.start()
    pids = [installation.pid_of(name) for name in ("api", "bot", "actions")]
    person = Person(installation)
    person.say(choices=["yes"])
    assert installation.stop() < STOPS_WITHIN
    assert installation.running.returncode == 0
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    installation.start()
    try:
        person.say("je sais pas")
        assert person.state["status"] == "active"
    finally:
        installation.stop()


def test_a_process_that_dies_is_started_again(installation):
    installation.start()
    try:
        person = Person(installation)
        for name in ("actions", "bot", "api"):
            os.kill(installation.pid_of(name), 9)
        wait = supervisor.time.monotonic() + 60
        while not installation.is_healthy():
            assert supervisor.time.monotonic() < wait
        person.say(choices=["yes"])
        assert person.state["status"] == "active"
    finally:
        installation.stop()
