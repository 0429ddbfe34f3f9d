"""Reading people. Lists of people begin at `visible_to`, the twin of access.can_see_person."""

from __future__ import annotations

import datetime as dt
import enum
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.access import Actor, Role
from app.accounts.models import Account, LinkPurpose, PasswordLink
from app.db import db
from app.organisations import queries as organisations
from app.organisations.models import Organisation
from app.people.models import Membership, Person
from app.web.formats import now

_SIGNED_IN = (
    select(Person, Organisation.name)
    .select_from(Person)
    .join(Person.account)
    .join(Organisation, Organisation.id == Person.organisation_id)
    .where(Account.id == bindparam("account_id"), Account.session_version == bindparam("version"), Person.active)
    .options(contains_eager(Person.account), joinedload(Person.memberships))
)


_also: dict[str, ColumnElement[bool]] = {}
_signed_in: Any = _SIGNED_IN


def tell_with_sign_in(name: str, about: Callable[[ColumnElement[int]], ColumnElement[bool]]) -> None:
    """From now on the statement that loads who is signed in also tells this of her, in the session's info."""
    global _signed_in
    _also[name] = about(Person.__table__.c.id).label(name)
    _signed_in = _SIGNED_IN.add_columns(*_also.values())


def load_signed_in(key: str) -> Person | None:
    """Who belongs to the key in a session: active, and with this version of the session. One statement."""
    account_id, _, version = key.partition(".")
    if not (account_id.isdecimal() and version.isdecimal()):
        return None
    named = {"account_id": int(account_id), "version": int(version)}
    row = db.session.execute(_signed_in, named).unique().one_or_none()
    if row is None:
        return None
    person, organisation, *told = row
    db.session.info.update(zip(_also, told, strict=True))
    db.session.info.update(organisation_id=person.organisation_id, organisation_name=organisation)
    return person


def own_organisation() -> str:
    """The name of the organisation of whoever is signed in, which came along with her."""
    name: str = db.session.info["organisation_name"]
    return name


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The SQL twin of access.can_see_person; a test proves that they agree for every pair of people."""
    of_own_teams = select(Membership.person_id).where(Membership.team_id.in_(actor.leads), Membership.leads.is_(False))
    sees_all = bool(actor.roles & {Role.BEHEERDER, Role.HR})
    return and_(
        Person.organisation_id == actor.organisation_id,
        true() if sees_all else or_(Person.id == actor.person_id, Person.id.in_(of_own_teams)),
    )


def people_visible_to(actor: Actor) -> list[Person]:
    """Everybody whom this actor may know of, with their teams, by name."""
    people = db.session.scalars(
        select(Person)
        .where(visible_to(actor))
        .order_by(Person.id)
        .options(selectinload(Person.memberships))
    )
    return sorted(people, key=lambda person: (plain(person.name), person.id))


class Joined(enum.Enum):
    """How far somebody is with signing in."""

    YES = enum.auto()           # chose a password
    INVITED = enum.auto()       # has a link that works
    EXPIRED = enum.auto()       # has none any more
    INACTIVE = enum.auto()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the beheerder's list."""

    id: int
    name: str
    email: str
    roles: frozenset[str]
    teams: tuple[str, ...]
    leads: tuple[str, ...]
    joined: Joined
    link_until: dt.datetime | None


def overview(actor: Actor, search: str = "") -> list[PersonRow]:
    """Who works here, by name, those who left at the end. `search`: part of a name or an address, accents aside."""
    rows = db.session.execute(
        select(Person, Account, PasswordLink.expires_at)
        .join(Account, Account.id == Person.account_id)
        .outerjoin(PasswordLink, and_(PasswordLink.account_id == Account.id, open_invitation()))
        .where(visible_to(actor))
        .order_by(Person.id)
        .options(selectinload(Person.memberships))
    )
    wanted = plain(search)
    names = team_names(actor.organisation_id)
    found = [_person_row(row, names) for row in rows if wanted in plain(row[0].name) or wanted in row[1].email]
    return sorted(found, key=lambda row: (row.joined is Joined.INACTIVE, plain(row.name), row.id))


