"""Making and changing an organisation and its teams."""

from __future__ import annotations

from blinker import Signal
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.db import db
from app.organisations import queries
from app.organisations.models import Organisation, Team
from app.web.formats import now

organisation_created = Signal()
"""Sent with every new organisation as its sender: rooms above give it what it starts with, in the same transaction."""


class TeamNameTaken(Exception):
    """There is a team with this name already."""


class TeamNotEmpty(Exception):
    """Somebody works in this team or leads it."""


class AlreadySetUp(Exception):
    """There is an organisation already."""


def create(name: str, *, demo: bool = False) -> Organisation:
    organisation = Organisation(name=name, demo=demo, created_at=now())
    db.session.add(organisation)
    db.session.flush()
    organisation_created.send(organisation)
    return organisation


def create_first(name: str) -> Organisation:
    """The organisation of an empty installation. Of two at the same moment one gets AlreadySetUp.

    SQLite lets one request write at a time; PostgreSQL must be told that the second is to wait and look again.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("lock table organisation in share row exclusive mode"))
    if queries.any_exists():
        raise AlreadySetUp
    return create(name)


def add_team(organisation_id: int, name: str) -> Team:
    """Raises TeamNameTaken."""
    _refuse_taken(organisation_id, name, None)
    team = Team(organisation_id=organisation_id, name=name)
    _flush_name(team)
    return team


def rename_team(team: Team, name: str) -> None:
    """Raises TeamNameTaken."""
    _refuse_taken(team.organisation_id, name, team.id)
    team.name = name
    _flush_name(team)


def remove_team(team: Team) -> None:
    """Only an empty team can go; raises TeamNotEmpty."""
    try:
        with db.session.begin_nested():
            db.session.delete(team)
    except IntegrityError:
        raise TeamNotEmpty from None


def _refuse_taken(organisation_id: int, name: str, but: int | None) -> None:
    """Names that differ only in capitals are the same to people."""
    if any(t.name.casefold() == name.casefold() and t.id != but for t in queries.teams_of(organisation_id)):
        raise TeamNameTaken


def _flush_name(team: Team) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(team)
            db.session.flush()
    except IntegrityError:      # somebody chose the same name at the same moment
        raise TeamNameTaken from None
