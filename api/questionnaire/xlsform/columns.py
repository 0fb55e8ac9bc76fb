"""The words of XLSForm that a questionnaire shares, ours beside them, and those we do not have.

Our own columns begin with ``pv_``: other tools ignore them. ``docs/format.md`` tells what they hold.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ..paths import Location

Kind = Literal["plain", "expression", "flag", "words", "lines", "default"]

LANGUAGES = {"fr": "Français (fr)", "en": "English (en)"}
"""As XLSForm has a language named in a header."""

_LANGUAGE_NAMES = {
    "fr": "fr",
    "français": "fr",
    "francais": "fr",
    "french": "fr",
    "en": "en",
    "anglais": "en",
    "english": "en",
}
_LANGUAGE_CODE = re.compile(r"\(\s*([A-Za-z]{2,3})(?:[-_][A-Za-z]+)?\s*\)\s*$")

CONSENT_LIST = "pv_consent"
"""The list of the yes and no of a consent: XLSForm has no such type."""

CONSULTATION_SHEET = "pv_consultation"
TRANSLATED_SHEET = "pv_translated"


class Column(NamedTuple):
    """Where the cells of a column go in an item, and how they are written."""

    field: Location
    kind: Kind = "plain"


def _said(header: str, *field: str | int) -> dict[str, Column]:
    return {f"{header}::{language}": Column((*field, language)) for language in LANGUAGES}


def _ours(header: str, *field: str | int, kind: Kind = "plain") -> dict[str, Column]:
    """Flat headers: in the choices sheet XLSForm takes ``::`` for structure."""
    return {f"pv_{header}_{language}": Column((*field, language), kind) for language in LANGUAGES}


MOST_PROBES = 9

SURVEY: dict[str, Column] = {
    "type": Column(("type",)),
    "name": Column(("name",)),
    **_said("label", "label"),
    **_said("hint", "hint"),
    "required": Column(("required",), "flag"),
    "relevant": Column(("relevant",), "expression"),
    "constraint": Column(("constraint",), "expression"),
    **_said("constraint_message", "constraint_message"),
    "appearance": Column(("appearance",)),
    "parameters": Column(("parameters",)),
    "default": Column(("default",), "default"),
    **_ours("why", "why"),
    **_ours("scale_low", "scale", 0),
    **_ours("scale_high", "scale", 1),
    "pv_probe_when": Column(("probe", "when"), "words"),
    **{
        header: column
        for place in range(MOST_PROBES)
        for header, column in _ours(f"probe_ask_{place + 1}", "probe", "ask", place).items()
    },
    "pv_purpose": Column(("purpose",)),
    "pv_sensitivity": Column(("sensitivity",)),
    "pv_theme": Column(("theme",)),
    "pv_chain_link": Column(("chain_link",)),
    "pv_repeats": Column(("repeats",)),
}

CHOICES: dict[str, Column] = {
    "list_name": Column(("list_name",)),
    "name": Column(("name",)),
    **_said("label", "label"),
    **_ours("aliases", "aliases", kind="lines"),
    "pv_exclusive": Column(("exclusive",), "flag"),
    "pv_other": Column(("other",), "flag"),
}

CONSULTATION: dict[str, Column] = {
    "path": Column(("path",)),
    "value": Column(("value",)),
    **{language: Column((language,)) for language in LANGUAGES},
}

TRANSLATED: dict[str, Column] = {"path": Column(("path",)), "fingerprints": Column(("fingerprints",))}

SETTINGS: dict[str, Column] = {
    setting: Column((setting,)) for setting in ("form_title", "form_id", "version", "default_language")
}

ALIASES = {
    "caption": "label",
    "relevance": "relevant",
    "constraining_message": "constraint_message",
    "command": "type",
    "tag": "name",
    "value": "name",
    "set_form_title": "form_title",
    "title": "form_title",
    "set_form_id": "form_id",
    "id_string": "form_id",
}
"""Older names of the same columns."""

TRANSLATED_HEADERS = frozenset({"label", "hint", "constraint_message"})

UNSUPPORTED = frozenset(
    {
        *("image", "big-image", "audio", "video", "media", "autoplay", "guidance_hint"),
        *("calculation", "calculate", "trigger", "read_only", "readonly", "choice_filter", "query", "disabled"),
        *("repeat_count", "count", "jr", "required_message", "requiredmsg", "no_app_error_string", "noapperrorstring"),
        *("bind", "body", "control", "instance", "actions", "attribute", "namespaces", "intent", "rows", "flat"),
        *("save_to", "entity", "public_key", "omit_instanceid", "compact_tag", "sms_field", "sms_option"),
        *("add_none_option", "allow_choice_duplicates"),
    }
)
"""Columns and settings that change what is asked or kept, and that a questionnaire does not have."""


class Header(NamedTuple):
    """``Label :: English (en)`` is the name ``label`` and the language ``English (en)``."""

    name: str
    language: str | None


def parse(written: str) -> Header:
    parts = [part.strip() for part in re.split("::|:", written)]
    return Header("_".join(parts[0].split()).lower(), parts[1] if len(parts) > 1 else None)


def language_code(name: str) -> str | None:
    """``fr`` or ``en``, from a code, a name, or both as in ``Français (fr)``; None for another language."""
    code = _LANGUAGE_CODE.search(name)
    return _LANGUAGE_NAMES.get((code[1] if code else name).strip().lower())


def shown(header: str) -> str:
    """``label::en`` as XLSForm has it written."""
    name, mark, language = header.partition("::")
    return f"{name}::{LANGUAGES[language]}" if mark else header
