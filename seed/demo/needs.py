"""What the demo dienst needs: rounds in two more teams, plans that ask hours and money, and two momentopnamen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.access import Actor
from app.db import db
from app.development.models import Goal
from app.needs import taking
from app.people.models import Person
from app.web.formats import AMSTERDAM, as_if, today
from seed.demo.plans import agree, begin
from seed.demo.rounds import Member, build_released_round

MakeGoal = Callable[[Person, Mapping[str, Any]], Goal]
FIRST, SECOND = 200, 12         # days ago
WISHES = (
    ("verwachtingen-ophalen", 24, 600, ["vm-startgesprek-canvas", "vm-meekijken"]),
    ("kansen-verbinden", 16, 0, ["ac-jaargesprek", "ac-samen-gesprek"]),
)
"""Competency, hours, euros and actions, in turn: most want the first."""


def build_needs(
    oost: Actor, in_oost: Sequence[Member], zuid: Actor, in_zuid: Sequence[Member], of_oost: Sequence[Person],
    goal: Mapping[str, Any], make_goal: MakeGoal,
) -> None:
    """Team Oost was asked about twice, Team Zuid once, so that some figures move and others stay. Flushes only."""
    build_released_round(oost, in_oost, "Feedbackronde van Oost", 420, 0)
    for number, person in enumerate(of_oost):
        competency, hours, euros, actions = WISHES[number % 4 == 3]
        held = db.session.scalar(select(Goal.id).where(Goal.person_id == person.id).limit(1))
        if held is None:
            made = make_goal(person, {**goal, "competency": competency, "actions": actions, "made_days_ago": 230,
                                      "end_days": 120, "done": 0})
            made.hours, made.budget = hours, euros
            agree(person, oost, put=225)
            begin(person, days_ago=222)
    _take(oost.organisation_id, FIRST)
    build_released_round(oost, in_oost, "Feedbackronde van Oost, een jaar later", 80, 1)
    build_released_round(zuid, in_zuid, "Feedbackronde van Zuid", 75, 0)
    _take(oost.organisation_id, SECOND)


def _take(organisation_id: int, days_ago: int) -> None:
    with as_if(dt.datetime.combine(today() - dt.timedelta(days=days_ago), dt.time(16), AMSTERDAM)):
        taking.take_now(organisation_id)
