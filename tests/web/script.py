"""A respondent's API with nothing behind it, for a page under test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Request

ORIGIN = "https://porte-voix.test"
Json = dict[str, Any]


def question(name: str, type: str, **more: Any) -> Json:
    """The contract's question."""
    shape = {"label": name, "hint": None, "required": False, "choices": None, "min": None, "max": None}
    return {"name": name, "type": type, **shape, "max_choices": None, "other": False, **more}


def choice(code: str, label: str | None = None, **more: Any) -> Json:
    return {"code": code, "label": label or code, **more}


@dataclass
class Script:
    """Plays what a test gives it, and keeps what the page sent.

    ``asked`` are the questions, one a turn. ``replies`` are answers to the next turns that come before anything else:
    a status and a body, or ``None`` for a connection that breaks after the message was received.
    """

    asked: list[Json]
    replies: list[tuple[int, Json] | None] = field(default_factory=list)
    actions: list[Json] = field(default_factory=list)
    turns: list[Json] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)
    language: str = "fr"
    status: str = "active"
    turn: str = "idle"

    def say(self, text: str, author: str = "bot", **more: Any) -> Json:
        message = {"seq": len(self.messages) + 1, "author": author, "kind": "reply", "language": self.language}
        self.messages.append({**message, "text": text, "actions": [], **more})
        return self.messages[-1]

    def ask(self) -> list[Json]:
        return [self.say(self.asked[0]["label"], kind="question", actions=self.actions)] if self.asked else []

    def state(self, messages: list[Json]) -> Json:
        left = len(self.asked)
        return {
            "messages": messages,
            "question": self.asked[0] if self.asked else None,
            "progress": {"answered": 3, "remaining": left, "ratio": 0.5},
            "status": self.status if self.asked else "completed",
            "language": self.language,
        }

    def answer(self, request: Request) -> tuple[int, Json] | None:
        path = request.url.removeprefix(f"{ORIGIN}/api/v1/interviews")
        self.calls.append(f"{request.method} {path}")
        body = request.post_data_json if request.post_data else {}
        if request.method == "POST" and path == "":
            return 201, {"id": "i1", "token": "t1", "receipt": "un deux trois quatre", **self.state(self.ask())}
        if request.method == "PATCH":
            self.language = body["language"]
            return 200, self.state([])
        if request.method == "GET":
            after = int(path.split("after=")[1].split("&")[0])
            return 200, {**self.state([m for m in self.messages if m["seq"] > after]), "turn": self.turn}
        if request.method == "DELETE":
            return 204, {}
        return self.take(body)

    def take(self, body: Json) -> tuple[int, Json] | None:
        self.turns.append(body)
        if self.replies:
            return self.replies.pop(0)
        shown = body.get("text") or ", ".join(body.get("choices") or [body.get("action")])
        said = self.say(shown, "respondent", client_id=body["client_id"])
        self.asked.pop(0)
        return 201, {"message": {"seq": said["seq"], "client_id": body["client_id"]}, **self.state(self.ask())}
