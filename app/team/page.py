"""The page of a team, read and put together: as far as whoever leads it may read each of its people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.access import Actor
from app.competencies.catalog import Catalog
from app.measurement.growth import Word
from app.profiles.queries import Heading, may_read, rounds_about
from app.profiles.readings import note
from app.team import queries, work_queries
from app.team.changes import TeamChange, team_change
from app.team.neighbours import PlacesLeft, places_left
from app.team.queries import LedTeam, Worker
from app.team.standing import Apart, Shows, Standing, standing
from app.team.waiting import Closed, Coming, Item, Order, Work, coming, items, ordered
from app.web.formats import day_of, today


@dataclass(frozen=True, slots=True)
class Profile:
    """What of somebody's rounds is read: `heading` is the newest that may be, with where she stands in it.

    `closed`: why a newer one is not, or none at all; with `opens_on` when it will be.
    """

    heading: Heading | None = None
    standing: Standing | None = None
    closed: Closed | None = None
    opens_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the team."""

    person: Worker
    profile: Profile
    work: Work


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands beside each other in one table: codes with their names."""

    name: str
    subjects: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Of whom something changed since the earlier round, and of whom nothing clearly did, nothing is compared, or there
    is nothing to compare yet; each by name.
    """

    moved: tuple[tuple[Worker, Standing], ...]
    still: tuple[str, ...]
    apart: tuple[str, ...]
    nothing: tuple[str, ...]

    @property
    def anything(self) -> bool:
        """Whether anybody was measured before."""
        return bool(self.moved or self.still or self.apart)


@dataclass(frozen=True, slots=True)
class TeamPage:
    """All that the page shows. `growth`: of each aspect of the radar, with its name."""

    team: LedTeam
    rows: tuple[PersonRow, ...]
    shows: Shows
    order: Order
    catalog: Catalog
    aspects: Columns
    tables: tuple[Columns, ...]
    growth: tuple[tuple[str, TeamChange], ...]
    items: tuple[Item, ...]
    places: PlacesLeft | None
    coming: tuple[Coming, ...]

    @property
    def names(self) -> Mapping[int, Worker]:
        return {one.id: one for one in self.team.people}

    @property
    def goal_names(self) -> Mapping[str, str]:
        """What the competencies are called, by code."""
        return {one.code: one.name for one in self.catalog.competencies}

    @property
    def measured(self) -> bool:
        """Whether anybody's figures stand on the page."""
        return any(row.profile.standing for row in self.rows)

    @property
    def told(self) -> Told:
        """What changed of everybody in the subjects that are shown."""
        codes = [code for columns in self.tables for code, _ in columns.subjects]
        standings = {row.person.id: row.profile.standing for row in self.rows}
        seen = [(one, stands) for one in self.team.people if (stands := standings[one.id]) is not None]
        changed = {one.id: stands.changed(self.shows, codes).keys() for one, stands in seen}
        moved = tuple((one, stands) for one, stands in seen if changed[one.id] - {Word.NO_CLEAR_DIFFERENCE})
        still = tuple(one.name for one, _ in seen if changed[one.id] == {Word.NO_CLEAR_DIFFERENCE})
        others = [(one.name, bool(stands.apart(self.shows))) for one, stands in seen if not changed[one.id]]
        return Told(moved, still, tuple(name for name, apart in others if apart),
                    tuple(name for name, apart in others if not apart))

    @property
    def unseen(self) -> list[str]:
        """The roles that nobody has a figure of, where roles are shown."""
        told = {code for columns in self.tables for code, _ in columns.subjects}
        return [role.name for role in self.catalog.roles if role.code not in told] if self.shows is Shows.ROLES else []

    @property
    def apart(self) -> Mapping[Apart, list[str]]:
        """Why figures of the tables are not compared, each reason with the names of whose."""
        found: dict[Apart, list[str]] = {why: [] for why in Apart}
        for row in self.rows:
            for why in row.profile.standing.apart(self.shows) if row.profile.standing else ():
                found[why].append(row.person.name)
        return {why: names for why, names in found.items() if names}

    @property
    def compared(self) -> bool:
        """Whether there are enough people in two measurements for the growth of the team."""
        return any(change.word for _, change in self.growth)


