"""How the process runs, counted: rounds, conversations, plans, tussenstanden, trainings. PURE.

About whether things happened, never about what anybody scored. A round of few people says nothing about how many
answered: that would be about one of them. Such rounds stand together, per quarter of a year that is over, where they
were about enough people; rows stand for rounds that no other row holds, so that none can be subtracted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.checkins.rhythm import turn
from app.development.plans.period import Period
from app.measurement.isolation import FEWEST_PEOPLE, Ledger, Member

LEAST: Final = FEWEST_PEOPLE
"""People behind a row, as for every figure over people (measurement.md §7)."""


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A closed round: how many people it was about, how many of them were shown anything of others, and how many were
    asked and sent an answer.
    """

    name: str
    closed_on: dt.date
    people: int
    shown: int
    asked: int
    sent: int


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One row: a round, or the small ones of a quarter (`name` is None; from the day on, for three months).

    `response` and `reach` 0–1: of who was asked, and of the people it was about.
    """

    name: str | None
    day: dt.date
    people: int
    response: float
    reach: float


@dataclass(frozen=True, slots=True)
class Rounds:
    """`left_out`: small rounds that stand in no row."""

    rows: tuple[RoundRow, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Budget:
    """An adopted opleidingsplan. Of its `euros`, `planned` were in plans that were adopted before it."""

    name: str
    begins_on: dt.date
    ends_on: dt.date
    adopted_at: dt.datetime
    euros: int
    planned: int

    def covers(self, other: Budget) -> bool:
        return self.begins_on <= other.begins_on and self.ends_on >= other.ends_on

    def meets(self, other: Budget) -> bool:
        return self.begins_on <= other.ends_on and self.ends_on >= other.begins_on


def budgets(plans: Sequence[Budget]) -> tuple[tuple[str, int], ...]:
    """What there is to spend, by the name of the plan, in the order of `plans`: they add up to it.

    A budget is for the whole period of its plan. So a plan that a later one covers adds nothing of its own, and one
    that meets an earlier one adds what was not in that.
    """
    kept = [one for one in plans if not any(
        other.adopted_at > one.adopted_at and other.covers(one) for other in plans)]
    return tuple(
        (one.name, one.euros - (one.planned if any(
            other.adopted_at < one.adopted_at and other.meets(one) for other in kept) else 0))
        for one in kept
    )


def rounds(facts: Iterable[RoundFacts], today: dt.date) -> Rounds:
    """The newest first; of small rounds a quarter that is over."""
    rows, small = [], dict[dt.date, list[RoundFacts]]()
    for one in facts:
        if one.people >= LEAST:
            rows.append(_row(one.name, one.closed_on, [one]))
        elif one.people:
            small.setdefault(_quarter(one.closed_on), []).append(one)
    left_out = 0
    for quarter, those in small.items():
        if quarter < _quarter(today) and sum(one.people for one in those) >= LEAST:
            rows.append(_row(None, quarter, those))
        else:
            left_out += len(those)
    return Rounds(tuple(sorted(rows, key=lambda row: (row.day, row.name or ""), reverse=True)), left_out)


def _row(name: str | None, day: dt.date, those: Sequence[RoundFacts]) -> RoundRow:
    people, asked = sum(one.people for one in those), sum(one.asked for one in those)
    response = sum(one.sent for one in those) / asked if asked else 0.0
    return RoundRow(name, day, people, response, sum(one.shown for one in those) / people)


def _quarter(day: dt.date) -> dt.date:
    return dt.date(day.year, day.month - (day.month - 1) % 3, 1)


@dataclass(frozen=True, slots=True)
class CheckIns:
    """Tussenstanden whose last day came: so many in time, and so many after it or not at all."""

    in_time: int = 0
    late: int = 0

    def __add__(self, other: CheckIns) -> CheckIns:
        return CheckIns(self.in_time + other.in_time, self.late + other.late)


def check_ins(started_on: dt.date, ends_on: dt.date, held: Sequence[dt.date], period: Period,
              today: dt.date) -> CheckIns:
    """Of one plan in one period; `held`: the days of its tussenstanden in order.

    One that was held in time counts on that day, any other on its last day; while that is to come it counts nowhere.
    """
    found, last = CheckIns(), None
    for day in held:
        due = turn(started_on, ends_on, last)
        in_time = due is not None and day <= due.ends_on
        if _within(period, day if in_time or due is None else due.ends_on):
            found += CheckIns(in_time=1) if in_time else CheckIns(late=1)
        last = day
    due = turn(started_on, ends_on, last)
    missed = due is not None and due.ends_on < today and _within(period, due.ends_on)
    return found + CheckIns(late=1) if missed else found


def _within(period: Period, day: dt.date) -> bool:
    return period.begins_on <= day <= period.ends_on


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What happened with one begeleider in the period. `talks`: (released profiles, of which were talked over)."""

    team_ids: frozenset[int]
    released: int
    talked: int
    agreed: bool
    check_ins: CheckIns
    measured: bool


@dataclass(frozen=True, slots=True)
class Course:
    """How it runs in a unit of `people` begeleiders. `measured`: with a profile of the last eighteen months."""

    people: int
    measured: int
    released: int
    talked: int
    agreed: int
    check_ins: CheckIns


def course(people: Iterable[PersonFacts]) -> Course:
    those = list(people)
    return Course(
        len(those),
        sum(one.measured for one in those),
        sum(one.released for one in those),
        sum(one.talked for one in those),
        sum(one.agreed for one in those),
        sum((one.check_ins for one in those), CheckIns()),
    )


def by_team(people: Iterable[PersonFacts], names: Mapping[int, str]) -> tuple[tuple[str, Course], ...]:
    """Per team with at least five begeleiders, by name. Of the rows and the whole dienst, added and subtracted in any
    way, each rests on five or more: of teams that cannot all stand there the larger do.
    """
    those = list(people)
    of_team: dict[int, list[Member]] = {team_id: [] for team_id in names}
    for number, one in enumerate(those):
        for team_id in one.team_ids & of_team.keys():
            of_team[team_id].append((number, 0))
    ledger = Ledger([frozenset((number, 0) for number in range(len(those)))])
    found = []
    for team_id in sorted(names, key=lambda one: (-len(of_team[one]), names[one].casefold(), one)):
        members = of_team[team_id]
        if len(members) >= LEAST and ledger.admit(frozenset(members)):
            found.append((names[team_id], course(those[number] for number, _ in members)))
    return tuple(sorted(found, key=lambda row: row[0].casefold()))
