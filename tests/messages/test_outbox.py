import datetime as dt
import itertools
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from time_machine import travel

from app import jobs
from app.access import Actor, Role, can_read_message
from app.accounts.models import PasswordLink
from app.db import db
from app.messages import services
from app.messages.letters import compose
from app.messages.models import Message
from app.people.models import Person
from app.rounds.inviting import invite_approved
from app.rounds.models import Invitation, RoundSubject
from app.web.formats import as_if, now
from tests.support.builders import Persona, log_in, make_organisation, make_person
from tests.support.mail import NOWHERE, Post, mail_server, mailing
from tests.support.pages import CheckedClient
from tests.support.rounds import make_round
from tests.support.statements import statements


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
        read = compose(db.session.scalars(select(Message)).one())
        db.session.rollback()
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


# --- what stands there once mail leaves ------------------------------------------------------------------------------


def invite_raters(app: Flask, organisation_id: int) -> None:
    organiser = make_person(app, organisation_id, roles=["teamleider"])
    made = make_round(app, organiser, [make_person(app, organisation_id)], {"collega": 4})
    with app.app_context():
        db.session.execute(update(Invitation).values(invited_on=None))
        invite_approved(db.session.get_one(RoundSubject, made.part_ids[0]))
        db.session.commit()


@pytest.mark.parametrize("configured", [True, False])
def test_letters_to_raters_are_their_own(client: CheckedClient, app: Flask, beheerder: Persona,
                                         configured: bool) -> None:
    invite_raters(app, beheerder.organisation_id)
    log_in(client, beheerder)
    with mailing(app, NOWHERE if configured else None):
        page = client.get("/beheer/postvak").text
    assert "/b/" not in page
    assert "om feedback" not in page
    assert "school.example" not in page
    assert ("Mails van een feedbackronde staan hier niet" in page) is configured
    assert ("de mailserver is niet ingesteld" in page) is not configured


def test_in_the_demo_they_can_be_read(client: CheckedClient, app: Flask) -> None:
    beheerder = demo_beheerder(app)
    invite_raters(app, beheerder.organisation_id)
    log_in(client, beheerder)
    with mailing(app, NOWHERE):
        page = client.get("/beheer/postvak").text
    assert "Uit de demo gaat geen mail naar buiten" in page
    opened = re.findall(r'href="(/beheer/postvak/\d+)">Vraag om feedback: Jet [^<]+, collega&#39;s<', page)
    assert len(opened) == 4
    assert "Druk de bladen af" in page
    read = client.get(opened[0]).text
    assert "vraagt je om feedback" in read
    assert read.count("http://localhost/b/") == 1
    with app.app_context():
        db.session.execute(update(Invitation).values(answered=True))
        db.session.commit()
    assert "Deze mail is niet meer nodig" in client.get(opened[0]).text


def test_in_the_demo_letters_come_in_the_order_they_were_put(client: CheckedClient, app: Flask) -> None:
    beheerder = demo_beheerder(app)
    invite_raters(app, beheerder.organisation_id)
    log_in(client, beheerder)
    with app.app_context():
        newest = db.session.scalars(select(Invitation).order_by(Invitation.id.desc()).limit(1)).one()
        newest.answered = True
        told = newest.email
        db.session.commit()
    page = client.get("/beheer/postvak").text
    assert page.count("Niet meer nodig.") == 1
    first, *of_use = page.split("<article")[1:]
    assert len(of_use) == 3 and str(told) in first and "Niet meer nodig." in first


