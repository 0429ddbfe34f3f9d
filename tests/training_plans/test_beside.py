"""A plan beside one that was adopted over the same period: what is planned already is not planned again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from flask import Flask

from app.db import db
from app.development.plans.period import school_year
from app.training_plans import adopting, services
from app.training_plans.asked import Asked, Demand, Offer, Unit, Wishes
from app.training_plans.lifecycle import PlanState
from app.training_plans.queries import plan_to_change, planned_over, runs_of
from app.training_plans.question import less, without
from app.training_plans.valuing import Plan
from app.trainings.lifecycle import SessionState
from app.trainings.models import Meeting, Training, TrainingCompetency, TrainingSession
from app.web.formats import AMSTERDAM, now, today
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


def refused(app: Flask, organisation_id: int, plan_id: int) -> None:
    with pytest.raises(adopting.PlannedMeanwhile):
        adopt(app, organisation_id, plan_id)
    assert stored_plan(app, organisation_id, plan_id).state != PlanState.ADOPTED


@pytest.fixture
def adopted(app: Flask, dienst: Dienst) -> int:
    made = make_training_plan(app, dienst.organisation_id, THIS)
    adopt(app, dienst.organisation_id, made)
    return made


def test_who_has_a_place_counts_no_more() -> None:
    asked = Asked((Offer("a", ("V4",), 1, 3, 12, 2000, None, 2, 8, 3),), (Unit("1", 8), Unit("2", 8)),
                  (Demand("1", "V4", 6, 1.0, 4.0), Demand("2", "V4", 3, 1.0, 4.0), Demand("2", "V5", 2, 1.0, 4.0)),
                  Wishes(5000, 40))
    left = without(asked, Plan.of({}, {("a", "1"): 4, ("a", "2"): 5}), asked.offers)
    assert left.demands == (Demand("1", "V4", 2, 1.0, 4.0), Demand("2", "V5", 2, 1.0, 4.0))
    assert without(asked, Plan(), asked.offers) == asked
    assert without(replace(asked, offers=()), Plan.of({}, {("a", "1"): 4, ("gone", "1"): 3, ("a", "gone"): 2}),
                   asked.offers).demands == (Demand("1", "V4", 2, 1.0, 4.0), *asked.demands[1:])


def test_what_is_planned_already_is_taken_off() -> None:
    asked = Asked((), (Unit("1", 8), Unit("2", 8)), (), Wishes(5000, 40))
    left = less(asked, 1200, {"1": 100, "gone": 60})
    assert left.wishes.budget == 3800
    assert [left.hours_of(unit) for unit in left.units] == [220, 320]
    more_than_there_was = less(asked, 6000, {"2": 400})
    assert more_than_there_was.wishes.budget == 0
    assert [more_than_there_was.hours_of(unit) for unit in more_than_there_was.units] == [320, 0]
    assert less(asked, 0, {}) == asked


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


def test_nor_is_what_is_not_on_offer_any_more(app: Flask, dienst: Dienst, adopted: int) -> None:
    """Its sessions go on: who has a place there needs no other."""
    with app.app_context():
        training = db.session.get_one(Training, dienst.trainings["luisteren"])
        training.retired_at = now()
        twin = Training(organisation_id=dienst.organisation_id, code="luisteren-anders", title="Anders luisteren",
                        form=training.form, hours=training.hours, cost_group=training.cost_group,
                        places_min=training.places_min, places_max=training.places_max, level_from=training.level_from,
                        level_to=training.level_to, competencies=[
                            TrainingCompetency(organisation_id=dienst.organisation_id, competency_code="V4")])
        db.session.add(twin)
        db.session.commit()
    second = stored_plan(app, dienst.organisation_id,
                         make_training_plan(app, dienst.organisation_id, replace(THIS, name="Nog een", budget=20_000)))
    assert second.quick == {"runs": {}, "places": {}}


def test_money_and_hours_of_an_adopted_plan_are_taken_off(app: Flask, dienst: Dienst, hilde: CheckedClient,
                                                          adopted: int) -> None:
    """6 places of 12 hours at € 2.000 in Noord, and 7 at € 300 over both."""
    sums = {held.session_id: (held.cost, held.hours, held.places) for held in of_plan(app, dienst, adopted)}
    euros = sum(cost for cost, _, _ in sums.values())
    hours = sum(long * sum(places.values()) for _, long, places in sums.values())
    assert euros and hours
    second = stored_plan(app, dienst.organisation_id,
                         make_training_plan(app, dienst.organisation_id, replace(THIS, name="Nog een")))
    asked = services.question_on(second)
    assert (second.budget, second.planned, asked.wishes.budget) == (THIS.budget, euros, THIS.budget - euros)
    assert sum(unit.planned for unit in asked.units) == hours
    for unit in asked.units:
        own = sum(long * places.get(unit.code, 0) for _, long, places in sums.values())
        assert asked.hours_of(unit) == THIS.hours_per_person * unit.people - own
    told = f"{number(euros)} van het budget, en van de uren per team samen {hours} uur."
    for address in (f"/opleidingen/plan/{second.id}", f"/opleidingen/plan/{second.id}/wensen"):
        assert told in hilde.get(address).text
    shown = hilde.get(f"/opleidingen/plan/{second.id}").text
    assert f"van het budget van {number(THIS.budget)} ligt {number(euros)} al vast" in shown


def test_a_session_counts_as_it_is_now_and_where_it_falls(app: Flask, dienst: Dienst, adopted: int) -> None:
    """What was called off costs nothing, what has its days outside the period neither; the price is today's."""
    runs = of_plan(app, dienst, adopted)
    with app.app_context():
        first, *others = [db.session.get_one(TrainingSession, run.session_id) for run in runs]
        first.cost = 1234
        others[0].state = SessionState.CALLED_OFF
        db.session.commit()
    rest = sum(run.cost for run in runs[2:])

    def planned_in(begins_on: dt.date, ends_on: dt.date) -> tuple[int, int]:
        with app.app_context():
            found = planned_over(hr_of(dienst.organisation_id), begins_on, ends_on)
            return found.euros, sum(found.hours.values())

    hours = runs[0].hours * sum(runs[0].places.values())
    others_hours = sum(run.hours * sum(run.places.values()) for run in runs[2:])
    assert planned_in(YEAR.begins_on, YEAR.ends_on) == (1234 + rest, hours + others_hours)
    day = YEAR.begins_on + dt.timedelta(days=60)
    with app.app_context():
        begin = dt.datetime.combine(day, dt.time(9), AMSTERDAM)
        db.session.add(Meeting(organisation_id=dienst.organisation_id, session_id=runs[0].session_id, begins_at=begin,
                               ends_at=begin + dt.timedelta(hours=3)))
        db.session.commit()
    assert planned_in(day, day + dt.timedelta(days=1)) == (1234 + rest, hours + others_hours)
    for outside in ((day + dt.timedelta(days=1), YEAR.ends_on), (YEAR.begins_on, day - dt.timedelta(days=1))):
        assert planned_in(*outside) == (rest, others_hours)
    assert planned_in(NEXT.begins_on, NEXT.ends_on) == (0, 0)


