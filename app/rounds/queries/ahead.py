"""Before a korte vraag goes out: whether the people who are chosen for it stand too close to an earlier round, and what
to change then. It names who was asked, which whoever chooses or approves knows; never who answered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.people.queries import plain
from app.rounds.invitations import State as Chosen
from app.rounds.lifecycle import State
from app.rounds.models import Invitation, RoundSubject
from app.rounds.queries.course import HAS_LINK, spacing_of
from app.rounds.spacing import TooClose
from app.web.formats import today


@dataclass(frozen=True, slots=True)
class Ahead:
    """What would stand in the way. `add`, `remove`: by name who to add and who to take off to ask the same people."""

    found: TooClose
    add: tuple[str, ...]
    remove: tuple[str, ...]


def too_close_ahead(part: RoundSubject) -> tuple[Ahead, ...]:
    """Of a korte vraag that did not begin, with enough people on its list; otherwise nothing."""
    chosen = [one for one in part.invitations if one.state in (Chosen.PROPOSED, Chosen.APPROVED)]
    least = max(group.minimum for group in part.round.groups) + 1
    if not part.round.is_pulse or part.round.state != State.CHOOSING or len(chosen) < least:
        return ()
    opens_on = max(today(), part.round.opens_on)
    found = spacing_of(part.round_id, part.organisation_id, opens_on, proposed=True)[part.id]
    return tuple(_told(one, chosen) for one in found)


def _told(found: TooClose, chosen: Iterable[Invitation]) -> Ahead:
    then = db.session.scalars(
        select(Invitation).where(Invitation.round_subject_id == found.other_part, HAS_LINK)
    ).all()
    groups = {one.rater_group for one in chosen} if found.group is None else {found.group}
    before = {_who(one): one.name for one in then if found.group is None or one.rater_group in groups}
    now = {_who(one): one.name for one in chosen if one.rater_group in groups}
    return Ahead(found, _names(before, now), _names(now, before))


def _names(of: dict[str, str], without: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted((name for who, name in of.items() if who not in without), key=plain))


def _who(one: Invitation) -> str:
    return f"person {one.person_id}" if one.person_id is not None else (one.email or f"sheet {one.id}").casefold()
