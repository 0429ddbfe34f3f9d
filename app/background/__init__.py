"""Periodic and background work: huey, with a SQLite file of its own in the instance folder."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable

from flask import Flask
from huey import Huey, SqliteHuey, crontab

from app.config import Config
from app.db import db

log = logging.getLogger(__name__)
ENOUGH = 20         # tasks that wait


def init_app(app: Flask, config: Config) -> None:
    """Makes the queue. What is lost with its file is only the moment at which something was to run."""
    app.extensions["huey"] = SqliteHuey("groeispiegel", filename=str(config.instance_dir / "huey.db"), fsync=False)


def queue(app: Flask) -> Huey:
    """The queue of this application."""
    found: Huey = app.extensions["huey"]
    return found


def let_go(app: Flask) -> None:
    """Closes this thread's connection to the queue; before a fork, which must not share it."""
    queue(app).storage.close()


def every_night(app: Flask, work: Callable[[], object], *, hour: int = 2) -> None:
    """The worker runs `work` once a night (in UTC) in an application context. It opens its own transaction."""
    queue(app).periodic_task(crontab(minute="0", hour=str(hour)))(_inside(app, work))


def every_minute(app: Flask, work: Callable[[], object]) -> None:
    """The worker runs `work` every minute, likewise; what it could not begin within a minute it leaves to the next."""
    queue(app).periodic_task(crontab(minute="*"), expires=60)(_inside(app, work))


def as_soon_as_can(app: Flask, work: Callable[[], object]) -> Callable[[], object]:
    """What to call to have the worker run `work`, likewise, when it has time. Where much waits, or nobody is there to
    do it (a machine with the web alone), it is left to what is done every minute.
    """
    task = queue(app).task(name=f"{work.__name__}_soon", expires=60)(_inside(app, work))

    def begin() -> None:
        if queue(app).pending_count() < ENOUGH:
            task()

    return begin


def one_by_one(ids: Iterable[int], work: Callable[[int], object], failed: str) -> None:
    """Does the work for each, in a transaction of its own. What goes wrong with one is logged, as `failed` with its id,
    and holds up no other.
    """
    for one in ids:
        try:
            work(one)
            db.session.commit()
        except Exception:
            db.session.rollback()
            log.exception(failed, one)


def _inside(app: Flask, work: Callable[[], object]) -> Callable[[], None]:
    @functools.wraps(work)
    def run() -> None:
        with app.app_context():
            work()

    return run
