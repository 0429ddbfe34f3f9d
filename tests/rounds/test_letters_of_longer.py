"""What is mailed when people get longer to answer: to whom, what it says, and that it tells nobody who answered."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import jobs
from app.db import db
from app.messages.letters import Letter, letter
from app.messages.models import Message
from app.rounds import moves
from app.rounds.invitations import State
from app.rounds.models import Invitation, Round, RoundSubject
from app.web.formats import now
from tests.rounds.post import EVERYBODY
from tests.support.builders import Persona, make_person
from tests.support.mail import Post, mail_server, mailing
from tests.support.pages import browser_of
from tests.support.pulses import answer, open_pulse
from tests.support.records import make_goal
from tests.support.rounds import MadeRound, make_round


def extend(round_id: int, by: Persona, days: int = 7) -> dt.date:
    found = db.session.get_one(Round, round_id)
    moves.extend(found, found.closes_on + dt.timedelta(days=days), by=by.id)
    db.session.commit()
    return found.closes_on


def letters() -> dict[str, Letter | None]:
    """Every letter that waits, as it would be written now, by recipient; each gets one at the most."""
    waiting = db.session.scalars(select(Message)).all()
    found = {message.recipient: letter(message) for message in waiting}
    assert len(found) == len(waiting)
    return found


def forget(app: Flask) -> None:
    """As if what was put before had arrived."""
    with app.app_context():
        for message in db.session.scalars(select(Message)):
            db.session.delete(message)
        db.session.commit()


@pytest.fixture
def made(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    made = make_round(app, teamleider, [begeleider], {"collega": 6})
    forget(app)
    return made


@pytest.mark.parametrize("group", EVERYBODY)
def test_what_it_says_to_whom(app: Flask, teamleider: Persona, begeleider: Persona, group: str) -> None:
    made = make_round(app, teamleider, [begeleider], {group: 1})
    forget(app)
    with app.app_context():
        day = extend(made.round_id, teamleider)
        asked = db.session.get_one(Invitation, made.invitation_ids[0])
        found = letters()
        assert set(found) == {asked.email, begeleider.email}
        read, hers = found[str(asked.email)], found[begeleider.email]
    assert read is not None and hers is not None
    for one in (read, hers):
        assert "\n" not in one.subject and "{" not in one.subject + one.text
        assert f"tot en met {day.day} " in one.subject and "langer" in one.text
    assert [one.address for one in read.paragraphs if one.address] == [f"http://localhost/b/{made.tokens[0]}"]
    assert bool(re.search(r"\b(je|jij|jou|jouw)\b", read.text, re.I)) is (group != "ouder")
    assert bool(re.search(r"\b(u|uw)\b", read.text, re.I)) is (group == "ouder")
    assert ("Niemand ziet of" in read.text) is (group != "teamleider")
    assert [one.address for one in hers.paragraphs if one.address] == [f"http://localhost/feedback/{made.part_ids[0]}"]
    assert "Wie dat zijn, ziet niemand." in hers.text


def test_only_who_is_still_asked_gets_it_and_nothing_is_kept(app: Flask, made: MadeRound, teamleider: Persona,
                                                             begeleider: Persona) -> None:
    post = Post()
    with app.app_context():
        answered, removed, declined, bounced, paper, silent = (
            db.session.get_one(Invitation, one) for one in made.invitation_ids)
        answered.answered, removed.state, declined.state = True, State.REMOVED, State.DECLINED
        bounced.bounced, paper.email = "dit adres bestaat niet (meer)", None
        address, of_answered = silent.email, answered.email
        db.session.commit()
        extend(made.round_id, teamleider)
        assert of_answered in letters(), "what is put tells nothing; what is written depends on the moment"
    with mail_server(post) as settings, mailing(app, settings), app.app_context():
        jobs.deliver_mail()
        assert not db.session.scalars(select(Message)).all()
    assert sorted(str(mail["To"]) for mail in post.arrived) == sorted([str(address), begeleider.email])


def test_a_refused_one_is_told_to_nobody(app: Flask, made: MadeRound, teamleider: Persona) -> None:
    with app.app_context():
        extend(made.round_id, teamleider)
        gone = str(db.session.get_one(Invitation, made.invitation_ids[0]).email)
    post = Post(at_recipient={gone: "550 5.1.1 no such user"})
    with mail_server(post) as settings, mailing(app, settings), app.app_context():
        jobs.deliver_mail()
        assert not db.session.scalars(select(Message)).all()
        assert db.session.get_one(Invitation, made.invitation_ids[0]).bounced is None


def test_two_extensions_in_a_row_are_one_letter(app: Flask, made: MadeRound, teamleider: Persona,
                                                begeleider: Persona) -> None:
    with app.app_context():
        extend(made.round_id, teamleider)
        day = extend(made.round_id, teamleider, days=1)
        found = letters()
    assert len(found) == 7
    assert all(one is not None and f"tot en met {day.day} " in one.subject for one in found.values())


def test_an_invitation_that_did_not_leave_says_it_already(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], {"collega": 4}, state="choosing", opened_days_ago=0)
    forget(app)
    with app.app_context():
        db.session.execute(update(RoundSubject).values(approved_at=now()))
        moves.open_round(db.session.get_one(Round, made.round_id))
        db.session.commit()
        extend(made.round_id, teamleider)
        templates = sorted(db.session.scalars(select(Message.template)))
    assert templates == [*["ask_collega"] * 4, "longer_subject"]


def test_who_extends_her_own_korte_vraag_gets_none_and_a_beheerder_tells_her(
    app: Flask, organisation_id: int, begeleider: Persona, teamleider: Persona
) -> None:
    goal_id = make_goal(app, begeleider).goal_id
    for by in (begeleider, make_person(app, organisation_id, roles=["beheerder"])):
        made = open_pulse(app, begeleider, teamleider, goal_id)
        answer(app, made.tokens[0], 4)
        forget(app)
        assert browser_of(app, by).send(f"/feedback/{made.part_id}/verleng").status_code == 303
        with app.app_context():
            found = letters()
            for read in found.values():
                assert read is None or "korte vraag" in read.subject
            assert sum(read is None for read in found.values()) == 1, "who answered"
            assert (begeleider.email in found) is (by is not begeleider)
            moves.abort(db.session.get_one(Round, made.round_id))
            db.session.commit()
