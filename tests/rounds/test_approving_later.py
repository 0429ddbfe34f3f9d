"""Approving while the round runs: additions, newer links, corrected addresses, removals."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.measurement.scale import Group
from app.rounds.invitations import State
from app.rounds.models import Invitation
from app.web.formats import today
from tests.rounds.choice import ENOUGH, approve, id_of, letters, people
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient
from tests.support.rounds import make_round


def test_a_later_addition_is_invited_at_once(app: Flask, client: CheckedClient, begeleider: Persona,
                                             teamleider: Persona, running: int) -> None:
    log_in(client, begeleider)
    client.send(f"/feedback/{running}/mensen/school", {"relation": "leraar", "name": "An Bos", "email": "an@klimop.nl"})
    assert letters(app) == []
    log_in(client, teamleider)
    assert approve(client, running).status_code == 303
    assert letters(app) == ["an@klimop.nl"]
    assert client.send(f"/rondes/mensen/{running}/goed").status_code == 409
    twice = client.send(f"/rondes/mensen/{running}/goed", {"seen": str(id_of(app, "An Bos"))})
    assert twice.status_code == 303, "the same button twice"
    assert letters(app) == ["an@klimop.nl"]


def test_an_addition_that_stands_too_close_to_an_earlier_round_is_refused(
        app: Flask, tom: CheckedClient, begeleider: Persona, teamleider: Persona, running: int) -> None:
    make_round(app, teamleider, [begeleider], {Group.COLLEAGUE: 4, Group.SCHOOL: 6}, state="closed",
               opened_days_ago=90)
    tom.send(f"/rondes/mensen/{running}/school", {"relation": "leraar", "name": "An Bos", "email": "an@klimop.nl"})
    refused = approve(tom, running)
    assert refused.status_code == 422
    assert "komen er 1 bij en gaan er 0 af" in refused.text
    assert people(app, running)["An Bos"] == State.PROPOSED
    assert letters(app) == []


def test_who_was_held_back_at_the_opening_is_invited_once_nothing_stands_in_the_way(
        app: Flask, tom: CheckedClient, begeleider: Persona, teamleider: Persona, running: int) -> None:
    """One person more than in the earlier round was approved; the round began without inviting anybody about her."""
    make_round(app, teamleider, [begeleider], {Group.COLLEAGUE: 4, Group.SCHOOL: 5}, state="closed",
               opened_days_ago=90)
    with app.app_context():
        for one in db.session.scalars(select(Invitation).where(Invitation.round_subject_id == running)):
            one.invited_on = None
        db.session.commit()
    page = tom.get(f"/rondes/mensen/{running}")
    assert "Zo kunnen de uitnodigingen nog niet weg." in page.text
    assert "komen er 1 bij en gaan er 0 af" in page.text
    assert tom.submit(page, to=f"/rondes/mensen/{running}/goed").status_code == 422
    sixth = [name for name in people(app, running) if name == "School 6"]
    with app.app_context():
        school = db.session.scalars(select(Invitation.id).where(
            Invitation.name == sixth[0], Invitation.round_subject_id == running)).one()
    assert tom.send(f"/rondes/mensen/{running}/{school}/weg").status_code == 303
    assert letters(app) == []
    assert approve(tom, running).status_code == 303
    assert len(letters(app)) == 9
    assert "Zo kunnen de uitnodigingen" not in tom.get(f"/rondes/mensen/{running}").text


def test_a_new_link_kills_the_old_one(app: Flask, tom: CheckedClient, running: int) -> None:
    school = id_of(app, "School 1")
    assert tom.send(f"/rondes/mensen/{running}/{school}/link").status_code == 303
    with app.app_context():
        found = db.session.get_one(Invitation, school)
        assert found.renewal == 1
        email = found.email
    assert letters(app) == [email]


def test_an_address_that_bounced_is_corrected(app: Flask, tom: CheckedClient, begeleider: Persona,
                                              running: int) -> None:
    school, other = id_of(app, "School 1"), id_of(app, "School 2")
    with app.app_context():
        found = db.session.get_one(Invitation, school)
        found.bounced, taken = "het postvak is vol", db.session.get_one(Invitation, other).email
        db.session.commit()
    page = tom.get(f"/rondes/mensen/{running}")
    assert "kwam niet aan. Controleer het adres of kies iemand anders. De reden: het postvak is vol." in page.text
    address = f"/rondes/mensen/{running}/{school}/adres"
    for wrong, told in (("", "Vul een e-mailadres in."), ("jet@", "Dit is geen e-mailadres."),
                        ("jet@gmail.con", "Bedoel je jet@gmail.com?"), (taken, "staat er al bij"),
                        (begeleider.email, "over wie het gaat")):
        refused = tom.submit(page, {"email": wrong}, to=address)
        assert refused.status_code == 422, wrong
        assert told in refused.text
        assert f'value="{wrong}"' in refused.text
    assert tom.submit(page, {"email": "Jet@Klimop.nl"}, to=address).status_code == 303
    with app.app_context():
        found = db.session.scalars(select(Invitation).where(Invitation.name == "School 1")).one()
        assert (found.email, found.bounced, found.invited_on) == ("jet@klimop.nl", None, today())
    assert letters(app) == ["jet@klimop.nl"]


def test_a_colleague_gets_her_address_at_the_dienst_back(app: Flask, tom: CheckedClient, organisation_id: int,
                                                         running: int) -> None:
    noor = make_person(app, organisation_id, name="Noor Zwart")
    with app.app_context():
        db.session.scalars(select(Invitation).where(Invitation.name == "Collega 1")).one().person_id = noor.id
        db.session.commit()
    address = f"/rondes/mensen/{running}/{id_of(app, 'Collega 1')}/adres"
    assert tom.send(address, {"email": noor.email}).status_code == 303
    assert letters(app) == [noor.email]


def test_people_of_a_group_that_was_promised_company_stay(app: Flask, tom: CheckedClient, running: int) -> None:
    refused = tom.send(f"/rondes/mensen/{running}/{id_of(app, 'Collega 1')}/weg")
    assert refused.status_code == 422
    assert "Zonder Collega 1 zijn er te weinig mensen in deze groep." in refused.text
    assert tom.send(f"/rondes/mensen/{running}/{id_of(app, 'School 1')}/weg").status_code == 303
    assert people(app, running)["School 1"] == State.REMOVED


def test_somebody_removed_may_be_asked_again_and_gets_a_new_link(app: Flask, tom: CheckedClient,
                                                                 begeleider: Persona, running: int) -> None:
    school = id_of(app, "School 1")
    tom.send(f"/rondes/mensen/{running}/{school}/weg")
    tom.send(f"/rondes/mensen/{running}/school", {
        "relation": "leraar", "name": "School Een", "email": f"school.1.van.{begeleider.id}@school.example"})
    assert approve(tom, running).status_code == 303
    with app.app_context():
        found = db.session.get_one(Invitation, school)
        assert (found.name, found.state, found.renewal) == ("School Een", State.APPROVED, 1)
    assert len(letters(app)) == 1


@pytest.mark.parametrize("state", ["closed", "released", "aborted"])
def test_when_it_is_over_nothing_changes(app: Flask, tom: CheckedClient, begeleider: Persona, teamleider: Persona,
                                         state: str) -> None:
    part_id = make_round(app, teamleider, [begeleider], ENOUGH, state=state, opened_days_ago=40).part_ids[0]
    before = people(app, part_id)
    page = tom.get(f"/rondes/mensen/{part_id}")
    assert page.status_code == 200
    assert "<form" not in page.text.partition("<main")[2]
    school = id_of(app, "School 1")
    assert tom.send(f"/rondes/mensen/{part_id}/goed").status_code == 409
    for address in (f"{school}/weg", f"{school}/link"):
        tom.send(f"/rondes/mensen/{part_id}/{address}")
    tom.send(f"/rondes/mensen/{part_id}/{school}/adres", {"email": "x@klimop.nl"})
    tom.send(f"/rondes/mensen/{part_id}/bladen", {"kind": "leerling", "count": "6"})
    tom.send(f"/rondes/mensen/{part_id}/school", {"relation": "leraar", "name": "An", "email": "an@klimop.nl"})
    assert people(app, part_id) == before
    assert tom.get(f"/rondes/mensen/{part_id}/school").status_code == 303


@pytest.mark.parametrize("state", ["closed", "released"])
def test_of_a_closed_round_nothing_waits(app: Flask, client: CheckedClient, tom: CheckedClient, begeleider: Persona,
                                         teamleider: Persona, state: str) -> None:
    part_id = make_round(app, teamleider, [begeleider], ENOUGH, state=state, opened_days_ago=40).part_ids[0]
    with app.app_context():
        late = db.session.scalars(select(Invitation).where(Invitation.name == "School 1")).one()
        late.state, late.invited_on = State.PROPOSED, None
        db.session.commit()
    page = tom.get(f"/rondes/mensen/{part_id}").text
    assert "wacht op goedkeuring" not in page and page.count("niet gevraagd") == 1
    assert "Teamleider</h2>" not in page and "op de lijst" not in page and "Bladen voor" not in page
    log_in(client, begeleider)
    page = client.get(f"/feedback/{part_id}").text
    assert "wacht op goedkeuring" not in page and page.count("niet gevraagd") == 1
    assert "keek je keuze na" in page and "Wat er is veranderd" not in page
