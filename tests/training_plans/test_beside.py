"""A plan beside one that was adopted over the same period: what is planned already is not planned again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from flask import Flask

from app.db import db
from app.development.plans.period import school_year
from app.training_plans import adopting, services
from app.training_plans.asked import Asked, Demand, Offer, Unit, Wishes
from app.training_plans.queries import plan_to_change
from app.training_plans.question import without
from app.training_plans.valuing import Plan
from app.web.formats import today
from tests.support.pages import CheckedClient
from tests.support.training_plans import WISH, Dienst, hr_of, make_training_plan, stored_plan

YEAR = school_year(today())
NEXT = school_year(YEAR.ends_on + dt.timedelta(days=1))
THIS = replace(WISH, name=f"Opleidingsplan {YEAR.begins_on.year}–{YEAR.ends_on.year}", begins_on=YEAR.begins_on,
               ends_on=YEAR.ends_on)
NEW = "/opleidingen/plan/nieuw"


def adopt(app: Flask, organisation_id: int, plan_id: int) -> None:
    with app.app_context():
        plan = plan_to_change(hr_of(organisation_id), plan_id)
        assert plan is not None
        services.stop(plan)
        asked = services.question_on(plan)
        adopting.adopt(hr_of(organisation_id), plan, asked, services.versions_of(plan, asked)["snel"], plan.revision)
        db.session.commit()


@pytest.fixture
def adopted(app: Flask, dienst: Dienst) -> int:
    made = make_training_plan(app, dienst.organisation_id, THIS)
    adopt(app, dienst.organisation_id, made)
    return made


def test_who_has_a_place_counts_no_more() -> None:
    asked = Asked((Offer("a", ("V4",), 1, 3, 12, 2000, None, 2, 8, 3),), (Unit("1", 8), Unit("2", 8)),
                  (Demand("1", "V4", 6, 1.0, 4.0), Demand("2", "V4", 3, 1.0, 4.0), Demand("2", "V5", 2, 1.0, 4.0)),
                  Wishes(5000, 40))
    left = without(asked, Plan.of({}, {("a", "1"): 4, ("a", "2"): 5}))
    assert left.demands == (Demand("1", "V4", 2, 1.0, 4.0), Demand("2", "V5", 2, 1.0, 4.0))
    assert without(asked, Plan()) == asked


def test_the_new_plan_is_of_the_next_free_school_year(app: Flask, dienst: Dienst, hilde: CheckedClient,
                                                      adopted: int) -> None:
    page = hilde.get(NEW).text
    assert f'value="Opleidingsplan {NEXT.begins_on.year}–{NEXT.ends_on.year}"' in page
    assert f'value="{NEXT.begins_on.isoformat()}"' in page
    assert "Over deze periode" not in page
    make_training_plan(app, dienst.organisation_id, replace(
        WISH, name=f"Opleidingsplan {NEXT.begins_on.year}–{NEXT.ends_on.year}"))
    assert f'value="Opleidingsplan {NEXT.begins_on.year}–{NEXT.ends_on.year} (2)"' in hilde.get(NEW).text


def test_what_is_adopted_is_not_proposed_again(app: Flask, dienst: Dienst, hilde: CheckedClient, adopted: int) -> None:
    first = stored_plan(app, dienst.organisation_id, adopted)
    second = make_training_plan(app, dienst.organisation_id, replace(THIS, name="Nog een"))
    quick = stored_plan(app, dienst.organisation_id, second).quick
    assert first.quick and first.quick["runs"] and quick == {"runs": {}, "places": {}}
    for rest in ("", "/wensen"):
        page = hilde.get(f"/opleidingen/plan/{second}{rest}").text
        assert f"Over deze periode ligt ook ‘{THIS.name}’, dat is vastgesteld." in page
        assert "rekent de planner niet nog eens mee" in page
    after = make_training_plan(app, dienst.organisation_id, replace(
        THIS, name="Daarna", begins_on=NEXT.begins_on, ends_on=NEXT.ends_on))
    assert stored_plan(app, dienst.organisation_id, after).quick == first.quick
    assert "Over deze periode" not in hilde.get(f"/opleidingen/plan/{after}").text


def test_a_plan_of_before_the_other_was_adopted_says_so(app: Flask, dienst: Dienst, hilde: CheckedClient) -> None:
    before = make_training_plan(app, dienst.organisation_id, replace(THIS, name="Eerder gevraagd"))
    adopt(app, dienst.organisation_id, make_training_plan(app, dienst.organisation_id, THIS))
    assert "is hier nog niet afgetrokken" in hilde.get(f"/opleidingen/plan/{before}").text
