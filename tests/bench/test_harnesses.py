"""The harnesses themselves, on little: each ends in the exit code that says whether its promise is kept."""

import pytest

from bench import crash, flushes, stops

pytestmark = pytest.mark.services


def test_an_api_that_acknowledges_before_its_commit_is_caught_losing():
    assert crash.main(["--control", "--messages", "600"]) == 0


def test_nothing_acknowledged_is_lost_under_kill_9():
    assert crash.main(["--messages", "150", "--people", "4"]) == 0


def test_a_process_stopped_in_the_middle_is_said_and_mended():
    assert stops.main([]) == 0


def test_every_acknowledgement_comes_after_a_flush():
    assert flushes.main(["--messages", "20"]) == 0
