"""Giving out links: once, anew, not to whoever would rather not, and what comes back."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from app import jobs
from app.db import db
from app.messages.letters import letter
from app.messages.models import Message
from app.rounds import inviting, letters
from app.rounds.invitations import State
from app.rounds.models import Invitation, RoundSubject
from app.web.formats import as_if
from tests.rounds.post import START
from tests.support.builders import Persona
from tests.support.mail import Post, mail_server, mailing
from tests.support.rounds import make_round


def test_inviting_whoever_was_approved_once(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    with as_if(START):
        made = make_round(app, teamleider, [begeleider], {"school": 3, "leerling": 1}, opened_days_ago=0)
    with app.app_context(), as_if(START + dt.timedelta(days=3)):
        invited, removed, paper, pupil = (db.session.get_one(Invitation, one) for one in made.invitation_ids)
        invited.invited_on = removed.invited_on = paper.invited_on = pupil.invited_on = None
        removed.state, paper.email, pupil.email = State.REMOVED, None, None
        part = db.session.get_one(RoundSubject, made.part_ids[0])
        assert inviting.invite_approved(part) == 3
        assert inviting.invite_approved(part) == 0
        assert [one.invited_on for one in (invited, removed, paper, pupil)] == [
            dt.date(2026, 3, 5), None, dt.date(2026, 3, 5), dt.date(2026, 3, 5)]
        message = db.session.scalars(select(Message)).one()
        assert (message.recipient, message.concerns) == (invited.email, f"round {made.round_id}")
        assert not [value for value in message.arguments.values() if "." in str(value)], "no link"
        db.session.rollback()


def test_a_newer_link(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], {"school": 1})
    with app.app_context():
        invitation = db.session.get_one(Invitation, made.invitation_ids[0])
        letters.ask(invitation, made.round_id)
        invitation.bounced = "het postvak is vol"
        inviting.renew(invitation)
        assert (invitation.renewal, invitation.bounced) == (1, None)
        first, second = (letter(message) for message in db.session.scalars(select(Message).order_by(Message.id)))
        assert first is None, "the older letter is not sent any more"
        assert second is not None
        assert made.tokens[0] not in second.text
        assert "De vorige werkt niet meer" in second.text
        db.session.rollback()


def test_a_newer_link_tells_nobody_who_answered(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], {"school": 1})
    with app.app_context():
        invitation = db.session.get_one(Invitation, made.invitation_ids[0])
        invitation.answered = True
        inviting.renew(invitation)
        assert invitation.renewal == 1
        assert letter(db.session.scalars(select(Message)).one()) is None
        db.session.rollback()


def test_rather_not(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], {"school": 1})
    with app.app_context():
        invitation = db.session.get_one(Invitation, made.invitation_ids[0])
        inviting.decline(invitation, inviting.Decline.NO_TIME)
        assert (invitation.state, invitation.decline_reason) == (State.DECLINED, "geen-tijd")
        with pytest.raises(inviting.NotAsked):
            inviting.decline(invitation, inviting.Decline.NO_TIME)
        invitation.state, invitation.answered = State.APPROVED, True
        with pytest.raises(inviting.NotAsked):
            inviting.decline(invitation, inviting.Decline.NO_TIME)
        db.session.rollback()


def test_refused_addresses_come_back_to_whoever_planned_the_round(app: Flask, teamleider: Persona,
                                                                  begeleider: Persona) -> None:
    with as_if(START):
        made = make_round(app, teamleider, [begeleider], {"school": 3}, opened_days_ago=0)
        with app.app_context():
            for one in made.invitation_ids:
                letters.ask(db.session.get_one(Invitation, one), made.round_id)
            db.session.commit()
            addresses = db.session.scalars(select(Invitation.email).order_by(Invitation.id)).all()
    post = Post(at_recipient={str(addresses[0]): "550 5.1.1 unknown", str(addresses[2]): "552 5.2.2 full"})
    with mail_server(post) as settings, mailing(app, settings):
        for moment in (START, START + letters.TOGETHER):
            with app.app_context(), as_if(moment):
                jobs.deliver_mail()
    with app.app_context():
        assert db.session.scalars(select(Invitation.bounced).order_by(Invitation.id)).all() == [
            "dit adres bestaat niet (meer)", None, "het postvak is vol"]
        assert not db.session.scalars(select(Message)).all(), "nothing is kept of it"
    assert post.recipients == [addresses[1], teamleider.email]
    body = post.arrived[1].get_body(("plain",))
    assert body is not None
    told = " ".join(body.get_content().split())
    assert f"School 1, {addresses[0]}, over Jet de Vries: dit adres bestaat niet (meer)." in told
    assert f"School 3, {addresses[2]}, over Jet de Vries: het postvak is vol." in told
    assert f"http://localhost/rondes/{made.round_id}" in told


def test_a_refused_reminder_tells_nobody_who_had_not_answered(app: Flask, teamleider: Persona,
                                                              begeleider: Persona) -> None:
    with as_if(START):
        made = make_round(app, teamleider, [begeleider], {"school": 1}, opened_days_ago=0)
    with app.app_context(), as_if(START):
        invitation = db.session.get_one(Invitation, made.invitation_ids[0])
        letters.remind(invitation, made.round_id, last=False)
        post = Post(at_recipient={str(invitation.email): "550 5.1.1 unknown"})
        db.session.commit()
    with mail_server(post) as settings, mailing(app, settings), app.app_context(), as_if(START):
        jobs.deliver_mail()
        assert db.session.scalars(select(Invitation.bounced)).all() == [None]
        assert not db.session.scalars(select(Message)).all()
