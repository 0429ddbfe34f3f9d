"""Each mail of a round, read: what it must say to whom, and when nobody should get it any more."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from app import jobs
from app.db import db
from app.messages.letters import Letter, letter
from app.messages.models import Message
from app.people.models import Person
from app.rounds import inviting, letters, moves
from app.rounds.invitations import State
from app.rounds.models import Invitation, Round, RoundGroup, RoundSettings, RoundSubject
from app.web.formats import as_if, now
from tests.support.builders import Persona, make_person
from tests.support.mail import Post, mail_server, mailing
from tests.support.rounds import SETS, MadeRound, make_round

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


@pytest.mark.parametrize("reminder", [False, True])
@pytest.mark.parametrize("group", EVERYBODY)
def test_what_every_letter_says(app: Flask, teamleider: Persona, begeleider: Persona, group: str,
                                reminder: bool) -> None:
    read = asked(app, teamleider, begeleider, group, reminder=reminder, contact="Bea Jansen, 030 123 45 67")
    assert "\n" not in read.subject
    for said in ("Jet de Vries", "Leren van wat anderen zien in mijn werk op scholen.", "maandag 30 maart",
                 "Dienst Noord", "Bea Jansen, 030 123 45 67", "alleen voor", "link"):
        assert said in read.text, said
    assert re.search(r"ongeveer \d+ minuten", read.text)
    assert re.search(r"Liever niet|komt het niet uit|niet meedoen|Wil je niet", read.text)
    assert "{" not in read.text + read.subject


@pytest.mark.parametrize("group", EVERYBODY)
def test_the_form_of_address(app: Flask, teamleider: Persona, begeleider: Persona, group: str) -> None:
    for reminder in (False, True):
        with app.app_context():
            db.session.execute(delete(RoundSettings))
            db.session.execute(delete(Round))
            db.session.commit()
        read = asked(app, teamleider, begeleider, group, reminder=reminder).text
        assert bool(re.search(r"\b(je|jij|jou|jouw)\b", read, re.I)) is (group != "ouder")
        assert bool(re.search(r"\b(u|uw)\b", read, re.I)) is (group == "ouder")


@pytest.mark.parametrize(("group", "others"), [("collega", 2), ("school", 2), ("opdrachtgever", 2), ("ouder", 2),
                                               ("leerling", 4)])
def test_with_how_many_others(app: Flask, teamleider: Persona, begeleider: Persona, group: str, others: int) -> None:
    assert f"minstens {others}" in asked(app, teamleider, begeleider, group).text


@pytest.mark.parametrize("reminder", [False, True])
@pytest.mark.parametrize("group", ["ouder", "leerling"])
def test_who_would_rather_not_is_promised_no_more_than_holds(app: Flask, teamleider: Persona, begeleider: Persona,
                                                             group: str, reminder: bool) -> None:
    """That somebody declines is seen; whether somebody answered is not."""
    read = asked(app, teamleider, begeleider, group, reminder=reminder).text
    assert "Niemand ziet of " in read
    assert not re.search("Niemand ziet of (u|je) meedoet", read)


def test_the_teamleider_is_told_that_it_is_not_anonymous(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    read = asked(app, teamleider, begeleider, "teamleider").text
    assert "niet anoniem" in read
    assert "minstens" not in read
    assert "Niemand ziet" not in read


@pytest.mark.parametrize("group", ["collega", "ouder", "leerling"])
def test_who_reads_ones_own_words(app: Flask, teamleider: Persona, begeleider: Persona, group: str) -> None:
    read = asked(app, teamleider, begeleider, group, lead_reads=False).text
    assert "teamleider niet" in read or "teamleider" not in read


@pytest.mark.parametrize("lead_reads", [True, False])
@pytest.mark.parametrize("group", ADULTS)
def test_ones_own_words_are_read_only_beside_those_of_others(app: Flask, teamleider: Persona, begeleider: Persona,
                                                             group: str, lead_reads: bool) -> None:
    """As the first page says it."""
    read = asked(app, teamleider, begeleider, group, lead_reads=lead_reads).text
    assert "zonder naam, en alleen als minstens 3 mensen iets schreven" in read


@pytest.mark.parametrize("group", ADULTS)
def test_in_a_small_circle(app: Flask, teamleider: Persona, begeleider: Persona, group: str) -> None:
    """One group of all anonymous adults, with the strictest minimum of theirs."""
    with as_if(START):
        made = make_round(app, teamleider, [begeleider], {group: 1}, opened_days_ago=0, small_circle=True)
    with app.app_context(), as_if(START):
        db.session.execute(update(RoundGroup).where(RoundGroup.rater_group == "opdrachtgever").values(minimum=4))
        letters.ask(db.session.get_one(Invitation, made.invitation_ids[0]), made.round_id)
        read = written().text
    assert "in één groep, samen met die van minstens 3 anderen" in read
    assert "voegen we" not in read


def test_schools_and_clients_may_become_one_group(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    with as_if(START):
        made = make_round(app, teamleider, [begeleider], {"school": 1}, opened_days_ago=0)
    texts = []
    with app.app_context(), as_if(START):
        for _ in range(2):
            letters.ask(db.session.get_one(Invitation, made.invitation_ids[0]), made.round_id)
            texts.append(written().text)
            db.session.execute(delete(RoundGroup).where(RoundGroup.rater_group == "opdrachtgever"))
            db.session.commit()
    assert "voegen we opdrachtgevers toe" in texts[0]
    assert "voegen we" not in texts[1]


def test_without_a_contact_it_is_who_planned_the_round(app: Flask, teamleider: Persona, begeleider: Persona,
                                                       beheerder: Persona) -> None:
    read = asked(app, teamleider, begeleider, "school").text
    assert f"Tom Bakker ({teamleider.email})" in read
    with app.app_context():
        planned = db.session.scalars(select(Round)).one()
        planned.own_initiative, planned.created_by_id = True, begeleider.id
        assert letters.contact_of(planned) == f"Bea Jansen ({beheerder.email})"


# --- who gets none any more ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [
    {"answered": True}, {"answered": None}, {"state": State.DECLINED}, {"state": State.REMOVED}, {"renewal": 1},
    {"email": "elders@school.example"},
])
def test_who_needs_no_letter_any_more(app: Flask, teamleider: Persona, begeleider: Persona,
                                      values: dict[str, object]) -> None:
    made = make_round(app, teamleider, [begeleider], {"school": 1})
    with app.app_context():
        letters.ask(db.session.get_one(Invitation, made.invitation_ids[0]), made.round_id)
        db.session.execute(update(Invitation).values(**values))
        assert letter(db.session.scalars(select(Message)).one()) is None
        db.session.rollback()


@pytest.mark.parametrize(("state", "days"), [("choosing", 0), ("closed", 0), ("aborted", 0), ("open", 29)])
def test_no_letter_once_it_is_over(app: Flask, teamleider: Persona, begeleider: Persona, state: str,
                                   days: int) -> None:
    made = make_round(app, teamleider, [begeleider], {"school": 1}, opened_days_ago=0)
    with app.app_context(), as_if(now() + dt.timedelta(days=days)):
        letters.ask(db.session.get_one(Invitation, made.invitation_ids[0]), made.round_id)
        db.session.execute(update(Round).values(state=state))
        assert letter(db.session.scalars(select(Message)).one()) is None
        db.session.rollback()


def test_no_letter_about_somebody_who_left(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], {"school": 1})
    with app.app_context():
        letters.ask(db.session.get_one(Invitation, made.invitation_ids[0]), made.round_id)
        assert letter(db.session.scalars(select(Message)).one()) is not None
        db.session.get_one(Person, begeleider.id).active = False
        db.session.flush()
        assert letter(db.session.scalars(select(Message)).one()) is None


# --- broken off ------------------------------------------------------------------------------------------------------


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


# --- choosing --------------------------------------------------------------------------------------------------------


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


# --- giving out links ------------------------------------------------------------------------------------------------


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


def test_there_is_a_letter_for_every_group(app: Flask) -> None:
    assert set(EVERYBODY) == set(SETS)
