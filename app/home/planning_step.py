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
    AGAIN = enum.auto()         # there is an answer that does not know of a plan adopted meanwhile
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
    """How far HR is. `filled`: the latest momentopname holds a figure about needs. The plan is the one over today, or
    to come; one that is not adopted yet before one that is. `beside`: the names of the adopted plans over its
    period; `outdated`: the planner did not know of all of them.
    """

    taken_at: dt.datetime | None
    filled: bool | None
    plan_id: int | None
    plan_name: str | None
    plan_state: str | None
    budget: int | None
    beside: tuple[str, ...] = ()
    outdated: bool = False

    @property
    def step(self) -> PlanningStep:
        if self.plan_state is not None:
            step = OF_PLAN[PlanState(self.plan_state)]
            return PlanningStep.AGAIN if self.outdated and step is PlanningStep.DECIDE else step
        if self.taken_at is None:
            return PlanningStep.TAKE
        return PlanningStep.BEGIN if self.filled else PlanningStep.TOO_FEW
