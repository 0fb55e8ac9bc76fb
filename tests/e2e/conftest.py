"""One running installation for the end-to-end tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack import ROOT, Person, Stack


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.services)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Everything running, with the instrument published."""
    assert (ROOT / ".venv-bot" / "bin" / "python").exists(), "make install"
    running = Stack(tmp_path_factory.mktemp("stack")).start()
    yield running
    running.stop()


@pytest.fixture
def person(stack: Stack) -> Person:
    """Someone who agreed to take part, in French."""
    someone = Person(stack)
    someone.say(choices=["yes"])
    return someone
