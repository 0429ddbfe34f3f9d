"""The zakkaart: what to keep in mind on the way to a school, on one small page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.access import Actor
from app.competencies.queries import framework_of
from app.development.goals import queries
from app.development.goals.lifecycle import GoalState
from app.development.library import queries as library
from app.development.models import Goal, GoalAction
from app.practice.queries import tools


@dataclass(frozen=True, slots=True)
class PocketCard:
    """`title`: of an action, or what she will show with a goal. `action_id` is none for the card of a whole goal."""

    goal_id: int
    action_id: int | None
    title: str
    if_then: str
    due_on: dt.date | None
    next_step: str = ""
    tool: str = ""
    questions: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Pocket:
    """`card` is none while there is nothing to do. `others`: what else she can take along."""

    card: PocketCard | None
    others: Sequence[PocketCard]


def pocket_of(actor: Actor, *, action_id: int | None = None, goal_id: int | None = None) -> Pocket | None:
    """The card that she picks, else that of the action that is due first, else of the goal that ends first. None for
    what is not hers, or not open.
    """
    goals = [goal for goal in queries.goals_of(actor) if goal.state == GoalState.OPEN]
    cards = {(card.goal_id, card.action_id): card for goal in goals for card in _cards(goal)}
    if action_id is not None:
        picked = next((card for card in cards.values() if card.action_id == action_id), None)
    elif goal_id is not None:
        picked = cards.get((goal_id, None))
    else:
        picked = min(cards.values(), key=_urgency, default=None)
    if picked is None:
        return None if action_id is not None or goal_id is not None else Pocket(None, ())
    goal = next(goal for goal in goals if goal.id == picked.goal_id)
    others = tuple(card for card in cards.values() if card is not picked)
    return Pocket(_with_questions(picked, goal), others)


def _cards(goal: Goal) -> Iterator[PocketCard]:
    yield PocketCard(goal.id, None, goal.behaviour, goal.if_then, goal.end_date)
    for action in goal.actions:
        if action.done_at is None:
            yield PocketCard(goal.id, action.id, action.title, action.if_then or goal.if_then, action.due_on,
                             _next_step(action))


def _next_step(action: GoalAction) -> str:
    return next((step for number, step in enumerate(action.steps) if number not in action.steps_done), "")


def _urgency(card: PocketCard) -> tuple[bool, bool, dt.date]:
    """Actions with a date first, then goals, then what has no date."""
    return card.due_on is None, card.action_id is None, card.due_on or dt.date.max


def _with_questions(card: PocketCard, goal: Goal) -> PocketCard:
    """Those of the tool that the action names; else of the tool for this focus area; else what always helps."""
    code = next((action.library_code for action in goal.actions if action.id == card.action_id), None)
    found = library.named(goal.organisation_id, [code]) if code else ()
    wanted = found[0].tool if found else None
    focus = framework_of(goal.framework_version_id).catalog.competency(goal.competency_code).focus
    offered = [one.tool for one in tools()]
    tool = next((one for one in offered if one.code == wanted), None) or next(
        (one for one in offered if focus and one.focus == focus), None
    )
    questions = tool.pocket_questions if tool else (
        _("Wat wil de ander hier straks zelf kunnen?"),
        _("Wat doe ik vandaag anders dan de vorige keer?"),
        _("Waaraan merk ik straks dat het hielp?"),
    )
    return PocketCard(card.goal_id, card.action_id, card.title, card.if_then, card.due_on, card.next_step,
                      tool.name if tool else "", questions)
