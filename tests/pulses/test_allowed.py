"""Whether begeleiders begin a korte vraag themselves: as the dienst has set for rounds."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.development.goals.queries import goal_to_change
from app.pulses import services
from app.rounds.models import Round
from tests.rating.behind import words
from tests.support.builders import Persona
from tests.support.pages import CheckedClient
from tests.support.pulses import closed_pulse, let_begin, open_pulse
from tests.support.records import actor_of, make_check_in, make_plan

ASK = "Vraag het je beheerder: die kan het toestaan."


def test_where_they_do_not_the_page_says_whom_to_ask(app: Flask, begeleider: Persona, teamleider: Persona,
                                                     jet: CheckedClient, goal_id: int) -> None:
    let_begin(app, begeleider.organisation_id, may=False)
    goal = f"/ontwikkelplan/doelen/{goal_id}"
    page = jet.get(f"{goal}/korte-vraag")
    assert page.status_code == 200
    assert ASK in words(page)
    assert "Kies mensen" not in words(page)
    beside = jet.get(goal)
    assert ASK in words(beside)
    assert f'href="{goal}/korte-vraag"' not in beside.text
    refused = jet.send(f"{goal}/korte-vraag")
    assert refused.status_code == 409
    assert ASK in words(refused)
    with app.app_context():
        assert db.session.scalar(select(func.count(Round.id))) == 0
        goal_row = goal_to_change(actor_of(begeleider), goal_id)
        assert goal_row is not None
        with pytest.raises(services.NotByHerself):
            services.begin(actor_of(begeleider), goal_row, services.topic_of(goal_row), name="x", purpose="x")


def test_nor_does_a_tussenstand_offer_it(app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
                                         goal_id: int) -> None:
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    address = f"/tussenstand/{make_check_in(app, begeleider, teamleider, plan_id, shown=False)}"
    link = f'href="/ontwikkelplan/doelen/{goal_id}/korte-vraag"'
    assert link in jet.get(address).text
    let_begin(app, begeleider.organisation_id, may=False)
    assert link not in jet.get(address).text


def test_what_was_begun_goes_on(app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
                                goal_id: int) -> None:
    made = open_pulse(app, begeleider, teamleider, goal_id)
    let_begin(app, begeleider.organisation_id, may=False)
    page = words(jet.get(f"/ontwikkelplan/doelen/{goal_id}"))
    assert "Er loopt een korte vraag" in page
    assert ASK not in page
    assert jet.get(f"/feedback/{made.part_id}").status_code == 200


def test_and_what_came_of_an_earlier_one_stays(app: Flask, begeleider: Persona, teamleider: Persona,
                                               jet: CheckedClient, goal_id: int) -> None:
    closed_pulse(app, begeleider, teamleider, goal_id, (4, 4, 4))
    let_begin(app, begeleider.organisation_id, may=False)
    page = words(jet.get(f"/ontwikkelplan/doelen/{goal_id}"))
    assert "zagen gemiddeld iets meer" in page
    assert ASK in page
