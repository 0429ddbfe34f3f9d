"""What the page of one round shows, to its organiser and to whoever approves somebody in it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from app.access import Actor, can_approve_raters, can_manage_round, can_release
from app.rounds import lifecycle
from app.rounds.calendar import in_holiday
from app.rounds.lifecycle import Facts, Move, Obstacle, State, Who
from app.rounds.models import Round, RoundSubject
from app.rounds.queries import course, planned
from app.rounds.queries.planned import Bounced
from app.rounds.queries.recent import Recent, recent
from app.rounds.queries.sufficient import Sufficient, sufficient_by_part
from app.rounds.spacing import TooClose
from app.web.formats import today


class Stand(enum.Enum):
    """How far somebody in a round is."""

    WAITS_FOR_ROUND = enum.auto()       # it is a concept
    CHOOSES = enum.auto()
    TO_APPROVE = enum.auto()            # her choice, or somebody she added, waits for approval
    NOBODY = enum.auto()                # the time for choosing is over, and she chose nobody
    APPROVED = enum.auto()
    RUNS = enum.auto()
    CLOSING = enum.auto()               # her profile is being made
    NO_PROFILE = enum.auto()
    READY = enum.auto()                 # it was made and waits to be released
    RELEASED = enum.auto()


@dataclass(frozen=True, slots=True)
class PartLine:
    """Somebody in a round, as far as whoever looks may know. `can_approve`: she is the one who approves her choice;
    `can_release`: her profile, when it is ready.
    """

    id: int
    name: str
    stand: Stand
    enough: tuple[Sufficient, ...]
    too_close: tuple[TooClose, ...]
    can_approve: bool
    can_release: bool


@dataclass(frozen=True, slots=True)
class PossibleMove:
    """A move of this state, and what stands in its way now."""

    move: Move
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class RoundPage:
    """`manages`: whoever looks may change the round. `stranded`: of whom nobody else could approve the choice;
    `recent`: who of a concept is in another round, or was not long ago.
    """

    round: Round
    manages: bool
    parts: tuple[PartLine, ...]
    moves: tuple[PossibleMove, ...]
    bounced: tuple[Bounced, ...]
    stranded: tuple[str, ...]
    recent: tuple[Recent, ...]


def round_page(actor: Actor, found: Round) -> RoundPage | None:
    """None when there is nothing in it for this actor."""
    manages = can_manage_round(actor, found)
    seen = [part for part in found.subjects if manages or can_approve_raters(actor, part.person)]
    if not manages and (not seen or found.state == State.CONCEPT):
        return None
    part_ids = [part.id for part in seen]
    runs = found.state in planned.RUNNING
    proposed = planned.proposed_in(part_ids) if runs else frozenset()
    enough = sufficient_by_part(part_ids) if found.state == State.OPEN else {}
    spacing = course.spacing_of(found.id, found.organisation_id, max(today(), found.opens_on)) if runs else {}
    stranded = course.without_approver(
        found.organisation_id, [part.person_id for part in seen]
    ) if found.state == State.CONCEPT else []
    found_recent = recent(
        found.organisation_id, [part.person_id for part in seen], besides=found.id
    ) if found.state == State.CONCEPT else {}
    being_closed = found.state == State.CLOSED and course.being_closed(found.id)
    lines = tuple(
        PartLine(
            part.id, part.person.name, _stand(found, part, part.id in proposed, being_closed=being_closed),
            enough.get(part.id, ()), spacing.get(part.id, ()), runs and can_approve_raters(actor, part.person),
            found.state in (State.CLOSED, State.RELEASED) and can_release(actor, part.person),
        )
        for part in sorted(seen, key=lambda part: (part.person.name.casefold(), part.id))
    )
    return RoundPage(
        found, manages, lines, _moves(found, len(stranded)) if manages else (),
        tuple(planned.bounced(part_ids)) if runs else (), tuple(person.name for person in stranded),
        tuple(found_recent.values()),
    )


def _stand(found: Round, part: RoundSubject, proposed: bool, *, being_closed: bool) -> Stand:
    if found.state == State.CONCEPT:
        return Stand.WAITS_FOR_ROUND
    if found.state in planned.RUNNING:
        may_approve = part.choice_sent_at is not None or today() > found.choose_until
        if proposed and may_approve:
            return Stand.TO_APPROVE
        if part.approved_at is not None:
            return Stand.RUNS if found.state == State.OPEN else Stand.APPROVED
        return Stand.NOBODY if may_approve else Stand.CHOOSES
    if part.released_at is not None:
        return Stand.RELEASED
    if part.measurement_id is not None and part.approved_at is not None:
        return Stand.READY
    return Stand.CLOSING if being_closed else Stand.NO_PROFILE


def _moves(found: Round, stranded: int) -> tuple[PossibleMove, ...]:
    approved = [part for part in found.subjects if part.approved_at is not None]
    clear = len(approved)
    if found.state == State.CHOOSING and approved:
        by_hand = course.spacing_of(found.id, found.organisation_id, today())
        clear = sum(not by_hand[part.id] for part in approved)
    facts = Facts(
        today(), Who.ORGANISER, found.choose_until, found.opens_on, found.closes_on, people=len(found.subjects),
        without_approver=stranded, approved=len(approved), approved_and_clear=clear,
        closing_in_holiday=found.state == State.CONCEPT and in_holiday(
            found.closes_on, course.holidays(found.organisation_id)) is not None,
    )
    return tuple(
        PossibleMove(move, lifecycle.obstacles(move, facts))
        for move in lifecycle.moves_from(found.state, Who.ORGANISER)
    )
