"""The worker looks for the best plan: really run, stopped, taken up again, and never twice at once."""

from __future__ import annotations

import datetime as dt
import threading
import time
from dataclasses import replace
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import update

from app.background import queue
from app.db import db
from app.training_plans import services, solving
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import TrainingPlan
from app.training_plans.queries import plan_to_change
from app.web.formats import now
from tests.support.at_once import at_once, together
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of
from tests.support.training_plans import WISH, Dienst, hr_of, make_training_plan, stored_plan


def solve(app: Flask, plan_id: int, **how: float) -> None:
    with app.app_context():
        solving.solve(plan_id, **{"seconds": 20.0, "beat": 0.05} | how)


def put(app: Flask, plan_id: int, **values: object) -> None:
    with app.app_context():
        db.session.execute(update(TrainingPlan).where(TrainingPlan.id == plan_id).values(**values))
        db.session.commit()


def test_the_worker_does_what_was_asked(app: Flask, dienst: Dienst) -> None:
    """As it stands in the queue: whoever commits the question wakes the worker."""
    waiting = queue(app)
    waiting.flush()         # what other tests left
    plan_id = make_training_plan(app, dienst.organisation_id)
    assert waiting.pending_count() == 1
    task = waiting.dequeue()
    assert task is not None
    waiting.execute(task)
    plan = stored_plan(app, dienst.organisation_id, plan_id)
    assert (plan.state, plan.gap, plan.progress) == (PlanState.READY, 0.0, 1.0)
    assert plan.best is not None


def test_the_same_question_gives_the_same_plan(app: Flask, dienst: Dienst) -> None:
    made = [make_training_plan(app, dienst.organisation_id, replace(WISH, name=name), solved=True) for name in "ab"]
    assert made[0] != made[1]
    one, other = (stored_plan(app, dienst.organisation_id, plan_id) for plan_id in made)
    assert (one.quick, one.best, one.gap) == (other.quick, other.best, other.gap)


def test_stopped_while_nobody_is_at_it(app: Flask, dienst: Dienst, hilde: CheckedClient) -> None:
    plan_id = make_training_plan(app, dienst.organisation_id)
    assert hilde.send(f"/opleidingen/plan/{plan_id}/stop").status_code == 303
    assert stored_plan(app, dienst.organisation_id, plan_id).state == PlanState.READY
    solve(app, plan_id)
    assert stored_plan(app, dienst.organisation_id, plan_id).best is None      # nobody went on


def test_stopped_while_the_worker_is_at_it(app: Flask, dienst: Dienst, hilde: CheckedClient) -> None:
    """The worker hears it at its next beat, and what there was stays."""
    plan_id = make_training_plan(app, dienst.organisation_id)
    put(app, plan_id, stop_asked=True)
    solve(app, plan_id)
    plan = stored_plan(app, dienst.organisation_id, plan_id)
    assert (plan.state, plan.best, plan.gap) == (PlanState.READY, plan.quick, None)


def test_taken_up_again_after_the_worker_died(app: Flask, dienst: Dienst) -> None:
    plan_id = make_training_plan(app, dienst.organisation_id)
    put(app, plan_id, begun_at=now(), progress=0.4)
    with app.app_context():
        solving.solve_due()         # whoever is at it was heard of just now
    assert stored_plan(app, dienst.organisation_id, plan_id).progress == 0.4
    put(app, plan_id, begun_at=now() - solving.SILENT - dt.timedelta(seconds=1))
    with app.app_context():
        solving.solve_due()
    assert stored_plan(app, dienst.organisation_id, plan_id).state == PlanState.READY


