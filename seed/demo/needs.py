"""What the demo dienst needs: rounds in two more teams, plans that ask hours and money, and three momentopnamen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.access import Actor
from app.db import db
from app.development.models import Goal
from app.needs import taking
from app.needs.cells import Cut
from app.needs.settings import change_settings
from app.people.models import Person
from app.web.formats import AMSTERDAM, as_if, today
from seed.demo.plans import agree, begin
from seed.demo.rounds import Member, build_released_round

MakeGoal = Callable[[Person, Mapping[str, Any]], Goal]
FIRST, SECOND, SETTLED, THIRD = 370, 200, 20, 10         # days ago


def build_first_needs(oost: Actor, in_oost: Sequence[Member]) -> None:
    """A first momentopname, of Team Oost beside the one that was asked about before. Flushes only."""
    build_released_round(oost, in_oost, "Feedbackronde van Oost", 420, 0)
    _take(oost.organisation_id, FIRST)


def build_needs(
    hr: Actor, oost: Actor, in_oost: Sequence[Member], zuid: Actor, in_zuid: Sequence[Member],
    of_oost: Sequence[Person], goals: Mapping[str, Mapping[str, Any]], make_goal: MakeGoal,
) -> None:
    """Team Oost was asked about twice, Team Zuid once, so that some figures move and others stay. All of Oost went to a
    training before it was asked about again, and nobody else whom figures are about: so hr lets figures be cut by that.
    `goals`: what each of Oost works at, by her name. Flushes only.
    """
    for person in of_oost:
        held = db.session.scalar(select(Goal.id).where(Goal.person_id == person.id).limit(1))
        if held is None:
            goal = goals[person.name]
            made = make_goal(person, {**goal, "made_days_ago": 230, "done": 0})
            made.hours, made.budget = goal["hours"], goal["euros"]
            agree(person, oost, put=225)
            begin(person, days_ago=222)
    _take(oost.organisation_id, SECOND)
    build_released_round(oost, in_oost, "Feedbackronde van Oost, een jaar later", 80, 1)
    build_released_round(zuid, in_zuid, "Feedbackronde van Zuid", 75, 0)
    with as_if(_at(SETTLED)):
        change_settings(hr, frozenset({Cut.TRAINED}), self_counts=False)
    _take(oost.organisation_id, THIRD)


def _take(organisation_id: int, days_ago: int) -> None:
    with as_if(_at(days_ago)):
        taking.take_now(organisation_id)


def _at(days_ago: int) -> dt.datetime:
    return dt.datetime.combine(today() - dt.timedelta(days=days_ago), dt.time(16), AMSTERDAM)
