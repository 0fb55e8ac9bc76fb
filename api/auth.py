"""Who is calling: a respondent by their token, the actions by their key."""

from __future__ import annotations

import hmac

from fastapi import Request
from sqlalchemy.orm import Session

from api.interviews import queries
from api.interviews.service import digest
from api.models import Interview
from api.problems import Problem


async def bearer(request: Request) -> str:
    """The token of the ``Authorization`` header; raises ``Problem`` missing-token."""
    return token_of(request)


def token_of(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Problem("missing-token")
    return token.strip()


def owned(session: Session, id: str, token: str, lock: bool = False) -> Interview:
    """The interview that this token opens.

    Raises ``Problem`` bad-token, continued-elsewhere, unknown-interview (also for another's interview), withdrawn.
    """
    found = queries.token(session, digest(token))
    if found is None:
        raise Problem("bad-token")
    if found.interview != id:
        raise Problem("unknown-interview")
    if found.superseded_at:
        raise Problem("continued-elsewhere")
    interview = (queries.lock if lock else queries.interview)(session, id)
    if interview.withdrawn_at:
        raise Problem("withdrawn")
    return interview


def is_actions(request: Request, key: str) -> bool:
    """Whether the caller is the action server."""
    return hmac.compare_digest(request.headers.get("x-portevoix-key", "").encode(), key.encode())
