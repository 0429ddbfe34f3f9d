"""A dienst whose people have figures: rounds released about them, with the scores that a test wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from flask import Flask

from app.assessments.models import Measurement, StoredCell
from app.competencies.queries import current_framework
from app.db import db
from app.measurement.scale import Group
from app.needs import taking
from app.needs.models import NeedSettings, Snapshot
from app.rounds.lifecycle import State
from app.rounds.models import Round, RoundSubject
from app.web.formats import as_if, now, today


def measured(
    app: Flask, organisation_id: int, scores: Mapping[int, Mapping[str, float]], *, raters: int = 6, days_ago: int = 1,
    released: bool = True,
) -> dict[int, int]:
    """One round about these people, in which `raters` of a school gave each these scores per competency; of each her
    measurement."""
    at = now() - dt.timedelta(days=days_ago)
    with app.app_context():
        version = current_framework().version_id
        held = Round(
            organisation_id=organisation_id, name="Ronde", purpose="", state=State.RELEASED,
            framework_version_id=version, created_at=at, choose_until=today(), opens_on=today(), closes_on=today(),
            reminder_days=[], closed_at=at,
        )  # fmt: skip
        db.session.add(held)
        db.session.flush()
        found = {}
        for person, own in scores.items():
            made = Measurement(
                organisation_id=organisation_id, subject_id=person, framework_version_id=version, question_set="kern",
                closed_at=at, cells=[
                    StoredCell(organisation_id=organisation_id, rater_group=Group.SCHOOL, item_code=code,
                               raters=raters, mean=score, indicator_means={}, spread=0.7)
                    for code, score in own.items()
                ])
            db.session.add(made)
            db.session.flush()
            db.session.add(RoundSubject(organisation_id=organisation_id, round_id=held.id, person_id=person,
                                        measurement_id=made.id, released_at=at if released else None))
            found[person] = made.id
        db.session.commit()
        return found


def settle(app: Flask, organisation_id: int, cuts: Iterable[str] = (), since: dt.datetime | None = None) -> None:
    """What the dienst lets its figures be cut by, and from when on a zelfbeeld counts."""
    with app.app_context():
        row = db.session.query(NeedSettings).filter_by(organisation_id=organisation_id).one_or_none()
        if row is None:
            row = NeedSettings(organisation_id=organisation_id)
            db.session.add(row)
        row.cuts, row.self_counts_since = frozenset(cuts), since
        db.session.commit()


def make_snapshot(app: Flask, organisation_id: int) -> int:
    """A momentopname without a figure."""
    with app.app_context():
        made = Snapshot(organisation_id=organisation_id, taken_at=now(), cuts=[], people=0, left_out={},
                        framework_version_id=current_framework().version_id)
        db.session.add(made)
        db.session.commit()
        return made.id


def take_snapshot(app: Flask, organisation_id: int, *, days_ago: float = 0) -> int | None:
    """A momentopname as the worker takes it, so long ago; None when no figure may change."""
    with app.app_context(), as_if(now() - dt.timedelta(days=days_ago)):
        try:
            taken = taking.take_now(organisation_id)
        except taking.NothingMayChange:
            db.session.rollback()
            return None
        db.session.commit()
        return taken
