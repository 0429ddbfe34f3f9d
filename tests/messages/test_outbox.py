import datetime as dt
import itertools
import re

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import travel

from app.access import Actor, Role, can_read_message
from app.db import db
from app.messages import services
from app.messages.letters import letter
from app.messages.models import Message
from tests.support.builders import Persona, log_in, make_organisation, make_person
from tests.support.pages import CheckedClient


def demo_beheerder(app: Flask) -> Persona:
    return make_person(app, make_organisation(app, "Dienst Demo", demo=True), roles=["beheerder"])


def ask_reset(app: Flask, email: str) -> None:
    client = app.test_client()
    client.submit(client.get("/wachtwoord-vergeten"), {"email": email})


def invite(client: CheckedClient, email: str) -> None:
    client.submit(client.get("/beheer/mensen/nieuw"), {"name": "Noor el Amrani", "email": email})


def test_in_the_demo_the_beheerder_reads_everything(client: CheckedClient, app: Flask) -> None:
    beheerder = demo_beheerder(app)
    log_in(client, beheerder)
    assert "Er staat niets klaar" in client.get("/beheer/postvak").text
    invite(client, "noor@dienst.example")
    ask_reset(app, beheerder.email)
    page = client.get("/beheer/postvak")
    assert page.text.count("http://localhost/wachtwoord/") == 2
    assert page.text.index("Kies een nieuw wachtwoord") < page.text.index("Je account bij Groeispiegel van Dienst Demo")
    assert "Beste Noor," in page.text


def test_elsewhere_only_invitations(client: CheckedClient, app: Flask, beheerder: Persona, begeleider: Persona) -> None:
    log_in(client, beheerder)
    invite(client, "noor@dienst.example")
    ask_reset(app, begeleider.email)
    page = client.get("/beheer/postvak")
    assert "Kies een nieuw wachtwoord voor Groeispiegel" in page.text
    assert "De tekst is alleen voor wie hem krijgt" in page.text
    assert page.text.count("http://localhost/wachtwoord/") == 1
    assert "Beste Noor," in page.text


def test_a_link_that_does_not_work_any_more_is_not_shown(client: CheckedClient, app: Flask,
                                                         beheerder: Persona) -> None:
    with travel(dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC), tick=False) as clock:
        log_in(client, beheerder)
        invite(client, "noor@dienst.example")
        (address,) = re.findall(r"http://localhost(/wachtwoord/[^<]+)<", client.get("/beheer/postvak").text)
        invite(client, "tim@dienst.example")
        hers = app.test_client()
        chosen = {"new_password": "lantaarn boven de sloot", "password_again": "lantaarn boven de sloot"}
        assert hers.submit(hers.get(address), chosen).location == "/inloggen"
        page = client.get("/beheer/postvak").text
        assert "Met deze link is een wachtwoord gekozen." in page
        assert address not in page
        assert page.count("http://localhost/wachtwoord/") == 1
        clock.shift(dt.timedelta(days=30))
        log_in(client, beheerder)
        page = client.get("/beheer/postvak").text
        assert "Deze link is verlopen" in page
        assert "http://localhost/wachtwoord/" not in page


def test_messages_of_another_organisation_are_not_there(client: CheckedClient, app: Flask, stranger: Persona) -> None:
    ask_reset(app, stranger.email)
    log_in(client, demo_beheerder(app))
    assert stranger.email not in client.get("/beheer/postvak").text


@pytest.mark.parametrize("who", ["begeleider", "teamleider", "hr"])
def test_only_for_the_beheerder(client: CheckedClient, request: pytest.FixtureRequest, who: str) -> None:
    log_in(client, request.getfixturevalue(who))
    assert client.get("/beheer/postvak").status_code == 403


def test_the_rule() -> None:
    for role, template, demo, theirs in itertools.product(Role, ("invite", "reset"), (False, True), (False, True)):
        actor = Actor(1, 1, frozenset({role}), frozenset())
        message = Message(organisation_id=2 if theirs else 1, template=template)
        allowed = role is Role.BEHEERDER and not theirs and (demo or template == "invite")
        assert can_read_message(actor, message, demo) is allowed


@pytest.mark.parametrize("template", ["invite", "reset", "email_changed"])
def test_every_template_reads_as_a_letter(app: Flask, organisation_id: int, template: str) -> None:
    with app.app_context():
        arguments = {"name": "Jet <b>&", "organisation": "Dienst “Noord” & zo", "link": "abc", "until": "12 maart 2026"}
        services.put(organisation_id, template, "jet@dienst.example", **arguments)
        read = letter(db.session.scalars(select(Message)).one())
        db.session.rollback()
    assert read is not None
    assert read.recipient == "jet@dienst.example"
    assert "Groeispiegel" in read.subject
    assert "\n" not in read.subject
    assert len(read.paragraphs) >= 4
    assert "&amp;" not in read.text
    assert "Dienst “Noord” & zo" in read.text
    assert ("/wachtwoord/abc." in read.text) is (template != "email_changed")


def test_a_message_is_there_only_if_what_caused_it_is(app: Flask, organisation_id: int) -> None:
    with app.app_context():
        services.put(organisation_id, "reset", "jet@dienst.example", link="x", organisation="y", until="z")
        db.session.rollback()
        assert not db.session.scalars(select(Message)).all()
