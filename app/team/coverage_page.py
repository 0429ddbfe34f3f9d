"""Which roles a team and the dienst cover, read and put together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.access import Actor
from app.competencies.catalog import Catalog
from app.competencies.queries import current_framework
from app.development.lifecycle import GoalState
from app.measurement.coverage import (
    PEOPLE_FOR_HR,
    Colleague,
    Coverage,
    RoleAsked,
    RoleCoverage,
    RoleWord,
    coverage,
    leavings,
    words_for_hr,
)
from app.people.queries import team_names
from app.team import queries, work_queries
from app.team.queries import LedTeam, Worker
from app.team.securing import NEVER, roles_asked, units_for_hr
from app.team.waiting import Planned, Talks


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with how it is secured. `then`: the word it gets when the chosen person leaves, where that is another."""

    name: str
    word: Coverage
    holders: tuple[Worker, ...]
    closing: tuple[Worker, ...]
    agreed: bool
    then: Coverage | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """The roles of one professionaliteit."""

    name: str
    rows: tuple[RoleRow, ...]


@dataclass(frozen=True, slots=True)
class RolesPage:
    """`leaver`: who is thought away. `changes`: how many roles that touches."""

    team: LedTeam
    chapters: tuple[Chapter, ...]
    leaver: Worker | None
    changes: int

    def count(self, word: Coverage) -> int:
        return sum(row.word is word for chapter in self.chapters for row in chapter.rows)

    @property
    def discussed(self) -> bool:
        return any(row.word is not Coverage.UNDISCUSSED for chapter in self.chapters for row in chapter.rows)


def roles_page(actor: Actor, team: LedTeam, leaver: Worker | None) -> RolesPage:
    """Of a team that this actor leads; four statements."""
    catalog = current_framework().catalog
    asked = roles_asked(catalog)
    talks = work_queries.talks_of(actor, [one.id for one in team.people])
    plans = work_queries.plans_of(actor, team.people)
    colleagues = [_colleague(one.id, catalog, talks.get(one.id, Talks()), plans.get(one.id)) for one in team.people]
    gone = next((one.changes for one in leavings(asked, colleagues) if leaver and one.person == leaver.id), ())
    then = {one.role: one.word for one in gone}
    known = {one.id: one for one in team.people}
    found = coverage(asked, colleagues)
    return RolesPage(team, _chapters(catalog, asked, found, known, then), leaver, len(then))


@dataclass(frozen=True, slots=True)
class Unit:
    """A team, or without a name the whole dienst: its roles in words. `words`: None when it has too few people."""

    name: str
    words: Mapping[str, Coverage] | None


@dataclass(frozen=True, slots=True)
class DienstPage:
    """What HR reads: per professionaliteit its roles by name, and the units. `people`: how many a unit has at least."""

    chapters: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    units: tuple[Unit, ...]
    people: int


def dienst_page(organisation_id: int) -> DienstPage:
    """In words only, of the dienst and of its teams of ten people or more; four statements."""
    catalog = current_framework().catalog
    asked = roles_asked(catalog)
    people, levels = queries.teams_of_begeleiders(organisation_id), work_queries.levels_in(organisation_id)
    names = team_names(organisation_id)
    members = {team_id: frozenset(one for one, teams in people.items() if team_id in teams) for team_id in names}
    shown = units_for_hr(members, frozenset(people))
    units = [_unit("", asked, people, levels), *(_unit(names[one], asked, members[one], levels) for one in shown)]
    return DienstPage(
        tuple((name, tuple((role.code, role.name) for role in catalog.roles_of(code)))
              for code, name in _in_order(catalog)),
        tuple(units), PEOPLE_FOR_HR,
    )


def _unit(name: str, asked: tuple[RoleAsked, ...], people: Collection[int], levels: Mapping[int, Talks]) -> Unit:
    agreed = [levels.get(one, Talks()) for one in people]
    found = words_for_hr(asked, [Colleague(number, one.roles, one.aspects) for number, one in enumerate(agreed)])
    return Unit(name, _by_role(found) if found is not None else None)


def _by_role(words: tuple[RoleWord, ...]) -> Mapping[str, Coverage]:
    return {one.role: one.word for one in words}


def _colleague(person_id: int, catalog: Catalog, talks: Talks, plan: Planned | None) -> Colleague:
    aims: set[str] = set()
    known = {one.code: one for one in catalog.competencies}
    for code, state in plan.goals if plan else ():
        if state == GoalState.OPEN and code in known:
            aims |= {known[code].main_role, *known[code].also_roles}
    return Colleague(person_id, talks.roles, talks.aspects, frozenset(aims))


def _chapters(catalog: Catalog, asked: tuple[RoleAsked, ...], found: tuple[RoleCoverage, ...],
              people: Mapping[int, Worker], then: Mapping[str, Coverage]) -> tuple[Chapter, ...]:
    never = {one.code for one in asked if NEVER in one.aspects}
    by_role = {
        one.role: RoleRow(catalog.role(one.role).name, one.word, tuple(people[p] for p in one.holders),
                          tuple(people[p] for p in one.closing), one.role not in never, then.get(one.role))
        for one in found
    }
    return tuple(Chapter(name, tuple(by_role[role.code] for role in catalog.roles_of(code)))
                 for code, name in _in_order(catalog))


def _in_order(catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """The professionaliteiten, the derde first."""
    return tuple((one.code, one.name) for one in sorted(catalog.professionaliteiten, key=lambda one: -one.number))
