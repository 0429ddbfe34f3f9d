"""What the plan shows of goals: each with its words from the framework, in the order in which they matter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from app.competencies.catalog import Catalog
from app.competencies.parts import Aspect, Competency, Level
from app.competencies.queries import Framework, framework_of
from app.development.goals.lifecycle import GoalState, Step, steps_from
from app.development.goals.measured import StartScore
from app.development.goals.services import PLACES
from app.development.models import Goal, Plan
from app.development.plans.changing import Kind
from app.development.plans.lifecycle import PlanState
from app.profiles import AgreedNiveau
from app.profiles.figures import Line, Targets
from app.web.formats import day_of


@dataclass(frozen=True, slots=True)
class LevelText:
    """One of the five niveaus and what it looks like for a competency."""

    level: Level
    text: str


def level_texts(catalog: Catalog, competency: Competency) -> tuple[LevelText, ...]:
    """The anchors of its aspect, else those of its main role, else what the niveau means in general."""
    anchors = catalog.anchors_of_aspect(competency.aspect) or catalog.anchors_of_role(competency.main_role)
    return tuple(
        LevelText(level, anchors.anchors[level.level] if anchors else level.description)
        for level in catalog.levels.items
    )


@dataclass(frozen=True)
class GoalCard:
    """A goal with what the framework says of its competency. `agreed`: the niveau agreed last for its aspect;
    `settled`: both confirmed the plan with these niveaus in it.
    """

    goal: Goal
    framework: Framework
    agreed: AgreedNiveau | None = None
    settled: bool = False

    @property
    def competency(self) -> Competency:
        return self.framework.catalog.competency(self.goal.competency_code)

    @property
    def aspect(self) -> Aspect:
        return self.framework.catalog.aspect(self.competency.aspect)

    @cached_property
    def levels(self) -> tuple[LevelText, ...]:
        return level_texts(self.framework.catalog, self.competency)

    @property
    def moved_to(self) -> int | None:
        """The niveau that was agreed since the goal was made, where that is another than it began with."""
        if self.agreed is None or self.agreed.level == self.goal.level_now:
            return None
        made_on = day_of(self.goal.created_at)
        return self.agreed.level if self.agreed.agreed_on >= made_on else None

    @property
    def agreed_before(self) -> bool:
        """Whether that niveau was agreed before the goal was made."""
        made_on = day_of(self.goal.created_at)
        return self.agreed is not None and self.agreed.agreed_on < made_on

    @property
    def done(self) -> int:
        return sum(action.done_at is not None for action in self.goal.actions)

    @property
    def hours(self) -> float:
        """What the actions of which it is known cost together; nothing when there is no sum to make."""
        known = [action.hours for action in self.goal.actions if action.hours]
        return sum(known) if len(known) > 1 else 0

    @property
    def all_hours(self) -> float:
        """What its actions cost as far as it is known: the hours of a goal of which she said nothing else."""
        return sum(action.hours or 0 for action in self.goal.actions)

    @property
    def steps(self) -> tuple[Step, ...]:
        return steps_from(self.goal.state)


@dataclass(frozen=True)
class Cards:
    """Goals of one person: all of them, or those of one plan."""

    cards: tuple[GoalCard, ...]

    def in_state(self, state: str) -> tuple[GoalCard, ...]:
        return tuple(card for card in self.cards if card.goal.state == state)

    @property
    def open(self) -> tuple[GoalCard, ...]:
        return self.in_state(GoalState.OPEN)

    @property
    def full(self) -> bool:
        return len(self.open) >= len(PLACES)

    @property
    def hours(self) -> float:
        """What the open goals ask together, as far as it is known."""
        return sum(card.goal.hours if card.goal.hours is not None else card.all_hours for card in self.open)

    @property
    def budget(self) -> int:
        """What is wished for the open goals together, in euro."""
        return sum(card.goal.budget or 0 for card in self.open)

    @property
    def has_focus(self) -> bool:
        """At least one open goal comes from a focus area, as the framework advises."""
        return any(card.competency.focus for card in self.open)

    @property
    def until(self) -> dt.date | None:
        """The last end date of the open goals."""
        return max((card.goal.end_date for card in self.open if card.goal.end_date), default=None)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a goal can be about. `line`: the latest score beside what her function asks, when there is one; `group`:
    whose score that is.
    """

    competency: Competency
    line: Line | None
    taken: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class Topics:
    """An aspect with its topics."""

    aspect: Aspect
    topics: tuple[Topic, ...]


def topics_of(
    catalog: Catalog, scores: Mapping[str, StartScore], targets: Targets, taken: Set[str]
) -> tuple[Topics, ...]:
    """All aspects, those of the focus areas first; `taken` are the competencies that she has an open goal for."""

    def topic(competency: Competency) -> Topic:
        code = competency.code
        start = scores.get(code)
        if start is None:
            return Topic(competency, None, code in taken)
        line = Line(code, competency.name, start.score, targets.target_score(code),
                    importance=targets.importance(code))
        return Topic(competency, line, code in taken, start.group)

    aspects = sorted(catalog.aspects, key=lambda aspect: not aspect.focus)
    return tuple(Topics(a, tuple(topic(c) for c in catalog.competencies_of(a.code))) for a in aspects)


def plan_of(
    goals: Iterable[Goal], niveaus: Iterable[AgreedNiveau] = (), current: Framework | None = None,
    plans: Iterable[Plan] = (),
) -> Cards:
    """The goals with the versions of the framework that they were made from. `niveaus`: the newest first; `current`:
    the current version, where it was read already; `plans`: those that the goals stand in, with what changed.
    """
    by_id = {plan.id: plan for plan in plans}
    agreed: dict[str, AgreedNiveau] = {}
    for niveau in niveaus:
        if niveau.kind == "aspect":
            agreed.setdefault(niveau.code, niveau)
    frameworks = {current.version_id: current} if current else {}
    cards = []
    for goal in goals:
        version = goal.framework_version_id
        if version not in frameworks:
            frameworks[version] = framework_of(version)
        aspect = frameworks[version].catalog.competency(goal.competency_code).aspect
        plan = by_id.get(goal.plan_id or 0)
        cards.append(GoalCard(goal, frameworks[version], agreed.get(aspect), plan is not None and _settled(goal, plan)))
    return Cards(tuple(cards))


def _settled(goal: Goal, plan: Plan) -> bool:
    """Whether both confirmed the plan as the goal stands in it: nothing of its niveaus, nor the goal, came later."""
    if plan.agreed_at is None or plan.state not in (PlanState.AGREED, PlanState.RUNNING, PlanState.FINISHED):
        return False
    alone = (Kind.GOAL_ADDED, Kind.LEVEL_NOW, Kind.LEVEL_TARGET)
    return not any(one.goal_id == goal.id and one.kind in alone and one.changed_at > plan.agreed_at
                   for one in plan.changes)
