"""Adding people and changing where they work."""

from __future__ import annotations

from dataclasses import dataclass

from blinker import Signal
from sqlalchemy import select

from app.access import Role
from app.accounts import links
from app.accounts import services as accounts
from app.accounts.services import EmailTaken
from app.db import db
from app.organisations import services as organisations
from app.organisations.models import Organisation
from app.people import queries
from app.people.function_profiles import function_profiles
from app.people.models import Membership, Person
from app.people.pasting import PastedLine

person_leaves = Signal()
"""Sent with whoever stops working here, before anything of her is changed: rooms above set free what she held."""

begeleider_stops = Signal()
"""Sent likewise with whoever stays, and is no begeleider any more: pages that are for begeleiders close to her."""


@dataclass(frozen=True, slots=True)
class Details:
    """All that the beheerder says of somebody. `email` in the form in which addresses are kept."""

    name: str
    email: str
    roles: frozenset[Role]
    works_in: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    clusters: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    discussion_partner_id: int | None = None
    function_profile_id: int | None = None
    active: bool = True


class LastBeheerder(Exception):
    """Without her nobody could manage people any more."""


def set_up(organisation_name: str, name: str, email: str, password: str) -> Person:
    """The organisation of an empty installation and its first beheerder. Raises AlreadySetUp."""
    organisation = organisations.create_first(organisation_name)
    return add(organisation.id, Details(name, email, frozenset({Role.BEHEERDER})), password)


def add(organisation_id: int, details: Details, password: str | None = None) -> Person:
    """Somebody who works here from now on. Raises EmailTaken."""
    person = Person(
        organisation_id=organisation_id,
        account=accounts.create(organisation_id, details.email, password),
        name=details.name,
        memberships=[],
    )
    _fill_in(person, details)
    db.session.add(person)
    db.session.flush()
    function_profiles().assign(organisation_id, person.id, details.function_profile_id)
    return person


def add_and_invite(organisation_id: int, details: Details) -> Person:
    """Adds somebody, and puts an invitation to choose a password in the outbox. Raises EmailTaken."""
    person = add(organisation_id, details)
    accounts.invite(person.account, person.first_name)
    return person


@dataclass(frozen=True, slots=True)
class Pasted:
    """What came of a pasted list: who was added, and the lines that were not, each with its problem."""

    added: tuple[str, ...]
    refused: tuple[PastedLine, ...]


def add_pasted(organisation_id: int, lines: list[PastedLine], team_id: int | None) -> Pasted:
    """Adds and invites a begeleider for every line that can be read; the others are given back."""
    added: list[str] = []
    refused: list[PastedLine] = []
    for line in lines:
        if line.problem is not None:
            refused.append(line)
            continue
        works_in = frozenset() if team_id is None else frozenset({team_id})
        try:
            add_and_invite(organisation_id, Details(line.name, line.email, frozenset({Role.BEGELEIDER}), works_in))
        except EmailTaken:
            refused.append(line.taken(by=queries.name_with_email(organisation_id, line.email)))
        else:
            added.append(line.name)
    return Pasted(tuple(added), tuple(refused))


def change(person: Person, details: Details) -> None:
    """Raises EmailTaken or LastBeheerder; nothing has changed then."""
    if not (details.active and Role.BEHEERDER in details.roles):
        _must_not_be_last_beheerder(person)
    if details.email != person.account.email:
        accounts.change_email(person.account, details.email, details.name.split()[0])
    if person.active and not details.active:
        person_leaves.send(person)
        links.close_all(person.account_id)
        accounts.end_sessions(person.account)
    elif Role.BEGELEIDER in person.roles and Role.BEGELEIDER not in details.roles:
        begeleider_stops.send(person)
    _fill_in(person, details)
    db.session.flush()
    function_profiles().assign(person.organisation_id, person.id, details.function_profile_id)


def invite_again(person: Person) -> None:
    """A fresh invitation for somebody who has not chosen a password yet."""
    accounts.invite(person.account, person.first_name)


def _fill_in(person: Person, details: Details) -> None:
    person.name = details.name
    person.roles = details.roles
    person.clusters = details.clusters
    person.sectors = details.sectors
    person.discussion_partner_id = details.discussion_partner_id
    person.active = details.active
    places = dict.fromkeys(details.works_in, False) | dict.fromkeys(details.leads, True)
    kept = [m for m in person.memberships if m.team_id in places]
    for membership in kept:
        membership.leads = places.pop(membership.team_id)
    person.memberships = kept + [
        Membership(organisation_id=person.organisation_id, team_id=team_id, leads=leads)
        for team_id, leads in places.items()
    ]


def _must_not_be_last_beheerder(person: Person) -> None:
    """Locks the organisation, so that two beheerders cannot remove each other at the same moment."""
    held = select(Organisation.id).where(Organisation.id == person.organisation_id)
    db.session.execute(held.with_for_update(key_share=True))       # what points at it can be added meanwhile
    beheerders = {found.id for found in queries.active_beheerders(person.organisation_id)}
    if beheerders and beheerders <= {person.id}:
        raise LastBeheerder
