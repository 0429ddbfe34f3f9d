"""The migrations make what the models describe, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Engine, inspect, text

from app.cli import alembic_config, load_models
from app.db import Base, db


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
