"""No invitation is lost: the real worker is killed in the middle of two hundred of them, and started again."""

from __future__ import annotations

import os
import re
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.db import db
from app.messages import services
from app.messages.models import Message
from app.rounds.inviting import invite_approved
from app.rounds.models import Invitation, RoundSubject
from app.web.formats import now
from tests.server.conftest import Served, Start
from tests.support.builders import make_organisation, make_person
from tests.support.databases import let_go_of, make_app
from tests.support.mail import Post, mail_server
from tests.support.rounds import make_round

RATERS = 200
KILLS = 2


def invite(app: Flask) -> list[str]:
    """Two hundred invitations in the outbox, in one transaction; the addresses."""
    organisation_id = make_organisation(app)
    organiser = make_person(app, organisation_id, roles=["beheerder"])
    subject = make_person(app, organisation_id)
    made = make_round(app, organiser, [subject], {"collega": RATERS})
    with app.app_context():
        db.session.execute(update(Invitation).values(invited_on=None))
        assert invite_approved(db.session.get_one(RoundSubject, made.part_ids[0])) == RATERS
        db.session.commit()
        return [str(email) for email in db.session.scalars(select(Invitation.email))]


def waiting(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Message.id)).all())


def until(what: Callable[[], bool], seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.02)
    assert what()


def kill(served: Served) -> None:
    for pid in served.family():
        os.kill(pid, signal.SIGKILL)
    served.ends()


def test_no_invitation_is_lost_when_the_worker_is_killed(start: Start, empty_database: str, tmp_path: Path) -> None:
    first = start("--empty", DATABASE_URL=empty_database)
    first.wait_until_ready()
    first.process.terminate()
    assert first.ends() == 0
    app = make_app(tmp_path / "beside", empty_database)
    addresses = invite(app)
    post = Post(pause=0.02)      # slow enough to be killed before all are out
    with mail_server(post) as settings:
        surroundings = {"DATABASE_URL": empty_database, "INSTANCE_DIR": str(first.instance),
                        "SMTP_URL": f"smtp://127.0.0.1:{settings.port}", "MAIL_FROM": "feedback@dienst.example"}
        for number in range(1, KILLS + 1):
            served = start("--empty", **surroundings)
            until(lambda enough=number * 50: len(post.arrived) >= enough)      # type: ignore[misc]
            kill(served)
            assert waiting(app) > 0
            with app.app_context():         # as if the time has passed that is left to whoever took one on
                db.session.execute(update(Message).values(due_at=now()))
                db.session.commit()
        served = start("--empty", **surroundings)
        until(lambda: waiting(app) == 0)
        served.wait_until_ready()
        link = re.search(r"/b/\S+", post.arrived[-1].get_body(("plain",)).get_content())       # type: ignore[union-attr]
        assert link is not None
        assert served.answer(link[0]) == 200, "the link in the mail opens"
    let_go_of(app)
    counts = Counter(post.recipients)
    assert set(counts) == set(addresses)
    assert len(post.arrived) <= RATERS + KILLS, "only what was under way may come twice"
    for address in (address for address, count in counts.items() if count > 1):
        assert len({mail["Message-ID"] for mail in post.arrived if mail["To"] == address}) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_worker_is_woken_by_the_commit(start: Start, empty_database: str) -> None:
    post = Post()
    with mail_server(post) as settings:
        served = start("--empty", DATABASE_URL=empty_database, SMTP_URL=f"smtp://127.0.0.1:{settings.port}",
                       MAIL_FROM="feedback@dienst.example")
        served.wait_until_ready()
        app = make_app(served.instance, empty_database, mail=settings)
        organisation_id = make_organisation(app)
        time.sleep(2)       # what the worker does at its start is over; the next minute is far away
        with app.app_context():
            services.put(organisation_id, "email_changed", "jet@dienst.example", name="Jet", organisation="Noord")
            db.session.commit()
        until(lambda: post.recipients == ["jet@dienst.example"], 20)
    let_go_of(app)
