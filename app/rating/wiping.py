"""Taking from the database file what was deleted from the tables, and the order in which it came.

Deleted rows leave their bytes behind, in the write-ahead log or in the pages, and the place of a changed row tells when
it was changed. SQLite: the file is written anew. PostgreSQL: the tables are, in the order of their keys, which are
random or older than any answer.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from typing import Any

import psycopg

from app.db import db

TABLES = ("draft", "envelope", "comment_envelope", "sheet", "comment", "invitation", "message")
_also: dict[str, None] = {}
TRIES, PAUSE = 5, 0.5       # seconds; each try waits for locks as well

_log = logging.getLogger(__name__)


def also(*tables: str) -> None:
    """From now on these are wiped too: tables of a room that seals answers of its own."""
    _also.update(dict.fromkeys(tables))


def wipe() -> bool:
    """Outside any transaction of this session. False when others kept the database busy: the night tries again."""
    db.session.commit()
    engine = db.engine
    connection = engine.raw_connection()
    try:
        driver = connection.driver_connection
        return _wipe_sqlite(driver) if engine.dialect.name == "sqlite" else _wipe_postgresql(driver)
    finally:
        connection.close()


def _wipe_sqlite(driver: Any) -> bool:
    for attempt in range(TRIES):
        try:
            driver.execute("VACUUM")
            busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return True
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
        time.sleep(PAUSE * attempt)
    _log.warning("the database was too busy to wipe")
    return False


def _wipe_postgresql(driver: Any) -> bool:
    done = True
    driver.autocommit = True
    try:
        driver.execute("set lock_timeout = '3s'")
        for table in (*TABLES, *_also):
            done &= _rewritten(driver, table)
        driver.execute("reset lock_timeout")
    finally:
        driver.autocommit = False
    return done


def _rewritten(driver: Any, table: str) -> bool:
    for attempt in range(TRIES):
        try:
            driver.execute(f"cluster {table} using pk_{table}")
            return True
        except psycopg.errors.LockNotAvailable:
            time.sleep(PAUSE * attempt)
    _log.warning("table %s was too busy to wipe", table)
    return False
