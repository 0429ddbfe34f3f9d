"""The outbox against a real mail server that accepts, refuses, stalls and dies."""

from __future__ import annotations

import base64
import datetime as dt
import threading
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import jobs
from app.accounts import emails
from app.config import MailSettings
from app.db import db
from app.measurement.scale import Group
from app.messages import delivery, letters, services
from app.messages.delivery import UNDER_WAY, WAITS, deliver_due
from app.messages.models import Message
from app.rounds import inviting
from app.rounds.models import Invitation
from app.web.formats import as_if
from tests.support.builders import Persona, make_organisation, make_person
from tests.support.databases import set_up
from tests.support.mail import Post, certificate, mail_server, mailing
from tests.support.rounds import make_round

START = dt.datetime(2026, 3, 12, 9, 0, tzinfo=dt.UTC)


def put(app: Flask, organisation_id: int, *recipients: str, moment: dt.datetime = START) -> None:
    with app.app_context(), as_if(moment):
        for recipient in recipients:
            services.put(organisation_id, "email_changed", recipient, name="Jet", organisation="Dienst “Noord” & zo")
        db.session.commit()


def run(app: Flask, settings: MailSettings | None, moment: dt.datetime = START) -> int:
    with mailing(app, settings), app.app_context(), as_if(moment):
        return deliver_due()


def outbox(app: Flask) -> list[Message]:
    with app.app_context():
        return list(db.session.scalars(select(Message).order_by(Message.id)))


def people(count: int) -> list[str]:
    return [f"jet.{number}@dienst.example" for number in range(count)]


def test_what_arrives(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(3))
    post = Post()
    with mail_server(post) as settings:
        assert run(app, settings) == 3
        assert run(app, settings) == 0
    assert post.recipients == people(3)
    mail = post.arrived[0]
    assert str(mail["From"]) == "Dienst Noord <feedback@dienst.example>"
    assert mail["Subject"] == "Je e-mailadres bij Groeispiegel is veranderd"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert len({letter["Message-ID"] for letter in post.arrived}) == 3
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert "De beheerder van Dienst “Noord” & zo heeft je e-mailadres veranderd." in text.get_content()
    assert "De beheerder van Dienst “Noord” &amp; zo heeft je e-mailadres veranderd." in html.get_content()
    assert "<img" not in html.get_content()
    for message in outbox(app):
        assert (message.due_at, message.delivered_at, message.attempts, message.refused) == (None, START, 1, None)


def test_without_a_mail_server_everything_waits(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(2))
    assert run(app, None) == 0
    assert [(message.attempts, message.due_at) for message in outbox(app)] == [(0, START)] * 2


def test_a_server_that_is_down_costs_time_and_nothing_else(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(20))
    post = Post()
    with mail_server(post) as settings:
        pass
    for minute in range(3):
        assert run(app, settings, START + dt.timedelta(minutes=minute)) == 0
    assert [message.attempts for message in outbox(app)] == [0] * 20
    with mail_server(post, settings.port):
        assert run(app, settings, START + dt.timedelta(days=9)) == 20
    assert post.recipients == people(20)


@pytest.mark.parametrize(("answer", "told"), [
    ("550 5.1.1 No such user here", "dit adres bestaat niet (meer)"),
    ("550 unknown", "dit adres bestaat niet (meer)"),
    ("552 5.2.2 Mailbox full", "het postvak is vol"),
    ("550 5.2.1 Mailbox disabled", "het postvak is gesloten"),
    ("556 5.1.2 No such domain", "de mailserver achter het @ bestaat niet"),
    ("554 5.7.1 We know you", "de mailserver van de ontvanger laat onze mail niet door"),
    ("554 no", "de mailserver neemt deze mail niet aan"),
])
def test_an_address_that_is_refused_for_good(app: Flask, organisation_id: int, answer: str, told: str) -> None:
    put(app, organisation_id, *people(3))
    post = Post(at_recipient={people(3)[1]: answer})
    heard: list[tuple[str, str | None]] = []

    def hear(message: Message) -> None:
        heard.append((message.recipient, message.refused))

    with delivery.refused.connected_to(hear), mail_server(post) as settings:
        assert run(app, settings) == 2
        assert run(app, settings, START + dt.timedelta(days=9)) == 0
    assert post.recipients == [people(3)[0], people(3)[2]]
    assert heard == [(people(3)[1], told)]
    refused = outbox(app)[1]
    assert (refused.refused, refused.due_at, refused.delivered_at) == (told, None, None)


