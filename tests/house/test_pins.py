"""What is installed is pinned and hashed, and says nothing of where it came from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.repository import ROOT, read

PINNED = sorted((ROOT / "requirements").glob("*.txt"))
each_file = pytest.mark.parametrize("path", PINNED, ids=lambda path: path.name)


@each_file
def test_every_requirement_has_its_version_and_a_hash(path: Path):
    requirements = re.split(r"\n(?=[a-z0-9])", path.read_text("utf-8"), flags=re.IGNORECASE)
    loose = [each.splitlines()[0] for each in requirements if "==" not in each.splitlines()[0] or "--hash=" not in each]
    assert loose == []


@each_file
def test_no_requirement_names_an_address(path: Path):
    assert re.findall(r"^.*(?:://|--index-url|--find-links).*$", path.read_text("utf-8"), re.MULTILINE) == []


@each_file
def test_every_package_asked_for_is_pinned(path: Path):
    asked = re.findall(r"^([A-Za-z0-9_.-]+)", path.with_suffix(".in").read_text("utf-8"), re.MULTILINE)
    pinned = re.findall(r"^([A-Za-z0-9_.-]+)(?:\[.*\])?==", path.read_text("utf-8"), re.MULTILINE)
    assert {_plain(name) for name in asked if not name.startswith("-")} - set(map(_plain, pinned)) == set()


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_both_interpreters_are_named():
    assert read(".python-version").split() == ["3.11", "3.10"]


def test_no_lock_that_holds_addresses_is_kept():
    assert [
        name for name in ("uv.lock", "poetry.lock", "package-lock.json", "Pipfile.lock") if (ROOT / name).exists()
    ] == []
