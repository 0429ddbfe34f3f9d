"""Reading one person's part of a round: who is (to be) asked about her, and what whoever chooses or approves must know.

Nothing here says who answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.access import Role
from app.accounts.models import Account
from app.db import db
from app.measurement.scale import ENOUGH_FOR_DETAIL, RULES, Group
from app.people.models import Membership, Person
from app.people.queries import plain
from app.rounds.invitations import State
from app.rounds.models import Invitation, Round, RoundSubject

RUNNING = ("open",)

ASKED_NAMELESSLY = and_(
    Invitation.invited_on.is_not(None),
    Invitation.rater_group.in_([group for group in Group if not RULES[group].named]),
)
"""Whose answers are only ever shown together with those of others, whether or not she gave any."""


def was_asked(reader_id: int) -> ColumnElement[bool]:
    """Whether this person was asked namelessly in a part of a round, as part of a statement about RoundSubjects: then
    nothing that came of it is hers to read, whatever she became since (measurement.md §3).
    """
    her_address = (
        select(func.lower(Account.email)).join(Person, Person.account_id == Account.id)
        .where(Person.id == reader_id).scalar_subquery()
    )
    return (
        select(Invitation.id)
        .where(Invitation.round_subject_id == RoundSubject.id, ASKED_NAMELESSLY,
               or_(Invitation.person_id == reader_id, func.lower(Invitation.email) == her_address))
        .exists()
    )


def was_asked_in(part_id: int, reader_id: int) -> bool:
    """The same of one part."""
    return db.session.scalar(select(was_asked(reader_id)).where(RoundSubject.id == part_id)) or False


def part_of(organisation_id: int, part_id: int) -> RoundSubject | None:
    """A part with its round and groups, its person with her teams and address, and everybody who is (to be) asked."""
    return db.session.scalar(_part(organisation_id, part_id))


def part_to_change(organisation_id: int, part_id: int) -> RoundSubject | None:
    """The same, and the round is held: of two who change it at the same moment the second sees what the first did."""
    db.session.execute(
        select(Round.id)
        .join(RoundSubject, RoundSubject.round_id == Round.id)
        .where(RoundSubject.organisation_id == organisation_id, RoundSubject.id == part_id)
        .with_for_update(of=Round)
    )
    return db.session.scalar(_part(organisation_id, part_id).execution_options(populate_existing=True))


def _part(organisation_id: int, part_id: int) -> Select[RoundSubject]:
    return (
        select(RoundSubject)
        .where(RoundSubject.organisation_id == organisation_id, RoundSubject.id == part_id)
        .options(
            joinedload(RoundSubject.round).selectinload(Round.groups),
            joinedload(RoundSubject.person).options(joinedload(Person.account), selectinload(Person.memberships)),
            selectinload(RoundSubject.invitations),
        )
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who will read along: she leads a team of the subject, or is her gesprekspartner."""

    person_id: int
    name: str
    email: str
    leads: bool


def readers_of(person: Person) -> list[Reader]:
    """By name; whoever left is not among them."""
    leads = func.max(case((Membership.team_id.in_(person.team_ids), 1), else_=0))
    rows = db.session.execute(
        select(Person.id, Person.name, Account.email, leads)
        .join(Account, Account.id == Person.account_id)
        .outerjoin(Membership, and_(Membership.person_id == Person.id, Membership.leads))
        .where(
            Person.organisation_id == person.organisation_id,
            Person.active,
            Person.id != person.id,
            or_(Membership.team_id.in_(person.team_ids), Person.id == person.discussion_partner_id),
        )
        .group_by(Person.id, Person.name, Account.email)
    )
    return sorted((Reader(id_, name, email, bool(leading)) for id_, name, email, leading in rows),
                  key=lambda reader: (plain(reader.name), reader.person_id))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the dienst. `near`: works in one of the subject's teams. `before`: was asked by her before."""

    person_id: int
    name: str
    email: str
    active: bool
    teams: tuple[str, ...] = ()
    near: bool = False
    begeleider: bool = False
    before: bool = False


