"""Reading the teams that somebody leads, and the rounds about their people. Every statement is about all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import String, cast, select

from app.access import Actor, Role
from app.assessments.models import StoredCell
from app.competencies.queries import Versions, versions
from app.db import db
from app.organisations.models import Team
from app.people.models import Membership, Person
from app.people.queries import plain
from app.profiles import round_queries
from app.profiles.queries import Heading
from app.team.standing import Measured, Row


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works in a team. `team_ids`: that team, whatever else she works in."""

    id: int
    name: str
    organisation_id: int
    team_ids: frozenset[int]
    discussion_partner_id: int | None

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class LedTeam:
    """A team that somebody leads, and the begeleiders who work in it, by name."""

    id: int
    organisation_id: int
    name: str
    people: tuple[Worker, ...]


def led_teams(actor: Actor) -> tuple[LedTeam, ...]:
    """The teams that this person leads, by name, with the begeleiders who work there still: to these everything on the
    pages of a team applies.
    """
    rows = db.session.execute(
        select(Team.id, Team.name, Person.id, Person.name, Person.discussion_partner_id, Person.roles)
        .select_from(Team)
        .outerjoin(Membership, (Membership.team_id == Team.id) & Membership.leads.is_(False))
        .outerjoin(Person, (Person.id == Membership.person_id) & Person.active)
        .where(Team.organisation_id == actor.organisation_id, Team.id.in_(actor.leads))
    ).all()
    names = {team_id: name for team_id, name, *_ in rows}
    teams = (
        LedTeam(team_id, actor.organisation_id, name, _by_name(
            Worker(person_id, person, actor.organisation_id, frozenset({team_id}), partner_id)
            for of_team, _, person_id, person, partner_id, roles in rows
            if of_team == team_id and person_id is not None and Role.BEGELEIDER in roles
        ))
        for team_id, name in names.items()
    )  # fmt: skip
    return tuple(sorted(teams, key=lambda team: (plain(team.name), team.id)))


@dataclass(frozen=True, slots=True)
class Reading:
    """Rounds as they were read, by measurement, and the frameworks."""

    measured: Mapping[int, Measured]
    versions: Versions


def measured_in(headings: Sequence[Heading]) -> Reading:
    """Of these rounds, which the reader may read."""
    if not headings:
        return Reading({}, versions(()))
    rows, invited = _rows_of(headings), round_queries.invited(headings)
    used = {one.framework_version_id for one in headings}
    used |= {one.own_version for one in invited.values() if one.own_version is not None}
    known = versions(used)
    found = {}
    for heading in headings:
        there = invited[heading.id]
        own = None
        if there.own_version is not None and there.own_set is not None:
            own = known.used[there.own_version].catalog, there.own_set
        found[heading.id] = Measured(known.used[heading.framework_version_id].catalog, rows[heading.id], there.kinds,
                                     there.small_circle, own)
    return Reading(found, known)


def _rows_of(headings: Sequence[Heading]) -> Mapping[int, tuple[Row, ...]]:
    """The cells of all groups, per measurement, in the order of groups and codes."""
    rows = db.session.execute(
        select(
            StoredCell.measurement_id, StoredCell.rater_group, StoredCell.item_code, StoredCell.raters,
            StoredCell.mean, cast(StoredCell.indicator_means, String), StoredCell.spread, StoredCell.agreement,
        )
        .where(
            StoredCell.measurement_id.in_([heading.id for heading in headings]),
            StoredCell.organisation_id == headings[0].organisation_id,
        )
        .order_by(StoredCell.measurement_id, StoredCell.rater_group, StoredCell.item_code)
    )
    found: dict[int, list[Row]] = {heading.id: [] for heading in headings}
    for measurement_id, group, code, raters, mean, means, spread, agreement in rows:
        found[measurement_id].append((group, code, raters, mean, means, spread, agreement))
    return {measurement_id: tuple(those) for measurement_id, those in found.items()}


def _by_name(people: Iterable[Worker]) -> tuple[Worker, ...]:
    return tuple(sorted(people, key=lambda one: (plain(one.name), one.id)))
