"""Whom the mails of a round are about, and where who gets one can turn to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.models import Account
from app.db import db
from app.messages.letters import one_line
from app.people import queries as people
from app.people.models import Person
from app.rounds.models import Round, RoundSettings, RoundSubject


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody whom a round is about, with her part of it, and where she is written to."""

    part_id: int
    person_id: int
    first_name: str
    email: str


def subjects_of(round_id: int) -> list[Subject]:
    """Those it is about who still work here, in the order in which they were put in it."""
    rows = db.session.execute(
        select(RoundSubject.id, Person.id, Person.name, Account.email)
        .join(Person, Person.id == RoundSubject.person_id)
        .join(Account, Account.id == Person.account_id)
        .where(RoundSubject.round_id == round_id, Person.active)
        .order_by(RoundSubject.id)
    )
    return [Subject(part_id, person_id, name.split()[0], email) for part_id, person_id, name, email in rows]


def contact_of(planned: Round) -> str:
    """Where somebody who is asked can turn to: as the dienst set it, else who planned the round, else a beheerder."""
    told = db.session.scalar(
        select(RoundSettings.contact).where(RoundSettings.organisation_id == planned.organisation_id)
    )
    if told and told.strip():
        return one_line(told)
    known = [person.id for person in people.active_beheerders(planned.organisation_id)]
    if planned.created_by_id is not None and not planned.own_initiative:
        known.insert(0, planned.created_by_id)
    rows = db.session.execute(
        select(Person.id, Person.name, Account.email)
        .join(Account, Account.id == Person.account_id)
        .where(Person.id.in_(known), Person.active)
    ).all()
    first = min(rows, key=lambda row: known.index(row.id), default=None)
    return f"{one_line(first.name)} ({first.email})" if first else ""
