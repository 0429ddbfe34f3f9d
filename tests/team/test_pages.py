"""The page of a team: what stands there, what does not, and in which order."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.assessments.models import Measurement, StoredCell
from app.conversations.models import Conversation
from app.db import db
from app.development.models import Plan
from app.measurement.scale import Group
from app.people.models import Person
from app.profiles.models import Reading
from app.rounds.models import Invitation
from app.web.formats import today
from tests.profiles.released import Released, change_part
from tests.support.builders import make_person, make_team
from tests.support.pages import CheckedClient, browser_of, text_of, tree_of
from tests.support.records import make_check_in, make_plan
from tests.support.rounds import give_measurement, make_round
from tests.support.statements import statements
from tests.support.teams import MadeTeam, make_measured_team


def said(client: CheckedClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return text_of(tree_of(answer.data))


def rows(client: CheckedClient, address: str, part: str) -> list[str]:
    """Who stands in the tables of one section, from top to bottom."""
    tree = tree_of(client.get(address).data)
    section = next(one for one in tree.iter("section") if one.get("aria-labelledby") == part)
    return [text_of(next(row.iter("th"))) for body in section.iter("tbody") for row in body.iter("tr")]


def test_the_page_leads_to_what_the_team_needs(team: MadeTeam, lead: CheckedClient) -> None:
    links = [one.get("href") for one in tree_of(lead.get("/team").data).iter("a")]
    assert f"/opleidingen/behoefte?team={team.id}" in links


def test_everything_of_everybody(team: MadeTeam, lead: CheckedClient) -> None:
    page = said(lead, "/team")
    for words in ("Team Oost", "6 begeleiders", "Amira El Idrissi", "3,4", "vaak", "zichtbare groei", "zelfstandig",
                  "Verwachtingen en wensen ophalen", "vanaf", "Groei van het team", "komt een volgende keer vanzelf"):
        assert words in page, words
    assert page.count("zichtbare groei") >= 36
    assert said(lead, team.at()) == page


@pytest.mark.parametrize("shows", ["rollen", "onderwerpen"])
def test_roles_and_competencies_are_shown_on_demand(team: MadeTeam, lead: CheckedClient, shows: str) -> None:
    page = said(lead, team.at(f"?toon={shows}"))
    assert ("Onderhandelaar" in page) is (shows == "rollen")
    assert "3,4" in page
    assert said(lead, team.at("?toon=onzin")) == said(lead, team.at())


def test_a_score_and_a_niveau_never_share_a_table(lead: CheckedClient, team: MadeTeam) -> None:
    tree = tree_of(lead.get(team.at()).data)
    tables = [text_of(table) for table in tree.iter("table")]
    assert sum("zelfstandig" in one for one in tables) == 1
    assert not [one for one in tables if "zelfstandig" in one and "3,4" in one]


def not_released(app: Flask, made: Released) -> None:
    change_part(app, made, released_at=None)


def later(app: Flask, made: Released) -> None:
    change_part(app, made, lead_reads_from=today() + dt.timedelta(days=11))


def never(app: Flask, made: Released) -> None:
    change_part(app, made, lead_reads_from=None)


def asked_herself(app: Flask, team: MadeTeam, made: Released) -> None:
    """The lead is one of the colleagues who were asked, without her name."""
    with app.app_context():
        one = db.session.scalars(
            select(Invitation).where(Invitation.round_subject_id == made.part_id,
                                     Invitation.rater_group == Group.COLLEAGUE)
        ).first()
        assert one is not None
        one.person_id = team.lead.id
        db.session.commit()


@pytest.mark.parametrize("why", ["released", "later", "hers", "asked"])
def test_of_what_may_not_be_read_nothing_stands_there_but_the_reason(app: Flask, why: str) -> None:
    """Whatever its figures are, the page is the same, byte for byte."""
    team = make_measured_team(app, 6, waves=(3.4,), work=False)
    shut = team.rounds[team.people[2].id][0]
    match why:
        case "released":
            not_released(app, shut)
        case "later":
            later(app, shut)
        case "hers":
            never(app, shut)
        case "asked":
            asked_herself(app, team, shut)
    reason = {"released": "Nog niet vrijgegeven", "hers": "Alleen zelf te lezen", "asked": "je bent in deze ronde zelf",
              "later": f"Leesbaar vanaf {today() + dt.timedelta(days=11):%-d}"}[why]
    lead = browser_of(app, team.lead)
    addresses = [team.at(), team.at("?toon=rollen"), team.at("?toon=onderwerpen&volgorde=meting"), team.at("/rollen")]
    before = [lead.get(address).data for address in addresses]
    assert reason in text_of(tree_of(before[0]))
    assert lead.get(shut.at()).status_code == 404
    with app.app_context():
        db.session.execute(update(StoredCell).where(StoredCell.measurement_id == shut.measurement_id).values(mean=1.7))
        db.session.commit()
    assert [lead.get(address).data for address in addresses] == before
    with app.app_context():
        db.session.execute(update(StoredCell).values(mean=1.7))
        db.session.commit()
    assert lead.get(team.at()).data != before[0]       # what is read does change it
    with app.app_context():
        readings = set(db.session.scalars(select(Reading.measurement_id)))
    assert shut.measurement_id not in readings
    assert readings == {team.rounds[one.id][0].measurement_id for one in team.people if one is not team.people[2]}


def test_of_a_shut_round_the_one_before_it_is_shown(app: Flask, team: MadeTeam, lead: CheckedClient) -> None:
    later(app, team.rounds[team.people[0].id][0])
    page = said(lead, team.at())
    assert "2,9" in page and "een nieuwere: leesbaar vanaf" in page


def test_what_is_read_here_is_written_down_as_of_a_profile(app: Flask, team: MadeTeam, lead: CheckedClient) -> None:
    lead.get(team.at())
    lead.get(team.at())
    amira = team.people[0]
    page = said(browser_of(app, amira), team.rounds[amira.id][0].at())
    assert "Gelezen door" in page and "Tom Bakker" in page
    with app.app_context():
        assert len(db.session.scalars(select(Reading)).all()) == len(team.people)


@pytest.mark.parametrize(("order", "names"), [
    ("naam", ["Amira El Idrissi", "Bas Hoekstra", "Carla Mendes"]),
    ("meting", ["Carla Mendes", "Amira El Idrissi", "Bas Hoekstra"]),
    ("gesprek", ["Carla Mendes", "Amira El Idrissi", "Bas Hoekstra"]),
    ("tussenstand", ["Bas Hoekstra", "Amira El Idrissi", "Carla Mendes"]),
    ("score", ["Amira El Idrissi", "Bas Hoekstra", "Carla Mendes"]),
])
def test_people_stand_by_name_or_by_a_day_and_never_by_a_score(app: Flask, order: str, names: list[str]) -> None:
    team = make_measured_team(app, 3, waves=(3.4,))
    _amira, bas, carla = team.people
    with app.app_context():
        found = db.session.get_one(Measurement, team.rounds[carla.id][0].measurement_id)
        found.closed_at -= dt.timedelta(days=300)
        plan = db.session.scalars(select(Plan).where(Plan.person_id == bas.id)).one()
        assert plan.started_at
        plan.started_at -= dt.timedelta(days=60)
        talk = db.session.scalars(select(Conversation).where(Conversation.person_id == carla.id)).one()
        assert talk.planned_at
        talk.planned_at -= dt.timedelta(days=30)
        db.session.commit()
    lead = browser_of(app, team.lead)
    address = team.at(f"?volgorde={order}")
    assert rows(lead, address, "beeld") == names == rows(lead, address, "werk")
    tree = tree_of(lead.get(address).data)
    head = {text_of(th) for th in tree.iter("th") if th.get("aria-sort")}
    assert head == {{"meting": "Meting", "gesprek": "Laatste gesprek", "tussenstand": "Volgende tussenstand"}.get(
        order, "Naam")}


def test_what_asks_for_attention(app: Flask, organisation_id: int) -> None:
    team = make_measured_team(app, 5, waves=(), work=False)
    lead, (amira, bas, carla, daan, esther) = team.lead, team.people
    closed = make_round(app, lead, [amira], state="closed", opened_days_ago=40)
    give_measurement(app, closed, groups=[Group.COLLEAGUE], released=False)
    make_plan(app, bas, lead)
    late = make_plan(app, carla, lead, running=True)
    shown = make_plan(app, daan, lead, running=True)
    make_check_in(app, daan, lead, shown)
    with app.app_context():
        plan = db.session.get_one(Plan, late)
        plan.started_at = plan.agreed_at = (plan.started_at or plan.created_at) - dt.timedelta(days=120)
        db.session.commit()
    make_round(app, lead, [daan], opened_days_ago=25)
    page = said(browser_of(app, lead), team.at())
    for words in ("Het profiel van Amira El Idrissi wacht op vrijgave.", "Het ontwikkelplan van Bas Hoekstra wacht",
                  "De tussenstand van Carla Mendes is over tijd.", "De tussenstand van Daan Postma wacht op jou.",
                  "De ronde van Daan Postma heeft nog niet genoeg antwoorden.", "collega's en scholen",
                  "Esther Groen heeft nog geen meting."):
        assert words in page, words
    assert "Daan Postma heeft nog geen meting" not in page and esther.name in page
    assert "collega's: nog niet" in page


def test_a_plan_that_was_not_put_before_her_is_not_there(app: Flask) -> None:
    team = make_measured_team(app, 1, waves=(), work=False)
    make_plan(app, team.people[0], team.lead, shown=False)
    page = said(browser_of(app, team.lead), team.at())
    assert "geen plan om te lezen" in page and "Verwachtingen en wensen ophalen" not in page


def test_nothing_is_there_yet(app: Flask, organisation_id: int) -> None:
    nobody = make_person(app, organisation_id, roles=["teamleider"])
    assert "Je leidt nog geen team." in said(browser_of(app, nobody), "/team")
    alone = make_team(app, organisation_id)
    lead = make_person(app, organisation_id, roles=["teamleider"], leads=[alone])
    assert "Er werkt nog niemand in dit team." in said(browser_of(app, lead), "/team")
    assert "Er werkt nog niemand in dit team." in said(browser_of(app, lead), f"/team/{alone}/rollen")
    make_person(app, organisation_id, works_in=[alone])
    page = said(browser_of(app, lead), "/team")
    assert "Nog geen meting" in page and "Hier staat straks wat anderen bij ieder zien." in page


def test_several_teams_are_a_choice_and_others_do_not_exist(app: Flask, team: MadeTeam) -> None:
    second, other = make_team(app, team.organisation_id, "Team Zuid"), make_team(app, team.organisation_id)
    lead = make_person(app, team.organisation_id, roles=["teamleider"], leads=[team.id, second])
    client = browser_of(app, lead)
    page = said(client, "/team")
    assert "Team Zuid" in page and "Amira El Idrissi" in page
    assert "Amira El Idrissi" not in said(client, f"/team/{second}")
    for rest in ("", "/rollen"):
        assert client.get(f"/team/{other}{rest}").status_code == 404
    hr = browser_of(app, make_person(app, team.organisation_id, roles=["hr", "beheerder"]))
    for address in ("/team", team.at(), team.at("/rollen")):
        assert hr.get(address).status_code == 403


def test_the_statements_do_not_grow_with_the_team(app: Flask) -> None:
    seen: dict[int, dict[str, int]] = {}
    for people in (2, 5, 12):
        team = make_measured_team(app, people)
        lead = browser_of(app, team.lead)
        make_round(app, team.lead, team.people)
        for address in ("", "?toon=onderwerpen", "/rollen"):
            lead.get(team.at(address))
            with statements(app) as asked:
                lead.get(team.at(address))
            seen.setdefault(people, {})[address] = len(asked)
    assert seen[2] == seen[5] == seen[12]
    assert max(seen[12].values()) <= 12, seen


def test_a_hostile_name_is_only_a_name(app: Flask) -> None:
    team = make_measured_team(app, 1, waves=(3.4,), work=False)
    with app.app_context():
        db.session.get_one(Person, team.people[0].id).name = "<script>alert(1)</script> %(name)s {{ 7 }}"
        db.session.commit()
    lead = browser_of(app, team.lead)
    for address in (team.at(), team.at(f"/rollen?vertrekt={team.people[0].id}")):
        assert "<script>alert(1)</script> %(name)s {{ 7 }}" in said(lead, address)


