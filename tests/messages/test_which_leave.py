"""Which letters leave the outbox and which are forgotten, and that nothing typed becomes a header."""

from __future__ import annotations

import base64
import datetime as dt

import pytest
from flask import Flask

from app import jobs
from app.accounts import emails
from app.db import db
from app.measurement.scale import Group
from app.messages import delivery, letters, services
from app.messages.delivery import WAITS
from app.messages.models import Message
from app.rounds import inviting
from app.rounds.models import Invitation
from app.web.formats import as_if
from tests.messages.outbox import START, outbox, people, put, run
from tests.support.builders import Persona, make_organisation, make_person
from tests.support.mail import Post, mail_server, mailing
from tests.support.rounds import make_round


def test_no_mail_of_the_demo_leaves(app: Flask, organisation_id: int) -> None:
    demo = make_organisation(app, "Dienst Demo", demo=True)
    put(app, demo, "noor@dienst.example")
    put(app, organisation_id, *people(1))
    post = Post()
    with mail_server(post) as settings, mailing(app, settings), app.app_context():
        jobs.deliver_mail()
    assert post.recipients == people(1)
    assert outbox(app)[0].attempts == 0


def test_a_letter_that_is_not_wanted_any_more_is_forgotten(app: Flask, organisation_id: int,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_taught", {})
    letters.teach("email_changed", lambda message: None if message.recipient == people(3)[1] else message)
    put(app, organisation_id, *people(3))
    post = Post()
    with mail_server(post) as settings:
        assert run(app, settings) == 2
    assert post.recipients == [people(3)[0], people(3)[2]]
    assert len(outbox(app)) == 2


@pytest.mark.parametrize("answer", [None, "550 5.1.1 unknown"])
def test_a_fleeting_letter_leaves_nothing_behind(app: Flask, organisation_id: int, monkeypatch: pytest.MonkeyPatch,
                                                 answer: str | None) -> None:
    monkeypatch.setattr(letters, "_taught", {})
    letters.teach("email_changed", lambda message: message, fleeting=True)
    put(app, organisation_id, *people(1))
    heard: list[str] = []

    def hear(message: Message) -> None:
        heard.append(message.recipient)

    post = Post(at_recipient={people(1)[0]: answer} if answer else {})
    with delivery.refused.connected_to(hear), mail_server(post) as settings:
        run(app, settings)
    assert not outbox(app)
    assert heard == (people(1) if answer else [])


def test_a_letter_that_cannot_be_written_holds_up_nothing(app: Flask, organisation_id: int,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_taught", {})

    def lookup(message: Message) -> object:
        if message.recipient == people(2)[0]:
            raise RuntimeError("on purpose")
        return message

    letters.teach("email_changed", lookup)
    put(app, organisation_id, *people(2))
    post = Post()
    with mail_server(post) as settings:
        assert run(app, settings) == 1
    assert post.recipients == people(2)[1:]
    assert outbox(app)[0].due_at == START + WAITS[0]


def test_nothing_typed_becomes_a_header_or_a_button(app: Flask, organisation_id: int) -> None:
    with app.app_context(), as_if(START):
        services.put(organisation_id, "email_changed", "jet@dienst.example", organisation="Dienst Noord",
                     name="Jet\r\nBcc: all@x.example\n\n\x01Klik\x02https://elders.example\x01\n\n")
        db.session.commit()
    post = Post()
    with mail_server(post) as settings:
        assert run(app, settings) == 1
    (mail,) = post.arrived
    assert mail["Bcc"] is None
    html = mail.get_body(("html",))
    assert html is not None
    assert "Bcc: all@x.example" in html.get_content()
    assert "href" not in html.get_content()


def test_a_name_that_looks_like_a_coded_header_stays_a_name(app: Flask, organisation_id: int,
                                                            teamleider: Persona) -> None:
    coded = base64.b64encode(b"Jet\r\nBcc: all@x.example\r\n\r\nKlik hier").decode()
    jet = make_person(app, organisation_id, name=f"=?utf-8?b?{coded}?= de Vries")
    made = make_round(app, teamleider, [jet], {Group.COLLEAGUE: 1})
    with app.app_context():
        inviting.renew(db.session.get_one(Invitation, made.invitation_ids[0]))
        db.session.commit()
    post = Post()
    with mail_server(post) as settings:
        assert run(app, settings, dt.datetime.now(dt.UTC)) == 1
    (mail,) = post.arrived
    assert coded in mail["Subject"]
    assert mail["Bcc"] is None and mail["To"] is not None and mail.get_content_type() == "multipart/alternative"


def test_an_address_that_looks_like_a_coded_header_is_none() -> None:
    for address in ("=?utf-8?q?a=0d=0abcc=3ax?=@dienst.nl", "a.=?utf-8?q?b?=@dienst.nl"):
        with pytest.raises(ValueError, match="plain"):
            emails.normal(address)
