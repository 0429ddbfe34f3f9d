"""Approving whom somebody asks: the rules, and the doors that stay shut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.measurement.scale import Group
from app.rounds.invitations import State
from app.rounds.models import Invitation, Round, RoundSubject
from app.web.formats import today
from tests.rounds.choice import ENOUGH, approve, id_of, letters, people
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient
from tests.support.rounds import make_round


def test_who_may_approve(app: Flask, client: CheckedClient, propose: Callable[..., int], begeleider: Persona,
                         teamleider: Persona, beheerder: Persona, hr: Persona, stranger: Persona,
                         team_id: int) -> None:
    part_id = propose()
    colleague = make_person(app, begeleider.organisation_id, works_in=[team_id])
    other_lead = make_person(app, begeleider.organisation_id, roles=["teamleider"])
    for who, status in ((teamleider, 200), (beheerder, 200), (begeleider, 404), (colleague, 404), (other_lead, 404),
                        (hr, 404), (stranger, 404)):
        log_in(client, who)
        assert client.get(f"/rondes/mensen/{part_id}").status_code == status, who.name
        assert client.get(f"/rondes/mensen/{part_id}/bladen").status_code == status, who.name
        if status == 404:
            for address in ("goed", "collega", "bladen", "bladen/weg", f"{id_of(app, 'Collega 1')}/weg",
                            f"{id_of(app, 'Collega 1')}/adres", f"{id_of(app, 'Collega 1')}/link"):
                assert client.send(f"/rondes/mensen/{part_id}/{address}").status_code == 404
    assert set(people(app, part_id).values()) == {State.PROPOSED}


def test_the_gesprekspartner_approves_and_is_asked_as_the_lead(app: Flask, client: CheckedClient,
                                                               organisation_id: int) -> None:
    partner = make_person(app, organisation_id, name="Pia Partner")
    alone = make_person(app, organisation_id, name="Ali Alleen", discussion_partner_id=partner.id)
    part_id = make_round(app, partner, [alone], ENOUGH, state="choosing", invitation_state=State.PROPOSED,
                         opened_days_ago=-14).part_ids[0]
    with app.app_context():
        db.session.get_one(RoundSubject, part_id).choice_sent_at = dt.datetime.now(dt.UTC)
        db.session.commit()
    log_in(client, partner)
    assert approve(client, part_id).status_code == 303
    assert people(app, part_id)["Pia Partner"] == State.APPROVED


def test_she_who_leads_a_team_of_her_own_does_not_approve_herself(app: Flask, client: CheckedClient,
                                                                  organisation_id: int, team_id: int) -> None:
    both = make_person(app, organisation_id, works_in=[team_id], roles=["begeleider", "teamleider", "beheerder"])
    part_id = make_round(app, both, [both], ENOUGH, state="choosing").part_ids[0]
    log_in(client, both)
    assert client.get(f"/rondes/mensen/{part_id}").status_code == 404
    assert client.send(f"/rondes/mensen/{part_id}/goed").status_code == 404


def test_approving_before_the_opening_invites_nobody_yet(app: Flask, tom: CheckedClient, teamleider: Persona,
                                                         propose: Callable[..., int]) -> None:
    part_id = propose()
    assert approve(tom, part_id).status_code == 303
    found = people(app, part_id)
    assert set(found.values()) == {State.APPROVED}
    assert "Tom Bakker" in found, "the teamleider is asked by herself"
    assert letters(app) == []
    with app.app_context():
        part = db.session.get_one(RoundSubject, part_id)
        assert (part.approved_by_id, part.approved_at is None) == (teamleider.id, False)
        lead = db.session.scalars(select(Invitation).where(Invitation.name == "Tom Bakker")).one()
        assert (lead.rater_group, lead.email, lead.person_id) == ("teamleider", teamleider.email, teamleider.id)
    assert "Iedereen op de lijst is goedgekeurd." in tom.get(f"/rondes/mensen/{part_id}").text


def test_what_she_has_not_sent_is_not_shown_and_not_approved(app: Flask, tom: CheckedClient,
                                                             propose: Callable[..., int]) -> None:
    part_id = propose(sent=False)
    page = tom.get(f"/rondes/mensen/{part_id}")
    assert "is nog aan het kiezen" in page.text
    assert "Collega 1" not in page.text
    assert tom.send(f"/rondes/mensen/{part_id}/goed").status_code == 409
    with app.app_context():
        planned = db.session.scalars(select(Round)).one()
        planned.choose_until = today() - dt.timedelta(days=1)
        db.session.commit()
    late = tom.get(f"/rondes/mensen/{part_id}")
    assert "Collega 1" in late.text
    assert "goedkeuren kan nog gewoon" in late.text
    assert approve(tom, part_id).status_code == 303
    assert people(app, part_id)["Collega 1"] == State.APPROVED


@pytest.mark.parametrize(("raters", "told"), [
    ({Group.COLLEAGUE: 3}, "Collega&#39;s: vraag er nog 1 bij, of niemand."),
    ({Group.COLLEAGUE: 4, Group.CLIENT: 1}, "Opdrachtgever: vraag er nog 3 bij, of niemand."),
    ({Group.SCHOOL: 2, Group.CLIENT: 1}, "School en opdrachtgever: vraag er nog 1 bij, of niemand."),
    ({Group.COLLEAGUE: 4, Group.PARENT: 2}, "Ouders: vraag er nog 2 bij, of niemand."),
])
def test_too_few_people_are_not_approved(app: Flask, tom: CheckedClient, propose: Callable[..., int],
                                         raters: dict[Group, int], told: str) -> None:
    part_id = propose(raters)
    page = tom.get(f"/rondes/mensen/{part_id}")
    assert told in page.text
    refused = tom.submit(page, to=f"/rondes/mensen/{part_id}/goed")
    assert refused.status_code == 422
    assert told in refused.text
    assert set(people(app, part_id).values()) == {State.PROPOSED}


def test_few_clients_beside_enough_of_schools_and_a_small_circle(app: Flask, tom: CheckedClient,
                                                                 propose: Callable[..., int]) -> None:
    assert approve(tom, propose({Group.SCHOOL: 3, Group.CLIENT: 1})).status_code == 303
    assert approve(tom, propose({Group.COLLEAGUE: 2, Group.SCHOOL: 2}, small_circle=True)).status_code == 303


def test_she_sees_what_was_changed(app: Flask, client: CheckedClient, tom: CheckedClient, begeleider: Persona,
                                   propose: Callable[..., int]) -> None:
    part_id = propose({Group.COLLEAGUE: 5, Group.SCHOOL: 6})
    assert tom.send(f"/rondes/mensen/{part_id}/{id_of(app, 'Collega 5')}/weg").status_code == 303
    door = tom.get(f"/rondes/mensen/{part_id}/school")
    assert tom.submit(door, {"name": "An Bos", "email": "an@klimop.nl", "relation": "directie"}).status_code == 303
    assert people(app, part_id)["Collega 5"] == State.REMOVED
    assert approve(tom, part_id).status_code == 303
    log_in(client, begeleider)
    page = client.get(f"/feedback/{part_id}").text
    assert "Tom Bakker keek je keuze na" in page
    assert "Wat er is veranderd, staat erbij." in page
    assert "weggehaald" in page
    assert "toegevoegd voor je" in page
    again = client.send(f"/feedback/{part_id}/mensen/collega",
                        {"relation": "begeleider", "lines": f"Weer; collega.5.van.{begeleider.id}@school.example"})
    assert again.status_code == 422
    assert "weggehaald door wie je keuze nakijkt" in again.text


def test_what_was_added_by_who_approves_and_taken_off_again_is_not_told(app: Flask, tom: CheckedClient,
                                                                        propose: Callable[..., int]) -> None:
    part_id = propose()
    tom.send(f"/rondes/mensen/{part_id}/school", {"relation": "leraar", "name": "An", "email": "an@klimop.nl"})
    assert "An" in people(app, part_id)
    tom.send(f"/rondes/mensen/{part_id}/{id_of(app, 'An')}/weg")
    assert "An" not in people(app, part_id)


@pytest.mark.parametrize("who", ["begeleider", "teamleider"])
def test_the_same_doors_for_who_approves(app: Flask, tom: CheckedClient, request: pytest.FixtureRequest,
                                         propose: Callable[..., int], who: str) -> None:
    part_id = propose()
    person: Persona = request.getfixturevalue(who)
    refused = tom.send(f"/rondes/mensen/{part_id}/collega",
                       {"relation": "begeleider", "name": person.name, "email": person.email})
    assert refused.status_code == 422
    assert ("over wie het gaat" if who == "begeleider" else "leest straks mee") in refused.text
    assert len(people(app, part_id)) == 10


def test_somebody_who_came_to_lead_her_meanwhile_is_not_approved(app: Flask, tom: CheckedClient, team_id: int,
                                                                 begeleider: Persona,
                                                                 propose: Callable[..., int]) -> None:
    part_id = propose({Group.COLLEAGUE: 5})
    make_person(app, begeleider.organisation_id, roles=["teamleider"], leads=[team_id], name="Lea Nieuw",
                email=f"collega.5.van.{begeleider.id}@school.example")
    refused = approve(tom, part_id)
    assert refused.status_code == 422
    assert "Lea Nieuw leest straks mee" in refused.text
    assert set(people(app, part_id).values()) == {State.PROPOSED}


def test_who_is_asked_often_is_told_and_nothing_is_blocked(app: Flask, tom: CheckedClient, teamleider: Persona,
                                                           organisation_id: int, team_id: int,
                                                           propose: Callable[..., int]) -> None:
    part_id = propose()
    others = [make_person(app, organisation_id, works_in=[team_id]) for _ in range(5)]
    made = make_round(app, teamleider, others, {Group.SCHOOL: 4})
    with app.app_context():
        busy = db.session.scalars(select(Invitation).where(Invitation.name == "School 1",
                                                           Invitation.round_subject_id == part_id)).one()
        for one in made.part_ids:
            db.session.scalars(select(Invitation).where(
                Invitation.name == "School 1", Invitation.round_subject_id == one)).one().email = busy.email
        other = db.session.scalars(select(Invitation).where(Invitation.name == "School 2",
                                                            Invitation.round_subject_id == part_id)).one()
        db.session.scalars(select(Invitation).where(
            Invitation.name == "School 2", Invitation.round_subject_id == made.part_ids[0])).one().email = other.email
        db.session.scalars(select(Invitation).where(
            Invitation.name == "School 2", Invitation.round_subject_id == made.part_ids[1])).one().email = other.email
        once = db.session.scalars(select(Invitation).where(Invitation.name == "School 3",
                                                           Invitation.round_subject_id == part_id)).one()
        db.session.scalars(select(Invitation).where(
            Invitation.name == "School 3", Invitation.round_subject_id == made.part_ids[0])).one().email = once.email
        db.session.commit()
    page = tom.get(f"/rondes/mensen/{part_id}").text
    assert page.count("School 1 is nu door 5 collega's gevraagd. Is er iemand anders die het ook kan zeggen?") == 1
    assert "In de rondes die nu lopen 2 keer gevraagd." in page
    assert page.count("keer gevraagd") == 1, "once is what everybody is"
    assert approve(tom, part_id).status_code == 303
