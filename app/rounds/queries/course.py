"""What the moves of a round are judged by, for any number of its parts in a fixed number of statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, selectinload

from app.access import Role
from app.competencies.models import FrameworkVersion
from app.competencies.queries import catalog_of
from app.db import db
from app.measurement.disclosure import Minimums
from app.measurement.scale import ANONYMOUS_ADULTS, RULES, Group
from app.people.models import Membership, Person
from app.people.queries import PersonName
from app.rounds.calendar import Holiday
from app.rounds.invitations import State as Asked
from app.rounds.lifecycle import Kind, State
from app.rounds.models import Invitation, Round, RoundGroup, RoundSubject, SchoolHoliday
from app.rounds.spacing import Asked as AskedPerson
from app.rounds.spacing import Sets, TooClose, too_close

MEASURES = (State.OPEN, State.CLOSED, State.RELEASED)       # rounds of which figures exist or will
HAS_LINK = or_(
    Invitation.state == Asked.APPROVED,
    and_(Invitation.state != Asked.DECLINED, Invitation.invited_on.is_not(None)),   # removed: she may have answered
)


def round_to_move(organisation_id: int, round_id: int) -> Round | None:
    """A feedbackronde with its groups and people, held until the transaction ends: of two at the same moment one waits.
    """
    return db.session.scalar(
        select(Round)
        .where(Round.organisation_id == organisation_id, Round.id == round_id, Round.kind == Kind.FULL)
        .options(
            selectinload(Round.groups),
            selectinload(Round.subjects).joinedload(RoundSubject.person).selectinload(Person.memberships),
        )
        .with_for_update(of=Round)
        .execution_options(populate_existing=True)
    )


def due_rounds(today: dt.date) -> list[int]:
    """Rounds of all organisations whose opening day has come."""
    return list(
        db.session.scalars(
            select(Round.id).where(Round.state == State.CHOOSING, Round.opens_on <= today).order_by(Round.id)
        )
    )


def holidays(organisation_id: int) -> tuple[Holiday, ...]:
    """The school holidays of an organisation, the first one first."""
    rows = db.session.execute(
        select(SchoolHoliday.name, SchoolHoliday.first_day, SchoolHoliday.last_day)
        .where(SchoolHoliday.organisation_id == organisation_id)
        .order_by(SchoolHoliday.first_day, SchoolHoliday.id)
    )
    return tuple(Holiday(*row) for row in rows)


def without_approver(organisation_id: int, person_ids: Collection[int]) -> list[PersonName]:
    """For whom of these nobody else could approve her choice: see access.can_approve_raters."""
    approver, own, leading = aliased(Person), aliased(Membership), aliased(Membership)
    leads_her = exists(
        select(leading.person_id)
        .join(own, own.team_id == leading.team_id)
        .where(own.person_id == Person.id, own.leads.is_(False), leading.leads, leading.person_id == approver.id)
    )
    somebody = exists(
        select(approver.id).where(
            approver.organisation_id == Person.organisation_id,
            approver.active,
            approver.id != Person.id,
            or_(
                approver.plays(Role.BEHEERDER),
                approver.id == Person.discussion_partner_id,
                leads_her,
            ),
        )
    )
    rows = db.session.execute(
        select(Person.id, Person.name)
        .where(Person.organisation_id == organisation_id, Person.id.in_(person_ids), ~somebody)
        .order_by(Person.name, Person.id)
    )
    return [PersonName(*row) for row in rows]


def being_closed(round_id: int) -> bool:
    """Whether somebody's answers still wait to be made into a measurement."""
    return bool(db.session.scalar(select(closing_of(literal(round_id)))))


