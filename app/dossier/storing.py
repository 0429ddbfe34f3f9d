"""Uploaded files on disk: under random names outside the database, and gone when their transaction fails.

A file is written before its row is committed, and removed after the row is: what is lost in between, in a crash, is a
file that no row knows. The night removes those.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import time
from pathlib import Path
from typing import Final

from flask import Flask, current_app
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session, SessionTransaction

from app.db import db
from app.dossier.models import Evidence

MOST_FILES: Final = 200             # of one person
MOST_BYTES: Final = 500_000_000     # all her files together
ORPHANED: Final = 24 * 3600.0       # seconds without a row
_NAME: Final = re.compile(r"[0-9a-f]{32}")
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NEW, _OLD = "uploads_written", "uploads_dropped"


class NoRoom(Exception):
    """The disk is full."""


class ShelfFull(NoRoom):
    """She keeps as many files as one person may, or as big."""


def init_app(app: Flask) -> None:
    with app.app_context():
        event.listen(db.sessionmaker, "after_commit", _committed)
        event.listen(db.sessionmaker, "after_transaction_end", _ended)


def make_sure_of_room(evidence: Evidence, size: int) -> None:
    """Whether so many bytes may be kept with this piece, in place of what it has. Raises ShelfFull."""
    others = select(func.count(), func.sum(Evidence.size)).where(
        Evidence.organisation_id == evidence.organisation_id, Evidence.person_id == evidence.person_id,
        Evidence.stored_name.is_not(None), Evidence.id != (evidence.id or 0),
    )
    count, kept = db.session.execute(others).one()
    if count >= MOST_FILES or (kept or 0) + size > MOST_BYTES:
        raise ShelfFull


def keep(content: bytes) -> str:
    """Writes a file that stays when this transaction is committed, and says under which name. Raises NoRoom."""
    name = secrets.token_hex(16)
    path = _folder() / name
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        db.session.info.setdefault(_NEW, set()).add(path)
        with os.fdopen(file, "wb") as writing:
            writing.write(content)
            writing.flush()
            os.fsync(writing.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        if error.errno in _FULL:
            raise NoRoom from None
        raise
    return name


def drop(name: str) -> None:
    """Removes a file when this transaction is committed."""
    db.session.info.setdefault(_OLD, set()).add(_path(name))


def content_of(name: str) -> bytes | None:
    """What is kept under a name; None when it is not there."""
    try:
        return _path(name).read_bytes()
    except FileNotFoundError:
        return None


def remove_orphans() -> None:
    """Removes what no row has known for a day."""
    folder = _folder()
    if not folder.is_dir():
        return
    long_ago = time.time() - ORPHANED
    old = {path.name for path in folder.iterdir() if path.is_file() and path.stat().st_mtime < long_ago}
    known = set(db.session.scalars(select(Evidence.stored_name).where(Evidence.stored_name.is_not(None))))
    for name in old - known:
        (folder / name).unlink(missing_ok=True)


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].uploads_dir
    return folder


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError("not a name that we gave")
    return _folder() / name


def _committed(session: Session) -> None:
    session.info.pop(_NEW, None)
    _remove(session.info.pop(_OLD, ()))


def _ended(session: Session, transaction: SessionTransaction) -> None:
    """Whatever is still new when the outermost transaction ends was not committed."""
    if transaction.parent is None:
        _remove(session.info.pop(_NEW, ()))
        session.info.pop(_OLD, None)


def _remove(paths: set[Path] | tuple[Path, ...]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
