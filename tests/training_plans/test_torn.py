"""What comes in twice, too late or not as a number: at the plan by hand, the name of a plan and its adoption."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.db import db
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import PlanRun, TrainingPlan
from app.trainings.models import TrainingSession
from tests.support.pages import CheckedClient
from tests.support.training_plans import WISH, Dienst, make_training_plan, need, publish, stored_plan
from tests.support.trainings import make_training

LIST = "/opleidingen/plan"


@pytest.fixture
def solved(app: Flask, dienst: Dienst) -> int:
    return make_training_plan(app, dienst.organisation_id, solved=True)


@pytest.fixture
def wensen(dienst: Dienst, solved: int) -> str:
    return f"{LIST}/{solved}/eigen/{dienst.trainings['wensen']}"


def places(dienst: Dienst, noord: str = "4", zuid: str = "2") -> dict[str, str]:
    return {f"unit_{dienst.teams['noord']}": noord, f"unit_{dienst.teams['zuid']}": zuid}


@pytest.mark.parametrize("runs", ["2,-", "€ 2", "2,00", " 2 "])
def test_how_often_is_read_as_people_write_it(app: Flask, dienst: Dienst, hilde: CheckedClient, solved: int,
                                              wensen: str, runs: str) -> None:
    assert hilde.submit(hilde.get(wensen), {"runs": runs, **places(dienst)}).status_code == 303
    stored = stored_plan(app, dienst.organisation_id, solved).by_hand
    assert stored is not None and stored["runs"]["wensen"] == 2


def test_the_planner_found_something_better_meanwhile(app: Flask, dienst: Dienst, hilde: CheckedClient, solved: int,
                                                      wensen: str) -> None:
    best = stored_plan(app, dienst.organisation_id, solved).best
    put(app, solved, best={"runs": {"wensen": 1}, "places": {"wensen": {str(dienst.teams["noord"]): 1}}})
    page = hilde.get(wensen)
    put(app, solved, best=best)
    answer = hilde.submit(page, {"runs": "2", **places(dienst)})
    assert answer.status_code == 409 and "De planner vond intussen iets beters" in answer.text
    assert stored_plan(app, dienst.organisation_id, solved).by_hand is None
    assert hilde.submit(answer).status_code == 303      # what was typed stayed
    stored = stored_plan(app, dienst.organisation_id, solved).by_hand
    assert stored is not None and stored["runs"] == {"luisteren": 1, "wensen": 2}


@pytest.mark.parametrize("version", ["\0", "zz", "\u202e", "__class__"])
def test_a_version_that_there_is_not_comes_back_as_one_that_there_is(dienst: Dienst, hilde: CheckedClient, wensen: str,
                                                                     version: str) -> None:
    for sent in ({"runs": "2", "revision": "7"}, {"runs": "2", "revision": "0"}, {"runs": "x", "revision": "0"}):
        answer = hilde.send(wensen, {**places(dienst), **sent, "version": version})
        assert answer.status_code in (409, 422)
        assert version not in answer.text and 'value="beste"' in answer.text


@pytest.mark.parametrize("name", ["\0", "\u202e", " \u200b \0"])
def test_a_name_of_which_nothing_is_seen_is_none(app: Flask, dienst: Dienst, hilde: CheckedClient, solved: int,
                                                 name: str) -> None:
    wished = {"name": name, "begins_on": "2026-08-01", "ends_on": "2027-07-31", "budget": "6000", "hours": "40",
              "revision": "0"}
    for address in (f"{LIST}/nieuw", f"{LIST}/{solved}/wensen"):
        answer = hilde.send(address, wished)
        assert answer.status_code == 422 and "Geef het plan een naam." in answer.text
    assert hilde.send(f"{LIST}/nieuw", wished | {"name": f"Plan{name}A"}).status_code == 303


def test_two_plans_of_one_name_are_adopted_each(app: Flask, dienst: Dienst, hilde: CheckedClient) -> None:
    after = WISH.ends_on + dt.timedelta(days=1)
    plans = [make_training_plan(app, dienst.organisation_id, wish, solved=True)
             for wish in (WISH, replace(WISH, begins_on=after, ends_on=after + dt.timedelta(days=300)))]
    for plan_id in plans:
        stored = stored_plan(app, dienst.organisation_id, plan_id)
        answer = hilde.send(f"{LIST}/{plan_id}/vaststellen", {"revision": str(stored.revision), "version": "beste"})
        assert answer.status_code == 303
        assert stored_plan(app, dienst.organisation_id, plan_id).state == PlanState.ADOPTED
    with app.app_context():
        counts = db.session.execute(select(PlanRun.plan_id, func.count()).group_by(PlanRun.plan_id)).all()
        assert sorted(map(tuple, counts)) == [(plan_id, 2) for plan_id in sorted(plans)]


def test_the_dearest_plan_that_can_be_is_adopted(app: Flask, dienst: Dienst, hilde: CheckedClient) -> None:
    """Thirty places at the highest price of one: more than any group costs."""
    team = dienst.teams["noord"]
    make_training(app, dienst.organisation_id, code="duur", competencies=("V4",), cost_person=100_000, cost_group=None,
                  places_min=1, places_max=40)
    publish(app, dienst.organisation_id, {(str(team), "V4"): need(people=30, with_gap=30, gap=2.0)})
    dear = make_training_plan(app, dienst.organisation_id, replace(
        WISH, budget=10_000_000, excluded=frozenset({"luisteren"})), solved=True)
    stored = stored_plan(app, dienst.organisation_id, dear)
    answer = hilde.send(f"{LIST}/{dear}/vaststellen", {"revision": str(stored.revision), "version": "beste"})
    assert answer.status_code == 303
    with app.app_context():
        assert db.session.scalars(select(TrainingSession.cost)).all() == [3_000_000]


def put(app: Flask, plan_id: int, **values: object) -> None:
    with app.app_context():
        db.session.execute(update(TrainingPlan).where(TrainingPlan.id == plan_id).values(**values))
        db.session.commit()
