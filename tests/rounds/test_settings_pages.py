"""What holds for all rounds of a dienst, and a round that a begeleider begins herself."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.messages.models import Message
from app.rounds.models import Invitation, Round, RoundSubject, SchoolHoliday
from app.rounds.settings import Settings, change_settings, settings_of
from tests.home.records import finish
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient
from tests.support.rounds import make_round

ADDRESS = "/beheer/instellingen"
LIST = f"{ADDRESS}/vakanties/lijst"


@pytest.fixture
def bea(client: CheckedClient, beheerder: Persona) -> CheckedClient:
    log_in(client, beheerder)
    return client


def holidays(app: Flask) -> list[tuple[str, dt.date, dt.date]]:
    with app.app_context():
        return [(row.name, row.first_day, row.last_day)
                for row in db.session.scalars(select(SchoolHoliday).order_by(SchoolHoliday.first_day))]


def allow(app: Flask, organisation_id: int) -> None:
    with app.app_context():
        change_settings(organisation_id, Settings(begeleiders_start=True))
        db.session.commit()


def test_settings_are_kept(bea: CheckedClient, app: Flask, organisation_id: int) -> None:
    for days in ("0", "180"):
        page = bea.get(ADDRESS)
        said = {"contact": "  Bea,  020 123 ", "begeleiders_start": "y", "keep_answers_days": days}
        assert bea.submit(page, said, to=ADDRESS).status_code == 303
        with app.app_context():
            assert settings_of(organisation_id) == Settings("Bea, 020 123", True, int(days))


@pytest.mark.parametrize("days", ["-1", "181", "", "een maand"])
def test_days_that_cannot_be(bea: CheckedClient, app: Flask, organisation_id: int, days: str) -> None:
    answer = bea.submit(bea.get(ADDRESS), {"contact": "Bea", "keep_answers_days": days}, to=ADDRESS)
    assert answer.status_code == 422
    assert "van 0 tot en met 180" in answer.text
    assert 'value="Bea"' in answer.text
    with app.app_context():
        assert settings_of(organisation_id) == Settings()


def test_the_settings_lead_to_what_figures_are_cut_by_and_back(bea: CheckedClient) -> None:
    assert 'href="/opleidingen/momentopnamen/uitsplitsing"' in bea.get(ADDRESS).text
    assert f'href="{ADDRESS}"' in bea.get("/opleidingen/momentopnamen/uitsplitsing").text


def test_holidays_come_and_go(bea: CheckedClient, app: Flask) -> None:
    one = {"holiday": "Meivakantie", "first_day": "2027-04-24", "last_day": "2027-05-02"}
    assert bea.submit(bea.get(ADDRESS), one, to=f"{ADDRESS}/vakanties").status_code == 303
    assert bea.submit(bea.get(ADDRESS), one, to=f"{ADDRESS}/vakanties").status_code == 303
    assert holidays(app) == [("Meivakantie", dt.date(2027, 4, 24), dt.date(2027, 5, 2))]
    page = bea.get(ADDRESS)
    assert "24 april 2027 tot en met 2 mei 2027" in page.text
    with app.app_context():
        holiday_id = db.session.scalars(select(SchoolHoliday.id)).one()
    assert bea.submit(page, to=f"{ADDRESS}/vakanties/{holiday_id}/weg").status_code == 303
    assert holidays(app) == []


def test_a_holiday_that_ends_before_it_begins(bea: CheckedClient, app: Flask) -> None:
    said = {"holiday": "Mei", "first_day": "2027-05-02", "last_day": "2027-05-01"}
    answer = bea.submit(bea.get(ADDRESS), said, to=f"{ADDRESS}/vakanties")
    assert answer.status_code == 422
    assert "De laatste dag ligt vóór de eerste." in answer.text


def test_several_at_once_and_what_could_not_be_read_stays(bea: CheckedClient, app: Flask) -> None:
    text = "Kerst 2026-12-21 t/m 2027-01-03\nniets\nMei 24 april t/m 2 mei 2027"
    answer = bea.submit(bea.get(ADDRESS), {"lines": text}, to=LIST)
    assert answer.status_code == 422
    assert "Regel 2: er staan geen twee dagen in." in answer.text
    assert "2 vakanties zijn toegevoegd." in answer.text
    assert [name for name, _, _ in holidays(app)] == ["Kerst", "Mei"]
    assert bea.submit(bea.get(ADDRESS), {"lines": "Zomer 10-7-2027 t/m 22-8-2027"}, to=LIST).status_code == 303
    assert bea.submit(bea.get(ADDRESS), {"lines": "a\n" * 101}, to=LIST).status_code == 422


def test_a_begeleider_begins_a_round_about_herself(
    client: CheckedClient, app: Flask, begeleider: Persona, teamleider: Persona, organisation_id: int
) -> None:
    log_in(client, begeleider)
    assert "Vraag om feedback" not in client.get("/metingen").text
    assert "plant de teamleider" in client.get("/feedback/nieuw").text
    assert client.send("/feedback/nieuw", {"purpose": "1"}).status_code == 409
    allow(app, organisation_id)
    assert "Vraag om feedback" in client.get("/metingen").text
    page = client.get("/feedback/nieuw")
    assert "Mijn teamleider mag de opmerkingen lezen" in page.text and "degene over wie" not in page.text
    answer = client.submit(page, {"purpose": "3"}, to="/feedback/nieuw")
    with app.app_context():
        (made,) = db.session.scalars(select(Round))
        (part,) = db.session.scalars(select(RoundSubject))
        assert (made.state, made.own_initiative, made.created_by_id) == ("choosing", True, begeleider.id)
        assert part.person_id == begeleider.id
        assert part.approved_at is None
        assert answer.location == f"/feedback/{part.id}/mensen"
        assert [message.recipient for message in db.session.scalars(select(Message))] == [begeleider.email]
    assert made.name in client.get("/metingen").text
    assert "Tijd om mensen te kiezen" in client.get("/start").text


def test_what_is_missing_is_told(client: CheckedClient, app: Flask, begeleider: Persona, teamleider: Persona,
                                 organisation_id: int) -> None:
    allow(app, organisation_id)
    log_in(client, begeleider)
    answer = client.submit(client.get("/feedback/nieuw"), {"purpose": "anders", "opens_on": "gauw"},
                           to="/feedback/nieuw")
    assert answer.status_code == 422
    assert "Schrijf in één zin waarvoor de ronde is." in answer.text


def test_it_is_refused_when_nobody_else_could_approve(client: CheckedClient, app: Flask, organisation_id: int) -> None:
    allow(app, organisation_id)
    alone = make_person(app, organisation_id, roles=["begeleider", "beheerder"])
    log_in(client, alone)
    assert "dat kan nu niemand" in client.get("/feedback/nieuw").text
    assert client.send("/feedback/nieuw", {"purpose": "1"}).status_code == 409
    with app.app_context():
        assert db.session.scalars(select(Round)).all() == []


def test_she_may_stop_her_own_round_and_no_other(
    client: CheckedClient, app: Flask, begeleider: Persona, teamleider: Persona
) -> None:
    planned = make_round(app, teamleider, [begeleider])
    own = make_round(app, begeleider, [begeleider])
    with app.app_context():
        db.session.get_one(Round, own.round_id).own_initiative = True
        db.session.commit()
    log_in(client, begeleider)
    theirs, hers = (f"/feedback/{made.part_ids[0]}/stop" for made in (planned, own))
    for made, address in ((planned, theirs), (own, hers)):
        assert (f'href="{address}"' in client.get(f"/feedback/{made.part_ids[0]}").text) is (made is own)
    assert "door iemand anders gepland" in client.get(theirs).text
    assert client.send(theirs).status_code == 409
    assert client.submit(client.get(hers), to=hers).location == "/metingen"
    assert client.send(hers).status_code == 409
    over = client.get(f"/feedback/{own.part_ids[0]}").text
    assert "Deze ronde is afgebroken" in over and "De uitnodigingen gaan weg" not in over
    with app.app_context():
        assert db.session.get_one(Round, own.round_id).state == "aborted"
        assert db.session.get_one(Round, planned.round_id).state == "open"


def test_the_start_page_of_whoever_approves(
    client: CheckedClient, app: Flask, begeleider: Persona, teamleider: Persona, beheerder: Persona
) -> None:
    log_in(client, teamleider)
    assert "Plan een feedbackronde voor je team" in client.get("/start").text
    made = make_round(app, teamleider, [begeleider], state="choosing", opened_days_ago=-5)
    assert "Niemand wacht nu op jou." in client.get("/start").text
    with app.app_context():
        part = db.session.get_one(RoundSubject, made.part_ids[0])
        part.choice_sent_at = db.session.get_one(Round, made.round_id).created_at
        for invitation in db.session.scalars(select(Invitation)):
            invitation.state = "proposed"
        db.session.commit()
    for who in (teamleider, beheerder):
        log_in(client, who)
        page = client.get("/start").text
        assert "De keuze van " in page and " wacht op " in page
        assert f"/rondes/mensen/{made.part_ids[0]}" in page
        assert "Dit wacht op jou" in client.get("/rondes").text
    log_in(client, begeleider)
    assert "je keuze wordt nagekeken" in client.get("/start").text


def test_a_running_round_asks_for_her_own_view(
    client: CheckedClient, app: Flask, begeleider: Persona, teamleider: Persona
) -> None:
    make_round(app, teamleider, [begeleider])
    log_in(client, begeleider)
    assert "Anderen kijken nu naar je werk." in client.get("/start").text
    finish(app, begeleider, 2)
    assert "Anderen kijken nu naar je werk." not in client.get("/start").text
