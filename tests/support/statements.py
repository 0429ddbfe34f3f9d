"""How many statements a request costs, and which."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from app.db import db


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The statements that reach the database while this lasts, without BEGIN and COMMIT.

    with statements(app) as seen:
        client.get("/start")
    assert len(seen) <= 6, "\\n".join(seen)
    """
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(" ".join(statement.split()))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
