"""A respondent over HTTP: the calls of the contract that a person's browser makes, and its patience."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from bench.http import Http, Json, Reply

PENDING = 202
TOO_MANY = 429


class Refused(Exception):
    """The API answered with a problem: its ``status`` and ``code``, never the words that were sent."""

    def __init__(self, reply: Reply) -> None:
        self.status = reply.status
        self.code = _code(reply)
        super().__init__(f"{self.status} {self.code}")


def _code(reply: Reply) -> str | None:
    try:
        return reply.json().get("code")
    except (ValueError, AttributeError):
        return None


@dataclass
class Respondent:
    """One person in one interview. ``state`` is the last state the API gave (contract: *State*)."""

    http: Http
    id: str
    token: str
    receipt: Json | str | None
    state: Json = field(repr=False)

    @classmethod
    async def start(cls, http: Http, consultation: str, language: str = "fr") -> Respondent:
        """Open an interview. Raises ``Refused``."""
        body = {"consultation": consultation, "language": language, "surface": "api"}
        return cls._from(http, await call(http, "POST", "/api/v1/interviews", json=body))

    @classmethod
    async def resume(cls, http: Http, receipt: str) -> Respondent:
        """Come back with the four words. Raises ``Refused``."""
        return cls._from(http, await call(http, "POST", "/api/v1/interviews/resume", json={"receipt": receipt}))

    @classmethod
    def _from(cls, http: Http, opened: Json) -> Respondent:
        return cls(http, opened["id"], opened["token"], opened.get("receipt"), opened)

    @property
    def question(self) -> Json | None:
        """The open question, as the contract describes it."""
        return self.state["question"]

    async def turn(self, **said: Any) -> Json:
        """Say one thing (``text``, ``choices`` or ``action``) to the question on screen; wait for its final answer."""
        return await self.send(message(self.question, **said))

    async def send(self, body: Json) -> Json:
        """Send a message body until its turn is answered; a body counts once. Raises ``Refused``."""
        reply = await self.post(body)
        while reply.status == PENDING:
            await self.wait_idle()
            reply = await self.post(body)
        self.state = reply.json()
        return self.state

    async def post(self, body: Json) -> Reply:
        """Send a message body once; the answer may be final (200, 201) or pending (202). Raises ``Refused``."""
        return await request(self.http, "POST", self._path("messages"), json=body, headers=self._headers)

    async def wait_idle(self, pause: float = 0.25) -> None:
        """Poll until no turn is under way."""
        while (await self.messages())["turn"] == "pending":
            await asyncio.sleep(pause)

    async def messages(self, after: int = 0, language: str | None = None) -> Json:
        """The transcript after a message; with a language, the bot's lines in it."""
        return await self._call(
            "GET", "messages", params={"after": after} | ({"language": language} if language else {})
        )

    async def answers(self) -> dict[str, Json]:
        """The current revision of every answer, by question."""
        body = await self._call("GET", "answers")
        return {answer["question"]: answer for answer in body["answers"]}

    async def put_answer(self, question: str, **answer: Any) -> Json:
        """Answer without words: ``value=...`` or ``missing=...``. Raises ``Refused``."""
        self.state = await self._call("PUT", f"answers/{question}", json=answer)
        return self.state

    async def withdraw(self) -> None:
        await request(self.http, "DELETE", f"/api/v1/interviews/{self.id}", headers=self._headers)

    async def _call(self, method: str, path: str, **what: Any) -> Json:
        return await call(self.http, method, self._path(path), headers=self._headers, **what)

    def _path(self, rest: str) -> str:
        return f"/api/v1/interviews/{self.id}/{rest}"

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def message(question: Json | None, **said: Any) -> Json:
    """The body of a turn, with its own ``client_id``, said to the question on screen."""
    return {"client_id": str(uuid4()), **({"question": question["name"]} if question else {}), **said}


async def call(http: Http, method: str, path: str, **what: Any) -> Json:
    """A request and its JSON body. Raises ``Refused``."""
    return (await request(http, method, path, **what)).json()


async def request(http: Http, method: str, path: str, **what: Any) -> Reply:
    """A request, sent again when the API asks for patience (429, Retry-After). Raises ``Refused``."""
    reply = await http.request(method, path, **what)
    while reply.status == TOO_MANY:
        await asyncio.sleep(float((reply.headers or {}).get("Retry-After", 1)))
        reply = await http.request(method, path, **what)
    if reply.status >= 400:
        raise Refused(reply)
    return reply
