"""Wishes from plans on real rows: who counts, for how much, and that it stays."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from app.db import db
from app.development.models import Goal, Plan
from app.web.formats import now, today
from tests.needs.test_taking import values
from tests.support.builders import make_person
from tests.support.needs import take_snapshot


def plan(
    app: Flask, organisation_id: int, person: int, *, state: str = "agreed", hours: float = 20, euros: int = 500
) -> int:
    with app.app_context():
        made = Plan(organisation_id=organisation_id, person_id=person, begins_on=today(),
                    ends_on=today() + dt.timedelta(days=300), state=state, created_at=now())
        db.session.add(made)
        db.session.flush()
        made_id = made.id
        if hours:
            db.session.add(Goal(
                organisation_id=organisation_id, person_id=person, plan_id=made_id, framework_version_id=1,
                competency_code="VM1", state="open", place=1, reason="", behaviour="", noticed_by="", if_then="",
                hours=hours, budget=euros, created_at=now(), changed_at=now()))
        db.session.commit()
        return made_id


def test_a_team_as_worked_by_hand(app: Flask, organisation_id: int, team_id: int) -> None:
    people = [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(10)]
    for person in people[:6]:
        plan(app, organisation_id, person)
    plan(app, organisation_id, people[6], hours=0)
    plan(app, organisation_id, people[7], hours=0)
    plan(app, organisation_id, people[8], state="draft")
    plan(app, organisation_id, people[9], state="discussed")
    taken = take_snapshot(app, organisation_id)
    assert taken
    worked = {"people": 8, "wishing": 6, "hours": 120, "euros": 3000, "more_hours": False, "more_euros": False,
              "rough": False}
    assert values(app, taken, "wens", f"team={team_id}", "VM1") == worked
    whole = values(app, taken, "wens-samen", "", "VM1")
    assert whole and {key: whole[key] for key in worked} == worked


def test_what_changes_in_a_plan_later_changes_no_figure(app: Flask, organisation_id: int, team_id: int) -> None:
    people = [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(6)]
    for person in people:
        plan(app, organisation_id, person)
    assert take_snapshot(app, organisation_id, days_ago=9)
    with app.app_context():
        for goal in db.session.query(Goal):
            goal.hours, goal.budget = 1, 0
        db.session.commit()
    assert take_snapshot(app, organisation_id, days_ago=8) is None
    for _ in range(5):
        plan(app, organisation_id, make_person(app, organisation_id, works_in=[team_id]).id)
    taken = take_snapshot(app, organisation_id)
    assert taken
    assert values(app, taken, "wens", f"team={team_id}", "VM1")["hours"] == 11 * 20    # type: ignore[index]


@pytest.mark.parametrize("other", [0, 15, 35])
def test_what_one_asks_for_something_else_stands_in_no_sum(
    app: Flask, organisation_id: int, team_id: int, other: int
) -> None:
    """Eight ask 20 hours for VM1, and one perhaps some for VM2: the total is that of VM1, and may be more."""
    people = [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(10)]
    plans = [plan(app, organisation_id, person) for person in people[:8]]
    if other:
        aims_at(app, organisation_id, people[0], plans[0], "VM2", other)
    taken = take_snapshot(app, organisation_id)
    assert taken
    whole = values(app, taken, "wens", f"team={team_id}", "")
    assert whole and (whole["hours"], whole["more_hours"]) == (160, True)
    assert (whole["euros"], whole["more_euros"]) == (4000, True)


def test_what_many_ask_for_different_things_is_told_together(app: Flask, organisation_id: int, team_id: int) -> None:
    people = [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(10)]
    plans = [plan(app, organisation_id, person) for person in people]
    for number in range(6):
        aims_at(app, organisation_id, people[number], plans[number], f"A{number % 3 + 1}", 40)
    taken = take_snapshot(app, organisation_id)
    assert taken
    whole = values(app, taken, "wens", f"team={team_id}", "")
    assert whole and (whole["hours"], whole["more_hours"]) == (200 + 240, False)


def aims_at(app: Flask, organisation_id: int, person: int, plan_id: int, code: str, hours: int) -> None:
    with app.app_context():
        db.session.add(Goal(
            organisation_id=organisation_id, person_id=person, plan_id=plan_id, framework_version_id=1,
            competency_code=code, state="open", place=2, reason="", behaviour="", noticed_by="", if_then="",
            hours=hours, budget=hours, created_at=now(), changed_at=now()))
        db.session.commit()
