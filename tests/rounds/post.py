"""The mails of a round as somebody gets them."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from sqlalchemy import delete, select

from app.db import db
from app.messages.letters import Letter, letter
from app.messages.models import Message
from app.rounds import letters
from app.rounds.models import Invitation, RoundSettings
from app.web.formats import as_if
from tests.support.builders import Persona
from tests.support.rounds import make_round

START = dt.datetime(2026, 3, 2, 11, 0, tzinfo=dt.UTC)       # closes on Monday 30 March
ADULTS = ["collega", "school", "opdrachtgever"]
EVERYBODY = [*ADULTS, "teamleider", "ouder", "leerling"]


def asked(app: Flask, organiser: Persona, subject: Persona, group: str, *, reminder: bool = False, last: bool = False,
          small_circle: bool = False, lead_reads: bool = True, contact: str = "") -> Letter:
    """What somebody of this group gets."""
    with as_if(START):
        made = make_round(app, organiser, [subject], {group: 1}, opened_days_ago=0, small_circle=small_circle,
                          lead_reads_comments=lead_reads)
    with app.app_context(), as_if(START + dt.timedelta(days=7 if reminder else 0)):
        db.session.add(RoundSettings(organisation_id=organiser.organisation_id, contact=contact))
        invitation = db.session.get_one(Invitation, made.invitation_ids[0])
        if reminder:
            letters.remind(invitation, made.round_id, last=last)
        else:
            letters.ask(invitation, made.round_id)
        return written(made.tokens[0])


def written(token: str | None = None) -> Letter:
    """The one letter in the outbox; then the outbox is empty."""
    found = letter(db.session.scalars(select(Message)).one())
    assert found is not None
    if token:
        assert [one.address for one in found.paragraphs if one.address] == [f"http://localhost/b/{token}"]
    db.session.execute(delete(Message))
    db.session.commit()
    return found
