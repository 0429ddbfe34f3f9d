"""What other pages show of tussenstanden: beside a plan, on a goal's line of time, in a calendar, on the start page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for

from app.access import Actor
from app.checkins import queries, words
from app.checkins.agreeing import confirmed_by
from app.checkins.models import CheckIn
from app.checkins.rhythm import Stand
from app.development.agenda.calendar import Day
from app.development.goals.moments import Moment
from app.development.models import Plan
from app.development.neighbours import CheckInBeside, CheckInsBeside
from app.web.addresses import absolute
from app.web.formats import day_of, now, today


@dataclass(frozen=True, slots=True)
class Waiting:
    """A tussenstand that somebody showed to the one who reads this, and that she has not confirmed."""

    check_in_id: int
    name: str
    shown_on: dt.date


def beside_plan(plan: Plan, own: bool) -> CheckInsBeside | None:
    """Of a plan; the other sees only what was shown."""
    every = queries.check_ins_of(plan)
    standing = queries.standing(plan, next(iter(every), None))
    rows = [_row(one, own=own) for one in every if own or one.shown]
    if standing is None:
        return CheckInsBeside("", "", False, rows) if rows else None
    told = words.to_come(standing) if own else words.to_come_for_other(standing)
    begins = own and standing.open_id is None
    due = standing.next is not None and standing.next.stand(today()) is not Stand.REST
    if not told and not rows:
        return None
    return CheckInsBeside(told, url_for("checkins.begin", plan_id=plan.id) if begins else "", due, rows)


def moments_of(goal_id: int) -> tuple[Moment, ...]:
    """Each tussenstand that says something of this goal, with its tile."""
    return tuple(
        Moment(day_of(check_in.held_at), words.name(check_in.number), words.tile(tile),
               url_for("checkins.check_in", check_in_id=check_in.id))
        for check_in, tile in queries.said_of(goal_id)
    )


def days_of(person_id: int, organisation_id: int, host: str) -> tuple[Day, ...]:
    """The first day of the next one. It has one key per number, so that a calendar moves it with the plan."""
    standing = queries.own_standing(person_id, organisation_id)
    if standing is None or standing.next is None:
        return ()
    return (Day(f"tussenstand-{standing.plan_id}-{standing.number}@{host}", words.day_title(),
                standing.next.begins_on, absolute("development.plan"), now()),)


def waiting_for(actor: Actor) -> tuple[Waiting, ...]:
    """The longest waiting first."""
    return tuple(Waiting(one.id, one.plan.person.name, day_of(one.held_at)) for one in queries.waiting(actor))


def _row(check_in: CheckIn, *, own: bool) -> CheckInBeside:
    waits = check_in.shown and not check_in.fixed and not confirmed_by(check_in, own=own)
    return CheckInBeside(words.name(check_in.number), day_of(check_in.held_at),
                         url_for("checkins.check_in", check_in_id=check_in.id), words.stands(check_in, own=own), waits)
