"""The pages a browser opens; what they do is in ``web``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.templating import Jinja2Templates

from api.consultations import service
from api.house import House, house
from api.languages import preferred
from api.problems import Problem
from api.questionnaire.flow import Flow
from api.settings import ROOT
from api.strings import LANGUAGES

WEB = ROOT / "web"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""Nothing inline, nothing from elsewhere, no HTML made from text."""

router = APIRouter(include_in_schema=False)
templates = Jinja2Templates(WEB / "page")
Here = Annotated[House, Depends(house)]
Lang = Annotated[str | None, Query(max_length=8)]


@cache
def strings(language: str) -> dict[str, Any]:
    return json.loads((Path(WEB) / "strings" / f"{language}.json").read_text("utf-8"))


@router.get("/")
def index(request: Request, here: Here, lang: Lang = None) -> Response:
    """The consultations open now."""
    now = datetime.now(UTC)
    with here.database.reading() as session:
        flows = service.all_current(session, here.versions)
    shown = [flow.questionnaire.consultation for flow in flows if service.is_open(flow, now)]
    return _page(request, "index.html", _language(request, lang), consultations=shown)


@router.get("/c/{slug}")
def consultation(
    slug: str, request: Request, here: Here, lang: Lang = None, s: Annotated[str | None, Query(max_length=64)] = None
) -> Response:
    """The conversation; a closed one can still be resumed, exported and withdrawn from."""
    try:
        with here.database.reading() as session:
            flow = service.current(session, here.versions, slug)
    except Problem as problem:
        return _page(request, "message.html", _language(request, lang), 404, reason=problem.code)
    shown = flow.questionnaire.consultation
    context = {"consultation": shown, "source": s, "reason": _reason(flow)}
    return _page(request, "consultation.html", _language(request, lang, shown.languages), **context)


def _reason(flow: Flow) -> str | None:
    """Why nobody may begin now, if nobody may."""
    try:
        service.must_welcome(flow, datetime.now(UTC))
    except Problem as problem:
        return problem.code
    return None


def _language(request: Request, asked: str | None, spoken: Sequence[str] = LANGUAGES) -> str:
    """The first language spoken, unless the link or the browser asks for another."""
    return asked if asked in spoken else preferred(request.headers.get("accept-language"), spoken)


def _page(request: Request, name: str, language: str, status: int = 200, **context: Any) -> Response:
    context |= {"language": language, "strings": strings(language), "static": "/static"}
    headers = {"Content-Security-Policy": POLICY, "Content-Language": language, "Cache-Control": "no-cache"}
    return templates.TemplateResponse(request, name, context, status, headers)
