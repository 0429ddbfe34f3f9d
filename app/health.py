"""Whether this process can do its work, for a monitor or a load balancer."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from flask import Flask, Response, jsonify
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.access import public
from app.config import VERSION
from app.db import db

QUESTION = "select 1 from organisation limit 1"


def answers(engine: Engine) -> bool:
    """True when the database can be read now. A SQLite file is opened anew: a connection outlives a moved file."""
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    try:
        if file:
            connection = sqlite3.connect(f"{Path(file).absolute().as_uri()}?mode=ro", uri=True)
            try:
                connection.execute(QUESTION)
            finally:
                connection.close()
        else:
            with engine.connect() as answering:
                answering.execute(text(QUESTION))
    except (sqlite3.Error, SQLAlchemyError):
        return False
    return True


def init_app(app: Flask) -> None:
    @app.get("/healthz")
    @public
    def healthz() -> tuple[Response, int]:
        well = answers(db.engine)
        body = jsonify(status="ok" if well else "unavailable", database=db.engine.dialect.name, version=VERSION)
        return body, 200 if well else 503
