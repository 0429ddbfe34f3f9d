"""The migrations make what the models describe, on both databases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, Engine, inspect, select, text

from app.cli import alembic_config, load_models
from app.db import Base, db
from app.trainings.models import TrainingSession


def plain(part: Any) -> str:
    if isinstance(part, dict):
        return ", ".join(f"{name}: {plain(value)}" for name, value in sorted(part.items()))
    return str(part)


def shape(engine: Engine) -> dict[str, Any]:
    """All that a database knows of its tables, in an order of our own."""
    seen = inspect(engine)
    found = {}
    for table in sorted(set(seen.get_table_names()) - {"alembic_version"}):
        found[table] = {
            "columns": {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(table)},
            "key": plain(seen.get_pk_constraint(table)),
            "references": sorted(plain(part) for part in seen.get_foreign_keys(table)),
            "unique": sorted(plain(part) for part in seen.get_unique_constraints(table)),
            "checks": sorted(plain(part) for part in seen.get_check_constraints(table)),
            "indexes": sorted(plain(part) for part in seen.get_indexes(table)),
        }
    return found


def test_migrations_make_what_the_models_describe(bare_app: Flask) -> None:
    load_models()
    with bare_app.app_context():
        command.upgrade(alembic_config(), "head")
        migrated = shape(db.engine)
        with db.engine.begin() as connection:
            connection.execute(text("drop table alembic_version"))
            Base.metadata.drop_all(connection)
            Base.metadata.create_all(connection)
        modelled = shape(db.engine)
    assert migrated == modelled, "the models changed: FLASK_APP=wsgi flask db revision 'what changed'"


def test_migrating_twice_changes_nothing(bare_app: Flask) -> None:
    with bare_app.app_context():
        command.upgrade(alembic_config(), "head")
        before = shape(db.engine)
        command.upgrade(alembic_config(), "head")
        assert shape(db.engine) == before


def test_alembic_finds_no_difference(bare_app: Flask) -> None:
    runner = bare_app.test_cli_runner()
    assert runner.invoke(args=["db", "upgrade"]).exit_code == 0
    checked = runner.invoke(args=["db", "check"])
    assert checked.exit_code == 0, checked.output


def test_tables_that_are_behind_are_told(bare_app: Flask) -> None:
    checked = bare_app.test_cli_runner().invoke(args=["db", "check"])
    assert checked.exit_code == 1
    assert "not up to date" in checked.output


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_foreign_keys_are_on_again_after_migrating(bare_app: Flask) -> None:
    with bare_app.app_context():
        command.upgrade(alembic_config(), "head")
        with db.engine.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_migrations_are_one_line() -> None:
    history = list(ScriptDirectory.from_config(alembic_config()).walk_revisions())
    assert [revision.revision for revision in history] == [f"{n:04}" for n in range(len(history), 0, -1)]
    assert not any(revision.is_branch_point or revision.is_merge_point for revision in history)


ROWS_OF_THE_FIRST = (       # a dienst as the first version left it, from who works there to what she measured
    "insert into organisation (id, name, demo, created_at) values (1, 'Dienst', false, '2026-01-01 10:00:00')",
    "insert into account (id, organisation_id, email, session_version) values (1, 1, 'jet@dienst.example', 1)",
    "insert into person (id, organisation_id, account_id, name, roles, clusters, sectors, active)"
    " values (1, 1, 1, 'Jet', '[\"begeleider\"]', '[]', '[]', true)",
    "insert into framework_version (id, version, revision, digest, document, loaded_at, current)"
    " values (1, '0.1', 1, 'x', '{}', '2026-01-01 10:00:00', true)",
    "insert into self_assessment (id, organisation_id, person_id, framework_version_id, question_set, started_at,"
    " finished_at, answers) values (1, 1, 1, 1, 'focus', '2026-01-02 10:00:00', '2026-01-02 11:00:00', '{}')",
    "insert into measurement (id, organisation_id, subject_id, self_assessment_id, framework_version_id, question_set,"
    " closed_at) values (1, 1, 1, 1, 1, 'focus', '2026-01-02 11:00:00')",
    "insert into cell (organisation_id, measurement_id, rater_group, item_code, raters, mean, indicator_means)"
    " values (1, 1, 'zelf', 'VM1', 1, 3.0, '{}')",
    "insert into message (id, organisation_id, template, recipient, arguments, created_at)"
    " values (1, 1, 'invite', 'jet@dienst.example', '{}', '2026-01-01 10:00:00')",
)


@contextmanager
def brought_up(app: Flask, begun: str, rows: Iterable[str]) -> Iterator[Connection]:
    """A database that held these rows when it stood at this revision, and was migrated since."""
    with app.app_context():
        command.upgrade(alembic_config(), begun)
        with db.engine.begin() as connection:
            for statement in rows:
                connection.execute(text(statement.replace(":", r"\:")))
        command.upgrade(alembic_config(), "head")
        with db.engine.connect() as connection:
            yield connection


def test_what_the_first_version_kept_is_still_there(bare_app: Flask) -> None:
    with brought_up(bare_app, "0001", ROWS_OF_THE_FIRST) as connection:
        cells = connection.execute(text("select measurement_id, mean, spread, agreement from cell")).all()
        measured = connection.execute(text("select id, self_assessment_id from measurement")).all()
        mail = connection.execute(text("select attempts, due_at, delivered_at from message")).all()
        if db.engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    assert cells == [(1, 3.0, None, None)]
    assert measured == [(1, 1)]
    assert mail == [(0, None, None)], "what lay in the outbox before mail was delivered is not sent after all"


GOALS_BEFORE_THEIR_PEOPLE = (
    *ROWS_OF_THE_FIRST,
    "insert into cell (organisation_id, measurement_id, rater_group, item_code, raters, mean, indicator_means) values"
    " (1, 1, 'collega', 'VM1', 4, 3.0, '{}'), (1, 1, 'school-opdrachtgever', 'VM1', 6, 3.0, '{}'),"
    " (1, 1, 'ouder', 'VM1', 9, 3.0, '{}'), (1, 1, 'collega', 'VM2', 7, 3.0, '{}')",
    *(
        "insert into goal (id, organisation_id, person_id, framework_version_id, competency_code, measurement_id,"
        " start_score, start_score_from, state, reason, behaviour, noticed_by, if_then, created_at, changed_at)"
        f" values ({number}, 1, 1, 1, 'VM1', {measurement}, 3.0, '{group}', 'idea', '', '', '', '',"
        " '2026-01-03 10:00:00', '2026-01-03 10:00:00')"
        for number, measurement, group in ((1, "1", "anderen"), (2, "1", "zelf"), (3, "null", "anderen"))
    ),
)


def test_older_goals_learn_how_many_people_they_began_from(bare_app: Flask) -> None:
    with brought_up(bare_app, "0001", GOALS_BEFORE_THEIR_PEOPLE) as connection:
        found = connection.execute(text("select id, start_people from goal order by id")).all()
    assert [tuple(row) for row in found] == [(1, 10), (2, None), (3, None)]


SESSIONS_BEFORE_THEY_WERE_KEPT = (
    *ROWS_OF_THE_FIRST[:3],
    "insert into training (id, organisation_id, code, title, form, provider, description, afterwards, hours,"
    " cost_person, places_min, places_max, level_from, level_to)"
    " values (1, 1, 'tr', 'Doorvragen', 'training', 'Bureau', 'Oefenen.', '', 12, 100, 2, 8, 1, 3)",
    *(
        "insert into training_session (id, organisation_id, training_id, state, place, remark, places, cost, revision,"
        f" created_at) values ({number}, 1, 1, '{state}', '', '', 8, 0, 0, '2026-01-03 10:00:00')"
        for number, state in ((1, "held"), (2, "planned"), (3, "called-off"))
    ),
)


def test_sessions_that_were_held_keep_what_was_given(bare_app: Flask) -> None:
    with brought_up(bare_app, "0007", SESSIONS_BEFORE_THEY_WERE_KEPT) as connection:
        rows = connection.execute(select(TrainingSession.id, TrainingSession.held_as).order_by(TrainingSession.id))
        found = [tuple(row) for row in rows]
    kept = {"title": "Doorvragen", "provider": "Bureau", "description": "Oefenen.", "hours": 12}
    assert found == [(1, kept), (2, None), (3, None)]
