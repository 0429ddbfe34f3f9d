"""Puts in the database what a test needs, committed, and says what it made.

    organisation_id = make_organisation(app)
    team_id = make_team(app, organisation_id)
    jet = make_person(app, organisation_id, works_in=[team_id])
    log_in(client, jet)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from app.access import Role
from app.accounts.models import Account
from app.competencies.services import give_default_profile
from app.db import db
from app.organisations.models import Organisation, Team
from app.people.models import Membership, Person
from app.web.formats import now

PASSWORD = "een-goed-geheim-van-de-dienst"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)     # real, but quick
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody a test can be."""

    id: int
    account_id: int
    organisation_id: int
    name: str
    email: str
    session_key: str
    roles: frozenset[Role]


def make_organisation(app: Flask, name: str = "Dienst Noord", *, demo: bool = False) -> int:
    """A dienst with its default function profile and nobody in it."""
    with app.app_context():
        organisation = Organisation(name=name, demo=demo, created_at=now())
        db.session.add(organisation)
        db.session.flush()
        give_default_profile(organisation.id)
        db.session.commit()
        return organisation.id


def make_team(app: Flask, organisation_id: int, name: str | None = None) -> int:
    with app.app_context():
        team = Team(organisation_id=organisation_id, name=name or f"Team {next(_numbers)}")
        db.session.add(team)
        db.session.commit()
        return team.id


def make_person(
    app: Flask,
    organisation_id: int,
    *,
    roles: Iterable[Role | str] = (Role.BEGELEIDER,),
    works_in: Iterable[int] = (),
    leads: Iterable[int] = (),
    name: str | None = None,
    email: str | None = None,
    invited_only: bool = False,
    active: bool = True,
    discussion_partner_id: int | None = None,
) -> Persona:
    """Somebody with PASSWORD as her password, or without one when she was only invited."""
    number = next(_numbers)
    name = name or f"Jet de Vries {number}"
    email = email or f"jet.{number}@dienst.example"
    known = frozenset(Role(role) for role in roles)
    with app.app_context():
        account = Account(organisation_id=organisation_id, email=email,
                          password_hash=None if invited_only else PASSWORD_HASH)
        db.session.add(account)
        db.session.flush()
        person = Person(organisation_id=organisation_id, account_id=account.id, name=name, roles=known, active=active,
                        discussion_partner_id=discussion_partner_id)
        db.session.add(person)
        db.session.flush()
        for team_ids, leading in ((works_in, False), (leads, True)):
            for team_id in team_ids:
                db.session.add(Membership(organisation_id=organisation_id, person_id=person.id, team_id=team_id,
                                          leads=leading))
        db.session.commit()
        return Persona(person.id, account.id, organisation_id, name, email, account.get_id(), known)


def log_in(client: FlaskClient, person: Persona) -> None:
    """What signing in leaves behind in the browser, without the pages; those have tests of their own."""
    with client.session_transaction() as cookie:
        cookie["_user_id"] = person.session_key
        cookie["_fresh"] = True


def log_out(client: FlaskClient) -> None:
    with client.session_transaction() as cookie:
        cookie.clear()
