"""Days for Noor's actions, colleagues who offer to be watched, and an action of the dienst's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from app.access import Actor
from app.development.buddies import services as buddies
from app.development.buddies.queries import Buddy
from app.development.goals import queries
from app.development.goals.lifecycle import GoalState
from app.development.library import own as own_library
from app.development.models import Goal, GoalAction
from app.web.formats import today

FIRST, APART = dt.timedelta(days=5), dt.timedelta(days=9)


def build_actions(noor: Actor, team: Sequence[Actor]) -> None:
    """`team`: her colleagues, of whom the first with a goal asks her to come and watch."""
    for number, (_goal, action) in enumerate(_to_do(noor)):
        action.due_on = today() + FIRST + number * APART
        action.reminded_on = today()
    for colleague, (code, kinds) in zip(team, (
        ("VM2", (buddies.WATCH, buddies.THINK)), ("VM1", (buddies.THINK,)), ("AC1", (buddies.WATCH,)),
    ), strict=False):
        buddies.offer(colleague, code, kinds)
    buddies.offer(noor, "VM1", (buddies.WATCH,))
    goal, action = next(found for colleague in team for found in _to_do(colleague))
    buddies.choose(goal, action, Buddy(noor.person_id, "", (), buddies.WATCH, "VM1"))
    own_library.add(noor, {
        "title": "Breng een lastig startgesprek in bij de intervisie van dinsdag",
        "focus": "verwachtingsmanagement", "competencies": ["VM1", "VM2"], "learning_form": "20", "hours": 3,
        "weeks": 4, "from_level": 1, "to_level": 3, "why": "Collega's zien vaak wat je zelf over het hoofd zag.",
        "task": "Kies een startgesprek dat stroef liep. Breng het in zonder namen en vraag om drie andere openingen.",
        "steps": ["Schrijf het gesprek op in tien regels, zonder namen.", "Breng het in.", "Probeer één opening uit."],
        "if_then": "Als een startgesprek stroef loopt, dan breng ik het dezelfde maand in bij de intervisie.",
        "evidence": {"type": "intervisieverslag", "description": "Drie openingen, en wat er met de ene gebeurde."},
        "done_when": "Je hebt één andere opening in een gesprek gebruikt.", "tool": None,
        "source": own_library.SOURCE,
    })  # fmt: skip


def _to_do(person: Actor) -> list[tuple[Goal, GoalAction]]:
    return [(goal, action) for goal in queries.goals_of(person) if goal.state == GoalState.OPEN
            for action in goal.actions if action.done_at is None]
