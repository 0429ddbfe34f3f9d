"""What somebody does not want as a goal now."""

from __future__ import annotations

from sqlalchemy import select

from app.access import Actor
from app.db import db
from app.development.models import SetAside
from app.web.formats import today


def set_aside_by(actor: Actor) -> frozenset[str]:
    """The competencies that she does not want as a goal now."""
    return frozenset(db.session.scalars(
        select(SetAside.competency_code).where(
            SetAside.organisation_id == actor.organisation_id, SetAside.person_id == actor.person_id,
            SetAside.until >= today(),
        )
    ))
