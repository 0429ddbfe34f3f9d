"""Approving whom somebody asks: the rules, the doors that stay shut, and two people at the same moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest
import segno
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.db import db
from app.measurement.scale import Group
from app.messages.models import Message
from app.rounds import links
from app.rounds.invitations import State
from app.rounds.models import Invitation, Round, RoundSubject
from app.web.formats import today
from tests.support.at_once import together
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient
from tests.support.rounds import make_round

ENOUGH = {Group.COLLEAGUE: 4, Group.SCHOOL: 6}


@pytest.fixture
def tom(client: CheckedClient, teamleider: Persona) -> CheckedClient:
    log_in(client, teamleider)
    return client


@pytest.fixture
def propose(app: Flask, begeleider: Persona, teamleider: Persona) -> Callable[..., int]:
    """Jet's part with so many people proposed, in a round that begins in two weeks; sent to whoever approves."""

    def made(raters: dict[Group, int] | None = None, *, sent: bool = True, **kwargs: bool) -> int:
        part_id = make_round(app, teamleider, [begeleider], ENOUGH if raters is None else raters, state="choosing",
                             invitation_state=State.PROPOSED, opened_days_ago=-14, **kwargs).part_ids[0]
        if sent:
            with app.app_context():
                db.session.get_one(RoundSubject, part_id).choice_sent_at = dt.datetime.now(dt.UTC)
                db.session.commit()
        return part_id

    return made


def people(app: Flask, part_id: int) -> dict[str, str]:
    with app.app_context():
        return {one.name: one.state for one in db.session.scalars(
            select(Invitation).where(Invitation.round_subject_id == part_id).order_by(Invitation.id))}


def id_of(app: Flask, name: str) -> int:
    with app.app_context():
        return db.session.scalars(select(Invitation.id).where(Invitation.name == name)).one()


def letters(app: Flask) -> list[str]:
    with app.app_context():
        return [m.recipient for m in db.session.scalars(select(Message).order_by(Message.id))
                if m.template.startswith("ask_")]


def approve(client: CheckedClient, part_id: int) -> TestResponse:
    page = client.get(f"/rondes/mensen/{part_id}")
    return client.submit(page, to=f"/rondes/mensen/{part_id}/goed")


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


# --- while the round runs --------------------------------------------------------------------------------------------


@pytest.fixture
def running(app: Flask, begeleider: Persona, teamleider: Persona) -> int:
    return make_round(app, teamleider, [begeleider], {Group.COLLEAGUE: 4, Group.SCHOOL: 6}).part_ids[0]


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


# --- sheets ----------------------------------------------------------------------------------------------------------


def test_sheets_are_approved_printed_and_counted_from_five_on(app: Flask, tom: CheckedClient, running: int) -> None:
    page = tom.get(f"/rondes/mensen/{running}")
    for wrong in ("", "0", "61", "x", "-3", "9" * 30):
        refused = tom.submit(page, {"kind": "leerling", "count": wrong}, to=f"/rondes/mensen/{running}/bladen")
        assert refused.status_code == 422, wrong
    assert tom.submit(page, {"kind": "leerling", "count": "5"},
                      to=f"/rondes/mensen/{running}/bladen").status_code == 303
    few = approve(tom, running)
    assert few.status_code == 422
    assert "Leerlingen: vraag er nog 1 bij, of niemand." in few.text
    tom.submit(page, {"kind": "leerling-kort-14", "count": "3"}, to=f"/rondes/mensen/{running}/bladen")
    tom.submit(page, {"kind": "ouder", "count": "4"}, to=f"/rondes/mensen/{running}/bladen")
    assert tom.send(f"/rondes/mensen/{running}/bladen/weg", {"kind": "ouder"}).status_code == 303
    assert approve(tom, running).status_code == 303
    sheets = tom.get(f"/rondes/mensen/{running}/bladen")
    assert sheets.headers["Cache-Control"] == "no-store"
    assert sheets.headers["Referrer-Policy"] == "no-referrer"
    assert sheets.text.count("Wat vind jij van Jet?") == 8
    assert sheets.text.count('class="segno"') == 8
    assert all(code in sheets.text for code in codes_of(app, running))
    assert "Op school stellen wij uw kind 8 korte vragen" in sheets.text
    with app.app_context():
        found = db.session.scalars(select(Invitation).where(Invitation.email.is_(None))).all()
        assert {one.question_set for one in found} == {"beleving", "beleving-kort"}
        assert {one.invited_on is None for one in found} == {False}
        fifth = found[4].id
        for one in found[:4]:
            one.answered = True
        db.session.commit()
    assert "nog geen vijf bladen gebruikt" in tom.get(f"/rondes/mensen/{running}").text
    with app.app_context():
        db.session.get_one(Invitation, fifth).answered = True
        db.session.commit()
    assert "Leerlingen: 5 bladen gebruikt." in tom.get(f"/rondes/mensen/{running}").text


