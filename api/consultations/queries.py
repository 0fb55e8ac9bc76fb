"""Every question asked of the database about consultations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.models import Consultation, Version


def consultation(session: Session, slug: str) -> Consultation | None:
    return session.get(Consultation, slug)


def consultations(session: Session) -> Sequence[Consultation]:
    return session.scalars(select(Consultation).order_by(Consultation.slug)).all()


def version(session: Session, hash: str) -> Version | None:
    return session.get(Version, hash)


def last_number(session: Session, slug: str) -> int:
    return session.scalar(select(func.max(Version.number)).where(Version.consultation == slug)) or 0