def test_a_letter_that_is_refused_for_good(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(2))
    post = Post(at_letter={1: "554 5.6.0 not like this"})
    with mail_server(post) as settings:
        assert run(app, settings) == 1
    assert outbox(app)[0].refused == "de mailserver neemt deze mail niet aan"


@pytest.mark.parametrize(("at_recipient", "at_letter"), [
    ("450 4.2.0 try again", None), (None, "451 4.3.0 busy"), ("421 closing", None),
])
def test_not_now_means_later(app: Flask, organisation_id: int, at_recipient: str | None,
                             at_letter: str | None) -> None:
    put(app, organisation_id, *people(3))
    post = Post(at_recipient={people(1)[0]: at_recipient} if at_recipient else {},
                at_letter={1: at_letter} if at_letter else {})
    with mail_server(post) as settings:
        assert run(app, settings) == 2
        waiting = outbox(app)[0]
        assert (waiting.attempts, waiting.due_at, waiting.refused) == (1, START + WAITS[0], None)
        post.at_recipient.clear()
        assert run(app, settings, START + WAITS[0] / 2) == 0
        assert run(app, settings, START + WAITS[0]) == 1
    assert sorted(post.recipients) == people(3)


def test_it_is_tried_for_five_days(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(1))
    post = Post(at_recipient={people(1)[0]: "450 4.2.0 try again"})
    moment, heard = START, []
    with delivery.refused.connected_to(heard.append), mail_server(post) as settings:
        for wait in WAITS:
            run(app, settings, moment)
            moment += wait
            assert outbox(app)[0].due_at == moment
        assert dt.timedelta(days=5) <= moment - START < dt.timedelta(days=6)
        assert not heard
        run(app, settings, moment)
    assert outbox(app)[0].refused == "na vijf dagen proberen kwam de mail nog niet aan"
    assert len(heard) == 1


@pytest.mark.parametrize("answer", ["550 5.7.1 not from you", "451 4.3.0 busy", "530 log in first"])
def test_a_server_that_takes_nothing_from_us_is_left_alone(app: Flask, organisation_id: int, answer: str) -> None:
    put(app, organisation_id, *people(20))
    post = Post(at_sender=answer)
    with mail_server(post) as settings:
        assert run(app, settings) == 0
        assert Counter(message.attempts for message in outbox(app)) == {0: 19, 1: 1}
        post.at_sender = None
        assert run(app, settings, START + WAITS[0]) == 20
    assert not [message for message in outbox(app) if message.refused]


def test_a_server_that_stalls(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(4))
    post = Post(stalls={1, 2})
    with mail_server(post) as settings:
        quick = MailSettings(settings.host, settings.port, settings.sender, timeout=1.5)
        assert run(app, quick) == 0             # twice in a row: until the next minute
        assert [message.attempts for message in outbox(app)] == [1, 1, 0, 0]
        assert run(app, settings, START + WAITS[0]) == 4
    assert Counter(post.recipients) == Counter(people(4))


def test_a_server_that_dies_before_it_says_250(app: Flask, organisation_id: int) -> None:
    """It has the letter and we cannot know: a second copy, which says that it is the same."""
    put(app, organisation_id, *people(3))
    post = Post(dies_before_250={2})
    with mail_server(post) as settings:
        assert run(app, settings) == 2
        assert run(app, settings, START + WAITS[0]) == 1
    assert Counter(post.recipients) == {people(3)[0]: 1, people(3)[1]: 2, people(3)[2]: 1}
    first, second = (mail["Message-ID"] for mail in post.arrived if mail["To"] == people(3)[1])
    assert first == second


def test_a_server_that_hangs_up_after_every_fifth(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(20))
    post = Post(dies_after_250={5, 10, 15}, pause=0.01)
    with mail_server(post) as settings:
        delivered = sum(run(app, settings, START + minute * WAITS[0]) for minute in range(10))
    assert delivered == 20
    assert set(post.recipients) == set(people(20))
    sent = {(mail["To"], mail["Message-ID"]) for mail in post.arrived}
    assert len(sent) == 20, "what came twice is the same message"
    # A 250 that the line took along with it was never heard: SMTP lets nobody tell it from a refusal.
    assert len(post.recipients) <= 20 + 3