def closing_of(round_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The same, within a statement."""
    return (
        select(Invitation.id)
        .join(RoundSubject, RoundSubject.id == Invitation.round_subject_id)
        .where(RoundSubject.round_id == round_id, HAS_LINK, Invitation.answered.is_not(None),
               Invitation.invited_on.is_not(None))
        .exists()
    )


def hold_parts_of(person_ids: Collection[int]) -> None:
    """Two rounds about one person that open, or are approved, at the same moment wait for each other."""
    db.session.scalars(
        select(RoundSubject.id).where(RoundSubject.person_id.in_(person_ids)).order_by(RoundSubject.id)
        .with_for_update()
    ).all()


@dataclass(frozen=True, slots=True)
class _Part:
    id: int
    round_id: int
    person_id: int
    state: str
    sets: Sets


@dataclass(frozen=True, slots=True)
class _Groups:
    """What the groups of a round tell: from how many people on each counts, and which competencies it is about."""

    minimums: Minimums
    about: frozenset[str]


NO_GROUPS = _Groups(Minimums(), frozenset())


def spacing_of(
    round_id: int, organisation_id: int, opens_on: dt.date, *, proposed: bool = False
) -> Mapping[int, tuple[TooClose, ...]]:
    """By part of this round, if it opened on that day: why its people cannot be asked (measurement.md §3).

    `proposed`: as if everybody who is chosen in it were approved.
    """
    mine = select(RoundSubject.person_id).where(RoundSubject.round_id == round_id)
    rows = db.session.execute(
        select(RoundSubject.id, RoundSubject.round_id, RoundSubject.person_id, Round.state, Round.name, Round.opens_on,
               Round.closes_on, Round.small_circle, Round.kind)
        .join(Round, Round.id == RoundSubject.round_id)
        .where(
            Round.organisation_id == organisation_id,
            RoundSubject.person_id.in_(mine),
            or_(Round.id == round_id, Round.state.in_(MEASURES)),
        )
    ).all()
    groups = _groups({row.round_id for row in rows})
    asked = _asked([row.id for row in rows], {row.id for row in rows if proposed and row.round_id == round_id})
    parts = [
        _Part(
            row.id, row.round_id, row.person_id, row.state,
            Sets(row.name, row.opens_on, row.closes_on, tuple(asked.get(row.id, ())),
                 groups.get(row.round_id, NO_GROUPS).minimums, row.small_circle, row.kind == Kind.PULSE,
                 groups.get(row.round_id, NO_GROUPS).about, row.id),
        )
        for row in rows
    ]
    return {
        part.id: too_close(
            replace(part.sets, opens_on=opens_on) if part.state == State.CHOOSING else part.sets,
            [other.sets for other in parts if other.person_id == part.person_id and other.round_id != round_id],
        )
        for part in parts
        if part.round_id == round_id
    }


def _groups(round_ids: Collection[int]) -> Mapping[int, _Groups]:
    """By round. What it is about: the competencies that anonymous adults are asked, since only they answer a korte
    vraag; left empty while none of these rounds is one.
    """
    rows = db.session.execute(
        select(RoundGroup.round_id, RoundGroup.rater_group, RoundGroup.minimum, RoundGroup.question_set, Round.kind,
               FrameworkVersion.id, FrameworkVersion.digest)
        .join(Round, Round.id == RoundGroup.round_id)
        .join(FrameworkVersion, FrameworkVersion.id == Round.framework_version_id)
        .where(RoundGroup.round_id.in_(round_ids))
    ).all()
    with_pulse = any(row.kind == Kind.PULSE for row in rows)
    raised: dict[int, dict[str, int]] = {}
    about: dict[int, frozenset[str]] = {}
    for round_id, group, minimum, question_set, _kind, version_id, digest in rows:
        if not RULES[Group(group)].named:
            raised.setdefault(round_id, {})[group] = minimum
        if with_pulse and group in ANONYMOUS_ADULTS:
            pages = catalog_of(version_id, digest).asked(question_set, group)
            about[round_id] = about.get(round_id, frozenset()) | {page.competency.code for page in pages}
    return {round_id: _Groups(Minimums(raised.get(round_id, {})), about.get(round_id, frozenset()))
            for round_id in {row.round_id for row in rows}}


def _asked(part_ids: Collection[int], proposed_in: Collection[int]) -> Mapping[int, Iterable[AskedPerson]]:
    found: dict[int, list[AskedPerson]] = {}
    for part_id, group, email, person_id in db.session.execute(
        select(Invitation.round_subject_id, Invitation.rater_group, Invitation.email, Invitation.person_id)
        .where(
            Invitation.round_subject_id.in_(part_ids),
            or_(HAS_LINK, and_(Invitation.state == Asked.PROPOSED, Invitation.round_subject_id.in_(proposed_in))),
        )
    ):
        found.setdefault(part_id, []).append(AskedPerson(group, email, person_id))
    return found
