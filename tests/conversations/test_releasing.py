"""Releasing a profile: who may, what she learns by it, who is told, and who reads when."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import func, select

from app.conversations import releasing
from app.conversations.models import Conversation
from app.conversations.releasing import Plan
from app.db import db
from app.measurement.scale import Group
from app.messages.letters import letter
from app.messages.models import Message
from app.rounds.lifecycle import MoveRefused
from app.rounds.models import Round, RoundSettings, RoundSubject
from app.web.formats import today
from tests.rating.acts import all_send, close
from tests.support.at_once import at_once
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.pages import CheckedClient, text_of, told, tree_of
from tests.support.rounds import MadeRound, give_measurement, make_round


def address(made: MadeRound, number: int = 0) -> str:
    return f"/rondes/mensen/{made.part_ids[number]}/vrijgeven"


@pytest.fixture
def closed(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    made = make_round(app, teamleider, [begeleider], state="closed", opened_days_ago=40)
    give_measurement(app, made, groups=[Group.SELF, Group.COLLEAGUE], released=False)
    return made


def part(app: Flask, made: MadeRound, number: int = 0) -> RoundSubject:
    with app.app_context():
        return db.session.get_one(RoundSubject, made.part_ids[number])


def groups_of(page: bytes) -> dict[str, str]:
    """What is said of each group."""
    section = next(one for one in tree_of(page).iter("section") if one.get("aria-labelledby") == "genoeg")
    return {text_of(next(row.iter("b"))): text_of(next(row.iter("span"))) for row in section.iter("li")}


def test_a_profile_is_released_with_its_conversation(
    app: Flask, client: CheckedClient, teamleider: Persona, begeleider: Persona, closed: MadeRound
) -> None:
    log_in(client, teamleider)
    page = client.get(address(closed))
    assert groups_of(page.data) == {"Collega's": "genoeg om te laten zien", "School": "te weinig"}
    day = today() + dt.timedelta(days=7)
    done = client.submit(page, {"day": day.isoformat(), "hour": "14.30", "place": "Kantoor"}, to=address(closed))
    assert done.status_code == 303
    after = client.get(address(closed))
    assert "Vrijgegeven op" in told(after.data) and "Geef het profiel vrij" not in told(after.data)
    released = part(app, closed)
    assert released.released_at and released.lead_reads_from == today()
    with app.app_context():
        assert db.session.get_one(Round, closed.round_id).state == "released"
        held = db.session.scalars(select(Conversation)).one()
        held_id, planned_at = held.id, held.planned_at
        assert (held.person_id, held.partner_id, held.place) == (begeleider.id, teamleider.id, "Kantoor")
        written = [letter(message) for message in db.session.scalars(select(Message))]
        db.session.rollback()
    assert [one.recipient for one in written if one] == [begeleider.email]
    text = written[0].text if written[0] else ""
    assert "14.30 uur" in text and "Kantoor" in text and "Tom Bakker" in text and "vanaf vandaag" in text
    assert not any(figure in text for figure in ("3,4", "3.4"))
    file = client.get(f"/gesprekken/{held_id}/agenda.ics")
    assert file.mimetype == "text/calendar"
    event = Calendar.from_ical(file.data).walk("VEVENT")[0]
    assert event["dtstart"].dt.astimezone(dt.UTC) == planned_at
    assert str(event["location"]) == "Kantoor" and event["organizer"] == f"mailto:{teamleider.email}"
    log_in(client, begeleider)
    assert client.get(f"/gesprekken/{held_id}/agenda.ics").status_code == 200
    assert f"/profiel/{released.measurement_id}" in client.get(f"/feedback/{closed.part_ids[0]}").text


def test_whoever_leads_her_reads_later_when_the_dienst_set_so(
    app: Flask, client: CheckedClient, teamleider: Persona, closed: MadeRound
) -> None:
    with app.app_context():
        db.session.add(RoundSettings(organisation_id=teamleider.organisation_id, lead_reads_after_days=5))
        db.session.commit()
    log_in(client, teamleider)
    page = client.get(address(closed))
    assert "leest 5 dagen later mee" in told(page.data)
    assert client.submit(page, to=address(closed)).status_code == 303
    released = part(app, closed)
    assert released.lead_reads_from == today() + dt.timedelta(days=5)
    with app.app_context():
        written = letter(db.session.scalars(select(Message)).one())
        assert written and "Tom Bakker leest mee vanaf" in written.text
        assert "spreekt met je af" in written.text
    assert client.get(f"/profiel/{released.measurement_id}").status_code == 404


def test_only_who_approves_releases(
    app: Flask, client: CheckedClient, teamleider: Persona, begeleider: Persona, hr: Persona, beheerder: Persona,
    stranger: Persona, organisation_id: int, closed: MadeRound,
) -> None:
    former = make_person(app, organisation_id, roles=["teamleider"], leads=[make_team(app, organisation_id)])
    for who in (begeleider, hr, stranger, former):
        log_in(client, who)
        assert client.get(address(closed)).status_code == 404, who.name
        assert client.send(address(closed)).status_code == 404, who.name
    assert part(app, closed).released_at is None
    for who in (teamleider, beheerder):
        log_in(client, who)
        assert client.get(address(closed)).status_code == 200


def test_the_beheerder_plans_it_with_whoever_leads_her(
    app: Flask, client: CheckedClient, beheerder: Persona, teamleider: Persona, closed: MadeRound
) -> None:
    log_in(client, beheerder)
    assert client.submit(client.get(address(closed)), to=address(closed)).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Conversation)).one().partner_id == teamleider.id


def test_somebody_whom_nobody_leads_is_released_without_a_conversation(
    app: Flask, client: CheckedClient, beheerder: Persona, organisation_id: int
) -> None:
    alone = make_person(app, organisation_id)
    made = make_round(app, beheerder, [alone], state="closed")
    give_measurement(app, made, released=False)
    log_in(client, beheerder)
    page = client.get(address(made))
    assert "nog geen teamleider" in told(page.data) and "Van geen enkele groep" in told(page.data)
    assert client.submit(page, to=address(made)).status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count(Conversation.id))) == 0
        written = letter(db.session.scalars(select(Message)).one())
        assert written and "Jij leest het als eerste." in written.text


@pytest.mark.parametrize(("state", "said"), [
    ("choosing", "nog niet gesloten"), ("open", "nog niet gesloten"), ("aborted", "Er komt geen profiel"),
])
def test_a_round_that_is_not_closed_says_so(
    app: Flask, client: CheckedClient, teamleider: Persona, begeleider: Persona, state: str, said: str
) -> None:
    made = make_round(app, teamleider, [begeleider], state=state)
    log_in(client, teamleider)
    assert said in told(client.get(address(made)).data)
    assert client.send(address(made), {"partner": teamleider.id}).status_code == 409
    assert part(app, made).released_at is None


def test_a_round_that_is_being_closed_says_so(
    app: Flask, client: CheckedClient, teamleider: Persona, begeleider: Persona
) -> None:
    made = make_round(app, teamleider, [begeleider], state="closed")
    log_in(client, teamleider)
    assert "worden nog verwerkt" in told(client.get(address(made)).data)
    refused = client.send(address(made), {"partner": teamleider.id})
    assert refused.status_code == 409 and "worden nog verwerkt" in refused.text
    assert part(app, made).released_at is None


def test_with_nobody_asked_there_is_nothing_to_release(
    app: Flask, client: CheckedClient, teamleider: Persona, begeleider: Persona
) -> None:
    made = make_round(app, teamleider, [begeleider], {}, state="closed")
    with app.app_context():
        db.session.get_one(RoundSubject, made.part_ids[0]).approved_at = None
        db.session.commit()
    log_in(client, teamleider)
    assert "er is niemand om feedback" in told(client.get(address(made)).data)
    assert client.send(address(made), {"partner": teamleider.id}).status_code == 409


@pytest.mark.parametrize(("typed", "said"), [
    ({"day": "2020-01-01", "hour": "10:00"}, "Kies vandaag of een dag binnen een jaar."),
    ({"day": "9999-12-31", "hour": "10:00"}, "Kies vandaag of een dag binnen een jaar."),
    ({"day": "morgen", "hour": "10:00"}, "Schrijf de datum als"),
    ({"hour": "10:00"}, "Kies ook een dag."),
    ({"hour": "25:00"}, "Schrijf de tijd als"),
    ({"place": "x" * 121}, "hoogstens 120 tekens"),
    ({"partner": "0"}, ""),
    ({"partner": "9" * 40}, ""),
])
def test_what_does_not_fit_is_refused(
    app: Flask, client: CheckedClient, teamleider: Persona, closed: MadeRound, typed: dict[str, str], said: str
) -> None:
    log_in(client, teamleider)
    refused = client.send(address(closed), {"partner": str(teamleider.id), **typed})
    assert refused.status_code == 422 and said in told(refused.data)
    assert part(app, closed).released_at is None


def test_none_one_and_two_answers_read_the_same(
    app: Flask, client: CheckedClient, teamleider: Persona, organisation_id: int, team_id: int
) -> None:
    log_in(client, teamleider)
    seen = set()
    for answers in (0, 1, 2, 3):
        subject = make_person(app, organisation_id, works_in=[team_id], name="Jet de Vries")
        made = make_round(app, teamleider, [subject], {Group.COLLEAGUE: 5})
        all_send(app, made.tokens[:answers])
        close(app, made.round_id)
        page = client.get(address(made)).data
        if answers < 3:
            seen.add(told(page))
            assert groups_of(page) == {"Collega's": "te weinig"}
        else:
            assert groups_of(page) == {"Collega's": "genoeg om te laten zien"}
    assert len(seen) == 1


def test_of_two_who_release_at_once_one_does(app: Flask, teamleider: Persona, closed: MadeRound) -> None:
    def release() -> None:
        found = releasing.part_of(teamleider.organisation_id, closed.part_ids[0])
        assert found is not None
        releasing.release(found, Plan(teamleider.id), teamleider.id)

    assert sorted(at_once(app, release, release, refusals=(MoveRefused,))) == ["MoveRefused", "done"]
    with app.app_context():
        assert db.session.scalar(select(func.count(Conversation.id))) == 1
        assert db.session.scalar(select(func.count(Message.id))) == 1


def test_it_waits_on_the_start_page_and_the_round_until_the_last_one_is_released(
    app: Flask, client: CheckedClient, teamleider: Persona, begeleider: Persona, organisation_id: int, team_id: int
) -> None:
    other = make_person(app, organisation_id, works_in=[team_id], name="Ans Bos")
    made = make_round(app, teamleider, [begeleider, other], state="closed")
    for number in range(2):
        give_measurement(app, made, number, groups=[Group.COLLEAGUE], released=False)
    log_in(client, teamleider)
    assert "2 profielen wachten op vrijgave." in told(client.get("/start").data)
    assert "profiel wacht op vrijgave" in told(client.get(f"/rondes/{made.round_id}").data)
    client.submit(client.get(address(made)), to=address(made))
    assert "Het profiel van Ans Bos wacht op vrijgave." in told(client.get("/start").data)
    client.submit(client.get(address(made, 1)), to=address(made, 1))
    assert "wacht op vrijgave" not in told(client.get("/start").data)
    with app.app_context():
        assert db.session.get_one(Round, made.round_id).state == "released"
    log_in(client, begeleider)
    assert "voordat je het met Tom Bakker bespreekt" in told(client.get("/start").data)


def test_the_calendar_is_for_the_two_who_hold_it(
    app: Flask, client: CheckedClient, teamleider: Persona, begeleider: Persona, beheerder: Persona, hr: Persona,
    stranger: Persona, closed: MadeRound,
) -> None:
    log_in(client, teamleider)
    client.submit(client.get(address(closed)), to=address(closed))
    with app.app_context():
        held = db.session.scalars(select(Conversation)).one().id
    assert client.get(f"/gesprekken/{held}/agenda.ics").status_code == 404      # no date yet
    with app.app_context():
        db.session.get_one(Conversation, held).planned_at = dt.datetime(2030, 3, 4, 9, tzinfo=dt.UTC)
        db.session.commit()
    for who, status in ((teamleider, 200), (begeleider, 200), (beheerder, 404), (hr, 404), (stranger, 404)):
        log_in(client, who)
        assert client.get(f"/gesprekken/{held}/agenda.ics").status_code == status
