"""A PostgreSQL server of our own, in a temporary folder, reached over a socket, gone with the tests."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from tests.support.tools import postgres_bin

NOBODY = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}     # PostgreSQL refuses to run as root
ROLE = "groeispiegel"           # not a superuser, so that the tests have no more rights than a real installation
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=60",
         "log_min_messages=fatal", "lc_messages=C")


class PostgresServer:
    """Started when made; `stop` ends it, and so does the end of this process, however it comes."""

    def __init__(self, *, durable: bool = False) -> None:
        """`durable`: write to disk as a real installation does; tests need not."""
        self.settings = QUICK[3:] if durable else QUICK
        home = postgres_bin()
        if home is None:
            raise RuntimeError("PostgreSQL is not installed (Debian: apt install postgresql). "
                               "Without it: script/test --without postgres")
        self.home = home
        self.folder = Path(tempfile.mkdtemp(prefix="groeispiegel-pg-"))
        if NOBODY:
            shutil.chown(self.folder, **NOBODY)
        subprocess.run([home / "initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
                        "--locale=C", "--no-sync", "--no-instructions"],
                       check=True, stdout=subprocess.DEVNULL, cwd="/", **NOBODY)
        self.made = 0
        self.start()
        with self.admin() as admin:
            admin.execute(f"create role {ROLE} login createdb")

    def start(self) -> None:
        chosen = (*self.settings, f"unix_socket_directories={self.folder}")
        settings = [word for setting in chosen for word in ("-c", setting)]
        self.process = subprocess.Popen([self.home / "postgres", "-D", self.folder / "data", *settings], cwd="/",
                                        stderr=subprocess.DEVNULL, preexec_fn=_end_with_parent, **NOBODY)
        end = time.monotonic() + 120
        while True:
            try:
                self.admin().close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise
                time.sleep(0.02)

    def halt(self) -> None:
        """Stop serving; `start` goes on with the same data."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(120)

    def stop(self) -> None:
        self.halt()
        shutil.rmtree(self.folder)

    def admin(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)

    def new_database(self) -> str:
        """The address of a new, empty database."""
        self.made += 1
        with self.admin() as admin:
            admin.execute(f"create database test_{self.made} owner {ROLE}")
        return f"postgresql+psycopg://{ROLE}@/test_{self.made}?host={self.folder}"


def _end_with_parent() -> None:
    os.setsid()                     # a Ctrl-C in the terminal is for pytest, which ends us when it is done
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)       # PR_SET_PDEATHSIG