def test_every_kind_of_letter_has_a_title_also_when_it_is_not_wanted_any_more(
    client: CheckedClient, app: Flask
) -> None:
    """Of letters that may concern anything: what they are about is the first word of their template."""
    beheerder = demo_beheerder(app)
    kinds = {path.stem for path in (Path(app.root_path) / "templates" / "messages").glob("*_*.txt")} - {"email_changed"}
    with app.app_context():
        for number, template in enumerate(sorted(kinds)):
            with as_if(now() - dt.timedelta(days=number % 3)):
                services.put(beheerder.organisation_id, template, "jet@dienst.example", concerns="niets", buddy=0)
        db.session.commit()
    log_in(client, beheerder)
    page = client.get("/beheer/postvak").text
    titles = re.findall(r'postvak/\d+">([^<]*)</a>', page)
    assert len(titles) == len(kinds)
    assert all(title.strip() and title != "Bericht" for title in titles)
    days = re.findall(r"Aan jet@dienst.example, (\d+ \w+ \d+)", page)
    assert days == sorted(days, key=days.index) and len(set(days)) == 3


def test_elsewhere_no_letter_of_a_round_can_be_opened(client: CheckedClient, app: Flask, beheerder: Persona) -> None:
    invite_raters(app, beheerder.organisation_id)
    log_in(client, beheerder)
    with app.app_context():
        (message_id, *_) = db.session.scalars(select(Message.id)).all()
    assert client.get(f"/beheer/postvak/{message_id}").status_code == 404


def test_the_list_costs_the_same_for_many(client: CheckedClient, app: Flask) -> None:
    beheerder = demo_beheerder(app)
    log_in(client, beheerder)
    costs = []
    for _ in range(2):
        invite_raters(app, beheerder.organisation_id)
        with statements(app) as asked:
            client.get("/beheer/postvak")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 12


def test_what_became_of_a_message(client: CheckedClient, app: Flask, beheerder: Persona) -> None:
    log_in(client, beheerder)
    for name in ("noor", "tim", "eva"):
        invite(client, f"{name}@dienst.example")
    post = Post(at_recipient={"tim@dienst.example": "550 5.1.1 unknown", "eva@dienst.example": "450 4.2.0 later"})
    with mail_server(post) as settings, mailing(app, settings):
        with app.app_context():
            jobs.deliver_mail()
        page = client.get("/beheer/postvak").text
    assert post.recipients == ["noor@dienst.example"]
    assert len(re.findall(r"Verstuurd op \d+ \w+ \d{4} om", page)) == 1
    assert "<b>Niet aangekomen:</b> dit adres bestaat niet (meer)." in page
    assert "We proberen het opnieuw" in page


@pytest.mark.parametrize(("minutes", "told"), [(59, False), (61, True)])
def test_a_server_that_is_down_is_told(client: CheckedClient, app: Flask, beheerder: Persona, minutes: int,
                                       told: bool) -> None:
    log_in(client, beheerder)
    invite(client, "noor@dienst.example")
    with mailing(app, NOWHERE), as_if(now() + dt.timedelta(minutes=minutes)):
        assert ("Er wacht al meer dan een uur mail" in client.get("/beheer/postvak").text) is told


def test_a_link_that_was_used_meanwhile_is_not_sent(client: CheckedClient, app: Flask, beheerder: Persona) -> None:
    log_in(client, beheerder)
    invite(client, "noor@dienst.example")
    with app.app_context():
        db.session.execute(update(PasswordLink).values(used_at=now()))
        db.session.commit()
    post = Post()
    with mail_server(post) as settings, mailing(app, settings), app.app_context():
        jobs.deliver_mail()
    assert not post.arrived


def test_the_pages_say_whether_mail_leaves(client: CheckedClient, app: Flask, beheerder: Persona) -> None:
    log_in(client, beheerder)
    invite(client, "noor@dienst.example")
    with app.app_context():
        noor = db.session.scalars(select(Person.id).where(Person.name == "Noor el Amrani")).one()
    for settings, said in ((None, "Er wordt nog geen mail verstuurd"), (NOWHERE, "De uitnodiging is gemaild")):
        with mailing(app, settings):
            assert said in client.get(f"/beheer/mensen/{noor}").text
    visitor = app.test_client()
    with mailing(app, NOWHERE):
        asked = visitor.submit(visitor.get("/wachtwoord-vergeten"), {"email": "wie.dan.ook@dienst.example"})
    assert "Kijk in je mail" in asked.text
