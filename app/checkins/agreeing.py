"""Making a tussenstand: beginning, writing, showing, reacting and confirming. Each wants it held, and flushes only."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select

from app.checkins import letters
from app.checkins.models import CheckIn, CheckInGoal, Reaction
from app.checkins.queries import KEPT_IN
from app.db import db
from app.development.models import Goal, Plan
from app.rounds.queries.asked import Reader, readers_of
from app.web.formats import now

ANSWERS = ("went_well", "better", "reached", "yielded", "next_up")      # in the order of the questions
REACTION = "reaction"


class AlreadyFixed(Exception):
    """Both confirmed: it stays as it is."""


class PlanRests(Exception):
    """The plan is not agreed on now, or it is finished. `state`: how it stands."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class NothingWritten(Exception):
    """There is nothing to show or to confirm."""


class NotShown(Exception):
    """She shows it first."""


class Answered(Exception):
    """The other wrote or confirmed something at it."""


class Nobody(Exception):
    """Whom she chose does not lead her and is not her gesprekspartner."""


def tile_field(goal_id: int) -> str:
    """Under which name a form holds how it goes with this goal."""
    return f"tile-{goal_id}"


def change_field(goal_id: int) -> str:
    """The same of what changes."""
    return f"change-{goal_id}"


def values_of(check_in: CheckIn, goals: Collection[Goal]) -> Mapping[str, str]:
    """What she wrote, per field of her form."""
    rows = {row.goal_id: row for row in check_in.goals}
    values: dict[str, str] = {name: getattr(check_in, name) for name in ANSWERS}
    for goal in goals:
        row = rows.get(goal.id)
        values[tile_field(goal.id)] = (row.tile or "") if row else ""
        values[change_field(goal.id)] = row.change if row else ""
    return values


def reaction_of(check_in: CheckIn, by: int) -> Mapping[str, str]:
    """What this person wrote as the other of the two, per field of that form."""
    return {REACTION: check_in.reaction if check_in.partner_id == by else ""}


def may_change(check_in: CheckIn) -> None:
    """Raises AlreadyFixed, or PlanRests."""
    if check_in.fixed:
        raise AlreadyFixed
    if check_in.plan.state not in KEPT_IN:
        raise PlanRests(check_in.plan.state)


def begin(plan: Plan) -> CheckIn:
    """A new tussenstand of a plan that is held; the one that is not fixed yet, when there is one. Raises PlanRests."""
    if plan.state not in KEPT_IN:
        raise PlanRests(plan.state)
    latest = db.session.scalars(
        select(CheckIn).where(CheckIn.plan_id == plan.id).order_by(CheckIn.number.desc()).limit(1)
    ).first()
    if latest is not None and not latest.fixed:
        return latest
    made = CheckIn(organisation_id=plan.organisation_id, plan_id=plan.id, number=latest.number + 1 if latest else 1,
                   begun_at=now(), revision=0)
    db.session.add(made)
    db.session.flush()
    letters.withdraw_reminder(plan)
    return made


def write(check_in: CheckIn, goals: Collection[Goal], values: Mapping[str, str]) -> bool:
    """Keeps what she wrote. True when it took somebody's confirmation back. Raises AlreadyFixed, or PlanRests."""
    may_change(check_in)
    _tell(check_in)
    if values == values_of(check_in, goals):
        return False
    for name in ANSWERS:
        setattr(check_in, name, values[name])
    rows = {row.goal_id: row for row in check_in.goals}
    for goal in goals:
        tile, change = values[tile_field(goal.id)] or None, values[change_field(goal.id)]
        row = rows.get(goal.id)
        if row is None and (tile or change):
            row = CheckInGoal(organisation_id=check_in.organisation_id, goal_id=goal.id, goal=goal)
            check_in.goals.append(row)
        if row is not None:
            row.tile, row.change = tile, change
    took_back = _changed(check_in, by=check_in.person_id)
    _tell(check_in)
    return took_back


