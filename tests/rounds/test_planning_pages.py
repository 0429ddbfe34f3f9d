"""Planning a round through its pages."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.db import db
from app.rounds.models import Invitation, Round, RoundGroup, RoundSubject, SchoolHoliday
from app.web.formats import today
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.pages import CheckedClient
from tests.support.rounds import make_round

NEW = "/rondes/nieuw"
WORDS = {"name": "Voorjaarsronde", "purpose": "1"}


@pytest.fixture
def lead(client: CheckedClient, teamleider: Persona) -> CheckedClient:
    log_in(client, teamleider)
    return client


def rounds(app: Flask) -> list[Round]:
    with app.app_context():
        return list(db.session.scalars(select(Round).order_by(Round.id)))


def groups(app: Flask) -> dict[str, tuple[str, int, int]]:
    with app.app_context():
        return {row.rater_group: (row.question_set, row.minimum, row.advice)
                for row in db.session.scalars(select(RoundGroup))}


def about(app: Flask) -> set[int]:
    with app.app_context():
        return set(db.session.scalars(select(RoundSubject.person_id)))


def fill_in(client: CheckedClient, **fields: object) -> TestResponse:
    return client.submit(client.get(NEW), WORDS | fields, to=NEW)


def words(page: TestResponse) -> str:
    return " ".join(page.text.split())


def test_the_empty_list_says_how_to_start(lead: CheckedClient) -> None:
    assert "Er zijn nog geen rondes" in lead.get("/rondes").text


def test_a_teamleider_plans_a_round_about_one_of_her_people(
    lead: CheckedClient, app: Flask, begeleider: Persona, teamleider: Persona
) -> None:
    answer = fill_in(lead, people=[str(begeleider.id)])
    (made,) = rounds(app)
    assert answer.location == f"/rondes/{made.id}"
    assert (made.name, made.state, made.created_by_id) == ("Voorjaarsronde", "concept", teamleider.id)
    assert made.purpose == "Leren van wat anderen zien in mijn werk."
    assert about(app) == {begeleider.id}
    assert groups(app) == {
        "teamleider": ("kern", 1, 1), "collega": ("kern", 3, 6), "school": ("kern", 3, 10),
        "opdrachtgever": ("kern", 3, 3),
    }
    assert made.reminder_days == [7, 18]
    page = words(lead.get(answer.location))
    assert "nog een concept" in page
    assert "Laat de mensen kiezen" in page


def test_a_whole_team_and_a_selection(
    lead: CheckedClient, app: Flask, begeleider: Persona, team_id: int, organisation_id: int
) -> None:
    others = [make_person(app, organisation_id, works_in=[team_id]) for _ in range(2)]
    fill_in(lead, teams=[str(team_id)])
    assert about(app) == {begeleider.id, *(one.id for one in others)}


def test_the_address_says_about_whom(
    lead: CheckedClient, begeleider: Persona, team_id: int, organisation_id: int, stranger: Persona
) -> None:
    make_person(lead.application, organisation_id, works_in=[team_id])
    for said, marked in ((str(begeleider.id), {str(begeleider.id)}), (str(stranger.id), set()), ("Jet", set())):
        boxes = re.findall(r'name="people" value="(\d+)" checked', lead.get(f"{NEW}?over={said}").text)
        assert set(boxes) == marked, said


def test_the_same_form_twice_is_one_round(lead: CheckedClient, app: Flask, begeleider: Persona) -> None:
    page = lead.get(NEW)
    answers = [lead.submit(page, WORDS | {"people": [str(begeleider.id)]}, to=NEW).location for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(rounds(app)) == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": " "}, "Geef de ronde een naam."),
        ({"purpose": []}, "Kies waarvoor de ronde is."),
        ({"purpose": "anders"}, "Schrijf in één zin"),
        ({"people": []}, "Kies ten minste één persoon of een team."),
        ({"people": ["nonsense"]}, "Deze keuze is er niet (meer)."),
        ({"opens_on": "volgende week"}, "Schrijf de datum als"),
        ({"opens_on": "2020-01-06"}, "Deze dag is al geweest"),
        ({"closes_on": ""}, "Kies een datum."),
        ({"school_minimum": "2"}, "Hoger mag, lager niet"),
        ({"school_minimum": "drie"}, "Vul een heel getal in."),
        ({"school_minimum": ""}, "Vul een heel getal in."),
        ({"school_advice": "2"}, "ten minste het minimum"),
        ({"reminder_second": "7"}, "op dezelfde dag"),
        ({"reminder_second": "50"}, "vóór de sluiting"),
        ({"collega_asked": [], "school_asked": [], "opdrachtgever_asked": []}, "ten minste één groep"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_lost(
    lead: CheckedClient, app: Flask, begeleider: Persona, fields: dict[str, object], says: str
) -> None:
    given = {"name": "Mijn eigen naam", "people": [str(begeleider.id)]} | fields
    answer = fill_in(lead, **given)
    assert answer.status_code == 422
    assert says in words(answer)
    assert "Leren van wat anderen zien" in answer.text
    if "name" not in fields:
        assert "Mijn eigen naam" in answer.text
    assert rounds(app) == []


def test_people_and_teams_of_others_are_not_there(
    lead: CheckedClient, app: Flask, begeleider: Persona, stranger: Persona, organisation_id: int, team_id: int
) -> None:
    make_person(app, organisation_id, works_in=[team_id])
    other_team = make_team(app, organisation_id, "Team West")
    elsewhere = make_person(app, organisation_id, works_in=[other_team])
    for fields in ({"people": [str(elsewhere.id)]}, {"people": [str(stranger.id)]}, {"teams": [str(other_team)]}):
        answer = fill_in(lead, **fields)
        assert answer.status_code == 422
        assert "Deze keuze is er niet" in answer.text
    assert rounds(app) == []


def test_the_closing_day_never_falls_in_a_holiday(
    lead: CheckedClient, app: Flask, begeleider: Persona, organisation_id: int
) -> None:
    first = today() + dt.timedelta(days=30)
    with app.app_context():
        db.session.add(SchoolHoliday(organisation_id=organisation_id, name="Meivakantie", first_day=first,
                                     last_day=first + dt.timedelta(days=8)))
        db.session.commit()
    answer = fill_in(lead, people=[str(begeleider.id)], choose_until=str(today() + dt.timedelta(days=2)),
                     opens_on=str(today() + dt.timedelta(days=7)), closes_on=str(first))
    assert answer.status_code == 422
    assert "valt in de Meivakantie" in answer.text


def test_copying_takes_everything_but_the_days(lead: CheckedClient, app: Flask, teamleider: Persona,
                                               begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], state="released", opened_days_ago=60, small_circle=True)
    page = lead.get(f"{NEW}?van={made.round_id}")
    answer = lead.submit(page, {"name": "Nog eens"}, to=f"{NEW}")
    assert answer.status_code == 303
    copied = rounds(app)[-1]
    assert copied.small_circle
    assert copied.opens_on > today()
    assert copied.purpose == "Leren van wat anderen zien in mijn werk op scholen."
    for number in (str(made.round_id + 1000), "x", "²"):
        assert lead.get(f"{NEW}?van={number}").status_code == 404


def test_from_concept_to_running_and_abort(
    lead: CheckedClient, app: Flask, teamleider: Persona, begeleider: Persona
) -> None:
    fill_in(lead, people=[str(begeleider.id)])
    address = f"/rondes/{rounds(app)[0].id}"
    assert lead.submit(lead.get(address), to=f"{address}/stap/laat-kiezen").status_code == 303
    page = lead.get(address)
    assert "Er is nog van niemand de keuze goedgekeurd" in page.text
    assert lead.send(f"{address}/stap/open").status_code == 409
    assert lead.send(f"{address}/stap/laat-kiezen").status_code == 409
    assert lead.send(f"{address}/stap/sluit").status_code == 404
    asked = lead.get(f"{address}/stap/breek-af")
    assert "niet terug te draaien" in asked.text
    assert lead.submit(asked, to=f"{address}/stap/breek-af").status_code == 303
    assert [found.state for found in rounds(app)] == ["aborted"]
    assert "ongelezen vernietigd" in lead.get(address).text
    assert lead.get(f"{address}/stap/breek-af").status_code == 302
    assert lead.get(f"{address}/bewerken").status_code == 200
    assert lead.send(f"{address}/bewerken").status_code == 409


def test_who_is_in_another_round_is_named_and_nothing_is_blocked(
    lead: CheckedClient, app: Flask, organisation_id: int, team_id: int, teamleider: Persona, begeleider: Persona
) -> None:
    """Running, or closed less than half a year ago; not one that was broken off, is a concept, or is long ago."""
    closed, long_ago, off = (make_person(app, organisation_id, works_in=[team_id], name=name)
                             for name in ("Noor Zwart", "Pien Bos", "Quint Dam"))
    make_round(app, teamleider, [begeleider], {}, state="open", opened_days_ago=3)
    make_round(app, teamleider, [begeleider, closed], {}, state="released", opened_days_ago=60)
    make_round(app, teamleider, [long_ago], {}, state="released", opened_days_ago=240)
    make_round(app, teamleider, [off], {}, state="aborted", opened_days_ago=60)
    page = lead.get(NEW)
    assert page.text.count("nu al in een ronde") == 1 and page.text.count("was in een ronde") == 1
    people = [str(one.id) for one in (begeleider, closed, long_ago, off)]
    concept = lead.get(str(fill_in(lead, people=people).location))
    assert concept.text.count("Jet de Vries is nu al in een ronde, tot en met") == 1
    assert "Noor Zwart was in een ronde tot en met" in concept.text
    assert "Pien Bos is" not in concept.text and "Quint Dam is" not in concept.text
    address = f"/rondes/{rounds(app)[-1].id}"
    assert lead.submit(concept, to=f"{address}/stap/laat-kiezen").status_code == 303
    assert "nu al in een ronde" not in lead.get(address).text


def test_a_closed_round_stands_by_itself(lead: CheckedClient, app: Flask, teamleider: Persona,
                                         begeleider: Persona) -> None:
    for state in ("choosing", "closed", "released"):
        make_round(app, teamleider, [begeleider], {}, state=state)
    _, running, closed, earlier = lead.get("/rondes").text.split("<h2")
    assert "Gepland en lopend" in running and "Gesloten, wacht op vrijgave" in closed and "Eerdere rondes" in earlier
    assert [part.count("<li>") for part in (running, closed, earlier)] == [1, 1, 1]


def test_a_concept_goes_without_a_trace(lead: CheckedClient, app: Flask, begeleider: Persona) -> None:
    fill_in(lead, people=[str(begeleider.id)])
    address = f"/rondes/{rounds(app)[0].id}/stap/gooi-weg"
    assert lead.submit(lead.get(address), to=address).location == "/rondes"
    assert rounds(app) == []


def test_a_concept_changes_freely(lead: CheckedClient, app: Flask, begeleider: Persona) -> None:
    fill_in(lead, people=[str(begeleider.id)])
    address = f"/rondes/{rounds(app)[0].id}/bewerken"
    lead.submit(lead.get(address), {"school_minimum": "4", "opdrachtgever_asked": [], "small_circle": "y"}, to=address)
    assert groups(app)["school"] == ("kern", 4, 10)
    assert "opdrachtgever" not in groups(app)
    assert rounds(app)[0].small_circle


def test_an_announced_round_is_not_loosened(
    lead: CheckedClient, app: Flask, teamleider: Persona, begeleider: Persona
) -> None:
    made = make_round(app, teamleider, [begeleider], {}, state="choosing", opened_days_ago=-14,
                      lead_reads_comments=False)
    address = f"/rondes/{made.round_id}/bewerken"
    page = lead.get(address)
    assert "al aangekondigd" in page.text
    for fields, says in (
        ({"school_asked": []}, "blijft erbij"),
        ({"school_minimum": "2"}, "Hoger mag, lager niet"),
    ):
        answer = lead.submit(page, fields, to=address)
        assert answer.status_code == 422
        assert says in answer.text
    assert lead.submit(page, {"school_minimum": "5", "school_advice": "12"}, to=address).status_code == 303
    assert groups(app)["school"] == ("kern", 5, 12)
    page = lead.get(address)
    answer = lead.submit(page, {"school_minimum": "3"}, to=address)
    assert "Het minimum van deze groep is 5" in answer.text
    assert not rounds(app)[0].lead_reads_comments


def test_forged_fields_loosen_nothing(
    lead: CheckedClient, app: Flask, teamleider: Persona, begeleider: Persona
) -> None:
    made = make_round(app, teamleider, [begeleider], state="open", lead_reads_comments=False)
    address = f"/rondes/{made.round_id}/bewerken"
    page = lead.get(address)
    seen = page.text.split('name="seen" value="')[1].split('"')[0]
    before = groups(app)
    answer = lead.send(address, {
        "seen": seen, "name": "Nieuwe naam", "lead_reads_comments": "y", "small_circle": "y", "school_minimum": "1",
        "purpose": "anders", "purpose_own": "Iemand beoordelen", "reminder_first": "5",
        "reminder_second": "",
    })
    assert answer.status_code == 303
    (found,) = rounds(app)
    assert (found.name, found.reminder_days) == ("Nieuwe naam", [5])
    assert (found.lead_reads_comments, found.small_circle) == (False, False)
    assert "beoordelen" not in found.purpose
    assert groups(app) == before


def test_extending_through_the_page(lead: CheckedClient, app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider])
    address = f"/rondes/{made.round_id}"
    before = rounds(app)[0].closes_on
    to = f"{address}/stap/verleng"
    for day, says in ((before, "Kies een dag na"), (before + dt.timedelta(days=90), "hooguit acht weken"),
                      ("morgen", "Schrijf de datum als")):
        answer = lead.submit(lead.get(address), {"closes_on": str(day)}, to=to)
        assert answer.status_code == 422
        assert says in words(answer)
    assert lead.submit(lead.get(address), {"closes_on": str(before + dt.timedelta(days=3))}, to=to).status_code == 303
    assert rounds(app)[0].closes_on == before + dt.timedelta(days=3)


def test_two_organisers_notice_each_other(
    lead: CheckedClient, app: Flask, teamleider: Persona, begeleider: Persona, beheerder: Persona
) -> None:
    made = make_round(app, teamleider, [begeleider], {}, state="concept", opened_days_ago=-14)
    address = f"/rondes/{made.round_id}/bewerken"
    mine = lead.get(address)
    other = app.test_client()
    assert isinstance(other, CheckedClient)
    log_in(other, beheerder)
    assert other.submit(other.get(address), {"name": "Van Bea"}, to=address).status_code == 303
    answer = lead.submit(mine, {"name": "Van Tom"}, to=address)
    assert answer.status_code == 409
    assert "Iemand anders heeft deze ronde net veranderd" in answer.text
    assert "Van Tom" in answer.text
    assert rounds(app)[0].name == "Van Bea"
    assert lead.submit(answer, to=address).status_code == 303
    assert rounds(app)[0].name == "Van Tom"


def test_who_only_approves_sees_her_people_and_no_buttons(
    lead: CheckedClient, app: Flask, beheerder: Persona, begeleider: Persona, organisation_id: int
) -> None:
    other = make_person(app, organisation_id, works_in=[make_team(app, organisation_id, "Team West")], name="An Ander")
    made = make_round(app, beheerder, [begeleider, other], state="choosing", opened_days_ago=-5)
    page = lead.get(f"/rondes/{made.round_id}")
    assert begeleider.name in page.text
    assert "An Ander" not in page.text
    assert "Wat je nu kunt doen" not in page.text
    listed = lead.get("/rondes").text
    assert "Najaarsronde" in listed
    assert "Kopieer" not in listed
    assert lead.get(f"{NEW}?van={made.round_id}").status_code == 404
    for way in ("stap/breek-af", "bewerken"):
        assert lead.get(f"/rondes/{made.round_id}/{way}").status_code == 404
        assert lead.send(f"/rondes/{made.round_id}/{way}").status_code == 404


def test_the_concept_of_another_does_not_exist(
    lead: CheckedClient, app: Flask, beheerder: Persona, begeleider: Persona
) -> None:
    made = make_round(app, beheerder, [begeleider], state="concept")
    assert lead.get(f"/rondes/{made.round_id}").status_code == 404
    assert "Najaarsronde" not in lead.get("/rondes").text
    log_in(lead, beheerder)
    assert "Najaarsronde" in lead.get("/rondes").text


def test_few_answers_read_the_same_as_none(
    lead: CheckedClient, app: Flask, teamleider: Persona, begeleider: Persona
) -> None:
    made = make_round(app, teamleider, [begeleider], {"collega": 4, "school": 8})
    pages = []
    for answered in range(7):
        with app.app_context():
            found = db.session.scalars(
                select(Invitation).where(Invitation.rater_group == "school").order_by(Invitation.id)
            ).all()
            for number, invitation in enumerate(found):
                invitation.answered = number < answered
            db.session.commit()
        pages.append(lead.get(f"/rondes/{made.round_id}").text)
    plain = [page.split("<main")[1].split("csrf_token")[0] for page in pages]
    assert len(set(plain[:5])) == 1
    assert len(set(plain[5:])) == 1
    assert "School: voldoende" in " ".join(plain[5].split())
    assert "School: nog niet voldoende" in " ".join(plain[4].split())


def test_an_address_that_bounced_is_named(lead: CheckedClient, app: Flask, teamleider: Persona,
                                          begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider])
    with app.app_context():
        db.session.get_one(Invitation, made.invitation_ids[0]).bounced = "550"
        db.session.commit()
    assert "kwam niet aan" in lead.get(f"/rondes/{made.round_id}").text


@pytest.mark.parametrize("who", ["begeleider", "hr"])
def test_rounds_are_for_organisers(client: CheckedClient, request: pytest.FixtureRequest, who: str) -> None:
    log_in(client, request.getfixturevalue(who))
    assert client.get("/rondes").status_code == 403
    assert client.send(NEW, WORDS).status_code == 403
