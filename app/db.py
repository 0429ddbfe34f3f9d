"""Base with named constraints, engine settings, one commit per request, the net under the tenant filters."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from functools import lru_cache
from inspect import iscoroutinefunction
from typing import Any

from flask import Flask, Response, g, has_request_context, request
from flask import session as cookie
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import DDL, DateTime, Dialect, ForeignKey, MetaData, TypeDecorator, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import (
    DeclarativeBase,
    LoaderCriteriaOption,
    Mapped,
    ORMExecuteState,
    Session,
    mapped_column,
    with_loader_criteria,
)

log = logging.getLogger(__name__)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_NUMBER = 2**31 - 1      # that an integer column holds; PostgreSQL refuses to look for a greater one


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware moment in UTC, on both databases. Refuses a moment without a time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dt.datetime: UtcDateTime}  # noqa: RUF012


class OfOrganisation:
    """Mixin of every table that belongs to one organisation, child tables included."""

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)


db = SQLAlchemy()


def keep_no_statistics(model: type[Base], *columns: str) -> None:
    """PostgreSQL keeps samples of a column for its planner, which outlive the rows: not of these."""
    for column in columns:
        ddl = DDL(  # type: ignore[no-untyped-call]
            f"alter table {model.__tablename__} alter column {column} set statistics 0")
        event.listen(model.__table__, "after_create", ddl.execute_if(dialect="postgresql"))


def mark(what: str) -> None:
    """Something happened in this transaction that somebody is woken for, once it is committed; see `wake`."""
    db.session.info[what] = True


def wake(app: Flask, what: str, work: Callable[[], object]) -> None:
    """Calls `work` after every commit of a transaction so marked, and after no other; whatever it does must not fail
    that request.
    """

    def after_commit(session: Session) -> None:
        if not session.in_nested_transaction() and session.info.pop(what, False):
            try:
                work()
            except Exception:
                log.exception("the worker was not woken; it looks by itself within a minute")

    def after_rollback(session: Session) -> None:
        session.info.pop(what, None)

    with app.app_context():
        event.listen(db.sessionmaker, "after_commit", after_commit)
        event.listen(db.sessionmaker, "after_rollback", after_rollback)


def init_app(app: Flask) -> None:
    db.init_app(app)
    # There are no async sessions to close; looking for them would start an event loop in every request (0.5 ms).
    app.teardown_appcontext_funcs[:] = [f for f in app.teardown_appcontext_funcs if not iscoroutinefunction(f)]
    with app.app_context():
        for engine in db.engines.values():
            if engine.dialect.name == "sqlite":
                _set_up_sqlite(engine)
        event.listen(db.sessionmaker, "do_orm_execute", _only_own_organisation)
    app.before_request(_remember_cookie)
    app.after_request(_settle)


def _set_up_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None       # we say BEGIN ourselves, below
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000",
                       "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        reads_only = has_request_context() and request.method in SAFE
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def keep() -> None:
    """Commit this request although its answer is a refusal: a failed log-in is counted, an idea is stored."""
    g.kept = True


def _remember_cookie() -> None:
    if request.method not in SAFE:
        g.cookie_before = dict(cookie)


def _settle(response: Response) -> Response:
    """Commit after success, roll back after a refusal; a GET that left something to write is a bug."""
    session = db.session
    if request.method in SAFE:
        dirty = session.new or session.dirty or session.deleted
        session.rollback()
        if dirty:
            raise RuntimeError(f"GET of {request.endpoint} changed the database")
        return response
    if response.status_code >= 400 and not g.get("kept"):
        session.rollback()
        return response
    try:
        session.commit()
    except Exception:
        session.rollback()
        cookie.clear()      # or the cookie would promise what was not stored
        cookie.update(g.get("cookie_before", {}))
        raise
    return response


def _only_own_organisation(state: ORMExecuteState) -> None:
    """Safety net under the explicit filters: ORM reads see one organisation. Core statements it does not cover."""
    organisation_id = state.session.info.get("organisation_id")
    if organisation_id is not None and not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(_of(organisation_id))


@lru_cache(maxsize=1024)
def _of(organisation_id: int) -> LoaderCriteriaOption:
    """The criterion of one organisation; made once, since making it costs more than most statements."""
    return with_loader_criteria(
        OfOrganisation, lambda cls: cls.organisation_id == organisation_id, include_aliases=True
    )