def test_who_was_thought_to_be_gone_writes_nothing_any_more(app: Flask, dienst: Dienst,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    plan_id = make_training_plan(app, dienst.organisation_id)
    begun = threading.Event()
    real = solving.search

    def slow(*args: object, **kwargs: object) -> object:
        for number, found in enumerate(real(*args, **kwargs)):  # type: ignore[arg-type]
            if number == 1:
                begun.set()
                time.sleep(1)
            yield found

    monkeypatch.setattr(solving, "search", slow)
    thread = threading.Thread(target=solve, args=(app, plan_id))
    thread.start()
    assert begun.wait(30)
    put(app, plan_id, begun_at=now() + dt.timedelta(seconds=1), progress=0.123)     # somebody else took it up
    thread.join(60)
    plan = stored_plan(app, dienst.organisation_id, plan_id)
    assert (plan.state, plan.progress) == (PlanState.SOLVING, 0.123)


def test_two_workers_solve_it_once(app: Flask, dienst: Dienst) -> None:
    plan_id = make_training_plan(app, dienst.organisation_id)
    assert at_once(app, *[partial(solving.solve, plan_id, seconds=20, beat=0.05)] * 2) == ["done", "done"]
    assert stored_plan(app, dienst.organisation_id, plan_id).state == PlanState.READY


def test_two_ask_at_once_is_once(app: Flask, dienst: Dienst, hr: Persona) -> None:
    plan_id = make_training_plan(app, dienst.organisation_id, solved=True)
    clients = [browser_of(app, hr), browser_of(app, hr)]
    address = f"/opleidingen/plan/{plan_id}/reken"
    answers = together(*(partial(one.send, address, {"revision": "0"}) for one in clients))
    assert [answer.status_code for answer in answers] == [303, 303]
    plan = stored_plan(app, dienst.organisation_id, plan_id)
    assert (plan.state, plan.revision) == (PlanState.SOLVING, 1)


def test_a_plan_that_cannot_be_tells_which_wish_stands_in_the_way(app: Flask, dienst: Dienst,
                                                                  hilde: CheckedClient) -> None:
    """Each training by itself fits, and no two together do: only the planner sees that."""
    plan_id = make_training_plan(app, dienst.organisation_id)
    with app.app_context():
        plan = plan_to_change(hr_of(dienst.organisation_id), plan_id)
        assert plan is not None
        question = dict(plan.question)
        question["units"] = [[question["units"][0][0], 4]]
        question["demands"] = []
        question["wishes"] = [100_000, 20, {}, {}, {"luisteren": 1, "wensen": 1}, []]
        plan.question, plan.quick = question, None
        db.session.commit()
    solve(app, plan_id)
    plan = stored_plan(app, dienst.organisation_id, plan_id)
    assert (plan.state, plan.clashes) == (PlanState.FAILED, ["hours", "fixed"])
    page = hilde.get(f"/opleidingen/plan/{plan_id}").text
    assert "Met meer uren per persoon past het wel." in page
    assert "Als minder bijeenkomsten vaststaan, past het wel." in page


def test_what_was_stopped_before_anything_was_found_is_not_said_to_clash(app: Flask, dienst: Dienst,
                                                                         hilde: CheckedClient) -> None:
    """Nobody proved that. One can have it calculated anew."""
    plan_id = make_training_plan(app, dienst.organisation_id)
    put(app, plan_id, quick=None)
    assert hilde.send(f"/opleidingen/plan/{plan_id}/stop").status_code == 303
    assert stored_plan(app, dienst.organisation_id, plan_id).state == PlanState.FAILED
    page = hilde.get(f"/opleidingen/plan/{plan_id}")
    assert "Er is geen plan gevonden" in page.text and "Dit past niet samen" not in page.text
    assert "geen plan gevonden" in hilde.get("/opleidingen/plan").text
    assert hilde.submit(page, to=f"/opleidingen/plan/{plan_id}/reken").status_code == 303
    assert stored_plan(app, dienst.organisation_id, plan_id).state == PlanState.SOLVING


def test_no_figures_no_plan(app: Flask, organisation_id: int) -> None:
    with app.app_context(), pytest.raises(services.NoFigures):
        services.create(hr_of(organisation_id), WISH)
