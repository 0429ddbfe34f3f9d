"""script/server's second half: web and worker together, and how they end."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import time
from pathlib import Path

import pytest

from tests.server.conftest import Served, Start


def until_gone(served: Served, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while served.family() and time.monotonic() < end:
        time.sleep(0.1)
    assert not served.family(), "left behind"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", served.port))


def test_serves_and_stops(start: Start, empty_database: str) -> None:
    served = start("--empty", DATABASE_URL=empty_database)
    served.wait_until_ready()
    assert served.answer("/inloggen") == 200
    assert set(served.children()) == {"web", "worker"}
    served.process.send_signal(signal.SIGTERM)
    assert served.ends() == 0
    until_gone(served)
    told = served.output()
    assert f"http://127.0.0.1:{served.port}" in told
    assert "leeg" in told


def test_starts_again_on_what_it_left(start: Start) -> None:
    first = start("--empty")
    first.wait_until_ready()
    first.process.send_signal(signal.SIGINT)
    assert first.ends() == 0
    until_gone(first)
    secret = (first.instance / "secret").read_text()
    again = start("--empty", INSTANCE_DIR=str(first.instance))
    again.wait_until_ready()
    assert (first.instance / "secret").read_text() == secret


def test_connections_that_stop_halfway_give_their_threads_back(start: Start) -> None:
    served = start("--empty")
    served.wait_until_ready()
    halfway = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(4)]     # every thread
    try:
        for connection in halfway:
            connection.sendall(b"POST /inloggen HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nab")
        served.wait_until_ready()
    finally:
        for connection in halfway:
            connection.close()


def test_a_killed_parent_leaves_nothing_behind(start: Start) -> None:
    served = start("--empty")
    served.wait_until_ready()
    assert len(served.family()) >= 3
    served.process.kill()
    served.ends()
    until_gone(served)


@pytest.mark.parametrize("which", ["web", "worker"])
def test_when_one_ends_so_does_the_other(start: Start, which: str) -> None:
    served = start("--empty")
    served.wait_until_ready()
    os.kill(served.children()[which], signal.SIGKILL)
    assert served.ends() == 1
    until_gone(served)
    assert f"want {which} stopte" in served.output()


def test_stopping_while_starting(start: Start) -> None:
    served = start("--empty")
    time.sleep(0.5)
    served.process.send_signal(signal.SIGTERM)
    served.ends()
    until_gone(served)


def refused(served: Served) -> str:
    """The one line with which it refused to start."""
    assert served.ends() == 1
    (line,) = served.output().splitlines()
    assert not served.family()
    return line


def test_port_taken(start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert refused(start(PORT=str(port))).startswith(f"Poort {port} op 127.0.0.1 is al in gebruik. Kies een andere")


@pytest.mark.parametrize("port", ["acht", "0", "70000", "-1"])
def test_port_that_is_none(start: Start, port: str) -> None:
    assert refused(start(PORT=port)).startswith("PORT moet een getal")


def test_host_that_is_not_ours(start: Start) -> None:
    assert refused(start(HOST="192.0.2.1")).startswith("Poort ")


@pytest.mark.parametrize("url", ["flop", "mysql://localhost/x", "http://localhost"])
def test_database_url_that_is_none(start: Start, url: str) -> None:
    assert refused(start(DATABASE_URL=url)).startswith("DATABASE_URL ")


def test_database_that_does_not_answer(start: Start) -> None:
    told = refused(start(DATABASE_URL="postgresql://jet:geheim@127.0.0.1:9/spiegel"))
    assert "kan niet worden gebruikt" in told
    assert "geheim" not in told


def test_file_that_is_no_database(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    file.write_text("Beste Jet, " * 1000)
    assert "kan niet worden gebruikt" in refused(start(DATABASE_URL=f"sqlite:///{file}"))


def test_folder_that_is_not_writable(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "bestand"
    file.touch()
    assert "niet beschrijfbaar" in refused(start(INSTANCE_DIR=str(file / "map")))


def test_database_of_a_newer_version(start: Start) -> None:
    served = start("--empty")
    served.wait_until_ready()
    served.process.terminate()
    assert served.ends() == 0
    with sqlite3.connect(served.instance / "groeispiegel.db") as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    connection.close()
    assert "9999" in refused(start("--empty", INSTANCE_DIR=str(served.instance)))
