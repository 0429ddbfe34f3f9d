"""The page of a conversation: who sees what, saving together, confirming, adding; and planning one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from app.access import Actor
from app.conversations import agreeing, planning, queries
from app.conversations.agreeing import Agreed, AlreadyFixed
from app.conversations.models import Conversation
from app.db import db
from app.people.models import Membership, Person
from app.profiles.models import Reading
from app.profiles.neighbours import neighbours
from app.rounds.models import Invitation
from app.web.formats import now, today
from tests.support.at_once import at_once
from tests.support.builders import Persona, make_person
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient, browser_of, told
from tests.support.rounds import give_measurement, make_round

TODAY = dt.timedelta(0)
LEVEL = "aspect-verwachtingsmanagement"


@pytest.fixture
def talk_id(app: Flask, begeleider: Persona, teamleider: Persona) -> int:
    return make_conversation(app, begeleider, teamleider, planned_in=TODAY)


def at(talk_id: int, page: str = "") -> str:
    return f"/gesprekken/{talk_id}{page}"


def stored(app: Flask, talk_id: int) -> Conversation:
    with app.app_context():
        return db.session.get_one(Conversation, talk_id)


def levels_of(app: Flask, person: Persona) -> list[tuple[str, int, str]]:
    with app.app_context():
        found = neighbours().agreed_levels_of(person.id, person.organisation_id)
        return [(one.code, one.level, one.with_whom) for one in found]


def test_what_is_prepared_is_private_until_it_is_shared(talk_id: int, jet: CheckedClient, tom: CheckedClient) -> None:
    page = jet.get(at(talk_id, "/voorbereiding"))
    assert "Je voorbereiding ziet de ander pas als jij haar deelt." in told(page.data)
    jet.submit(page, {"recognise": "Dat ik goed luister."})
    for hidden in ("", "/voorbereiding", "/gids"):
        assert "luister." not in tom.get(at(talk_id, hidden)).text
    jet.submit(jet.get(at(talk_id, "/voorbereiding")), press="ja")
    assert "Dat ik goed luister." in told(tom.get(at(talk_id)).data)
    jet.submit(jet.get(at(talk_id, "/voorbereiding")), {"want": "Vaker vragen."})      # stays shared
    assert "Vaker vragen." in tom.get(at(talk_id)).text
    jet.submit(jet.get(at(talk_id, "/voorbereiding")), press="nee")
    assert "luister" not in tom.get(at(talk_id)).text
    assert "luister" in jet.get(at(talk_id, "/voorbereiding")).text


def test_from_planning_to_fixed_and_added(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    page = tom.get("/gesprekken/nieuw")
    day = (today() + dt.timedelta(days=5)).isoformat()
    made = tom.submit(page, {"who": f"{begeleider.id}-", "day": day, "hour": "14:30", "place": "Kamer 2"})
    assert made.status_code == 303
    address = made.location
    listed = told(jet.get("/gesprekken").data)
    assert "om 14.30 uur, Kamer 2" in listed
    assert "Nog vast te leggen" not in listed
    with time_machine.travel(now() + dt.timedelta(days=6), tick=False):
        assert "Nog vast te leggen" in told(browser_of(app, begeleider).get("/gesprekken").data)

    jet.submit(jet.get(address), {"notes": "Over de start.", LEVEL: "3"})
    assert levels_of(app, begeleider) == []         # nothing is agreed before it is fixed
    early = jet.get(address)
    assert "Vastleggen kan vanaf de dag van het gesprek." in told(early.data)
    refused = jet.send(address, {"revision": "1", "confirm": "ja"})
    assert (refused.status_code, stored(app, int(address.split("/")[-1])).person_confirmed_at) == (422, None)
    with app.app_context():
        db.session.execute(update(Conversation).values(planned_at=now()))
        db.session.commit()
    jet.submit(jet.get(address), press="confirm")
    assert "Jij hebt bevestigd. Nu Tom nog." in told(jet.get(address).data)
    assert "Jet heeft bevestigd. Nu jij nog." in told(tom.get(address).data)
    tom.submit(tom.get(address), {"appointments": "Canvas vooraf."})      # a change takes it back
    assert "Jet heeft bevestigd" not in told(tom.get(address).data)
    tom.submit(tom.get(address), press="confirm")
    jet.submit(jet.get(address), press="confirm")

    fixed = told(jet.get(address).data)
    assert "door Jet de Vries en Tom Bakker" in fixed
    assert "3 Zelfstandig" in fixed
    assert levels_of(app, begeleider) == [("verwachtingsmanagement", 3, "Tom Bakker")]
    assert jet.send(address, {"notes": "toch anders"}).status_code == 409
    assert tom.send(f"{address}/moment", {"day": day, "hour": "9:00"}).status_code == 409
    assert jet.send(f"{address}/voorbereiding", {"want": "x"}).status_code == 409
    page = tom.get(address)
    tom.submit(page, {"text": "Het canvas werkt."}, to=f"{address}/aanvulling")
    tom.submit(page, {"text": "Het canvas werkt."}, to=f"{address}/aanvulling")      # a double click
    assert jet.get(address).text.count("Het canvas werkt.") == 1


def test_a_level_keeps_its_history(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient, talk_id: int
) -> None:
    for days, level in ((400, 2), (30, 3)):
        make_conversation(app, begeleider, teamleider, levels={"verwachtingsmanagement": level},
                          fixed_at=now() - dt.timedelta(days=days))
    make_conversation(app, begeleider, teamleider, levels={"verwachtingsmanagement": 5})
    assert [level for _code, level, _who in levels_of(app, begeleider)] == [3, 2]
    assert "Eerder afgesproken: 3 Zelfstandig" in told(jet.get(at(talk_id)).data)


def test_two_who_type_at_once_lose_nothing(app: Flask, jet: CheckedClient, tom: CheckedClient, talk_id: int) -> None:
    hers, his = jet.get(at(talk_id)), tom.get(at(talk_id))
    assert tom.submit(his, {"notes": "Tom schreef dit.", LEVEL: "2"}).status_code == 303
    merged = jet.submit(hers, {"appointments": "Jet schreef dat."})
    assert merged.status_code == 303
    both = jet.get(at(talk_id)).text
    assert "Tom schreef dit." in both
    assert "Jet schreef dat." in both

    torn = jet.submit(hers, {"notes": "Jet schreef dit.", LEVEL: "4"})
    assert torn.status_code == 409
    assert "Dit staat er nu: Tom schreef dit." in told(torn.data)
    assert "Dit staat er nu: 2 Ontwikkelend" in told(torn.data)
    assert "Jet schreef dit." in torn.text
    assert stored(app, talk_id).notes == "Tom schreef dit."
    jet.submit(torn, {"notes": "Wij schreven dit."})
    assert stored(app, talk_id).notes == "Wij schreven dit."
    assert stored(app, talk_id).appointments == "Jet schreef dat."


def test_who_confirms_has_seen_all_that_is_written(
    app: Flask, jet: CheckedClient, tom: CheckedClient, talk_id: int
) -> None:
    tom.submit(tom.get(at(talk_id)), {"notes": "Over de start."})
    hers = jet.get(at(talk_id))
    tom.submit(tom.get(at(talk_id)), {"notes": "Over heel iets anders."})
    again = jet.submit(hers, press="confirm")
    assert again.status_code == 409
    assert "Over heel iets anders." in again.text
    assert stored(app, talk_id).person_confirmed_at is None
    assert jet.submit(again, press="confirm").status_code == 303
    assert stored(app, talk_id).person_confirmed_at is not None


def test_what_was_typed_while_it_was_fixed_waits_as_an_addition(
    app: Flask, jet: CheckedClient, tom: CheckedClient, talk_id: int
) -> None:
    tom.submit(tom.get(at(talk_id)), {"notes": "Over de start."})
    late = jet.get(at(talk_id))
    tom.submit(tom.get(at(talk_id)), press="confirm")
    jet.submit(jet.get(at(talk_id)), press="confirm")
    refused = jet.submit(late, {"appointments": "Nog één ding."})
    assert refused.status_code == 409
    assert jet.submit(refused, to=at(talk_id, "/aanvulling")).status_code == 303
    assert "Nog één ding." in tom.get(at(talk_id)).text


def test_nothing_is_not_confirmed(jet: CheckedClient, talk_id: int) -> None:
    page = jet.get(at(talk_id))
    assert "leg het vast" not in told(page.data)
    refused = jet.send(at(talk_id), {"revision": "0", "confirm": "ja"})
    assert refused.status_code == 422
    assert "Er staat nog niets om vast te leggen." in told(refused.data)
    early = jet.send(at(talk_id, "/aanvulling"), {"text": "te vroeg"})
    assert early.status_code == 409


@pytest.mark.parametrize(
    "sent",
    [{LEVEL: "6"}, {LEVEL: "3.5"}, {LEVEL: "zelfstandig"}, {LEVEL: "-1"}, {"notes": "x" * 10_001}],
)
def test_what_cannot_be_kept_is_refused(app: Flask, jet: CheckedClient, talk_id: int, sent: dict[str, str]) -> None:
    refused = jet.send(at(talk_id), {"revision": "0", "notes": "bleef staan", **sent})
    assert refused.status_code == 422
    assert stored(app, talk_id).revision == 0


@pytest.mark.parametrize("revision", ["", "-1", "1e3", "²", "9" * 40, "0; drop"])
def test_a_strange_revision_overwrites_nothing(
    app: Flask, jet: CheckedClient, tom: CheckedClient, talk_id: int, revision: str
) -> None:
    tom.submit(tom.get(at(talk_id)), {"notes": "Van Tom."})
    answer = jet.send(at(talk_id), {"revision": revision, "shown": "rommel =", "notes": "Van Jet."})
    assert answer.status_code == 409
    assert stored(app, talk_id).notes == "Van Tom."


@pytest.mark.parametrize(
    "sent",
    [{"who": ""}, {"who": "999999-"}, {"who": "x"}, {"day": "2020-01-01", "hour": "10:00"}, {"day": "31-2-2027"},
     {"day": "2999-01-01", "hour": "10:00"}, {"hour": "25:00"}, {"hour": "10:00"}, {"place": "x" * 121}],
)
def test_a_plan_that_cannot_be_is_refused(
    app: Flask, tom: CheckedClient, begeleider: Persona, sent: dict[str, str]
) -> None:
    assert tom.send("/gesprekken/nieuw", {"who": f"{begeleider.id}-", **sent}).status_code == 422
    with app.app_context():
        assert db.session.scalar(select(Conversation.id)) is None


def test_a_double_click_plans_one(app: Flask, tom: CheckedClient, begeleider: Persona) -> None:
    for _ in range(2):
        tom.send("/gesprekken/nieuw", {"who": f"{begeleider.id}-", "place": "Kamer 2"})
    with app.app_context():
        assert len(db.session.scalars(select(Conversation.id)).all()) == 1


def test_nobody_but_the_two(
    app: Flask, talk_id: int, begeleider: Persona, hr: Persona, beheerder: Persona, stranger: Persona, team_id: int
) -> None:
    colleague = make_person(app, begeleider.organisation_id, works_in=[team_id])
    second_lead = make_person(app, begeleider.organisation_id, roles=["teamleider"], leads=[team_id])
    for person in (hr, beheerder, stranger, colleague, second_lead):
        client = browser_of(app, person)
        for page in ("", "/voorbereiding", "/gids", "/moment", "/dank", "/agenda.ics"):
            assert client.get(at(talk_id, page)).status_code == 404, (person.name, page)
        for page in ("", "/voorbereiding", "/moment", "/aanvulling", "/dank"):
            assert client.send(at(talk_id, page), {"notes": "x", "text": "x"}).status_code == 404
        assert "Jet de Vries" not in told(client.get("/gesprekken").data)
    assert browser_of(app, begeleider).get(at(talk_id, "/gids")).status_code == 404     # it is the partner's
    assert browser_of(app, colleague).get("/gesprekken/nieuw").status_code == 404       # she leads nobody


def test_a_gesprekspartner_holds_one_without_leading(app: Flask, organisation_id: int) -> None:
    partner = make_person(app, organisation_id, name="Pia Partner")
    lone = make_person(app, organisation_id, name="Lot Los", discussion_partner_id=partner.id)
    client = browser_of(app, partner)
    assert "Gesprekken" in client.get("/start").text
    made = client.submit(client.get("/gesprekken/nieuw"), {"who": f"{lone.id}-"})
    assert browser_of(app, lone).get(made.location).status_code == 200
    assert "Gesprekken" in browser_of(app, lone).get("/start").text


def leave(app: Flask, teamleider: Persona) -> None:
    with app.app_context():
        db.session.execute(update(Membership).where(Membership.person_id == teamleider.id).values(leads=False))
        db.session.commit()


def test_a_former_lead_keeps_what_was_fixed_with_her_and_nothing_else(
    app: Flask, talk_id: int, begeleider: Persona, teamleider: Persona, jet: CheckedClient, tom: CheckedClient
) -> None:
    fixed_id = make_conversation(app, begeleider, teamleider, notes="Vast.", fixed_at=now())
    leave(app, teamleider)
    assert "Vast." in told(tom.get(at(fixed_id)).data)
    assert tom.send(at(fixed_id, "/aanvulling"), {"text": "nog iets"}).status_code == 404
    assert tom.get(at(talk_id)).status_code == 404
    assert tom.send(at(talk_id), {"notes": "x"}).status_code == 404
    listed = tom.get("/gesprekken").text
    assert at(fixed_id) in listed
    assert f'"{at(talk_id)}"' not in listed
    assert "Vastleggen kan daarom niet." in told(jet.get(at(talk_id)).data)
    assert jet.submit(jet.get(at(talk_id)), {"notes": "Voor mijzelf."}).status_code == 303
    assert jet.send(at(talk_id), {"revision": "1", "notes": "Voor mijzelf.", "confirm": "ja"}).status_code == 409


def test_a_new_lead_begins_afresh_about_the_same_round(
    app: Flask, begeleider: Persona, teamleider: Persona, team_id: int, jet: CheckedClient
) -> None:
    made = make_round(app, teamleider, [begeleider], state="released", opened_days_ago=40)
    give_measurement(app, made)
    old = make_conversation(app, begeleider, teamleider, part_id=made.part_ids[0], notes="Met Tom.")
    successor = make_person(app, begeleider.organisation_id, roles=["teamleider"], leads=[team_id])
    key = {"who": f"{begeleider.id}-{made.part_ids[0]}"}
    assert browser_of(app, successor).send("/gesprekken/nieuw", key).status_code == 422     # Tom still holds it
    leave(app, teamleider)
    with app.app_context():
        person = queries.person_to_talk_with(actor_of(successor), begeleider.id)
        part = queries.part_to_talk_about(actor_of(successor), made.part_ids[0])
        assert person is not None
        assert part is not None
        new = planning.plan(person, successor.id, part.round.framework_version_id, None, "", part, by=successor.id)
        db.session.commit()
        new_id = new.id
    assert stored(app, old).round_subject_id is None
    assert "Met Tom." not in browser_of(app, successor).get(at(new_id)).text
    assert "Met Tom." in jet.get(at(old)).text


def actor_of(person: Persona) -> Actor:
    return Actor(person.id, person.organisation_id, person.roles, frozenset())


def test_the_guide_waits_until_the_profile_may_be_read(
    app: Flask, begeleider: Persona, teamleider: Persona, tom: CheckedClient
) -> None:
    made = make_round(app, teamleider, [begeleider], state="released", opened_days_ago=40)
    give_measurement(app, made, groups=["zelf", "collega"], lead_reads_from=today() + dt.timedelta(days=3))
    talk = make_conversation(app, begeleider, teamleider, part_id=made.part_ids[0])
    early = told(tom.get(at(talk, "/gids")).data)
    assert "Je kunt het profiel nu nog niet lezen." in early
    assert "Hoe was het om dit te lezen?" in early
    assert "Er zijn weinig antwoorden" not in early
    assert "Het profiel van Jet" not in early
    assert "Zo lees je dit" in early
    with app.app_context():
        assert db.session.scalar(select(Reading.id)) is None
    with time_machine.travel(now() + dt.timedelta(days=4), tick=False):
        later = told(browser_of(app, teamleider).get(at(talk, "/gids")).data)
    assert "Er zijn weinig antwoorden" in later
    assert "Het profiel van Jet" in later
    with app.app_context():         # to look at what stands out in it is to read it
        assert db.session.scalars(select(Reading.reader_id)).all() == [teamleider.id]


def test_a_teamleider_who_was_asked_in_the_round_is_told_why_there_is_no_profile(
    app: Flask, begeleider: Persona, teamleider: Persona, tom: CheckedClient, jet: CheckedClient
) -> None:
    made = make_round(app, teamleider, [begeleider], state="released", opened_days_ago=40)
    give_measurement(app, made, groups=["zelf", "collega"])
    talk = make_conversation(app, begeleider, teamleider, part_id=made.part_ids[0])
    assert "Het profiel" in told(tom.get(at(talk)).data)
    with app.app_context():
        asked = db.session.scalars(select(Invitation).where(Invitation.round_subject_id == made.part_ids[0],
                                                            Invitation.rater_group == "collega")).first()
        assert asked is not None
        asked.person_id, asked.invited_on = teamleider.id, today()
        db.session.commit()
    for address in (at(talk), at(talk, "/gids")):
        page = told(tom.get(address).data)
        assert "In deze ronde is jou zelf ook iets gevraagd over Jet." in page and "Het profiel van Jet" not in page
    assert "is jou zelf ook iets gevraagd" not in told(jet.get(at(talk)).data)


def held(person: Persona, talk_id: int) -> Conversation:
    found = queries.conversation_to_change(actor_of(person), talk_id)
    assert found is not None
    return found


def confirms(person: Persona, talk_id: int) -> Callable[[], object]:
    return lambda: agreeing.confirm(held(person, talk_id), person.id)


def change(person: Persona, talk_id: int) -> None:
    agreeing.write_down(held(person, talk_id), Agreed("Anders.", "", {}))


def test_both_confirm_at_once_and_it_is_fixed(app: Flask, begeleider: Persona, teamleider: Persona) -> None:
    for _ in range(3):
        talk = make_conversation(app, begeleider, teamleider, notes="Klaar.", planned_in=TODAY)
        assert at_once(app, *(confirms(who, talk) for who in (begeleider, teamleider))) == ["done", "done"]
        assert stored(app, talk).fixed_at is not None


def test_a_change_while_the_other_confirms_never_ends_in_what_nobody_confirmed(
    app: Flask, begeleider: Persona, teamleider: Persona
) -> None:
    for _ in range(3):
        talk = make_conversation(app, begeleider, teamleider, notes="Klaar.", planned_in=TODAY)
        with app.app_context():
            agreeing.confirm(held(teamleider, talk), teamleider.id)
            db.session.commit()
        at_once(
            app,
            confirms(begeleider, talk),
            partial(change, teamleider, talk),
            refusals=(AlreadyFixed,),
        )
        left = stored(app, talk)
        assert (left.notes, left.fixed_at is not None) in (("Klaar.", True), ("Anders.", False))


def test_who_left_is_offered_to_nobody(app: Flask, tom: CheckedClient, begeleider: Persona) -> None:
    with app.app_context():
        db.session.execute(update(Person).where(Person.id == begeleider.id).values(active=False))
        db.session.commit()
    assert tom.get("/gesprekken/nieuw").status_code == 404
