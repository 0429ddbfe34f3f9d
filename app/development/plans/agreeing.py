"""Taking a plan from one state to the next, by the two who make it. Each wants its person held, and flushes only."""

from __future__ import annotations

from sqlalchemy import select

from app.db import db
from app.development.models import Plan
from app.development.plans import changing, letters
from app.development.plans import lifecycle as plan_lifecycle
from app.development.plans.changing import Kind
from app.development.plans.lifecycle import Move, MoveRefused, PlanFacts, PlanState, Side
from app.development.plans.queries import open_goals_in, talks_with
from app.rounds.queries.asked import Reader, readers_of
from app.web.formats import now

__all__ = ["MoveRefused", "Outdated", "confirm", "facts_of", "finish", "partners_for", "put_before", "remark", "reopen",
           "start", "take_back"]


class Outdated(Exception):
    """The plan was changed after this page was opened."""


def partners_for(plan: Plan) -> list[Reader]:
    """Before whom she can put it: who leads her team, and her gesprekspartner, by name."""
    return readers_of(plan.person)


def facts_of(plan: Plan, open_goals: int, talk_missing: bool, *, has_partner: bool = True,
             other_unfinished: bool = False) -> PlanFacts:
    """What the conditions look at."""
    confirmed = {Side.OWN: plan.person_confirmed_at, Side.OTHER: plan.partner_confirmed_at}
    return PlanFacts(
        open_goals=open_goals, has_partner=has_partner, talk_missing=talk_missing,
        agreed_before=plan.agreed_at is not None, started_before=plan.started_at is not None,
        other_unfinished=other_unfinished,
        confirmed=frozenset(side for side, at in confirmed.items() if at is not None),
    )


def put_before(plan: Plan, partner_id: int) -> None:
    """She shows it to this person, who is mailed. Raises MoveRefused."""
    known = partners_for(plan)
    facts = facts_of(plan, open_goals_in(plan), talk_missing=False, has_partner=bool(known))
    state = plan_lifecycle.after(plan.state, Move.PUT, Side.OWN, facts)
    if partner_id not in {partner.person_id for partner in known}:
        raise MoveRefused((plan_lifecycle.Obstacle.NOBODY,))
    plan.state, plan.partner_id = state, partner_id
    changing.unconfirm(plan)
    db.session.flush()
    letters.put_before(plan)


def take_back(plan: Plan) -> None:
    """It is hers alone again; what she wrote stays. Raises MoveRefused."""
    plan.state = plan_lifecycle.after(plan.state, Move.TAKE_BACK, Side.OWN, facts_of(plan, 0, talk_missing=False))
    changing.unconfirm(plan)
    db.session.flush()
    letters.withdraw(plan)


def confirm(plan: Plan, by: int, seen: int) -> bool:
    """One of the two, who saw revision `seen`, says that it is right; True when both did. Twice is once.

    Raises MoveRefused, or Outdated.
    """
    side = _side(plan, by)
    if _is_agreed(plan) and seen == plan.revision:      # the other was a moment earlier, or this is a double click
        return True
    missing = talks_with(plan.person_id, plan.organisation_id).missing
    facts = facts_of(plan, open_goals_in(plan), missing)
    state = plan_lifecycle.after(plan.state, Move.CONFIRM, side, facts)
    if seen != plan.revision:
        raise Outdated
    if side in facts.confirmed:
        return False
    if side is Side.OWN:
        plan.person_confirmed_at = now()
    else:
        plan.partner_confirmed_at, plan.partner_id = now(), by      # whom she chose, or who came after him
    if state != PlanState.DISCUSSED:
        plan.state = state
        if plan.agreed_at is not None:
            changing.write_down(plan, Kind.AGREED_AGAIN, by=by)
        plan.agreed_at = now()
    db.session.flush()
    letters.confirmed(plan, by)
    return state != PlanState.DISCUSSED


def remark(plan: Plan, by: int, text: str) -> None:
    """Whoever she put it before says what he would see otherwise; she is mailed, and nobody has confirmed it any more.

    Raises MoveRefused.
    """
    if plan.state != PlanState.DISCUSSED or _side(plan, by) is not Side.OTHER:
        raise MoveRefused
    plan.partner_id = by
    changing.unconfirm(plan)
    changing.write_down(plan, Kind.REMARK, by=by, after=text)
    db.session.flush()
    letters.remarked(plan)


def start(plan: Plan) -> None:
    """She begins with it. Raises MoveRefused."""
    plan.state = plan_lifecycle.after(plan.state, Move.START, Side.OWN, facts_of(plan, 0, talk_missing=False))
    plan.started_at = now()
    changing.write_down(plan, Kind.STARTED, by=plan.person_id)
    db.session.flush()


def finish(plan: Plan) -> None:
    """She is done with it. Raises MoveRefused."""
    facts = facts_of(plan, open_goals_in(plan), talk_missing=False)
    plan.state = plan_lifecycle.after(plan.state, Move.FINISH, Side.OWN, facts)
    plan.finished_at = now()
    changing.write_down(plan, Kind.FINISHED, by=plan.person_id)
    db.session.flush()


def reopen(plan: Plan, by: int, reason: str) -> None:
    """One of the two wants it otherwise; the other is mailed. Raises MoveRefused."""
    other = db.session.scalar(select(Plan.id).where(
        Plan.person_id == plan.person_id, Plan.id != plan.id, Plan.state != PlanState.FINISHED,
    ))
    facts = facts_of(plan, 0, talk_missing=False, other_unfinished=other is not None)
    plan.state = plan_lifecycle.after(plan.state, Move.REOPEN, _side(plan, by), facts)
    plan.finished_at = None
    if plan.state == PlanState.DISCUSSED:
        changing.unconfirm(plan)
    changing.write_down(plan, Kind.REOPENED, by=by, after=reason)
    db.session.flush()
    letters.reopened(plan, by)


def _side(plan: Plan, person_id: int) -> Side:
    return Side.OWN if person_id == plan.person_id else Side.OTHER


def _is_agreed(plan: Plan) -> bool:
    return plan.state in (PlanState.AGREED, PlanState.RUNNING) and plan.person_confirmed_at is not None
