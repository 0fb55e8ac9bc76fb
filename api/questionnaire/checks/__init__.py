"""What ``portevoix check`` says of a questionnaire before anyone answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from .. import xlsform
from ..definition import Questionnaire
from ..findings import Finding, Refused
from ..loading import load
from ..paths import Places
from ..stamps import stamp
from . import alike, logic, names, promises, translations, wording
from .form import Form

__all__ = ["check", "examine", "stamp"]

Check = Callable[[Form], Iterator[Finding]]

STRUCTURE: tuple[Check, ...] = (
    names.names,
    names.lists,
    names.empties,
    names.shapes,
    logic.expressions,
    logic.references,
)
"""What must stand before the paths through a questionnaire can be followed."""

CONTENT: tuple[Check, ...] = (
    names.keys,
    names.defaults,
    names.grids,
    names.origins,
    translations.languages,
    translations.translations,
    translations.placeholders,
    translations.staleness,
    alike.alike,
    logic.constraints,
    logic.codes,
    promises.dates,
    promises.accountability,
    promises.consents,
    promises.refusals,
    wording.wording,
    wording.probes,
)


def check(path: Path) -> list[Finding]:
    """Everything found in a file, YAML or workbook (.xlsx), by line; the file may be published without any error."""
    try:
        if path.suffix == ".xlsx":
            imported = xlsform.load(path)
            return [*imported.findings, *examine(imported.questionnaire, imported.places)]
        return examine(*load(path))
    except Refused as refused:
        return refused.findings


def examine(questionnaire: Questionnaire, places: Places) -> list[Finding]:
    """Everything found in a questionnaire, by line."""
    form = Form(questionnaire, places)
    findings = [found for check in STRUCTURE for found in check(form)]
    if not any(found.level == "error" for found in findings):
        findings += logic.walk(form)
    findings += (found for check in CONTENT for found in check(form))
    return sorted(findings, key=lambda found: found.line or 0)
