"""A conversation as it stands in the database, made without the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from flask import Flask

from app.competencies.queries import current_framework
from app.conversations.models import AgreedLevel, Conversation
from app.db import db
from app.web.formats import now
from tests.support.builders import Persona


def make_conversation(
    app: Flask,
    person: Persona,
    partner: Persona,
    *,
    part_id: int | None = None,
    notes: str = "",
    levels: Mapping[str, int] | None = None,
    fixed_at: dt.datetime | None = None,
    planned_in: dt.timedelta | None = dt.timedelta(days=1),
) -> int:
    """Its id. Without a day when `planned_in` is None; `levels` per aspect; both confirmed when it was fixed."""
    with app.app_context():
        made = Conversation(
            organisation_id=person.organisation_id,
            round_subject_id=part_id,
            person_id=person.id,
            partner_id=partner.id,
            framework_version_id=current_framework().version_id,
            planned_at=None if planned_in is None else now() + planned_in,
            place="Op kantoor",
            notes=notes,
            person_confirmed_at=fixed_at,
            partner_confirmed_at=fixed_at,
            fixed_at=fixed_at,
            levels=[
                AgreedLevel(organisation_id=person.organisation_id, kind="aspect", code=code, level=level)
                for code, level in (levels or {}).items()
            ],
        )
        db.session.add(made)
        db.session.commit()
        return made.id


def agree(app: Flask, person: Persona, lead: Persona, *, days_ago: float = 5,
          aspects: Mapping[str, int] | None = None, **roles: int) -> None:
    """Niveaus that both confirmed."""
    made = make_conversation(app, person, lead, levels=aspects, fixed_at=now() - dt.timedelta(days=days_ago))
    with app.app_context():
        db.session.add_all(AgreedLevel(organisation_id=person.organisation_id, conversation_id=made, kind="role",
                                       code=code, level=level) for code, level in roles.items())
        db.session.commit()
