"""Files on disk go with their rows: also when something fails, and when the disk is full."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from app import jobs
from app.config import ROOT
from app.db import db
from app.dossier import storing
from app.dossier.models import Evidence, EvidenceKind
from tests.dossier import files
from tests.dossier.acts import SENTENCE, evidence, send, stored
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.records import make_evidence

OLD = 2 * 24 * 3600


def rows(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(func.count()).select_from(Evidence)).one()


def test_a_file_goes_when_its_transaction_does(app: Flask) -> None:
    before = stored(app)
    with app.app_context():
        name = storing.keep(b"x")
        assert storing.content_of(name) == b"x"
        db.session.scalar(select(1))
        db.session.rollback()
        assert storing.content_of(name) is None
        db.session.scalar(select(1))
        kept = storing.keep(b"y")
        db.session.commit()
        db.session.scalar(select(1))
        storing.drop(kept)
        db.session.rollback()
        assert storing.content_of(kept) == b"y"
        db.session.scalar(select(1))
        storing.drop(kept)
        db.session.commit()
    assert stored(app) == before


def test_a_file_goes_when_nobody_says_how_it_ended(app: Flask) -> None:
    before = stored(app)
    with app.app_context():
        db.session.scalar(select(1))
        storing.keep(b"x")
    assert stored(app) == before


def test_a_file_goes_when_its_row_is_refused(app: Flask, begeleider: Persona) -> None:
    before = stored(app)
    nobody = Persona(999_999, 999_999, begeleider.organisation_id, "Niemand", "", "", frozenset())
    with pytest.raises(IntegrityError):
        make_evidence(app, nobody, EvidenceKind.FILE)
    assert stored(app) == before
    assert rows(app) == 0


@pytest.mark.parametrize("name", ["", "..", "../groeispiegel.db", "a" * 31, "A" * 32, "/etc/passwd", "a" * 32 + "\n"])
def test_only_names_that_we_gave_are_known(app: Flask, name: str) -> None:
    with app.app_context():
        for act in (storing.content_of, storing.drop):
            with pytest.raises(ValueError, match="not a name"):
                act(name)


def test_names_tell_nothing(app: Flask) -> None:
    with app.app_context():
        names = {storing.keep(b"x") for _ in range(50)}
    assert len(names) == 50


def test_the_night_removes_what_no_row_knows(app: Flask, begeleider: Persona) -> None:
    make_evidence(app, begeleider, EvidenceKind.FILE)
    kept = evidence(app).stored_name
    folder = app.config["SETTINGS"].uploads_dir
    long_ago = time.time() - OLD
    for path in folder.iterdir():
        os.utime(path, (long_ago, long_ago))
    (folder / ("0" * 32)).write_bytes(b"new: its row may be on its way")
    with app.app_context():
        jobs.tidy_uploads()
    assert stored(app) == {kept, "0" * 32}
    with app.app_context():     # as when somebody's data are erased
        db.session.execute(delete(Evidence))
        db.session.commit()
        jobs.tidy_uploads()
    assert stored(app) == {"0" * 32}
    (folder / ("0" * 32)).unlink()


def test_a_full_disk_is_told_and_nothing_is_half(
    app: Flask, client: CheckedClient, begeleider: Persona
) -> None:
    """A process may not write bigger files than this; the error is that of a disk without room."""
    log_in(client, begeleider)
    kept = make_evidence(app, begeleider, EvidenceKind.FILE)
    before = stored(app)
    big = files.pdf(padding=3_000_000)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, limits[1]))
    try:
        for to in ("/dossier/nieuw/bestand", f"/dossier/bewijs/{kept}/bewerken"):
            page = send(app, client, big, to=to)
            assert page.status_code == 503
            assert "Op de server is nu geen plaats voor je bestand" in page.text
            assert SENTENCE in page.text
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert stored(app) == before
    assert rows(app) == 1
    assert evidence(app, kept).title == "Een gesprek op school"
    assert send(app, client, big).status_code == 303


FILL = """
import resource, signal, sys
from pathlib import Path
from app.db import db
from app.dossier import storing
from tests.support.databases import make_app, set_up
home, outside, disk = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "disk"
app = make_app(home, f"sqlite:///{outside}/a.db")
set_up(app)
if not disk:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, resource.RLIM_INFINITY))
def keep(size):
    try:
        storing.keep(bytes(size))
    except storing.NoRoom:
        return "full"
    return "kept"
with app.app_context():
    told = [keep(size) for size in (1_000_000, 1_000_000, 3_000_000, 1_000_000)]
    if disk:
        told.append(next(said for said in (keep(0) for _ in range(1000)) if said == "full"))
    db.session.commit()
print(*told, *sorted(path.stat().st_size for path in (home / "uploads").iterdir() if path.stat().st_size))
"""
OWN_DISK = """mount -t tmpfs -o size=4m,nr_inodes=40 tmpfs "$0" && exec "$@\""""
WAYS = (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"])


def with_a_small_disk(at: Path) -> list[str] | None:
    """What to put before a command that is to find a disk of 4 MB there; None where nobody may mount one."""
    for way in WAYS:
        before = [*way, "sh", "-c", OWN_DISK, str(at)]
        if subprocess.run([*before, "true"], check=False, capture_output=True).returncode == 0:
            return before
    return None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_disk_that_is_really_full(app: Flask, tmp_path: Path) -> None:
    """First without room for a file, then without room for its name. Where nobody may mount a disk, the limit on the
    size of a file stands in for the first.
    """
    small, outside = tmp_path / "small", tmp_path / "outside"
    small.mkdir()
    outside.mkdir()
    disk = with_a_small_disk(small)
    told = subprocess.run([*(disk or ()), sys.executable, "-c", FILL, str(small), str(outside),
                           "disk" if disk else "limit"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = ["full"] if disk else []
    assert told.stdout.split() == ["kept", "kept", "full", "kept", *names, *["1000000"] * 3], told.stderr
