"""How alembic reaches the database: through the application that `flask db` runs in."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, text

from app.cli import load_models
from app.db import Base, db

LOCK = 7_245_001        # any number, as long as it is always this one


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def on_sqlite() -> None:
    """A batch migration drops and remakes tables: with foreign keys on, that would delete what refers to them."""
    with db.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                migrate(connection)
                broken = connection.execute(text("PRAGMA foreign_key_check")).first()
                if broken:
                    raise RuntimeError(f"the migration broke a reference: {broken}")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def on_postgresql() -> None:
    with db.engine.begin() as connection:
        connection.execute(text(f"select pg_advisory_xact_lock({LOCK})"))     # one at a time, whoever else starts
        migrate(connection)


load_models()
if db.engine.dialect.name == "sqlite":
    on_sqlite()
else:
    on_postgresql()
