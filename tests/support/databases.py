"""One application per database and process; between two tests its tables go back to how they were.

Every test writes and commits for real. SQLite's file is laid down anew from a copy; in PostgreSQL the rows are put back
from a second schema, in one statement (a new database from a template costs 60 times as much).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg
from flask import Flask

from app import create_app
from app.background import let_go
from app.cli import SEED, SEEDED, load_models
from app.config import Config
from app.db import Base, db
from tests.support.postgres import PostgresServer

SECRET = bytes(range(32))


def make_app(folder: Path, url: str, **settings: object) -> Flask:
    """An application on its own instance folder and database."""
    folder.mkdir(parents=True, exist_ok=True)
    known: dict[str, object] = {"base_url": "http://localhost", "testing": True} | settings
    return create_app(Config(instance_dir=folder, database_url=url, secret=SECRET, **known))  # type: ignore[arg-type]


def let_go_of(app: Flask) -> None:
    """Closes what the application holds open."""
    with app.app_context():
        db.engine.dispose()
    let_go(app)


def forget(app: Flask) -> None:
    """What it counted in memory for the test before: how often links were guessed and used."""
    app.extensions.pop("rater-limits", None)


def set_up(app: Flask) -> None:
    """The tables as the models describe them, the real framework and the library."""
    load_models()
    with app.app_context():
        Base.metadata.create_all(db.engine)
        for room in SEEDED:
            room.load(SEED)
        db.session.commit()
    let_go_of(app)


class SqlitePlace:
    def __init__(self, folder: Path) -> None:
        self.file, self.template = folder / "test.db", folder / "template.db"
        self.app = make_app(folder, f"sqlite:///{self.file}")
        set_up(self.app)
        shutil.move(self.file, self.template)

    def restore(self) -> None:
        forget(self.app)
        let_go_of(self.app)
        for rest in ("-wal", "-shm"):
            Path(f"{self.file}{rest}").unlink(missing_ok=True)
        self.file.unlink(missing_ok=True)       # a connection that a test forgot keeps the old file to itself
        shutil.copyfile(self.template, self.file)


class PostgresPlace:
    def __init__(self, folder: Path, server: PostgresServer) -> None:
        url = server.new_database()
        self.app = make_app(folder, url)
        set_up(self.app)
        tables = [table.name for table in Base.metadata.sorted_tables]
        self.connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
        self.connection.execute("set lock_timeout = '10s'")     # a session left open by a test is told, not waited for
        self.connection.execute("create schema kept")
        self.connection.execute("; ".join(f"create table kept.{t} as table public.{t}" for t in tables))
        self.steps = "; ".join([f"delete from public.{t}" for t in reversed(tables)]
                               + [f"insert into public.{t} select * from kept.{t}" for t in tables])

    def restore(self) -> None:
        forget(self.app)
        self.connection.execute(self.steps)


class Places:
    """Made where first needed, one for each database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sqlite: SqlitePlace | None = None
        self._postgres: PostgresPlace | None = None
        self._server: PostgresServer | None = None

    @property
    def server(self) -> PostgresServer:
        self._server = self._server or PostgresServer()
        return self._server

    @property
    def sqlite(self) -> SqlitePlace:
        self._sqlite = self._sqlite or SqlitePlace(self.folder / "sqlite")
        return self._sqlite

    @property
    def postgres(self) -> PostgresPlace:
        self._postgres = self._postgres or PostgresPlace(self.folder / "postgres", self.server)
        return self._postgres

    def end(self) -> None:
        for place in (self._sqlite, self._postgres):
            if place:
                let_go_of(place.app)
        if self._postgres:
            self._postgres.connection.close()
        if self._server:
            self._server.stop()
