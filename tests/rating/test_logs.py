"""No log holds a link, or says who was written to."""

from __future__ import annotations

import logging
import socket

import pytest
from flask import Flask
from sqlalchemy import event

from app import jobs
from app.db import db
from app.rating import drafts, statements
from app.rounds import letters
from app.rounds.models import Invitation
from serve import NoLinks
from tests.rating.acts import asked_of
from tests.server.conftest import Start, start
from tests.support.builders import Persona
from tests.support.mail import Post, mail_server, mailing
from tests.support.rounds import MadeRound, make_round

__all__ = ["start"]
TOKEN = "CezNSi3hkYfIP0AHabcdef.mcmwxMM9_I0i87tKzz8i7GohvafsFaiASz397F4gOfg"


@pytest.fixture
def made(app: Flask, begeleider: Persona, teamleider: Persona) -> MadeRound:
    return make_round(app, teamleider, [begeleider], {"school": 4})


def test_a_request_that_fails_late_logs_no_link(app: Flask, made: MadeRound, monkeypatch: pytest.MonkeyPatch,
                                                caplog: pytest.LogCaptureFixture) -> None:
    """A disk that is full at the commit, a database that goes away: after the view is done."""
    token = made.tokens[0]
    monkeypatch.setitem(app.config, "TESTING", False)

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    with app.app_context():
        event.listen(db.sessionmaker, "before_commit", fail)
        try:
            answer = app.test_client().post(f"/b/{token}/liever-niet", data={"reden": "geen-tijd"})
        finally:
            event.remove(db.sessionmaker, "before_commit", fail)
    assert answer.status_code == 500
    assert "the disk is full" in caplog.text
    assert token.partition(".")[0] not in caplog.text


def test_a_box_that_does_not_open_logs_the_round_alone(app: Flask, made: MadeRound,
                                                       caplog: pytest.LogCaptureFixture) -> None:
    asked = asked_of(app, made.tokens[0])
    with app.app_context():
        drafts.save(asked, {"open-1": "Geheim"})
        db.session.execute(statements.put_draft(db.engine.dialect.name), [{
            "organisation_id": asked.organisation_id, "invitation_id": asked.invitation_id, "item": "open-1",
            "box": b"x" * 2078}])
        assert drafts.kept(asked) == {}
        db.session.rollback()
    assert [record.getMessage() for record in caplog.records] == [f"a draft of round {made.round_id} does not open"]


def test_a_letter_that_waits_logs_not_for_whom(app: Flask, made: MadeRound, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with app.app_context():
        invitation = db.session.get_one(Invitation, made.invitation_ids[0])
        address = str(invitation.email)
        letters.remind(invitation, made.round_id, last=False)
        db.session.commit()
    post = Post(at_recipient={address: f"450 4.2.1 <{address}> is busy"})
    with mail_server(post) as settings, mailing(app, settings), app.app_context():
        jobs.deliver_mail()
    told = [record.getMessage() for record in caplog.records if record.name.startswith("app.")]
    assert told and "waits after attempt 1: 450" in told[0]
    assert address not in "".join(told)


@pytest.mark.parametrize("line", [
    f"Invalid request from ip=10.0.0.9: Invalid HTTP request line: 'GET /b/{TOKEN}'",
    f"Invalid request from ip=10.0.0.9: Invalid HTTP Version '{TOKEN} HTTP/1.1'",
    f"Error handling request GET /b/klas/{TOKEN}?x",
    f"Error handling request GET /agenda/{TOKEN}.ics",
])
def test_what_gunicorn_would_log(line: str) -> None:
    record = logging.LogRecord("gunicorn.error", logging.WARNING, "", 0, "%s", (line,), None)
    assert NoLinks().filter(record)
    assert TOKEN[:10] not in record.getMessage()
    assert record.getMessage().startswith(line[:20])


@pytest.mark.parametrize("asked", [f"GET /b/{TOKEN}", f"GET /agenda/{TOKEN}.ics", f"GET /b/{TOKEN} HTTP/7",
                                   f"GET /b/x {TOKEN} HTTP/1.1", f"GET /b/{TOKEN} HTTP/1.1\r\nBad Header: x"])
def test_the_real_server_logs_no_link(start: Start, asked: str) -> None:
    served = start("--empty")
    served.wait_until_ready()
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as line:
        line.sendall(f"{asked}\r\nHost: x\r\n\r\n".encode())
        assert b" 400 " in line.recv(100)
    assert TOKEN.partition(".")[2] not in served.output()
