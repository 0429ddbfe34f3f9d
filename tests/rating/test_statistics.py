"""What PostgreSQL remembers of columns for its planner outlives the rows: raw answers would stay there for good."""

from __future__ import annotations

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import text

from app.cli import alembic_config, load_models
from app.db import Base, db
from tests.rating.acts import all_send, close, codes_of, save
from tests.support.builders import Persona
from tests.support.rounds import make_round

TABLES = ("draft", "envelope", "comment_envelope", "sheet", "comment", "invitation", "message")


def remembered(app: Flask) -> dict[tuple[str, str], str]:
    """Values that stand in the statistics of a column of answers, or of who was written to."""
    with app.app_context():
        engine = db.engine
        db.session.rollback()
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"analyze {', '.join(TABLES)}"))
            rows = connection.execute(text(
                "select tablename, attname, concat(most_common_vals, histogram_bounds)"
                " from pg_stats where schemaname = current_schema() and tablename = any(:of)"), {"of": list(TABLES)})
            return {(table, column): values for table, column, values in rows if values}


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_the_planner_remembers_no_answer(app: Flask, begeleider: Persona, teamleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], {"collega": 6, "school": 7})
    for token in made.tokens[9:]:
        save(app, token, {"open-1": "Mijn eigen woorden"} | dict.fromkeys(codes_of(app, token)[:9], 3))
    all_send(app, made.tokens[:9])
    during = remembered(app)
    close(app, made.round_id)
    after = remembered(app)
    assert ("invitation", "email") in after, "it looked"
    for known in (during, after):
        assert not [place for place in known if place[1] in ("invitation_id", "item", "box", "answers", "text",
                                                             "recipient")]


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_the_migrations_say_so_too(bare_app: Flask) -> None:
    silent = text("select attrelid::regclass::text, attname from pg_attribute where attstattarget = 0 and attnum > 0"
                  " and attrelid in (select oid from pg_class where relnamespace = current_schema()::regnamespace)")
    load_models()
    with bare_app.app_context():
        command.upgrade(alembic_config(), "head")
        with db.engine.begin() as connection:
            migrated = {tuple(row) for row in connection.execute(silent)}
            connection.execute(text("drop table alembic_version"))
            Base.metadata.drop_all(connection)
            Base.metadata.create_all(connection)
            assert {tuple(row) for row in connection.execute(silent)} == migrated
    assert ("sheet", "answers") in migrated