def team_page(actor: Actor, team: LedTeam, shows: Shows, order: Order) -> TeamPage:
    """What is read of a measurement is written down, as of a profile. Only while a page is got."""
    people = {one.id: one for one in team.people}
    ids = list(people)
    headings = _headings(actor, team.people)
    readable = {person_id: [one for one in those if may_read(actor, one)] for person_id, those in headings.items()}
    shown = [one for those in readable.values() for one in those[:2]]       # the newest, and what it is compared with
    reading = queries.measured_in(shown)
    profiles = {}
    for person_id in ids:
        those = [reading.measured[one.id] for one in readable[person_id][:2]]
        stands = standing(those[0], those[1] if len(those) > 1 else None) if those else None
        profiles[person_id] = _profile(headings[person_id], readable[person_id], stands)
    note(actor, *(one.heading for one in profiles.values() if one.heading is not None))
    works = _works(actor, team.people, headings, profiles)
    catalog = reading.versions.current.catalog
    standings = [one.standing for one in profiles.values() if one.standing is not None]
    aspects = Columns("", tuple((one.code, one.name) for one in catalog.radar_aspects))
    return TeamPage(
        team=team,
        rows=tuple(PersonRow(people[one], profiles[one], works[one]) for one in ordered(ids, works, order)),
        shows=shows,
        order=order,
        catalog=catalog,
        aspects=aspects,
        tables=_tables(catalog, shows, aspects, standings),
        growth=tuple(
            (name, team_change(change for one in standings if (change := one.of(Shows.ASPECTS, code).change)))
            for code, name in aspects.subjects
        ),
        items=items(works, today()),
        places=places_left(actor, team.id),
        coming=coming(works, today()),
    )  # fmt: skip


def _headings(actor: Actor, people: Sequence[Worker]) -> Mapping[int, list[Heading]]:
    """Per person every closed round about her, the newest first."""
    found: dict[int, list[Heading]] = {one.id: [] for one in people}
    teams = {one.id: one.team_ids for one in people}
    for heading in rounds_about(actor, list(found)):
        found[heading.subject_id].append(replace(heading, team_ids=teams[heading.subject_id]))
    return found


def _profile(headings: Sequence[Heading], readable: Sequence[Heading], stands: Standing | None) -> Profile:
    heading = readable[0] if readable else None
    if not headings:
        return Profile(closed=Closed.NEVER)
    newest = headings[0]
    if newest == heading:
        return Profile(heading, stands)
    if not newest.released:
        return Profile(heading, stands, Closed.NOT_RELEASED)
    if newest.asked_reader:
        return Profile(heading, stands, Closed.ASKED)
    if newest.lead_reads_from is None or newest.lead_reads_from <= today():
        return Profile(heading, stands, Closed.HERS)
    return Profile(heading, stands, Closed.LATER, newest.lead_reads_from)


def _works(actor: Actor, people: Sequence[Worker], headings: Mapping[int, list[Heading]],
           profiles: Mapping[int, Profile]) -> Mapping[int, Work]:
    ids = [one.id for one in people]
    running, plans = work_queries.running_of(actor, ids), work_queries.plans_of(actor, people)
    talks = work_queries.talks_of(actor, ids)
    found = {}
    for person_id in ids:
        read = profiles[person_id].heading
        closed = headings[person_id]
        work = Work(
            measured_on=day_of(closed[0].closed_at) if closed else None,
            part_id=read.part_id if read else None,
            closed_on=day_of(read.closed_at) if read else None,
            running=running.get(person_id, ()),
            plan=plans.get(person_id),
        )
        found[person_id] = replace(work, talks=talks[person_id]) if person_id in talks else work
    return found


def _tables(catalog: Catalog, shows: Shows, aspects: Columns, standings: Sequence[Standing]) -> tuple[Columns, ...]:
    """The tables of what is shown, as many as it takes; of roles and competencies only what anybody has a figure of."""
    if shows is Shows.ASPECTS:
        return (aspects,)
    there = {code for one in standings for code, line in one.lines[shows].items() if line.others or line.own}
    chapters = ([(one.name, catalog.roles_of(one.code)) for one in catalog.professionaliteiten] if shows is Shows.ROLES
                else [(one.name, catalog.competencies_of(one.code)) for one in catalog.aspects])
    tables = (Columns(name, tuple((one.code, one.name) for one in of if one.code in there)) for name, of in chapters)
    return tuple(one for one in tables if one.subjects)
