"""The ``portevoix`` command. What it says is in ``api/strings``; what it does is elsewhere."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy.exc import OperationalError

from api import migrate, strings
from api.consultations import service
from api.db import Database, NotDurable
from api.interviews.service import answers_as_lines
from api.problems import Problem
from api.questionnaire import checks, xlsform
from api.questionnaire.definition import Questionnaire
from api.questionnaire.findings import Finding, Refused
from api.questionnaire.loading import dump, load
from api.questionnaire.schema import text as schema_text
from api.settings import ROOT, Settings, settings
from api.supervisor import CannotStart, Supervisor, make_secrets, must_be_free, train

T = TypeVar("T")

LANGUAGE = os.environ.get("PORTEVOIX_LANGUAGE", "fr")
LANGUAGE = LANGUAGE if LANGUAGE in strings.LANGUAGES else "fr"
CONSULTATIONS = ROOT / "data" / "consultations"
out, err = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True, highlight=False)


def say(key: str, **values: object) -> str:
    return strings.say(f"cli.{key}", LANGUAGE, **values)


app = typer.Typer(help=say("help"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
File = Annotated[Path, typer.Argument(help=say("help.file"), show_default=False)]


def fail(message: str, status: int = 1) -> NoReturn:
    """Ends the command with one clear line."""
    err.print(message, style="red", markup=False)
    raise typer.Exit(status)


def configured() -> Settings:
    """The settings; a bad one ends the command with its name."""
    make_secrets()
    try:
        return settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"PORTEVOIX_{'_'.join(map(str, first['loc'])).upper()}"
        fail(say("bad_setting", name=name, found=os.environ.get(name, "")))
    except ValueError as error:
        fail(say("bad_setting", name="PORTEVOIX_LIMIT_*", found=error))


@contextmanager
def database() -> Iterator[Database]:
    """The database, in today's shape; one that is away or not durable ends the command with one line."""
    try:
        opened = Database(configured().database_url)
        migrate.upgrade(opened.engine)
        opened.check_durable()
    except NotDurable as error:
        fail(say("not_durable", setting=error.setting, found=error.found))
    except (OperationalError, OSError):
        fail(say("no_database"))
    try:
        yield opened
    finally:
        opened.engine.dispose()


@app.command(help=say("help.run"))
def run() -> None:
    chosen = configured()
    supervisor = Supervisor(chosen, restarted=lambda name: err.print(say("restarted", name=name)))
    for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(wanted, signal.default_int_handler)
    try:
        must_be_free(("PORT", chosen.port), ("BOT_PORT", chosen.bot_port), ("ACTIONS_PORT", chosen.actions_port))
        _step("training", lambda: train(chosen))
        _step("publishing", _publish_all)
        supervisor.start()
        _step("starting", supervisor.wait_until_ready)
        _announce(chosen)
        supervisor.watch()
    except CannotStart as error:
        fail(strings.say(error.key, LANGUAGE, **error.values))
    except KeyboardInterrupt:
        err.print(say("stopping"))
    finally:
        supervisor.stop()
    err.print(say("stopped"))


def _step(name: str, work: Callable[[], object]) -> None:
    """Does one thing with its name on the screen, and how long it took."""
    began = time.monotonic()
    if not err.is_terminal:
        err.print(f"… {say(f'step.{name}')}")
    with err.status(say(f"step.{name}")):
        work()
    err.print(f"[green]✓[/green] {say(f'step.{name}')} [dim]({time.monotonic() - began:.1f} s)[/dim]")


def _publish_all() -> None:
    for path in sorted(CONSULTATIONS.glob("*.yml")):
        _publish(_checked(path))


def _announce(chosen: Settings) -> None:
    out.print(f"\n{say('ready')}\n  {chosen.public_url}/")
    for path in sorted(CONSULTATIONS.glob("*.yml")):
        out.print(f"  {chosen.public_url}/c/{load(path)[0].consultation.slug}")
    err.print(say("how_to_stop"))


