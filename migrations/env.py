"""How alembic reaches the database: through the application that `flask db` runs in."""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, TypeDecorator, text

from app.cli import load_models
from app.db import Base, db

LOCK = 7_245_001        # any number, as long as it is always this one


def as_stored(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """A migration names what is stored, not the classes of today."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,       # SQLite cannot alter a table in place
        render_item=as_stored,
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
