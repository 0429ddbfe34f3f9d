"""A dienst with published figures and trainings, and plans on them, committed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask

from app.access import Actor, Role
from app.competencies.queries import current_framework
from app.db import db
from app.needs.cells import Kind
from app.needs.models import Snapshot, SnapshotFigure
from app.training_plans import services, solving
from app.training_plans.models import TrainingPlan
from app.training_plans.queries import plan_of
from app.training_plans.question import Wish
from app.web.formats import now
from tests.support.builders import make_team
from tests.support.needs import make_snapshot
from tests.support.trainings import make_training

WISH = Wish("Plan van dit jaar", dt.date(2026, 8, 1), dt.date(2027, 7, 31), 6000, 40)


@dataclass(frozen=True, slots=True)
class Dienst:
    """`trainings`: ids by code; `teams`: noord and zuid."""

    organisation_id: int
    teams: Mapping[str, int]
    trainings: Mapping[str, int]


def hr_of(organisation_id: int) -> Actor:
    return Actor(0, organisation_id, frozenset({Role.HR}), frozenset())


def publish(app: Flask, organisation_id: int, figures: Mapping[tuple[str, str], Mapping[str, Any]], *,
            people: int = 20) -> int:
    """A momentopname with these figures, by (unit, competency): people, with_gap, gap, importance."""
    with app.app_context():
        made = Snapshot(organisation_id=organisation_id, taken_at=now(), cuts=[], people=people, left_out={},
                        framework_version_id=current_framework().version_id)
        db.session.add(made)
        db.session.flush()
        for (unit, code), values in figures.items():
            db.session.add(SnapshotFigure(
                organisation_id=organisation_id, snapshot_id=made.id, kind=Kind.NEED, cell=f"team={unit}",
                item_code=code, made_at=made.taken_at, members=[], values=dict(values) | {
                    "target": 3.5, "score": 2.5, "below": values["with_gap"], "above": 0, "by_self": 0}))
        db.session.commit()
        return made.id


def need(people: int = 8, with_gap: int = 6, gap: float = 1.0, importance: float = 4.0) -> dict[str, Any]:
    return {"people": people, "with_gap": with_gap, "gap": gap, "importance": importance}


def make_dienst(app: Flask, organisation_id: int, more: int | None = None) -> Dienst:
    """Two teams that need V4 and VM2, and three trainings; one of them is about what nobody needs.

    `more`: beside those that are there, by other names and codes.
    """
    of = "" if more is None else f" {more}"
    teams = {code: make_team(app, organisation_id, f"Team {code.title()}{of}") for code in ("noord", "zuid")}
    publish(app, organisation_id, {
        (str(teams["noord"]), "V4"): need(), (str(teams["noord"]), "VM2"): need(with_gap=3, gap=0.5),
        (str(teams["zuid"]), "VM2"): need(people=6, with_gap=4, importance=3.0),
    })
    trainings: dict[str, dict[str, Any]] = {
        "luisteren": {"title": "Leren luisteren", "competencies": ("V4",), "cost_person": None, "cost_group": 2000,
                      "places_min": 4, "places_max": 8},
        "wensen": {"title": "Wensen ophalen", "competencies": ("VM2",), "cost_person": 300, "cost_group": None,
                   "places_min": 4, "places_max": 8},
        "overig": {"title": "Iets anders", "competencies": ("VM1",), "cost_person": 100, "cost_group": None,
                   "places_min": 2, "places_max": 8},
    }
    return Dienst(organisation_id, teams, {
        code: make_training(app, organisation_id, **others | {"code": code if more is None else ""})
        for code, others in trainings.items()
    })


def make_training_plan(app: Flask, organisation_id: int, wish: Wish = WISH, *, solved: bool = False) -> int:
    """A plan that HR just asked for, on the latest momentopname; `solved`: and the worker is done."""
    with app.app_context():
        if db.session.query(Snapshot).filter_by(organisation_id=organisation_id).first() is None:
            make_snapshot(app, organisation_id)
        made = services.create(hr_of(organisation_id), wish).id
        db.session.commit()
        if solved:
            solving.solve(made, seconds=20, beat=0.05)
        return made


def stored_plan(app: Flask, organisation_id: int, training_plan_id: int) -> TrainingPlan:
    """As it stands now."""
    with app.app_context():
        plan = plan_of(hr_of(organisation_id), training_plan_id)
        assert plan is not None
        db.session.expunge(plan)
        return plan
