"""What HR does next: look what is needed, plan it, and let it happen. PURE."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from app.training_plans.lifecycle import PlanState


class PlanningStep(enum.Enum):
    """In this order: each wants the one before."""

    TAKE = enum.auto()          # a first momentopname
    TOO_FEW = enum.auto()       # there is one, and it can tell nothing yet
    BEGIN = enum.auto()         # an opleidingsplan
    CALCULATE = enum.auto()     # it is filled in
    WAIT = enum.auto()          # the planner is at work
    MEND = enum.auto()          # nothing fits
    DECIDE = enum.auto()        # there is an answer
    FOLLOW = enum.auto()        # it is adopted


OF_PLAN = {
    PlanState.CONCEPT: PlanningStep.CALCULATE,
    PlanState.SOLVING: PlanningStep.WAIT,
    PlanState.FAILED: PlanningStep.MEND,
    PlanState.READY: PlanningStep.DECIDE,
    PlanState.ADOPTED: PlanningStep.FOLLOW,
}


@dataclass(frozen=True, slots=True)
class Planned:
    """How far HR is. `filled`: the latest momentopname holds a figure. The plan is the one over today, or to come; one
    that is not adopted yet before one that is.
    """

    taken_at: dt.datetime | None
    filled: bool | None
    plan_id: int | None
    plan_name: str | None
    plan_state: str | None
    budget: int | None

    @property
    def step(self) -> PlanningStep:
        if self.plan_state is not None:
            return OF_PLAN[PlanState(self.plan_state)]
        if self.taken_at is None:
            return PlanningStep.TAKE
        return PlanningStep.BEGIN if self.filled else PlanningStep.TOO_FEW
