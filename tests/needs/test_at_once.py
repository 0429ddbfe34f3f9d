"""Two who take a momentopname at the same moment, and one who comes too late."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from sqlalchemy import func, select

from app.background import queue
from app.db import db
from app.needs import taking
from app.needs.models import Snapshot, SnapshotRequest
from app.web.formats import as_if, now
from tests.support.at_once import at_once
from tests.support.builders import Persona, make_person
from tests.support.needs import measured
from tests.support.records import actor_of


def measure_eight(app: Flask, organisation_id: int, team_id: int) -> None:
    people = [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(8)]
    measured(app, organisation_id, {person: {"VM1": 2.0} for person in people})


def taken(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Snapshot.id))) or 0


def test_asked_by_two_and_done_by_two_it_is_one(app: Flask, hr: Persona, team_id: int) -> None:
    measure_eight(app, hr.organisation_id, team_id)
    at_once(app, *[lambda: taking.ask(actor_of(hr))] * 3)
    at_once(app, *[taking.take_due] * 3)
    assert taken(app) == 1
    with app.app_context():
        request = db.session.scalars(select(SnapshotRequest)).one()
        assert (request.asked_at, request.begun_at, request.refused_at) == (None, None, None)


def test_the_worker_is_woken_when_what_was_asked_is_there_to_be_seen(app: Flask, hr: Persona, team_id: int) -> None:
    """And not a moment before: it would find nothing to do."""
    measure_eight(app, hr.organisation_id, team_id)
    waiting = queue(app)
    waiting.flush()         # what other tests left
    with app.app_context():
        taking.ask(actor_of(hr))
        assert waiting.pending_count() == 0
        db.session.commit()
    assert waiting.pending_count() == 1
    task = waiting.dequeue()
    assert task is not None
    waiting.execute(task)
    assert taken(app) == 1


def test_what_was_begun_anew_is_not_stored_twice(app: Flask, hr: Persona, team_id: int) -> None:
    """Somebody hangs for so long that another begins; when she wakes up she stores nothing."""
    measure_eight(app, hr.organisation_id, team_id)
    with app.app_context():
        taking.ask(actor_of(hr))
        db.session.commit()
        made = taking.make(hr.organisation_id, lambda _: None)
        with as_if(now() + dt.timedelta(minutes=1)):
            taking.take(hr.organisation_id)
        assert taken(app) == 1
        try:
            taking.store(hr.organisation_id, made)
        except taking.NothingMayChange:
            db.session.rollback()
    assert taken(app) == 1


def test_who_is_at_it_is_left_alone_until_she_gave_up(app: Flask, hr: Persona, team_id: int) -> None:
    measure_eight(app, hr.organisation_id, team_id)
    with app.app_context():
        taking.ask(actor_of(hr))
        db.session.scalars(select(SnapshotRequest)).one().begun_at = now() - dt.timedelta(minutes=5)
        db.session.commit()
        taking.take_due()
        assert taken(app) == 0
        with as_if(now() + dt.timedelta(minutes=11)):
            taking.take_due()
    assert taken(app) == 1