def plain(text: str) -> str:
    """Without capitals and accents, to search in."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)).strip()


def person_to_edit(organisation_id: int, person_id: int) -> Person | None:
    """One person with all that the form shows."""
    return db.session.scalar(
        select(Person)
        .where(Person.organisation_id == organisation_id, Person.id == person_id)
        .options(joinedload(Person.account), selectinload(Person.memberships))
    )


@dataclass(frozen=True, slots=True)
class PersonName:
    id: int
    name: str
    active: bool = True


def names_of(organisation_id: int) -> list[PersonName]:
    """Everybody of an organisation by name."""
    rows = db.session.execute(
        select(Person.id, Person.name, Person.active).where(Person.organisation_id == organisation_id)
    )
    return sorted((PersonName(*row) for row in rows), key=lambda person: (plain(person.name), person.id))


def name_of(organisation_id: int, person_id: int | None) -> str | None:
    return db.session.scalar(
        select(Person.name).where(Person.organisation_id == organisation_id, Person.id == person_id)
    )


def email_of(person_id: int) -> str | None:
    """Where somebody reads her mail; None when she left."""
    return db.session.scalar(
        select(Account.email).join(Person, Person.account_id == Account.id)
        .where(Person.id == person_id, Person.active)
    )


def name_with_email(organisation_id: int, email: str) -> str | None:
    """Whose address this is in this organisation."""
    return db.session.scalar(
        select(Person.name)
        .join(Account, Account.id == Person.account_id)
        .where(Person.organisation_id == organisation_id, Account.email == email)
    )


def active_beheerders(organisation_id: int) -> list[PersonName]:
    rows = db.session.execute(
        select(Person.id, Person.name).where(
            Person.organisation_id == organisation_id,
            Person.active,
            Person.plays(Role.BEHEERDER),
        )
    )
    return sorted((PersonName(*row) for row in rows), key=lambda person: (plain(person.name), person.id))


def team_names(organisation_id: int) -> dict[int, str]:
    """What the teams are called, by id."""
    return {team.id: team.name for team in organisations.teams_of(organisation_id)}


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, how many people it has, and who leads it."""

    id: int
    name: str
    people: int
    leaders: tuple[str, ...]


def team_overview(organisation_id: int) -> list[TeamRow]:
    """All teams by name. Whoever left is not counted."""
    working: Counter[int] = Counter()
    leaders: dict[int, list[str]] = {}
    for team_id, leads, name in db.session.execute(
        select(Membership.team_id, Membership.leads, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == organisation_id, Person.active)
        .order_by(Person.name, Person.id)
    ):
        if leads:
            leaders.setdefault(team_id, []).append(name)
        else:
            working[team_id] += 1
    return [
        TeamRow(team.id, team.name, working[team.id], tuple(leaders.get(team.id, ())))
        for team in organisations.teams_of(organisation_id)
    ]


@dataclass(frozen=True, slots=True)
class Member:
    id: int
    name: str
    leads: bool
    active: bool


def members_of(organisation_id: int, team_id: int) -> list[Member]:
    """Who leads a team and who works in it."""
    rows = db.session.execute(
        select(Person.id, Person.name, Membership.leads, Person.active)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation_id, Membership.team_id == team_id)
    )
    return sorted((Member(*row) for row in rows), key=lambda m: (not m.leads, plain(m.name), m.id))


def open_invitation() -> ColumnElement[bool]:
    """Links with which somebody can still join."""
    return and_(
        PasswordLink.purpose == LinkPurpose.INVITE,
        PasswordLink.used_at.is_(None),
        PasswordLink.expires_at > now(),
    )


def _person_row(row: Row[Person, Account, dt.datetime | None], names: Mapping[int, str]) -> PersonRow:
    person, account, link_until = row
    if not person.active:
        joined = Joined.INACTIVE
    elif account.password_hash is not None:
        joined = Joined.YES
    else:
        joined = Joined.INVITED if link_until else Joined.EXPIRED
    return PersonRow(
        id=person.id,
        name=person.name,
        email=account.email,
        roles=person.roles,
        teams=tuple(sorted(names[m.team_id] for m in person.memberships if not m.leads)),
        leads=tuple(sorted(names[m.team_id] for m in person.memberships if m.leads)),
        joined=joined,
        link_until=link_until,
    )
