"""What a respondent is shown: the contract's state, messages and answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from api import models
from api.interviews.lines import action
from api.interviews.stand import Line, Stand
from api.questionnaire.rendering import describe
from api.strings import LANGUAGES

Json = dict[str, Any]


def state(stand: Stand, interview: models.Interview, messages: Sequence[Json] = (), expired: bool = False) -> Json:
    """Where an interview stands."""
    if interview.withdrawn_at:
        return withdrawn(stand.position.language, messages)
    progress = stand.flow.progress(stand.position.answers)
    ended = expired and stand.position.status not in ("completed", "declined")
    name = None if ended else stand.position.open
    return {
        "messages": list(messages),
        "question": describe(stand.flow, name, stand.position.language, interview.seed) if name else None,
        "progress": {"answered": progress.answered, "remaining": progress.remaining, "ratio": round(progress.ratio, 4)},
        "status": "expired" if ended else stand.position.status,
        "language": stand.position.language,
    }


def withdrawn(language: str, messages: Sequence[Json]) -> Json:
    """The state of an interview that was erased."""
    progress = {"answered": 0, "remaining": 0, "ratio": 0.0}
    return {
        "messages": list(messages),
        "question": None,
        "progress": progress,
        "status": "withdrawn",
        "language": language,
    }


def message(row: models.Message, language: str | None = None, client_id: str | None = None) -> Json:
    """A line of the transcript; the bot's in ``language`` if one is asked for, what a person typed always as typed."""
    shown = row.language if language is None or "raw" in row.texts else language
    return {
        "seq": row.seq,
        "client_id": client_id,
        "author": row.author,
        "kind": row.kind,
        "language": shown,
        "text": row.texts.get("raw", row.texts.get(shown, "")),
        "question": row.question,
        "actions": [{"id": a["id"], "label": a["labels"][shown]} for a in row.actions],
        "at": moment(row.at),
    }


def spoken(interview: str, seq: int, line: Line, language: str, at: datetime) -> models.Message:
    """The transcript's row for a line that the bot said."""
    return models.Message(
        interview=interview,
        seq=seq,
        author="bot",
        kind=line["kind"],
        language=language,
        texts=line["texts"],
        question=line.get("question"),
        actions=line.get("actions") or [],
        at=at,
    )


def pressed(stand: Stand, turn: Mapping[str, Any], question: str | None, actions: Iterable[Line]) -> dict[str, str]:
    """A button press in words, in each language: the labels of the choices, or of the action."""
    if turn["action"]:
        offered = next((a["labels"] for a in actions if a["id"] == turn["action"]), None)
        return offered or action(turn["action"])["labels"]
    known = {c.name: c.label for c in stand.flow.choices(question)} if question in stand.flow.questions else {}
    return {
        language: ", ".join(known[code][language] if code in known else str(code) for code in turn["choices"])
        + (f" ({turn['other']})" if turn["other"] else "")
        for language in LANGUAGES
    }


def answers(stand: Stand, rows: Iterable[models.Answer]) -> list[Json]:
    """Current revisions, in the order of the questionnaire; what the path no longer reaches is not applicable."""
    current = {row.question: row for row in rows}
    reached = set(stand.flow.reached(stand.position.answers))
    return [answer(current[name], applicable=name in reached) for name in stand.flow.questions if name in current]


def answer(row: models.Answer, applicable: bool = True) -> Json:
    return {
        "question": row.question,
        "value": row.value if applicable else None,
        "other": row.other if applicable else None,
        "missing": row.missing if applicable else "not_applicable",
        "text": row.text,
        "language": row.language,
        "method": row.method,
        "confidence": row.confidence,
        "span": row.span,
        "message_seq": row.message_seq,
        "revision": row.revision,
        "at": moment(row.at),
    }


def response(turn: models.Turn, shown: Json) -> str:
    """A turn's final body, as it is stored."""
    return dump({"message": head(turn), **shown})


def head(turn: models.Turn) -> Json:
    return {"seq": turn.seq, "client_id": turn.client_id, "at": moment(turn.at)}


def dump(body: Json) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def moment(at: datetime) -> str:
    """RFC 3339 in UTC."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
