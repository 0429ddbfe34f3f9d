from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.cli import bring_up_to_date
from app.config import VERSION
from app.db import db
from tests.support.databases import let_go_of, make_app
from tests.support.pages import CheckedClient
from tests.support.postgres import PostgresServer


def test_says_what_is_served(client: CheckedClient, database: str) -> None:
    answer = client.get("/healthz")
    names = {"sqlite": "sqlite", "postgres": "postgresql"}
    assert answer.json == {"status": "ok", "database": names[database], "version": VERSION}
    assert answer.status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_unavailable_while_the_file_is_away(bare_app: Flask) -> None:
    with bare_app.app_context():
        bring_up_to_date(empty=True)
        file = Path(db.engine.url.database or "")
    client = bare_app.test_client()
    assert client.get("/healthz").status_code == 200
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        if (file.parent / name).exists():
            (file.parent / name).rename(file.parent / f"away-{name}")
    gone = client.get("/healthz")
    assert (gone.status_code, gone.json and gone.json["status"]) == (503, "unavailable")
    assert not file.exists(), "asking after the database made an empty one"
    for away in file.parent.glob("away-*"):
        away.rename(file.parent / away.name.removeprefix("away-"))
    assert client.get("/healthz").status_code == 200


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.stop()


@pytest.mark.postgres
def test_unavailable_while_the_server_is_down(own_server: PostgresServer, tmp_path: Path) -> None:
    app = make_app(tmp_path, own_server.new_database())
    with app.app_context():
        bring_up_to_date(empty=True)
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    own_server.halt()
    gone = client.get("/healthz")
    assert (gone.status_code, gone.json and gone.json["status"]) == (503, "unavailable")
    own_server.start()
    assert client.get("/healthz").status_code == 200
    let_go_of(app)


@pytest.mark.postgres
def test_nobody_notices_that_the_server_was_restarted(own_server: PostgresServer, tmp_path: Path) -> None:
    app = make_app(tmp_path, own_server.new_database())
    with app.app_context():
        bring_up_to_date(empty=True)
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    own_server.halt()
    own_server.start()
    assert client.get("/healthz").status_code == 200
    let_go_of(app)


def test_unavailable_while_the_tables_are_missing(bare_app: Flask) -> None:
    assert bare_app.test_client().get("/healthz").status_code == 503


def test_a_database_that_is_nowhere_is_told_in_one_line(tmp_path: Path) -> None:
    address = "postgresql+psycopg://jet:{}@127.0.0.1:9/nergens"
    app = make_app(tmp_path, address.format("geheim"))
    told = app.test_cli_runner().invoke(args=["prepare"])
    assert told.exit_code == 1
    assert told.output.startswith(f"Error: De database {address.format('***')} kan niet worden gebruikt: ")
    assert len(told.output.splitlines()) == 1
