"""What can go wrong, as RFC 9457 problems: a code, its status, a title in the person's language, never their words."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.languages import preferred
from api.strings import say

STATUS = {
    "malformed": 400,
    "missing-token": 401,
    "bad-token": 401,
    "continued-elsewhere": 401,
    "not-yet-open": 403,
    "unknown-consultation": 404,
    "unknown-interview": 404,
    "unknown-question": 404,
    "unknown-receipt": 404,
    "not-found": 404,
    "wrong-method": 405,
    "message-conflict": 409,
    "not-open": 409,
    "stale-turn": 409,
    "closed": 410,
    "withdrawn": 410,
    "too-long": 413,
    "too-large": 413,
    "invalid": 422,
    "unknown-choice": 422,
    "constraint": 422,
    "too-many": 429,
    "failed": 500,
    "unavailable": 503,
}
"""Every code of the contract, and a few of the protocol's own."""


class Problem(HTTPException):
    """Raised anywhere in a request; ``detail`` is the questionnaire author's message by language."""

    def __init__(self, code: str, detail: dict[str, str] | None = None, retry_after: float | None = None):
        super().__init__(STATUS[code])
        self.code, self.detail, self.retry_after = code, detail, retry_after


def respond(request: Request, problem: Problem) -> JSONResponse:
    """The problem as ``application/problem+json``, in the interview's language, else the browser's, else French."""
    language = getattr(request.state, "language", None) or preferred(request.headers.get("accept-language"))
    body = {
        "type": f"urn:portevoix:problem:{problem.code}",
        "title": say(f"problem.{problem.code}", language),
        "status": STATUS[problem.code],
        "code": problem.code,
    }
    if problem.detail and language in problem.detail:
        body["detail"] = problem.detail[language]
    headers = {"Content-Language": language}
    if STATUS[problem.code] == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.retry_after is not None:
        headers["Retry-After"] = str(max(1, round(problem.retry_after)))
    return JSONResponse(body, STATUS[problem.code], headers, media_type="application/problem+json")
