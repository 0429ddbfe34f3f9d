"""What the pages of a plan show, to she whose plan it is and to whoever accompanies her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.access import Actor, can_agree_plan, can_use_plan
from app.competencies.queries import current_framework
from app.conversations.queries import agreed_levels_of
from app.development.goals import queries
from app.development.goals.cards import Cards, plan_of
from app.development.goals.lifecycle import GoalState
from app.development.goals.measured import measured
from app.development.goals.reading import closed_without_measurement
from app.development.models import Plan, PlanChange
from app.development.neighbours import CheckInsBeside, check_ins_beside
from app.development.plans import lifecycle as plan_lifecycle
from app.development.plans.agreeing import facts_of
from app.development.plans.changing import Kind
from app.development.plans.lifecycle import Move, Obstacle, PlanFacts, PlanState, Side
from app.development.plans.queries import Talks, goals_in, plans_of, talks_with
from app.development.proposals.proposing import Proposed, in_short, proposed
from app.people.models import Person
from app.rounds.queries.asked import Reader, readers_of
from app.web.formats import today

NOTHING_TALKED = Talks(None, missing=False)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan as one of the two sees it. `cards`: for herself all her goals, for the other those of this plan.

    `plan` is none while she has none. `partners`: before whom she could put it. `earlier`: her finished plans, the
    newest first. `proposed`: while there is room for a goal; beside other goals without actions. `accompanies`: she put
    it before another, and whoever reads this accompanies her too. `without`: her closed goals of which nothing was
    measured since.
    """

    side: Side
    plan: Plan | None
    cards: Cards
    talks: Talks = NOTHING_TALKED
    partners: Sequence[Reader] = ()
    earlier: Sequence[Plan] = ()
    proposed: Proposed | None = None
    check_ins: CheckInsBeside | None = None
    accompanies: bool = False
    without: frozenset[int] = frozenset()

    @property
    def state(self) -> str:
        return self.plan.state if self.plan else ""

    @property
    def moves(self) -> tuple[str, ...]:
        """What this side can do with it, conditions apart, as the addresses have it."""
        if self.plan is None or self.accompanies:
            return ()
        found = plan_lifecycle.moves_from(self.plan.state, self.side)
        return tuple(str(move) for move in found if move != Move.TAKE_BACK or self.plan.agreed_at is None)

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """What stands in the way of the next step towards an agreed plan, or of finishing it."""
        step = {PlanState.DRAFT: Move.PUT, PlanState.DISCUSSED: Move.CONFIRM, PlanState.RUNNING: Move.FINISH}
        move = step.get(PlanState(self.state)) if self.plan else None
        return plan_lifecycle.obstacles(self.state, move, self._facts) if move else ()

    @property
    def blocked(self) -> tuple[str, ...]:
        """The same, by name."""
        return tuple(obstacle.name for obstacle in self.obstacles)

    @property
    def confirmed(self) -> bool:
        """Whether this side did."""
        return self.side in self._facts.confirmed

    @property
    def other_confirmed(self) -> bool:
        return bool(self._facts.confirmed - {self.side})

    @property
    def other(self) -> Person | None:
        """The other of the two, as far as there is one."""
        if self.plan is None:
            return None
        return self.plan.partner if self.side is Side.OWN else self.plan.person

    @property
    def is_over(self) -> bool:
        """The period has passed, and the plan is not finished."""
        return self.plan is not None and self.plan.ends_on < today() and self.plan.state != PlanState.FINISHED

    @property
    def changes(self) -> list[PlanChange]:
        """What changed since both agreed, the newest first."""
        return list(reversed(self.plan.changes)) if self.plan else []

    @property
    def remark(self) -> PlanChange | None:
        """What whoever accompanies her said last about this version, while it lies before both."""
        if self.plan is None or self.plan.state != PlanState.DISCUSSED:
            return None
        found = next((one for one in self.changes if one.kind == Kind.REMARK), None)
        agreed_at = self.plan.agreed_at
        return found if found and (agreed_at is None or found.changed_at > agreed_at) else None

    def goal_named(self, goal_id: int | None) -> str:
        """What a goal is called now, for a change that is about one."""
        return next((card.goal.behaviour for card in self.cards.cards if card.goal.id == goal_id), "")

    def author(self, person_id: int | None) -> str:
        """Who changed something, when that was the other of the two; empty for oneself, or for somebody who left."""
        return self.other.first_name if self.other is not None and self.other.id == person_id else ""

    def is_hers(self, change: PlanChange) -> bool:
        """Whether she whose plan it is did it."""
        return self.plan is not None and change.author_id == self.plan.person_id

    @property
    def _facts(self) -> PlanFacts:
        if self.plan is None:
            return PlanFacts()
        return facts_of(self.plan, len(self.cards.open), self.talks.missing, has_partner=bool(self.partners))


def own_page(actor: Actor, person: Person) -> PlanPage:
    """Her own plan. `person`: she herself, with her teams."""
    goals = queries.goals_of(actor)
    plans = plans_of(actor)
    plan = next((one for one in plans if one.state != PlanState.FINISHED), None)
    earlier = [one for one in plans if one.state == PlanState.FINISHED]
    if not goals:
        return PlanPage(Side.OWN, plan, plan_of(()), earlier=earlier, proposed=proposed(actor, ()))
    niveaus = agreed_levels_of(actor.person_id, actor.organisation_id)
    framework = current_framework()
    cards = plan_of(goals, niveaus, framework, plans)
    found = measured(actor) if cards.in_state(GoalState.DONE) or not cards.full else ()
    return PlanPage(
        Side.OWN, plan, cards,
        talks=talks_with(actor.person_id, actor.organisation_id) if plan else NOTHING_TALKED,
        partners=readers_of(person) if plan and plan.state == PlanState.DRAFT else (),
        earlier=earlier,
        proposed=None if cards.full else in_short(actor, goals, niveaus, framework, found),
        check_ins=check_ins_beside(plan, own=True) if plan else None,
        without=closed_without_measurement(goals, found),
    )


def shown_page(actor: Actor, plan: Plan) -> PlanPage:
    """One plan by itself, with the goals in it. `plan`: as plans.queries.plan_to_read finds it."""
    side = Side.OWN if can_use_plan(actor, plan) else Side.OTHER
    niveaus = agreed_levels_of(plan.person_id, plan.organisation_id)
    return PlanPage(side, plan, plan_of(goals_in(plan), niveaus, plans=(plan,)),
                    talks=talks_with(plan.person_id, plan.organisation_id),
                    check_ins=check_ins_beside(plan, own=side is Side.OWN),
                    accompanies=side is Side.OTHER and not can_agree_plan(actor, plan, plan.person))
