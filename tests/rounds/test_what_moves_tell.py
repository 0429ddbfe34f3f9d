"""What whoever approves can make happen tells her nothing of who answered, and opens nobody's draft."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app import jobs
from app.db import db
from app.measurement.scale import Group
from app.messages.letters import letter
from app.messages.models import Message
from app.rating.models import Response
from app.rounds import inviting
from app.rounds.invitations import State
from app.rounds.models import Invitation, Round, RoundSubject
from app.rounds.queries import asked as asked_queries
from app.rounds.queries import course
from app.rounds.queries.sufficient import sufficient_for
from app.web.formats import today
from tests.rating.acts import close, kept, save, send
from tests.support.builders import Persona, log_in
from tests.support.mail import Post, mail_server, mailing
from tests.support.pages import CheckedClient
from tests.support.rounds import MadeRound, make_round

OWN_BOX = "tom.prive@klimop.nl"


@pytest.fixture
def made(app: Flask, begeleider: Persona, teamleider: Persona) -> MadeRound:
    return make_round(app, teamleider, [begeleider], {Group.COLLEAGUE: 6, Group.SCHOOL: 6})


@pytest.fixture
def tom(client: CheckedClient, teamleider: Persona) -> CheckedClient:
    log_in(client, teamleider)
    return client


def new_link(app: Flask, address: str) -> str | None:
    """The token in the letter that arrives at this address; None when none does."""
    with app.app_context():
        found = [letter(message) for message in db.session.scalars(select(Message).order_by(Message.id))
                 if message.recipient == address]
        db.session.rollback()
    written = [one.text for one in found if one is not None]
    return written[-1].partition("/b/")[2].split()[0] if written else None


def correct(client: CheckedClient, made: MadeRound, number: int, address: str = OWN_BOX) -> int:
    part_id, invitation_id = made.part_ids[0], made.invitation_ids[number]
    return client.send(f"/rondes/mensen/{part_id}/{invitation_id}/adres", {"email": address}).status_code


def test_a_corrected_address_brings_nobody_to_a_draft(app: Flask, tom: CheckedClient, made: MadeRound) -> None:
    save(app, made.tokens[0], {"VM1.1": 2, "open-1": "Dit is alleen voor mij"})
    assert correct(tom, made, 0) == 303
    token = new_link(app, OWN_BOX)
    assert token is not None
    assert kept(app, token) == {}
    assert "Dit is alleen voor mij" not in app.test_client().get(f"/b/{token}/overzicht").text
    assert app.test_client().get(f"/b/{made.tokens[0]}").status_code == 410


@pytest.mark.parametrize("bounced", [False, True])
def test_a_draft_stays_closed_also_when_a_later_mail_bounced(app: Flask, tom: CheckedClient, made: MadeRound,
                                                             bounced: bool) -> None:
    save(app, made.tokens[0], {"VM1.1": 2})
    with app.app_context():
        db.session.get_one(Invitation, made.invitation_ids[0]).bounced = "het postvak is vol" if bounced else None
        db.session.commit()
    assert correct(tom, made, 0) == 303
    token = new_link(app, OWN_BOX)
    assert token is not None and kept(app, token) == {}


def test_correcting_an_address_tells_not_whether_she_answered(app: Flask, tom: CheckedClient,
                                                              made: MadeRound) -> None:
    save(app, made.tokens[0], {"VM1.1": 2})
    send(app, made.tokens[0])
    pages = []
    for number in (0, 1):
        address = f"prive{number}@klimop.nl"
        assert correct(tom, made, number, address) == 303
        token = new_link(app, address)
        assert token is not None, "whoever has the address gets a letter, answered or not"
        pages.append(app.test_client().get(f"/b/{token}").status_code)
    assert pages == [200, 200]


def test_who_answered_before_her_address_was_corrected_still_counts(app: Flask, tom: CheckedClient,
                                                                    made: MadeRound) -> None:
    for token in made.tokens[:3]:
        save(app, token, {"VM1.1": 2})
        send(app, token)
    correct(tom, made, 0)
    close(app, made.round_id)
    with app.app_context():
        assert db.session.scalars(select(Response.sent).where(Response.rater_group == Group.COLLEAGUE)).one() == 3


def test_a_corrected_address_is_somebody_else_for_a_round_shortly_before(
        app: Flask, tom: CheckedClient, made: MadeRound, begeleider: Persona, teamleider: Persona) -> None:
    make_round(app, teamleider, [begeleider], {Group.COLLEAGUE: 6}, state="closed", opened_days_ago=40)
    assert correct(tom, made, 0) == 422
    with app.app_context():
        assert db.session.get_one(Invitation, made.invitation_ids[0]).state == State.APPROVED
        spacing = course.spacing_of(made.round_id, teamleider.organisation_id, today())
        assert not spacing[made.part_ids[0]], "nothing changed"
    with app.app_context():
        db.session.get_one(Invitation, made.invitation_ids[6]).bounced = "het postvak is vol"
        db.session.commit()
    assert correct(tom, made, 6) == 303, "the school was not asked before"


def test_nobody_takes_her_answer_along_to_another_group(app: Flask, tom: CheckedClient, made: MadeRound,
                                                        begeleider: Persona) -> None:
    """With four confederates among the clients, 'genoeg antwoorden' there would say whether the fifth had answered."""
    part_id = made.part_ids[0]
    save(app, made.tokens[6], {"VM1.1": 2})
    send(app, made.tokens[6])
    assert tom.send(f"/rondes/mensen/{part_id}/{made.invitation_ids[6]}/weg").status_code == 303
    added = tom.send(f"/rondes/mensen/{part_id}/opdrachtgever", {
        "relation": "consulent", "name": "School Een", "email": f"school.1.van.{begeleider.id}@school.example"})
    assert added.status_code == 422
    assert "Deze persoon hoort bij een andere groep." in added.text
    with app.app_context():
        found = db.session.get_one(Invitation, made.invitation_ids[6])
        assert (found.rater_group, found.state) == (Group.SCHOOL, State.REMOVED)
    again = tom.send(f"/rondes/mensen/{part_id}/school", {
        "relation": "leraar", "name": "School Een", "email": f"school.1.van.{begeleider.id}@school.example"})
    assert again.status_code == 303, "in her own group she may be asked again"


@pytest.mark.parametrize("state", [State.APPROVED, State.REMOVED, State.PROPOSED])
def test_how_many_were_asked_tells_not_who_of_them_answered(app: Flask, made: MadeRound, state: State) -> None:
    """Removed people, or removed and named again: the organiser knows who they are, and would subtract."""
    with app.app_context():
        for number in (0, 1):
            db.session.get_one(Invitation, made.invitation_ids[number]).state = state
            db.session.get_one(Invitation, made.invitation_ids[number]).answered = number == 0
        db.session.get_one(Invitation, made.invitation_ids[2]).state = State.DECLINED
        db.session.commit()
    close(app, made.round_id)
    with app.app_context():
        found = db.session.scalars(select(Response).where(Response.rater_group == Group.COLLEAGUE)).one()
        assert (found.asked, found.sent) == (5, 1)


def test_who_was_removed_and_named_again_still_stands_between_two_rounds(app: Flask, made: MadeRound,
                                                                         begeleider: Persona,
                                                                         teamleider: Persona) -> None:
    with app.app_context():
        db.session.get_one(Invitation, made.invitation_ids[0]).state = State.PROPOSED       # she may have answered
        db.session.get_one(Round, made.round_id).state = "closed"
        db.session.commit()
    later = make_round(app, teamleider, [begeleider], {Group.COLLEAGUE: 6}, state="choosing", opened_days_ago=-1)
    with app.app_context():
        found = db.session.scalars(select(Invitation).where(Invitation.round_subject_id == later.part_ids[0])
                                   .order_by(Invitation.id)).all()
        assert not course.spacing_of(later.round_id, teamleider.organisation_id, today())[later.part_ids[0]]
        db.session.delete(found[0])
        db.session.flush()
        assert course.spacing_of(later.round_id, teamleider.organisation_id, today())[later.part_ids[0]]
        db.session.rollback()


@pytest.mark.parametrize("answered", [False, True])
def test_a_newer_link_that_bounces_tells_not_that_she_had_not_answered(app: Flask, made: MadeRound,
                                                                       answered: bool) -> None:
    """Her mailbox is closed since, and whoever asks for a new link knows it."""
    with app.app_context():
        invitation = db.session.get_one(Invitation, made.invitation_ids[0])
        invitation.answered = answered
        inviting.renew(invitation)
        address = str(invitation.email)
        db.session.commit()
    post = Post(at_recipient={address: "550 5.1.1 unknown"})
    with mail_server(post) as settings, mailing(app, settings), app.app_context():
        jobs.deliver_mail()
    with app.app_context():
        assert db.session.get_one(Invitation, made.invitation_ids[0]).bounced is None
        assert not db.session.scalars(select(Message)).all()


def test_a_newer_link_after_a_first_mail_that_never_arrived_comes_back(app: Flask, made: MadeRound) -> None:
    with app.app_context():
        invitation = db.session.get_one(Invitation, made.invitation_ids[0])
        invitation.bounced = "het postvak is vol"
        inviting.renew(invitation)
        address = str(invitation.email)
        db.session.commit()
    post = Post(at_recipient={address: "550 5.1.1 unknown"})
    with mail_server(post) as settings, mailing(app, settings), app.app_context():
        jobs.deliver_mail()
    with app.app_context():
        assert db.session.get_one(Invitation, made.invitation_ids[0]).bounced == "dit adres bestaat niet (meer)"


def test_people_who_only_wait_are_no_company(app: Flask, tom: CheckedClient, made: MadeRound) -> None:
    """Or three names that nobody approves would let all but one of a group be taken away."""
    part_id = made.part_ids[0]
    for number in range(3):
        assert tom.send(f"/rondes/mensen/{part_id}/collega", {
            "relation": "begeleider", "name": f"Nep {number}", "email": f"nep{number}@klimop.nl"}).status_code == 303
    statuses = [tom.send(f"/rondes/mensen/{part_id}/{one}/weg").status_code for one in made.invitation_ids[:3]]
    assert statuses == [303, 303, 422], "k+1 of those who were invited stay"


def test_enough_counts_nobody_twice(app: Flask, tom: CheckedClient, made: MadeRound) -> None:
    """Taking people away and correcting their addresses changes nothing of what is said about a group."""
    for token in made.tokens[:5]:
        save(app, token, {"VM1.1": 2})
        send(app, token)

    def said() -> dict[str, bool]:
        with app.app_context():
            part = asked_queries.part_of(db.session.get_one(RoundSubject, made.part_ids[0]).organisation_id,
                                         made.part_ids[0])
            assert part is not None
            return {one.group: one.reached for one in sufficient_for(part)}

    assert said() == {"collega": True, "school": False}
    correct(tom, made, 0)
    tom.send(f"/rondes/mensen/{made.part_ids[0]}/{made.invitation_ids[1]}/weg")
    assert said() == {"collega": True, "school": False}