def test_two_workers_share_the_work(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(40))
    post, counts = Post(pause=0.005), []
    with mail_server(post) as settings, mailing(app, settings):

        def work() -> None:
            with app.app_context():
                counts.append(deliver_due())

        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert sum(counts) == 40
    assert Counter(post.recipients) == Counter(people(40))


def test_what_somebody_has_taken_on_is_left_to_her_for_a_while(app: Flask, organisation_id: int) -> None:
    """She may be dead: then it is tried again, and counts as an attempt."""
    put(app, organisation_id, *people(1))
    with app.app_context(), as_if(START):
        found = delivery._first_due(())
        assert found is not None
        assert delivery._take_on(found)
        assert not delivery._take_on(found)
    post = Post()
    with mail_server(post) as settings:
        assert run(app, settings, START + UNDER_WAY / 2) == 0
        assert run(app, settings, START + UNDER_WAY) == 1
    assert outbox(app)[0].attempts == 2


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


# --- how the line is made --------------------------------------------------------------------------------------------


def with_password(settings: MailSettings, *, tls: bool = False, password: str = "geheim") -> MailSettings:
    return MailSettings(settings.host, settings.port, settings.sender, tls=tls, user="spiegel", password=password,
                        timeout=settings.timeout)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_password_is_never_said_where_others_can_read_it(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(2))
    post = Post()
    with mail_server(post, authenticator=post.let_in, auth_require_tls=False) as settings:
        assert run(app, with_password(settings)) == 0
    assert not post.logged_in
    assert [message.attempts for message in outbox(app)] == [0, 0]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("trusted", [True, False])
def test_a_password_is_said_to_the_right_server_only(app: Flask, organisation_id: int, tmp_path: Path, trusted: bool,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    file, context = certificate(tmp_path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    put(app, organisation_id, *people(2))
    post = Post()
    with mail_server(post, authenticator=post.let_in, tls_context=context) as settings:
        assert run(app, with_password(settings)) == (2 if trusted else 0)
        assert run(app, with_password(settings, password="mis")) == 0
    assert post.logged_in[:1] == (["spiegel"] if trusted else [])
    assert post.over_tls == [True] * len(post.arrived)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_without_a_password_a_line_is_made_secret_where_it_can(app: Flask, organisation_id: int,
                                                               tmp_path: Path) -> None:
    put(app, organisation_id, *people(2))
    post = Post()
    with mail_server(post, tls_context=certificate(tmp_path)[1]) as settings:
        assert run(app, settings) == 2
    assert post.over_tls == [True, True]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_tls_from_the_first_byte(app: Flask, organisation_id: int, tmp_path: Path,
                                 monkeypatch: pytest.MonkeyPatch) -> None:
    file, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    put(app, organisation_id, *people(2))
    post = Post()
    with mail_server(post, authenticator=post.let_in, ssl_context=context, auth_require_tls=False) as settings:
        assert run(app, with_password(settings, tls=True)) == 2
    assert post.logged_in == ["spiegel"]


# --- waking the worker -----------------------------------------------------------------------------------------------


def test_the_worker_is_woken_after_the_commit_and_only_then(bare_app: Flask) -> None:
    set_up(bare_app)
    organisation_id = make_organisation(bare_app)
    found: list[int] = []

    def work() -> None:
        with db.engine.connect() as other:
            found.append(len(other.scalars(select(Message.id)).all()))

    delivery.wake(bare_app, work)
    with bare_app.app_context():
        services.put(organisation_id, "reset", "jet@dienst.example")
        db.session.rollback()
        db.session.commit()
        assert found == []
        with db.session.begin_nested():
            services.put(organisation_id, "reset", "jet@dienst.example")
        assert found == []
        db.session.commit()
        assert found == [1]
        db.session.execute(select(Message.id))
        db.session.commit()
        assert found == [1]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_worker_that_cannot_be_woken_fails_nobody(bare_app: Flask) -> None:
    set_up(bare_app)
    organisation_id = make_organisation(bare_app)

    def work() -> None:
        raise RuntimeError("on purpose")

    delivery.wake(bare_app, work)
    put(bare_app, organisation_id, *people(1))
    assert len(outbox(bare_app)) == 1