def colleagues(person: Person, before: Iterable[Invitation], beside: Collection[int] = ()) -> list[Colleague]:
    """Who works at the dienst, besides her and whom `beside` names: whom she asked `before` and her own teams first,
    then by name.
    """
    known = {one.email for one in before}
    people = db.session.scalars(
        select(Person)
        .where(Person.organisation_id == person.organisation_id, Person.active, Person.id != person.id)
        .options(joinedload(Person.account), selectinload(Person.memberships).joinedload(Membership.team))
    )
    found = [
        Colleague(one.id, one.name, one.account.email, True, tuple(sorted(m.team.name for m in one.memberships)),
                  bool(one.team_ids & person.team_ids), Role.BEGELEIDER in one.roles, one.account.email in known)
        for one in people
        if one.id not in beside
    ]
    return sorted(found, key=lambda one: (not one.before, not one.near, plain(one.name), one.person_id))


def matching(people: Iterable[Colleague], search: str) -> list[Colleague]:
    """Those with this in their name or address, accents aside."""
    wanted = plain(search)
    return [one for one in people if wanted in plain(one.name) or wanted in one.email]


def people_with(organisation_id: int, emails: Collection[str], person_ids: Collection[int]) -> list[Colleague]:
    """Who of the dienst, also those who left, has one of these addresses or is one of these people."""
    rows = db.session.execute(
        select(Person.id, Person.name, Account.email, Person.active)
        .join(Account, Account.id == Person.account_id)
        .where(Person.organisation_id == organisation_id,
               or_(Account.email.in_(emails), Person.id.in_(person_ids)))
    )
    return [Colleague(*row) for row in rows]


def earlier(part: RoundSubject, group: str) -> list[Invitation]:
    """Whom she asked before in this group and does not ask now, the last time she did, by name."""
    now_asked = {invitation.email for invitation in part.invitations}
    found: dict[str, Invitation] = {}
    for invitation in db.session.scalars(
        select(Invitation)
        .join(RoundSubject, RoundSubject.id == Invitation.round_subject_id)
        .where(
            RoundSubject.organisation_id == part.organisation_id,
            RoundSubject.person_id == part.person_id,
            RoundSubject.id != part.id,
            Invitation.rater_group == group,
            Invitation.state == State.APPROVED,
            Invitation.invited_on.is_not(None),
            Invitation.email.is_not(None),
        )
        .order_by(Invitation.id)
    ):
        if invitation.email is not None and invitation.email not in now_asked:
            found[invitation.email] = invitation
    return sorted(found.values(), key=lambda one: (plain(one.name), one.id))


def asked_now(organisation_id: int, emails: Collection[str]) -> Mapping[str, int]:
    """By how many people somebody with this address is asked in the rounds that run now."""
    rows = db.session.execute(
        select(Invitation.email, func.count(Invitation.round_subject_id.distinct()))
        .join(RoundSubject, RoundSubject.id == Invitation.round_subject_id)
        .join(Round, Round.id == RoundSubject.round_id)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.email.in_(emails),
            Invitation.state == State.APPROVED,
            Round.state.in_(RUNNING),
        )
        .group_by(Invitation.email)
    )
    return {email: count for email, count in rows if email is not None}


def sheets_used(part_id: int) -> Mapping[str, int]:
    """How many sheets of a group were used, of the groups in which that is five or more."""
    used = func.count(Invitation.id)
    rows = db.session.execute(
        select(Invitation.rater_group, used)
        .where(Invitation.round_subject_id == part_id, Invitation.email.is_(None), Invitation.answered.is_(True))
        .group_by(Invitation.rater_group)
        .having(used >= ENOUGH_FOR_DETAIL)
    )
    return {row.rater_group: row[1] for row in rows}