def test_a_plan_of_before_the_other_was_adopted_says_so(app: Flask, dienst: Dienst, hilde: CheckedClient) -> None:
    """And is not adopted before the planner knows of it."""
    before = make_training_plan(app, dienst.organisation_id, replace(THIS, name="Eerder gevraagd"))
    adopt(app, dienst.organisation_id, make_training_plan(app, dienst.organisation_id, THIS))
    address = f"/opleidingen/plan/{before}"
    page = hilde.get(address)
    assert "is hier nog niet afgetrokken" in page.text
    refused(app, dienst.organisation_id, before)
    hilde.submit(page, {}, to=f"{address}/stop")
    again = hilde.submit(hilde.get(address), {}, to=f"{address}/vaststellen")
    assert again.status_code == 409 and "intussen een ander plan vastgesteld" in again.text


@dataclass(frozen=True)
class Run:
    """A session of a plan, as it is stored; `hours` per person."""

    session_id: int
    cost: int
    hours: int
    places: dict[str, int]


def of_plan(app: Flask, dienst: Dienst, plan_id: int) -> list[Run]:
    with app.app_context():
        return [Run(run.session_id, run.session.cost, run.session.training.hours, run.places)
                for run in runs_of(stored_plan(app, dienst.organisation_id, plan_id))]


def number(euros: int) -> str:
    return f"€\u00a0{euros:,}".replace(",", ".")
