"""How well a round measured: for the beheerder and hr, about the whole of it and about nobody."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from sqlalchemy import func, select

from app.access import Role, actor, needs
from app.competencies.queries import framework_of
from app.db import db
from app.measurement.scale import QUALITY_FROM
from app.rating.closing import SOMEBODY_ASKED
from app.rating.models import StoredQuality
from app.rating.round_quality import quality_of
from app.rounds.lifecycle import Kind, State
from app.rounds.models import Round, RoundSubject
from app.rounds.words.raters import group_label

bp = Blueprint("quality", __name__)
CLOSED = (State.CLOSED, State.RELEASED)


@bp.get("/rondes/kwaliteit")
@needs(Role.BEHEERDER, Role.HR)
def overview() -> str:
    rounds = db.session.execute(
        select(Round.id, Round.name, Round.closed_at)
        .join(StoredQuality, StoredQuality.round_id == Round.id)
        .where(Round.organisation_id == actor().organisation_id, StoredQuality.figures.is_not(None))
        .order_by(Round.closed_at.desc(), Round.id.desc())
        .limit(100)
    ).all()
    return render_template("rating/qualities.html", rounds=rounds, least=QUALITY_FROM)


@bp.get("/rondes/<int:round_id>/kwaliteit", endpoint="round")
@needs(Role.BEHEERDER, Role.HR)
def of_round(round_id: int) -> str:
    people = (
        select(func.count())
        .where(RoundSubject.round_id == Round.id, SOMEBODY_ASKED)
        .correlate(Round)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(Round.name, Round.state, Round.closed_at, Round.framework_version_id, StoredQuality, people)
        .outerjoin(StoredQuality, StoredQuality.round_id == Round.id)
        .where(Round.id == round_id, Round.organisation_id == actor().organisation_id, Round.kind == Kind.FULL)
    ).first()
    if row is None:
        abort(404)
    name, state, closed_at, framework_version_id, stored, count = row
    return render_template(
        "rating/quality.html",
        name=name,
        closed_at=closed_at if state in CLOSED else None,
        waits=stored is None and count >= QUALITY_FROM,
        found=quality_of(stored) if stored is not None else None,
        catalog=framework_of(framework_version_id).catalog,
        least=QUALITY_FROM,
        group_name=group_label,
    )