def react(check_in: CheckIn, by: int, values: Mapping[str, str]) -> bool:
    """Keeps what the other wrote. True when it took somebody's confirmation back. Raises AlreadyFixed, or PlanRests."""
    may_change(check_in)
    if values == reaction_of(check_in, by):
        return False
    _make_partner(check_in, by)
    check_in.reaction = values[REACTION]
    took_back = _changed(check_in, by=by)
    letters.reacted(check_in)
    return took_back


def readers_for(check_in: CheckIn) -> list[Reader]:
    """To whom she can show it: who leads her team, and her gesprekspartner, by name."""
    return readers_of(check_in.plan.person)


def show(check_in: CheckIn, partner_id: int) -> None:
    """From now on this person reads it, and is mailed. Raises AlreadyFixed, PlanRests, NothingWritten, or Nobody."""
    may_change(check_in)
    if is_empty(check_in):
        raise NothingWritten
    if partner_id not in {reader.person_id for reader in readers_for(check_in)}:
        raise Nobody
    if check_in.shown and check_in.partner_id == partner_id:
        return
    check_in.shared_at = check_in.shared_at or now()
    _make_partner(check_in, partner_id)
    _changed(check_in, by=check_in.person_id)
    _tell(check_in)
    letters.shown(check_in)


def confirm(check_in: CheckIn, by: int) -> bool:
    """One of the two, who saw all that is written, says that it is right; True when that fixed it. Twice is once.

    Raises AlreadyFixed, PlanRests, NotShown, or NothingWritten.
    """
    may_change(check_in)
    if not check_in.shown:
        raise NotShown
    if is_empty(check_in):
        raise NothingWritten
    if confirmed_by(check_in, own=by == check_in.person_id):
        return False
    if by == check_in.person_id:
        check_in.person_confirmed_at = now()
    else:
        _make_partner(check_in, by)
        check_in.partner_confirmed_at = now()
    if check_in.person_confirmed_at and check_in.partner_confirmed_at:
        check_in.fixed_at = now()
    db.session.flush()
    letters.confirmed(check_in, by)
    return check_in.fixed


def may_discard(check_in: CheckIn) -> None:
    """Raises AlreadyFixed, PlanRests, or Answered."""
    may_change(check_in)
    if check_in.reaction or check_in.reactions_before or confirmed_by(check_in, own=False):
        raise Answered


def discard(check_in: CheckIn) -> None:
    """Throws away one to which nobody answered; mails about it are not sent. Raises AlreadyFixed, PlanRests, or
    Answered.
    """
    may_discard(check_in)
    letters.discarded(check_in)
    db.session.delete(check_in)
    db.session.flush()


def is_empty(check_in: CheckIn) -> bool:
    """She wrote nothing and chose nothing."""
    return not any(getattr(check_in, name) for name in ANSWERS) and not any(
        row.tile or row.change for row in check_in.goals)


def confirmed_by(check_in: CheckIn, *, own: bool) -> bool:
    """Whether she whose it is did, or the other."""
    return (check_in.person_confirmed_at if own else check_in.partner_confirmed_at) is not None


def _make_partner(check_in: CheckIn, person_id: int) -> None:
    """She makes it with this person from now on; what somebody else wrote stays as it is, beside it."""
    if check_in.partner_id == person_id:
        return
    if check_in.reaction:
        written = Reaction(by=check_in.partner_id, text=check_in.reaction)
        check_in.reactions_before = [*(check_in.reactions_before or ()), written]
        check_in.reaction = ""
    check_in.partner_id = person_id


def _tell(check_in: CheckIn) -> None:
    """She showed or saved it: what came of korte vragen by now is in it, unless the other confirmed it without."""
    if check_in.shown and not confirmed_by(check_in, own=False):
        check_in.told_at = now()


def _changed(check_in: CheckIn, by: int) -> bool:
    """Counts a change and takes the confirmations back; True when there was one. Her partner hears that his is gone."""
    of_partner = check_in.partner_confirmed_at is not None
    confirmed = check_in.person_confirmed_at or check_in.partner_confirmed_at
    check_in.person_confirmed_at = check_in.partner_confirmed_at = None
    check_in.revision += 1
    db.session.flush()
    if of_partner and by == check_in.person_id:
        letters.shown(check_in)
    return confirmed is not None
