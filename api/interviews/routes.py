"""The respondent's HTTP contract. Each route is a sentence: find, may I, do, answer."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.auth import bearer, is_actions, owned, token_of
from api.house import House, address, house
from api.http import PROBLEMS, StrictRoute, polite, reply
from api.interviews import schemas
from api.interviews.exchange import Accepted
from api.interviews.ledger import Evidence
from api.interviews.moves import MOVES
from api.interviews.service import as_csv
from api.interviews.stand import Said
from api.languages import preferred
from api.problems import Problem

MISSING_MOVES = {"skipped": "skip", "dont_know": "dont_know", "refused": "refuse"}


router = APIRouter(
    prefix="/api/v1", tags=["interviews"], route_class=StrictRoute, dependencies=[Depends(polite)], responses=PROBLEMS
)
internal = APIRouter(prefix="/internal", route_class=StrictRoute, include_in_schema=False)

Here = Annotated[House, Depends(house)]
Token = Annotated[str, Depends(bearer)]
Id = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Name = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


@router.post("/interviews", status_code=201, response_model=schemas.Started)
def start(body: schemas.NewInterview, request: Request, here: Here) -> Response:
    """Begins an interview."""
    here.throttle.hit(here.settings.limit_starts, "starts", address(request))
    accept = preferred(request.headers.get("accept-language"))
    with here.database.writing() as session:
        begun = here.respondents.start(session, body.consultation, body.language, accept, body.surface, body.source)
    return reply(begun, 201)


@router.post("/interviews/resume", response_model=schemas.Resumed)
async def resume(body: schemas.Resume, request: Request, here: Here) -> Response:
    """Continues from a receipt; a failure waits the longer, the more receipts failed lately anywhere."""
    here.throttle.check(here.settings.limit_receipts, "receipts", address(request))

    def find() -> tuple[dict[str, Any] | None, float]:
        with here.database.writing() as session:
            found = here.respondents.resume(session, body.receipt)
            return found, 0.0 if found else here.respondents.note_failed_receipt(session)

    found, delay = await run_in_threadpool(find)
    if found is None:
        here.throttle.hit(here.settings.limit_receipts, "receipts", address(request))
        await asyncio.sleep(delay)
        raise Problem("unknown-receipt")
    return reply(found)


@router.get("/interviews/{id}", response_model=schemas.Interview)
def show(id: Id, token: Token, here: Here) -> Response:
    """Where it stands."""
    with here.database.reading() as session:
        interview = owned(session, id, token)
        return reply({"id": interview.id, **here.respondents.state(session, interview)})


@router.patch("/interviews/{id}", response_model=schemas.State)
def set_language(id: Id, body: schemas.NewLanguage, token: Token, here: Here) -> Response:
    """Goes on in another language."""
    with here.database.writing() as session:
        return reply(here.respondents.set_language(session, owned(session, id, token, lock=True), body.language))


@router.delete("/interviews/{id}", status_code=204)
def withdraw(id: Id, token: Token, here: Here) -> Response:
    """Erases everything but a tombstone."""
    with here.database.writing() as session:
        here.respondents.withdraw(session, owned(session, id, token, lock=True))
    here.database.forget()
    return Response(status_code=204)


@router.post(
    "/interviews/{id}/messages",
    status_code=201,
    response_model=schemas.TurnDone,
    responses={200: {"model": schemas.TurnDone}, 202: {"model": schemas.TurnPending}},
)
async def say(id: Id, body: schemas.NewTurn, token: Token, here: Here) -> Response:
    """One turn. The message is on disk before anything else happens."""
    here.throttle.hit(here.settings.limit_interview, "interview", id)
    if body.text is not None and len(body.text) > schemas.LONGEST_TEXT:
        raise Problem("too-long")

    def accept() -> Accepted:
        with here.database.writing() as session:
            interview = owned(session, id, token, lock=True)
            return here.exchange.accept(session, interview, body.model_dump(mode="json"), take=not here.bot.is_away)

    accepted = await run_in_threadpool(accept)
    answer = await here.turns.answer(accepted)
    if answer is None:
        done, answer = await run_in_threadpool(_later, here, accepted)
        if not done:
            return reply(answer, 202)
    return reply(answer, 201 if accepted.is_new else 200)


def _later(here: House, accepted: Accepted) -> tuple[bool, str]:
    with here.database.writing() as session:
        return here.exchange.notice(session, accepted)


@router.get("/interviews/{id}/messages", response_model=schemas.Transcript)
def transcript(
    id: Id,
    token: Token,
    here: Here,
    after: Annotated[int, Query(ge=0, le=2**31)] = 0,
    language: schemas.Language | None = None,
) -> Response:
    """What was said, by both, after a message."""
    with here.database.reading() as session:
        return reply(here.respondents.messages(session, owned(session, id, token), after, language))


@router.get("/interviews/{id}/answers", response_model=schemas.Answers)
def answers(id: Id, token: Token, here: Here) -> Response:
    """Every answer as it stands."""
    with here.database.reading() as session:
        return reply({"answers": here.respondents.answers(session, owned(session, id, token))})


@router.put("/interviews/{id}/answers/{question}", response_model=schemas.State)
def put_answer(
    id: Id, question: Name, body: schemas.ReadAnswer | schemas.NewAnswer, request: Request, here: Here
) -> Response:
    """One answer, of the form; or, with the actions' key, one that the assistant read in a message."""
    if isinstance(body.value, str) and len(body.value) > schemas.LONGEST_TEXT:
        raise Problem("too-long")
    if isinstance(body, schemas.ReadAnswer):
        move = MISSING_MOVES[body.missing] if body.missing else "answer"
        return _effect(request, here, id, Said(move, question, body.value, body.other, body.missing), body)
    with here.database.writing() as session:
        interview = owned(session, id, token_of(request), lock=True)
        return reply(here.respondents.put_answer(session, interview, question, body.value, body.missing, body.other))


@router.get(
    "/interviews/{id}/export",
    responses={200: {"content": {"application/json": {}, "text/csv": {}}}},
    response_class=JSONResponse,
)
def export(id: Id, token: Token, here: Here, format: Literal["json", "csv"] = "json") -> Response:
    """Everything held on this person."""
    with here.database.reading() as session:
        held = here.respondents.export(session, owned(session, id, token))
    saved = {"Content-Disposition": f'attachment; filename="porte-voix.{format}"'}
    if format == "csv":
        return Response("\ufeff" + as_csv(held), headers=saved, media_type="text/csv; charset=utf-8")
    return JSONResponse(held, headers=saved)


@internal.post("/interviews/{id}/moves")
def move(id: Id, body: schemas.Move, request: Request, here: Here) -> Response:
    """Anything but an answer that the assistant understood; for the actions."""
    if body.move not in MOVES:
        raise Problem("invalid")
    return _effect(request, here, id, Said(body.move, to=body.to, reading=body.reading), body)


def _effect(request: Request, here: House, id: str, said: Said, body: schemas.Evidenced) -> Response:
    if not is_actions(request, here.settings.actions_key.get_secret_value()):
        raise Problem("bad-token")
    evidence = Evidence(body.language, body.method, None, body.confidence, body.span)
    said = replace(said, method=body.method, switch=body.switch)
    with here.database.writing() as session:
        lines = here.exchange.effect(session, id, body.message_id, body.fence, said, evidence)
    if said.move in ("confirm", "off_record"):
        here.database.forget()
    return reply({"say": lines})
