from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest
from flask import Flask
from huey.api import PeriodicTask
from sqlalchemy import select, update

from app import background, jobs
from app.accounts.models import SignInThrottle
from app.db import db
from app.rounds.models import Round, RoundSubject
from app.web.formats import as_if, now
from tests.support.builders import Persona
from tests.support.databases import let_go_of, make_app
from tests.support.rounds import make_round

NIGHT = dt.datetime(2026, 3, 12, 2, 0, tzinfo=dt.UTC)
DAY = dt.datetime(2026, 3, 12, 14, 0, tzinfo=dt.UTC)


def due(app: Flask, moment: dt.datetime) -> list[PeriodicTask]:
    return [task for task in background.queue(app)._registry.periodic_tasks if task.validate_datetime(moment)]


def nightly(app: Flask) -> list[PeriodicTask]:
    by_day = {task.name for task in due(app, DAY)}
    return [task for task in due(app, NIGHT) if task.name not in by_day]


def test_what_is_done_every_minute_and_what_every_night(app: Flask) -> None:
    assert {task.name for task in due(app, DAY)} == {"open_rounds", "remind", "remind_of_actions", "deliver_mail",
                                                    "close_due", "close_evaluations", "take_due", "solve_plans"}
    assert {task.name for task in nightly(app)} == {"tidy_accounts", "tidy_conversations", "tidy_uploads",
                                                    "keep_answers", "remind_of_check_ins"}


@pytest.mark.parametrize(("hour", "awake"), [(3, False), (5, False), (6, True), (19, True), (20, False), (23, False)])
def test_rounds_do_not_open_at_night(app: Flask, teamleider: Persona, begeleider: Persona, hour: int,
                                     awake: bool) -> None:
    """In winter it is an hour later in the Netherlands."""
    winter = dt.datetime(2026, 1, 12, hour, tzinfo=dt.UTC)
    with as_if(winter):
        made = make_round(app, teamleider, [begeleider], {"collega": 4}, state="choosing", opened_days_ago=0)
    with app.app_context(), as_if(winter):
        db.session.execute(update(RoundSubject).values(approved_at=now(), approved_by_id=teamleider.id))
        db.session.commit()
        jobs.open_rounds()
        assert (db.session.get_one(Round, made.round_id).state == "open") is awake


def test_tidying_forgets_what_is_over(app: Flask) -> None:
    with app.app_context():
        old, fresh = now() - dt.timedelta(days=400), now()
        db.session.add(SignInThrottle(key="old", failures=3, last_failure_at=old))
        db.session.add(SignInThrottle(key="fresh", failures=3, last_failure_at=fresh))
        db.session.commit()
    with app.app_context():
        jobs.tidy_accounts()
    with app.app_context():
        assert db.session.scalars(select(SignInThrottle.key)).all() == ["fresh"]


def test_the_worker_does_what_is_queued(tmp_path: Path) -> None:
    """The real consumer, in its own threads, for a moment."""
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'a.db'}")
    done, inside = threading.Event(), []

    def work() -> None:
        inside.append(db.engine.dialect.name)       # needs the application
        done.set()

    background.every_night(app, work)
    queue = background.queue(app)
    consumer = queue.create_consumer(workers=1, periodic=False, initial_delay=0.01, max_delay=0.05)
    consumer._set_signal_handlers = lambda: None    # those belong to pytest here
    consumer.start()
    try:
        (task,) = [task for task in nightly(app) if task.name.endswith("work")]
        queue.enqueue(task)
        assert done.wait(60)
    finally:
        consumer.stop(graceful=True)
        let_go_of(app)
    assert inside == ["sqlite"]


def test_what_nobody_does_does_not_pile_up(tmp_path: Path) -> None:
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'a.db'}")
    begin = background.as_soon_as_can(app, jobs.deliver_mail)
    for _ in range(100):
        begin()
    assert len(background.queue(app)) == background.ENOUGH
    let_go_of(app)


def test_a_job_that_fails_does_not_stop_the_worker(tmp_path: Path) -> None:
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'a.db'}")
    done = threading.Event()

    def fails() -> None:
        raise RuntimeError("on purpose")

    def succeeds() -> None:
        done.set()

    background.every_night(app, fails)
    background.every_night(app, succeeds)
    queue = background.queue(app)
    consumer = queue.create_consumer(workers=1, periodic=False, initial_delay=0.01, max_delay=0.05)
    consumer._set_signal_handlers = lambda: None
    consumer.start()
    try:
        for task in sorted((t for t in nightly(app) if t.name.endswith(("fails", "succeeds"))), key=lambda t: t.name):
            queue.enqueue(task)
        assert done.wait(60)
    finally:
        consumer.stop(graceful=True)
        let_go_of(app)


def test_what_is_queued_survives_a_restart(tmp_path: Path) -> None:
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'a.db'}")
    background.queue(app).enqueue(nightly(app)[0])
    let_go_of(app)
    again = make_app(tmp_path, f"sqlite:///{tmp_path / 'a.db'}")
    assert len(background.queue(again)) == 1
    let_go_of(again)
