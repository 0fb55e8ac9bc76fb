"""What is open, for anyone to see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response

from api.consultations import schemas, service
from api.house import House, house
from api.http import PROBLEMS, polite, reply
from api.questionnaire.flow import Flow

router = APIRouter(prefix="/api/v1", tags=["consultations"], dependencies=[Depends(polite)], responses=PROBLEMS)
Here = Annotated[House, Depends(house)]


@router.get("/consultations", response_model=schemas.Consultations)
def index(here: Here) -> Response:
    """The consultations open now."""
    with here.database.reading() as session:
        flows = service.all_current(session, here.versions)
    return reply({"consultations": [summary(flow) for flow in flows if service.is_open(flow, datetime.now(UTC))]})


@router.get("/consultations/{slug}", response_model=schemas.Published)
def show(slug: Annotated[str, Path(max_length=64)], request: Request, here: Here) -> Response:
    """One consultation, with its published questionnaire."""
    with here.database.reading() as session:
        flow = service.current(session, here.versions, slug)
    etag = f'"{flow.version}"'
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": etag})
    response = reply(published(flow))
    response.headers["ETag"] = etag
    return response


def summary(flow: Flow) -> dict[str, Any]:
    """What a list of consultations shows."""
    shown = flow.questionnaire.consultation.model_dump(mode="json", include=schemas.SUMMARY)
    shown["titles"] = shown.pop("title")
    return shown


def published(flow: Flow) -> dict[str, Any]:
    """The whole of it: who asks, the notices, the questions."""
    content = flow.questionnaire.model_dump(mode="json", exclude={"translated"}, exclude_none=True)
    consultation = content.pop("consultation")
    about = {key: consultation.get(key) for key in ("organisation", "privacy_officer", "notices")}
    return {**summary(flow), "version": flow.version, **about, "questionnaire": content}
