"""What the card of what to do now has no room for is not gone: it stands under what runs."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from sqlalchemy import update

from app.db import db
from app.development.models import Plan
from app.trainings.lifecycle import EnrolmentState
from app.web.formats import now
from tests.support.builders import Persona, make_person
from tests.support.pages import browser_of
from tests.support.records import make_plan
from tests.support.sessions import held, make_session, put


def test_what_is_not_on_the_card_stands_under_what_runs(app: Flask, organisation_id: int, teamleider: Persona) -> None:
    person = make_person(app, organisation_id, discussion_partner_id=teamleider.id)
    plan_id = make_plan(app, person, teamleider, running=True)
    with app.app_context():
        db.session.execute(update(Plan).where(Plan.id == plan_id).values(started_at=now() - dt.timedelta(weeks=11)))
        db.session.commit()
    held(app, organisation_id, [person])
    client = browser_of(app, person)
    card, running = client.get("/start").text.split('id="loopt"')
    assert "Maak mijn tussenstand" in card and "Het is tijd om te kijken" not in running
    assert "wat je ervan vond" in running and "/evaluatie" in running
    put(app, make_session(app, organisation_id, 20), person, EnrolmentState.PROPOSED, by=teamleider)
    card, running = client.get("/start").text.split('id="loopt"')
    assert "stelt je een opleiding voor" in card
    assert "Het is tijd om te kijken hoe het met je doelen gaat" in running
    assert 'href="/ontwikkelplan#tussenstanden"' in running
