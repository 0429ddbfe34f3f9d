"""Which roles a team covers, read and put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.access import Actor
from app.competencies.catalog import Catalog
from app.competencies.queries import current_framework
from app.development.goals.lifecycle import GoalState
from app.measurement.coverage import Colleague, Coverage, RoleAsked, RoleCoverage, coverage, leavings
from app.team import work_queries
from app.team.neighbours import offer_for_roles
from app.team.queries import LedTeam, Worker
from app.team.securing import NEVER, roles_asked
from app.team.waiting import Planned, Talks


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with how it is secured. `closing`: who could close the gap; `agreed`: whether a niveau can be agreed for
    it; `offer`: where there is something to learn for it, if anywhere; `then`: the word it gets when the chosen person
    leaves, where that is another.
    """

    name: str
    word: Coverage
    holders: tuple[Worker, ...]
    closing: tuple[Worker, ...]
    agreed: bool
    offer: str
    then: Coverage | None = None

    @property
    def gap(self) -> bool:
        """Whether there is anything to close: a niveau can be agreed for it, and fewer than two people hold it."""
        return self.agreed and self.word is not Coverage.COVERED


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

    @property
    def discussed(self) -> bool:
        return any(row.word is not Coverage.UNDISCUSSED for chapter in self.chapters for row in chapter.rows)


def roles_page(actor: Actor, team: LedTeam, leaver: Worker | None) -> RolesPage:
    """Of a team that this actor leads; six statements."""
    catalog = current_framework().catalog
    asked = roles_asked(catalog)
    talks = work_queries.talks_of(actor, [one.id for one in team.people])
    plans = work_queries.plans_of(actor, team.people)
    colleagues = [_colleague(one.id, catalog, talks.get(one.id, Talks()), plans.get(one.id)) for one in team.people]
    gone = next((one.changes for one in leavings(asked, colleagues) if leaver and one.person == leaver.id), ())
    then = {one.role: one.word for one in gone}
    known = {one.id: one for one in team.people}
    found = coverage(asked, colleagues)
    return RolesPage(team, _chapters(catalog, asked, found, known, then, offer_for_roles(actor)), leaver, len(then))


def _colleague(person_id: int, catalog: Catalog, talks: Talks, plan: Planned | None) -> Colleague:
    aims: set[str] = set()
    known = {one.code: one for one in catalog.competencies}
    for code, state in plan.goals if plan else ():
        if state == GoalState.OPEN and code in known:
            aims |= {known[code].main_role, *known[code].also_roles}
    return Colleague(person_id, talks.roles, talks.aspects, frozenset(aims))


def _chapters(catalog: Catalog, asked: tuple[RoleAsked, ...], found: tuple[RoleCoverage, ...],
              people: Mapping[int, Worker], then: Mapping[str, Coverage],
              offers: Mapping[str, str]) -> tuple[Chapter, ...]:
    never = {one.code for one in asked if NEVER in one.aspects}
    by_role = {
        one.role: RoleRow(catalog.role(one.role).name, one.word, tuple(people[p] for p in one.holders),
                          tuple(people[p] for p in one.closing), one.role not in never, offers.get(one.role, ""),
                          then.get(one.role))
        for one in found
    }
    return tuple(Chapter(name, tuple(by_role[role.code] for role in catalog.roles_of(code)))
                 for code, name in _in_order(catalog))


def _in_order(catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """The professionaliteiten, the derde first."""
    return tuple((one.code, one.name) for one in sorted(catalog.professionaliteiten, key=lambda one: -one.number))
