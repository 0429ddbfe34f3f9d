"""The page of a plan, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.access import Actor
from app.competencies.queries import current_framework
from app.people.queries import team_names
from app.training_plans import queries, services, words
from app.training_plans.adopting import adopted_since
from app.training_plans.asked import Asked, Offer
from app.training_plans.checking import Contradiction
from app.training_plans.explaining import Because, LeftOut, Sums, Why, left_out, sums, why
from app.training_plans.keeping import has_room, troubles
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import PlanRun, TrainingPlan
from app.training_plans.valuing import Plan
from app.training_plans.words import Names, units
from app.trainings.models import Training
from app.trainings.queries import everything_of

ORDER = ("eigen", "beste", "snel")      # which is shown where nothing was chosen
TELLING = (Because.MONEY, Because.FITS)


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the plans there are: `what` snel, beste or eigen. `has_room`: what it costs is known."""

    what: str
    plan: Plan
    sums: Sums
    has_room: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """All that the page shows. `chosen` is the version that is shown; None while there is none. `ids`: of the
    trainings that are still there, by code; `runs`: the sessions of an adopted plan; `others`: of one that is not,
    the adopted plans over its period. `quick_was_best`: the planner found nothing better than what there was at once.
    """

    plan: TrainingPlan
    asked: Asked
    names: Names
    units: Mapping[str, str]
    ids: Mapping[str, int]
    versions: tuple[Shown, ...]
    chosen: Shown | None
    why: tuple[Why, ...]
    left_out: tuple[LeftOut, ...]
    troubles: tuple[Contradiction, ...]
    runs: Sequence[PlanRun]
    others: Sequence[TrainingPlan]
    quick_was_best: bool

    @property
    def beside(self) -> str:
        """What is said of those others."""
        return words.beside(self.others, self.plan.planned, sum(unit.planned for unit in self.asked.units),
                            outdated=adopted_since(self.plan.asked_at, self.others))

    @property
    def adopted(self) -> bool:
        return self.plan.state == PlanState.ADOPTED

    @property
    def could_come(self) -> list[LeftOut]:
        return [one for one in self.left_out if one.because in TELLING]

    def cannot_come(self, reason: Because) -> list[str]:
        """By code; not what is held already."""
        held = {one.held.training for one in self.why}
        return [one.training for one in self.left_out if one.because is reason and one.training not in held]

    def offer(self, code: str) -> Offer:
        return next(offer for offer in self.asked.offers if offer.training == code)


def page_of(actor: Actor, plan: TrainingPlan, wanted: str = "") -> PlanPage:
    """`wanted`: a version by name; what is none is the usual."""
    asked = services.question_on(plan)
    trainings = everything_of(actor.organisation_id)
    names = names_of(actor, trainings)
    there = services.versions_of(plan, asked)
    if plan.state == PlanState.ADOPTED:
        there = {"eigen": there["eigen"]}
    same = "beste" in there and there["beste"] == there.get("snel")
    if same:        # it is the best as far as the planner came to prove something
        shown, twice = ("snel", "beste") if plan.gap is None else ("beste", "snel")
        there = {what: one for what, one in there.items() if what != twice}
        wanted = shown if wanted == twice else wanted
    versions = tuple(Shown(what, one, sums(asked, one), has_room(asked, one)) for what, one in there.items())
    chosen = next((one for what in (wanted, *ORDER) for one in versions if one.what == what), None)
    found = troubles(asked, chosen.plan) if chosen else ()
    told = chosen is not None and not found and plan.state != PlanState.ADOPTED
    return PlanPage(
        plan, asked, names, units(asked.units, names), {one.code: one.id for one in trainings}, versions, chosen,
        why(asked, chosen.plan) if chosen else (), left_out(asked, chosen.plan) if chosen and told else (), found,
        queries.runs_of(plan) if plan.state == PlanState.ADOPTED else (),
        () if plan.state == PlanState.ADOPTED else queries.adopted_over(actor, plan.begins_on, plan.ends_on),
        same and plan.gap is not None,
    )  # fmt: skip


def names_of(actor: Actor, trainings: Sequence[Training]) -> Names:
    return Names({one.code: one.title for one in trainings},
                 {str(team_id): name for team_id, name in team_names(actor.organisation_id).items()},
                 {one.code: one.name for one in current_framework().catalog.competencies})
