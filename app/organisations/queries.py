"""Reading organisations and teams."""

from __future__ import annotations

from sqlalchemy import select

from app.db import db
from app.organisations.models import Organisation, Team


def any_exists() -> bool:
    """False on an installation that nobody has set up yet."""
    return db.session.scalar(select(Organisation.id).limit(1)) is not None


def organisation(organisation_id: int) -> Organisation:
    return db.session.get_one(Organisation, organisation_id)


def demos() -> list[int]:
    """The sample organisations: nobody in them exists, so no mail of theirs leaves."""
    return list(db.session.scalars(select(Organisation.id).where(Organisation.demo)))


def teams_of(organisation_id: int) -> list[Team]:
    """All teams by name."""
    teams = db.session.scalars(select(Team).where(Team.organisation_id == organisation_id).order_by(Team.id))
    return sorted(teams, key=lambda team: team.name.casefold())


def team(organisation_id: int, team_id: int) -> Team | None:
    return db.session.scalar(select(Team).where(Team.organisation_id == organisation_id, Team.id == team_id))
