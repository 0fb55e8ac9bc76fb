"""What the documents promise is there: settings, commands, targets, files, links."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import typer
from limits import RateLimitItem

from api.cli import app
from api.questionnaire.checks import check
from api.settings import VAR, Settings
from tests.house.repository import CODE, ROOT, code_of, documents, links_of, modules, read, rows_of

BY_ENVIRONMENT_ALONE = {"PORTEVOIX_LANGUAGE": "fr", "PORTEVOIX_VAR": "var"}
"""Read before any file is, and their defaults."""
SECRET = "made at the first start"
PATH = re.compile(r"^(?:\.ci|actions|api|bench|bot|data|docs|requirements|tests|web)/[\w./*{},-]*$")

each_document = pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))


# Settings


def settings() -> set[str]:
    return {f"PORTEVOIX_{name.upper()}" for name in Settings.model_fields} | BY_ENVIRONMENT_ALONE.keys()


def documented() -> dict[str, str]:
    """The default of each setting in the table of docs/operating.md."""
    rows = (cells for cells in rows_of(read("docs/operating.md")) if cells[0].startswith("`PORTEVOIX_"))
    return {cells[0].strip("`"): cells[1].strip("`") for cells in rows}


def default(name: str) -> str:
    """A setting's default as the table shows it; nothing when it follows from others."""
    if name in BY_ENVIRONMENT_ALONE:
        return BY_ENVIRONMENT_ALONE[name]
    field = Settings.model_fields[name.removeprefix("PORTEVOIX_").lower()]
    if field.is_required():
        return SECRET
    if isinstance(field.default, RateLimitItem):
        return f"{field.default.amount}/{_length(field.default)}"
    return str(field.default).replace(str(VAR), "var").removesuffix(".0")


def _length(limit: RateLimitItem) -> str:
    unit = limit.GRANULARITY.name
    return unit if limit.multiples == 1 else f"{limit.multiples}{unit}s"


def test_every_setting_is_in_the_example():
    assert set(re.findall(r"^#?(PORTEVOIX_\w+)=", read(".env.example"), re.MULTILINE)) == settings()


def test_every_setting_is_in_the_manual():
    assert documented().keys() == settings()


@pytest.mark.parametrize("name", sorted(settings()))
def test_the_manual_has_the_default_of(name: str):
    assert documented()[name] == default(name)


def test_the_code_reads_no_other_setting():
    sources = [*(path.read_text("utf-8") for path in modules(*CODE).values())]
    sources += [read(name) for name in ("Makefile", "credentials.yml", "endpoints.yml")]
    named = {name for source in sources for name in re.findall(r"PORTEVOIX_[A-Z]+(?:_[A-Z]+)*\b(?!_)", source)}
    assert named - settings() == set()


@each_document
def test_a_document_names_only_settings_that_exist(document: Path):
    assert set(re.findall(r"PORTEVOIX_[A-Z_]*[A-Z]\b", document.read_text("utf-8"))) - settings() == set()


# Logs


def test_the_manual_has_every_event_of_the_logs():
    calls = r"""\blog\.\w+\(\s*"([a-z]+\.[a-z_]+)\""""
    logged = {event for path in modules(*CODE).values() for event in re.findall(calls, path.read_text("utf-8"))}
    section = read("docs/operating.md").partition("## Logs")[2].partition("\n## ")[0]
    assert {event for cells in rows_of(section) for event in re.findall(r"`([a-z]+\.[a-z_]+)`", cells[0])} == logged


# Commands


def named(document: Path, pattern: str) -> set[str]:
    """What a document's code names."""
    return {name for code in code_of(document.read_text("utf-8")) for name in re.findall(pattern, code)}


@cache
def commands() -> set[str]:
    return set(typer.main.get_command(app).commands)


@cache
def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*##", read("Makefile"), re.MULTILINE))


@each_document
def test_a_document_names_only_commands_that_exist(document: Path):
    assert named(document, r"\bportevoix ([a-z]+)") - commands() == set()


@each_document
def test_a_document_names_only_targets_that_exist(document: Path):
    assert named(document, r"\bmake ([a-z-]+)") - targets() == set()


@each_document
def test_a_document_runs_only_modules_that_exist(document: Path):
    rooms = (*CODE, "bench")
    ours = {name for name in named(document, r"python -m ([\w.]+)") if name.split(".")[0] in rooms}
    assert ours - modules(*rooms).keys() - {"actions", "bot"} == set()


def test_the_readme_names_every_command():
    assert commands() <= set(re.findall(r"portevoix ([a-z]+)", read("README.md")))


@pytest.mark.parametrize("readme", ["README.md", "LISEZMOI.md"])
def test_the_questionnaire_of_the_readme_may_be_published(readme: str, tmp_path: Path):
    file = tmp_path / "ateliers.yml"
    file.write_text(re.search(r"^```yaml\n(.*?)^```", read(readme), re.DOTALL | re.MULTILINE).group(1), "utf-8")
    assert [found for found in check(file) if found.level == "error"] == []


# Places


@each_document
def test_every_link_leads_somewhere(document: Path):
    local = [link for link in links_of(document.read_text("utf-8")) if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not _leads(document, link)] == []


def _leads(document: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (document.parent / name).resolve() if name else document
    return target.exists() and (not anchor or anchor in _anchors(target.read_text("utf-8")))


def _anchors(markdown: str) -> set[str]:
    """The anchors that a forge gives to headings."""
    headings = re.findall(r"^#+ (.+)$", markdown, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_document
def test_every_file_a_document_names_exists(document: Path):
    paths = [code for code in code_of(document.read_text("utf-8")) if PATH.match(code)]
    assert [path for path in paths if not _exists(path)] == []


def _exists(name: str) -> bool:
    """Whether a path is there; ``{fr,en}`` stands for both, ``*`` for at least one."""
    choice = re.search(r"\{([\w,]+)\}", name)
    if choice:
        return all(_exists(name.replace(choice.group(), each)) for each in choice.group(1).split(","))
    return any(ROOT.glob(name)) if "*" in name else (ROOT / name).exists()
