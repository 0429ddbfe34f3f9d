"""What is mailed while people are chosen: choose, look at a choice, what was changed."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select, update

from app.db import db
from app.messages.letters import letter
from app.messages.models import Message
from app.rounds import letters
from app.rounds.invitations import State
from app.rounds.models import Invitation, RoundSubject
from app.web.formats import as_if, now
from tests.rounds.post import START, written
from tests.support.builders import Persona, make_person
from tests.support.rounds import MadeRound, make_round


def choosing(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    with as_if(START):
        return make_round(app, teamleider, [begeleider], {"collega": 4}, state="choosing", opened_days_ago=-7,
                          invitation_state=State.PROPOSED)


def test_choose_people(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    made = choosing(app, teamleider, begeleider)
    with app.app_context(), as_if(START):
        part = db.session.get_one(RoundSubject, made.part_ids[0])
        letters.choose_people(part)
        read = written()
        assert read.recipient == begeleider.email
        assert read.subject == "Kies tot en met 6 maart wie je om feedback vraagt"
        assert read.text.startswith("Beste Jet,")
        for said in ("Leren van wat anderen zien", "vrijdag 6 maart", "9 maart", "6 april",
                     f"http://localhost/feedback/{part.id}/mensen"):
            assert said in read.text
        letters.choose_people(part)
        part.choice_sent_at = now()
        assert letter(db.session.scalars(select(Message)).one()) is None
        db.session.rollback()


def test_a_choice_waits_for_whoever_leads_her(app: Flask, teamleider: Persona, begeleider: Persona,
                                              beheerder: Persona) -> None:
    made = choosing(app, teamleider, begeleider)
    with app.app_context(), as_if(START):
        part = db.session.get_one(RoundSubject, made.part_ids[0])
        part.choice_sent_at = now()
        letters.choice_waits(part)
        letters.choice_waits(part)          # one that waits says it all
        read = written()
        assert read.recipient == teamleider.email
        assert "Jet de Vries heeft 4 mensen gekozen" in read.text
        assert f"http://localhost/rondes/mensen/{part.id}" in read.text
        letters.choice_waits(part)
        db.session.execute(update(Invitation).values(state=State.APPROVED))
        assert letter(db.session.scalars(select(Message)).one()) is None
        db.session.rollback()


def test_without_a_team_it_waits_for_her_gesprekspartner_or_the_beheerder(app: Flask, organisation_id: int,
                                                                          beheerder: Persona) -> None:
    partner = make_person(app, organisation_id, name="Piet Kok")
    for subject, approver in ((make_person(app, organisation_id, discussion_partner_id=partner.id), partner),
                              (make_person(app, organisation_id), beheerder)):
        made = choosing(app, beheerder, subject)
        with app.app_context(), as_if(START):
            part = db.session.get_one(RoundSubject, made.part_ids[0])
            part.choice_sent_at = now()
            letters.choice_waits(part)
            assert written().recipient == approver.email


def test_what_was_changed(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    made = choosing(app, teamleider, begeleider)
    with app.app_context(), as_if(START):
        part = db.session.get_one(RoundSubject, made.part_ids[0])
        part.approved_at, part.approved_by_id = now(), teamleider.id
        db.session.execute(update(Invitation).values(state=State.APPROVED))
        letters.choice_approved(part)
        read = written()
        assert read.recipient == begeleider.email
        assert "Tom Bakker heeft nagekeken" in read.text
        assert "Er is niets veranderd." in read.text
        first, second, *_ = db.session.scalars(select(Invitation).order_by(Invitation.id))
        first.state, second.added_by_approver = State.REMOVED, True
        letters.choice_approved(part)
        read = written()
        assert "Weggelaten: Collega 1." in read.text
        assert "Toegevoegd: Collega 2." in read.text
        assert "niets veranderd" not in read.text