@app.command(help=say("help.check"))
def check(file: File, stamp: Annotated[bool, typer.Option("--stamp", help=say("help.stamp"))] = False) -> None:
    if stamp:
        _refusing(lambda: checks.stamp(file))
    findings = checks.check(file)
    _show(file, findings)
    if any(found.level == "error" for found in findings):
        raise typer.Exit(1)
    err.print(say("checked", file=file.name), style="green", markup=False)


def _show(file: Path, findings: list[Finding]) -> None:
    colours = {"error": "red", "warning": "yellow", "notice": "dim"}
    for found in findings:
        place = f"{file.name}:{found.line}" if found.line else file.name
        where = f" {found.path}" if found.path else ""
        sentence = strings.say(found.key, LANGUAGE, **found.values)
        err.print(
            f"{place}{where}: {say(f'level.{found.level}')}: {sentence}", style=colours[found.level], markup=False
        )


def _refusing(work: Callable[[], T]) -> T:
    try:
        return work()
    except Refused as refused:
        _show(Path(), refused.findings)
        raise typer.Exit(1) from refused


def _checked(file: Path) -> Questionnaire:
    """The questionnaire of a file that passes its checks; the command ends on one that does not."""
    errors = [found for found in checks.check(file) if found.level == "error"]
    if errors:
        _show(file, errors)
        raise typer.Exit(1)
    return xlsform.read(file) if file.suffix == ".xlsx" else load(file)[0]


def _publish(questionnaire: Questionnaire) -> int:
    """Stores it as its consultation's current version, and returns that version's number."""
    with database() as opened, opened.writing() as session:
        return service.publish(session, questionnaire).number


@app.command(help=say("help.publish"))
def publish(file: File) -> None:
    questionnaire = _checked(file)
    number = _publish(questionnaire)
    err.print(say("published", slug=questionnaire.consultation.slug, number=number), markup=False)


@app.command("import", help=say("help.import"))
def import_(
    file: File,
    publish: Annotated[bool, typer.Option("--publish", help=say("help.import.publish"))] = False,
    to: Annotated[Path | None, typer.Option("--to", help=say("help.import.to"), show_default=False)] = None,
) -> None:
    questionnaire = _checked(file)
    if to is not None:
        to.write_text(dump(questionnaire), "utf-8")
    if publish:
        number = _publish(questionnaire)
        err.print(say("published", slug=questionnaire.consultation.slug, number=number), markup=False)
        out.print(questionnaire.consultation.slug)
    elif to is None:
        out.print(dump(questionnaire), markup=False, end="")


@app.command(help=say("help.export"))
def export(
    slug: Annotated[str, typer.Argument(help=say("help.slug"), show_default=False)],
    to: Annotated[Path, typer.Argument(help=say("help.export.to"), show_default=False)],
) -> None:
    with database() as opened, opened.reading() as session:
        versions = service.Versions()
        try:
            flow = service.current(session, versions, slug)
        except Problem:
            fail(strings.say("problem.unknown-consultation", LANGUAGE))
        if to.suffix == ".xlsx":
            xlsform.write(flow.questionnaire, to)
        elif to.suffix in (".yml", ".yaml"):
            to.write_text(dump(flow.questionnaire), "utf-8")
        elif to.suffix == ".jsonl":
            with to.open("w", encoding="utf-8") as lines:
                lines.writelines(answers_as_lines(session, versions, slug))
        else:
            fail(say("unknown_format", suffix=to.suffix))
    err.print(say("written", file=to), markup=False)


@app.command(help=say("help.schema"))
def schema() -> None:
    out.print(schema_text(), markup=False, end="")


@app.command(help=say("help.openapi"))
def openapi() -> None:
    from api.main import openapi as description

    out.print(json.dumps(description(), ensure_ascii=False, indent=2, sort_keys=True), markup=False)


@app.command(
    help=say("help.replay"),
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
)
def replay(context: typer.Context) -> None:
    raise typer.Exit(subprocess.run([sys.executable, "-m", "bench.replay", *context.args], cwd=ROOT).returncode)


if __name__ == "__main__":
    app()
