"""Setting a proposal aside, and taking it up again. Flushes only."""

from __future__ import annotations

from sqlalchemy import delete

from app.access import Actor
from app.db import db
from app.development.goals.queries import hold_goals_of
from app.development.models import SetAside
from app.development.plans.period import school_year
from app.development.plans.queries import unfinished_plan
from app.web.formats import today


def set_aside(actor: Actor, competency_code: str) -> None:
    """Not now: until the end of her plan, or of the school year. Twice is once."""
    hold_goals_of(actor.person_id)
    plan = unfinished_plan(actor.person_id, actor.organisation_id)
    until = plan.ends_on if plan is not None and plan.ends_on >= today() else school_year(today()).ends_on
    row = db.session.get(SetAside, (actor.person_id, competency_code))
    if row is None:
        row = SetAside(organisation_id=actor.organisation_id, person_id=actor.person_id,
                       competency_code=competency_code)
        db.session.add(row)
    row.until = until
    db.session.flush()


def take_up_again(actor: Actor, competency_code: str) -> None:
    """She may want it after all."""
    db.session.execute(delete(SetAside).where(
        SetAside.organisation_id == actor.organisation_id, SetAside.person_id == actor.person_id,
        SetAside.competency_code == competency_code,
    ))
