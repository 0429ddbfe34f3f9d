"""What asks for the attention of who leads a team, about opleidingen beside all else."""

from __future__ import annotations

import re

from flask import Flask

from app.db import db
from app.people.models import Membership
from tests.support.builders import make_team
from tests.support.pages import browser_of
from tests.support.teams import make_measured_team
from tests.team.test_pages import said
from tests.training_plans.test_proposals import keep_places

PLACES = "/opleidingen/voorstel"
ASKED = "Eén opleiding heeft nog plaatsen voor je mensen."


def test_places_that_a_plan_keeps_for_her_people(app: Flask) -> None:
    team = make_measured_team(app, 5, waves=())
    other_id = make_team(app, team.organisation_id, "Team West")
    with app.app_context():
        db.session.add(Membership(organisation_id=team.organisation_id, team_id=other_id, person_id=team.lead.id,
                                  leads=True))
        db.session.commit()
    browser = browser_of(app, team.lead)
    assert PLACES not in browser.get(team.at()).text
    keep_places(app, team.organisation_id, str(team.id))
    page = browser.get(team.at()).text
    assert ASKED in page and page.index(ASKED) < page.index("heeft nog geen meting")     # these wait for her
    assert f'href="{PLACES}">Stel mensen voor' in page
    assert PLACES not in browser.get(f"/team/{other_id}").text
    session = re.findall(r"/opleidingen/bijeenkomst/(\d+)/voorstellen", browser.get(PLACES).text)[0]
    browser.send(f"/opleidingen/bijeenkomst/{session}/voorstellen", {"people": [one.id for one in team.people[:4]]})
    assert ASKED not in said(browser, team.at())
