"""Publishing a questionnaire and finding it again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from sqlalchemy.orm import Session

from api.consultations import queries
from api.models import Consultation, Version
from api.problems import Problem
from api.questionnaire.definition import Questionnaire
from api.questionnaire.flow import Flow

COMPILED = 64
"""Versions kept compiled in memory; one costs a few hundred kilobytes."""


class Versions:
    """Published versions, compiled once each: a version never changes, so neither does its flow."""

    def __init__(self) -> None:
        self._compile = lru_cache(maxsize=COMPILED)(_Compiled)

    def flow(self, session: Session, hash: str) -> Flow:
        """Raises ``KeyError`` if no such version was published."""
        compiled = self._compile(hash)
        if compiled.flow is None:
            found = queries.version(session, hash)
            if found is None:
                raise KeyError(hash)
            compiled.flow = Flow(Questionnaire.model_validate(found.definition))
        return compiled.flow


class _Compiled:
    """A place for one version's flow, filled the first time it is asked for."""

    def __init__(self, hash: str):
        self.flow: Flow | None = None


def publish(session: Session, questionnaire: Questionnaire) -> Version:
    """Stores the questionnaire as its consultation's current version; an unchanged one is published already."""
    slug, hash = questionnaire.consultation.slug, questionnaire.fingerprint()
    found = queries.version(session, hash)
    if found is None:
        found = Version(
            hash=hash,
            consultation=slug,
            number=queries.last_number(session, slug) + 1,
            definition=questionnaire.model_dump(mode="json", exclude_defaults=True),
            published_at=datetime.now(UTC),
        )
        session.add(found)
        session.flush()
    session.merge(Consultation(slug=slug, version=hash))
    return found


def current(session: Session, versions: Versions, slug: str) -> Flow:
    """The version that new interviews begin on; raises ``Problem`` unknown-consultation."""
    found = queries.consultation(session, slug)
    if found is None:
        raise Problem("unknown-consultation")
    return versions.flow(session, found.version)


def all_current(session: Session, versions: Versions) -> list[Flow]:
    return [versions.flow(session, found.version) for found in queries.consultations(session)]


def must_welcome(flow: Flow, now: datetime) -> None:
    """Raises ``Problem`` not-yet-open or closed unless new interviews may begin."""
    consultation = flow.questionnaire.consultation
    if consultation.opens_at and now < _aware(consultation.opens_at):
        raise Problem("not-yet-open")
    if consultation.closes_at and now >= _aware(consultation.closes_at):
        raise Problem("closed")


def has_ended(flow: Flow, now: datetime, grace: timedelta) -> bool:
    """Whether even running interviews are over."""
    closes_at = flow.questionnaire.consultation.closes_at
    return closes_at is not None and now >= _aware(closes_at) + grace


def is_open(flow: Flow, now: datetime) -> bool:
    try:
        must_welcome(flow, now)
    except Problem:
        return False
    return True


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
