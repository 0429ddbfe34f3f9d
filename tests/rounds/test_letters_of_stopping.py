"""What is mailed when a round is broken off."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.messages.letters import Letter, letter
from app.messages.models import Message
from app.rounds import moves
from app.rounds.invitations import State
from app.rounds.models import Invitation, Round
from tests.support.builders import Persona
from tests.support.rounds import MadeRound, make_round


def told_after_abort(made: MadeRound) -> dict[str, Letter]:
    """Breaks it off, and reads every letter that is in the outbox then, by recipient."""
    moves.abort(db.session.get_one(Round, made.round_id))
    db.session.commit()
    found = {message.recipient: letter(message) for message in db.session.scalars(select(Message))}
    assert len(found) == db.session.scalar(select(func.count()).select_from(Message))
    return {recipient: read for recipient, read in found.items() if read is not None}


def test_who_was_invited_hears_that_it_is_broken_off_answered_or_not(app: Flask, teamleider: Persona,
                                                                     begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], {"collega": 6, "ouder": 1, "leerling": 1})
    with app.app_context():
        answered, silent, removed, declined, bounced, paper, parent, pupil = (
            db.session.get_one(Invitation, one) for one in made.invitation_ids)
        answered.answered, removed.state, declined.state = True, State.REMOVED, State.DECLINED
        bounced.bounced, paper.email = "dit adres bestaat niet (meer)", None
        hers, not_hers, u, you = answered.email, silent.email, parent.email, pupil.email
        db.session.commit()
        told = told_after_abort(made)
    assert set(told) == {hers, not_hers, u, you, begeleider.email}
    assert told[str(hers)].text.replace("Collega 1", "Collega 2") == told[str(not_hers)].text
    for read in told.values():
        assert "gaat niet door" in read.subject and not any(one.address for one in read.paragraphs)
        assert "http" not in read.text
    assert "Dan is dat ongelezen weggegooid." in told[str(hers)].text
    assert "Dank u wel voor uw tijd." in told[str(u)].text
    assert "Niemand heeft het gelezen. Dank je wel!" in told[str(you)].text
    assert "Wie je vroeg, krijgt ook bericht." in told[begeleider.email].text


def test_while_people_are_chosen_only_who_it_is_about_hears(app: Flask, teamleider: Persona,
                                                            begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], {"collega": 4}, state="choosing", opened_days_ago=-7)
    with app.app_context():
        told = told_after_abort(made)
    assert set(told) == {begeleider.email}
    assert "Er was nog niemand gevraagd." in told[begeleider.email].text


def test_who_stops_her_own_round_gets_no_letter_about_it(app: Flask, begeleider: Persona) -> None:
    made = make_round(app, begeleider, [begeleider], {"collega": 4})
    with app.app_context():
        db.session.get_one(Round, made.round_id).own_initiative = True
        assert begeleider.email not in told_after_abort(made)