def codes_of(app: Flask, part_id: int) -> list[str]:
    """The square codes of the links on paper, drawn apart."""
    with app.app_context():
        return [segno.make(links.address(one.public_id, one.renewal), error="m", micro=False)
                .svg_inline(scale=4, border=4, dark="#000", light="#fff")
                for one in db.session.scalars(select(Invitation).where(
                    Invitation.round_subject_id == part_id, Invitation.email.is_(None)))]


def test_no_page_of_hers_holds_a_link(app: Flask, client: CheckedClient, begeleider: Persona, teamleider: Persona,
                                      running: int) -> None:
    log_in(client, teamleider)
    client.send(f"/rondes/mensen/{running}/bladen", {"kind": "leerling", "count": "6"})
    approve(client, running)
    with app.app_context():
        secrets = [part for one in db.session.scalars(select(Invitation))
                   for part in (one.public_id, links.token(one.public_id, one.renewal))]
    shown = client.get(f"/rondes/mensen/{running}").text
    log_in(client, begeleider)
    shown += client.get(f"/feedback/{running}").text + client.get(f"/feedback/{running}/mensen").text
    assert not [secret for secret in secrets if secret in shown]
    assert client.get(f"/rondes/mensen/{running}/bladen").status_code == 404


# --- at the same moment ----------------------------------------------------------------------------------------------


def answers_of(app: Flask, *acts: Callable[[CheckedClient], TestResponse]) -> list[int]:
    """What each was answered in a browser of its own, all started together."""
    def browser() -> CheckedClient:
        client = app.test_client()
        assert isinstance(client, CheckedClient)
        return client

    return sorted(answer.status_code for answer in together(*(partial(act, browser()) for act in acts)))


def test_two_who_approve_at_once_invite_everybody_once(app: Flask, client: CheckedClient, teamleider: Persona,
                                                       beheerder: Persona, running: int) -> None:
    log_in(client, teamleider)
    client.send(f"/rondes/mensen/{running}/school", {"relation": "leraar", "name": "An Bos", "email": "an@klimop.nl"})
    seen = {"seen": str(id_of(app, "An Bos"))}

    def by(person: Persona) -> Callable[[CheckedClient], TestResponse]:
        def act(own: CheckedClient) -> TestResponse:
            log_in(own, person)
            return own.send(f"/rondes/mensen/{running}/goed", seen)
        return act

    assert answers_of(app, by(teamleider), by(beheerder)) == [303, 303]
    assert letters(app) == ["an@klimop.nl"]


def test_a_choice_withdrawn_while_it_is_approved_is_one_or_the_other(
        app: Flask, client: CheckedClient, teamleider: Persona, begeleider: Persona,
        propose: Callable[..., int]) -> None:
    part_id = propose()
    with app.app_context():
        seen = [str(one) for one in db.session.scalars(select(Invitation.id))]

    def approving(own: CheckedClient) -> TestResponse:
        log_in(own, teamleider)
        return own.send(f"/rondes/mensen/{part_id}/goed", {"seen": seen})

    def withdrawing(own: CheckedClient) -> TestResponse:
        log_in(own, begeleider)
        return own.send(f"/feedback/{part_id}/mensen/terug")

    answers_of(app, approving, withdrawing)
    with app.app_context():
        part = db.session.get_one(RoundSubject, part_id)
        assert (part.approved_at is None) == (part.choice_sent_at is None)
    states = set(people(app, part_id).values())
    assert states == {State.APPROVED} or states == {State.PROPOSED}


def test_what_changed_since_the_page_was_opened_is_looked_at_again(
        app: Flask, client: CheckedClient, teamleider: Persona, begeleider: Persona, running: int) -> None:
    log_in(client, begeleider)
    client.send(f"/feedback/{running}/mensen/school", {"relation": "leraar", "name": "An", "email": "an@klimop.nl"})
    log_in(client, teamleider)
    page = client.get(f"/rondes/mensen/{running}")
    log_in(client, begeleider)
    client.send(f"/feedback/{running}/mensen/school", {"relation": "leraar", "name": "Bo", "email": "bo@klimop.nl"})
    log_in(client, teamleider)
    crossed = client.submit(page, to=f"/rondes/mensen/{running}/goed")
    assert crossed.status_code == 409
    assert "De keuze is veranderd sinds je deze pagina opende." in crossed.text
    assert letters(app) == []
    assert client.submit(crossed, to=f"/rondes/mensen/{running}/goed").status_code == 303
    assert letters(app) == ["an@klimop.nl", "bo@klimop.nl"]


def test_the_same_address_proposed_twice_at_once_stands_there_once(
        app: Flask, begeleider: Persona, teamleider: Persona, client: CheckedClient, running: int) -> None:
    data = {"relation": "leraar", "name": "An Bos", "email": "an@klimop.nl"}

    def by_her(own: CheckedClient) -> TestResponse:
        log_in(own, begeleider)
        return own.send(f"/feedback/{running}/mensen/school", data)

    def by_him(own: CheckedClient) -> TestResponse:
        log_in(own, teamleider)
        return own.send(f"/rondes/mensen/{running}/school", data)

    assert answers_of(app, by_her, by_him) == [303, 422]
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Invitation.email == "an@klimop.nl")) == 1
        assert db.session.scalars(select(Round.state)).one() == "open"
