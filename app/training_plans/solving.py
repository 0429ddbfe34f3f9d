"""The worker looks for the best plan: asked by HR, one plan after another, for a minute at most.

With every beat it writes down how far it is and that it is still there; so whoever finds a plan that nobody was heard
of for a while takes it up anew, and who was thought to be gone ends without a trace.
"""

from __future__ import annotations

import datetime as dt
import logging
from contextlib import closing

from sqlalchemy import or_, select, update
from sqlalchemy.orm import undefer

from app.background import one_by_one
from app.db import db
from app.training_plans.asked import Asked
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import TrainingPlan
from app.training_plans.planner import SECONDS, Ending, Found, SolverDiedError, search, together
from app.training_plans.stored import packed_plan, question_in
from app.training_plans.valuing import Plan
from app.web.formats import now

log = logging.getLogger(__name__)
ASKED = "training plans asked"       # marks a transaction after which there is something to solve
SILENT = dt.timedelta(seconds=45)
"""Whoever was not heard of for so long is not at it any more (ours); longer than `together` takes."""


def is_free(plan: TrainingPlan) -> bool:
    """Whether nobody is at it."""
    return plan.begun_at is None or plan.begun_at < now() - SILENT


def solve_due() -> None:
    """The worker's: everything that is asked and that nobody is at. Commits as it goes."""
    due = db.session.scalars(
        select(TrainingPlan.id)
        .where(TrainingPlan.state == PlanState.SOLVING,
               or_(TrainingPlan.begun_at.is_(None), TrainingPlan.begun_at < now() - SILENT))
        .order_by(TrainingPlan.asked_at, TrainingPlan.id)
    ).all()
    db.session.commit()
    one_by_one(due, solve, "the opleidingsplan %s could not be solved")


def solve(plan_id: int, *, seconds: float = SECONDS, beat: float = 1.0) -> None:
    """One plan, unless somebody is at it. Commits as it goes."""
    asked = _begin(plan_id)
    if asked is None:
        return
    question, turn = asked
    found: Found | None = None
    best: Plan | None = None
    try:
        with closing(search(question, seconds=seconds, beat=beat)) as answers:
            for found in answers:
                changed, best = found.plan is not None and found.plan != best, found.plan or best
                if not turn.goes_on(found, store=changed) or found.ending is not Ending.GOING_ON:
                    break
    except SolverDiedError:
        log.exception("the solver broke down on the opleidingsplan %s; what was found stays", plan_id)
    if turn.lost:
        return
    clashes: list[str] = []
    if best is None and found is not None and found.ending is Ending.IMPOSSIBLE:
        clashes = [str(one.figures["wish"]) for one in together(question, seconds=5.0)]
    turn.end(PlanState.READY if best is not None else PlanState.FAILED, clashes)


class _Turn:
    """Whose turn it is with a plan: of whoever wrote `begun_at` last, since it was asked then."""

    def __init__(self, plan_id: int, asked_at: dt.datetime, begun_at: dt.datetime) -> None:
        self._plan_id, self._asked_at, self._begun_at = plan_id, asked_at, begun_at
        self.lost = False

    def goes_on(self, found: Found, *, store: bool) -> bool:
        """Writes down how it stands; False when it was stopped, or is somebody else's by now."""
        values: dict[str, object] = {"progress": found.progress, "gap": found.gap}
        if store and found.plan is not None:
            values["best"] = packed_plan(found.plan)
        at = max(now(), self._begun_at + dt.timedelta(microseconds=1))
        return self._write(begun_at=at, **values) is False

    def end(self, state: PlanState, clashes: list[str]) -> None:
        self._write(begun_at=self._begun_at, state=state, clashes=clashes, progress=1.0)

    def _write(self, begun_at: dt.datetime, **values: object) -> bool | None:
        """Whether a stop was asked; None, and nothing written, when it is not ours any more."""
        stopped = db.session.execute(
            update(TrainingPlan)
            .where(TrainingPlan.id == self._plan_id, TrainingPlan.state == PlanState.SOLVING,
                   TrainingPlan.asked_at == self._asked_at, TrainingPlan.begun_at == self._begun_at)
            .values(begun_at=begun_at, **values)
            .returning(TrainingPlan.stop_asked)
        ).scalar_one_or_none()
        db.session.commit()
        self._begun_at, self.lost = begun_at, stopped is None
        return stopped


def _begin(plan_id: int) -> tuple[Asked, _Turn] | None:
    plan = db.session.scalar(
        select(TrainingPlan).where(TrainingPlan.id == plan_id).options(undefer(TrainingPlan.question))
        .with_for_update().execution_options(populate_existing=True)
    )
    if plan is None or plan.state != PlanState.SOLVING or not is_free(plan) or plan.asked_at is None:
        db.session.commit()
        return None
    plan.begun_at, plan.progress, plan.best, plan.gap = now(), 0, None, None
    question, turn = question_in(plan.question), _Turn(plan.id, plan.asked_at, plan.begun_at)
    db.session.commit()
    return question, turn
