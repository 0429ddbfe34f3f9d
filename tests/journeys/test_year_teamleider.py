"""A school year of one teamleider in a real browser: from who was not measured yet to what moved in his team."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from app.db import db
from app.rounds import settings
from tests.journeys import year_places, year_round, year_talks, year_team
from tests.journeys.led import LedYear
from tests.journeys.year import at
from tests.support.browser import Windows, sign_in
from tests.support.builders import Persona, make_person, make_team
from tests.support.clock import Clock, beginning
from tests.support.conversations import agree
from tests.support.records import make_measurement
from tests.support.teams import make_measured_team

clock = beginning(at(2026, 8, 31))


@pytest.fixture
def year(app: Flask, clock: Clock, windows: Windows, teamleider: Persona, team_id: int) -> LedYear:
    """Six people were measured in June and begin with their plans; the dienst lets who leads read after a week."""
    organisation_id = teamleider.organisation_id
    with clock.here():
        team = make_measured_team(app, 6, waves=(2.8,), lead=teamleider, team_id=team_id)
        other = make_person(app, organisation_id, roles=["teamleider"], leads=[west := make_team(app, organisation_id)])
        elsewhere = make_measured_team(app, 5, waves=(2.8,), lead=other, team_id=west)
        for person, level in zip(team.people, (3, 3), strict=False):
            agree(app, person, teamleider, controller=level)
        agree(app, team.people[2], teamleider, marketeer=3)
        jet = make_person(app, organisation_id, works_in=[team_id], name="Jet de Vries")
        own_view_id = make_measurement(app, jet, "focus")
    with app.app_context():
        settings.change_settings(organisation_id,
                                 replace(settings.settings_of(organisation_id), lead_reads_after_days=7))
        db.session.commit()
    return LedYear(app, clock, team, elsewhere, jet, own_view_id, windows.open(), windows.open("phone"))


def test_a_year_of_a_teamleider(year: LedYear, windows: Windows) -> None:
    sign_in(year.tom, year.team.lead)
    sign_in(year.hers, year.jet)
    year_round.he_plans(year)
    year_round.he_approves(year)
    year_round.it_is_thin(year)
    year_round.it_closes(year)
    year_round.he_releases(year)
    year_talks.he_reads_her_profile(year)
    year_talks.they_talk(year)
    year_talks.he_confirms_her_plan(year)
    year_talks.he_answers_a_check_in(year)
    year_team.he_looks_at_his_team(year)
    year_team.he_looks_on_his_phone(year, windows)
    year_team.what_if_she_leaves(year)
    year_team.what_his_team_needs(year)
    year_places.he_proposes(year)
    year_places.they_answer(year)
    year_team.what_moved(year)
