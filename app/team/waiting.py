"""What is known of the work of everybody in a team, who waits for what, and in which order they stand. PURE."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.checkins.rhythm import Stand, Turn

RECENT: Final = dt.timedelta(days=548)
"""Eighteen months: who was not measured since wants a new round (design)."""

COMING: Final = 3
"""So many things to come are named (ours)."""


class Waits(enum.Enum):
    """What a round about somebody waits for."""

    CHOOSING = enum.auto()      # for her: whom does she ask
    APPROVAL = enum.auto()      # for whoever approves whom she asks
    OPENING = enum.auto()       # for its day
    ANSWERS = enum.auto()       # for the people who are asked
    MAKING = enum.auto()        # for the figures to be made
    RELEASE = enum.auto()       # for whoever releases it


@dataclass(frozen=True, slots=True)
class Running:
    """A round about somebody that has no released profile yet; its answers are asked from `opens_on`. `enough`: per
    group that is asked whether enough people answered, while it runs.
    """

    part_id: int
    name: str
    waits: Waits
    until: dt.date
    opens_on: dt.date
    enough: tuple[tuple[str, bool], ...] = ()

    def thin(self, today: dt.date) -> tuple[str, ...]:
        """The groups that have not enough yet, from half of its time on (ours): one can still be asked more."""
        if self.waits is not Waits.ANSWERS or today - self.opens_on < self.until - today:
            return ()
        return tuple(group for group, enough in self.enough if not enough)

    def not_chosen(self, today: dt.date) -> bool:
        """Whether her days to choose whom she asks are over, and she sent nothing."""
        return self.waits is Waits.CHOOSING and self.until < today


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan that she put before whoever leads her. `goals`: competency and state. `waits`: for who looks to confirm
    it; `check_in_waits`: the tussenstand that does.
    """

    plan_id: int
    state: str
    goals: tuple[tuple[str, str], ...]
    waits: bool
    turn: Turn | None = None
    check_in_waits: int | None = None


@dataclass(frozen=True, slots=True)
class Talks:
    """Conversations of somebody with who looks. `next`: one that is to come, with its day when it has one. `niveaus`:
    agreed with anybody, by aspect and by role, the newest of each. `about`: the parts that were talked over.
    """

    last_on: dt.date | None = None
    next_id: int | None = None
    next_on: dt.date | None = None
    aspects: Mapping[str, int] = field(default_factory=dict)
    roles: Mapping[str, int] = field(default_factory=dict)
    about: frozenset[int] = frozenset()


class Closed(enum.Enum):
    """Why the profile of somebody is not read."""

    NEVER = enum.auto()         # no round about her was closed
    NOT_RELEASED = enum.auto()
    LATER = enum.auto()         # from a day on
    HERS = enum.auto()          # no day: she reads it alone
    ASKED = enum.auto()         # who looks was asked in it without her name


@dataclass(frozen=True, slots=True)
class Work:
    """All that the page tells of one person besides her figures. `measured_on`: of the newest closed round about her,
    read or not; `part_id`: of the newest that is read, closed on `closed_on`.
    """

    measured_on: dt.date | None = None
    part_id: int | None = None
    closed_on: dt.date | None = None
    running: tuple[Running, ...] = ()
    plan: Planned | None = None
    talks: Talks = Talks()

    def long_ago(self, today: dt.date) -> bool:
        """Whether a new round is wanted: the last one closed eighteen months ago or never, and none runs."""
        return not self.running and (self.measured_on is None or self.measured_on < today - RECENT)

    def to_talk_over(self, today: dt.date) -> bool:
        """Whether the profile that is read waits for a nabespreking."""
        return (self.part_id is not None and self.part_id not in self.talks.about
                and self.closed_on is not None and self.closed_on >= today - RECENT)

    def stand(self, today: dt.date) -> Stand:
        """Of the next tussenstand."""
        turn = self.plan.turn if self.plan else None
        return turn.stand(today) if turn else Stand.REST


class Matter(enum.Enum):
    """What asks for the attention of who leads a team, the first first."""

    RELEASE = enum.auto()
    APPROVAL = enum.auto()
    NOT_CHOSEN = enum.auto()
    PLAN = enum.auto()
    CHECK_IN = enum.auto()
    THIN = enum.auto()
    OVERDUE = enum.auto()
    TALK = enum.auto()
    UNMEASURED = enum.auto()


WAIT_FOR_HER: Final = frozenset({Matter.RELEASE, Matter.APPROVAL, Matter.NOT_CHOSEN, Matter.PLAN, Matter.CHECK_IN})
"""What cannot go on without her; these come first."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing about one person. `target`: the id of the part, plan, tussenstand or conversation to open; None where
    it is not there yet.
    """

    matter: Matter
    person_id: int
    target: int | None = None
    on: dt.date | None = None
    groups: tuple[str, ...] = ()


def items(works: Mapping[int, Work], today: dt.date) -> tuple[Item, ...]:
    """By matter, and within that in the order of the people."""
    found = [item for person_id, work in works.items() for item in _of(person_id, work, today)]
    return tuple(sorted(found, key=lambda item: item.matter.value))


def _of(person_id: int, work: Work, today: dt.date) -> Iterable[Item]:
    for one in work.running:
        if one.waits is Waits.RELEASE:
            yield Item(Matter.RELEASE, person_id, one.part_id)
        if one.waits is Waits.APPROVAL:
            yield Item(Matter.APPROVAL, person_id, one.part_id)
        if one.not_chosen(today):
            yield Item(Matter.NOT_CHOSEN, person_id, one.part_id, one.until)
        if thin := one.thin(today):
            yield Item(Matter.THIN, person_id, one.part_id, one.until, thin)
    plan = work.plan
    if plan and plan.waits:
        yield Item(Matter.PLAN, person_id, plan.plan_id)
    if plan and plan.check_in_waits is not None:
        yield Item(Matter.CHECK_IN, person_id, plan.check_in_waits)
    if plan and plan.turn and work.stand(today) is Stand.OVERDUE:
        yield Item(Matter.OVERDUE, person_id, plan.plan_id, plan.turn.ends_on)
    if work.to_talk_over(today):
        yield Item(Matter.TALK, person_id, work.talks.next_id, work.talks.next_on)
    if work.long_ago(today):
        yield Item(Matter.UNMEASURED, person_id, None, work.measured_on)


class Comes(enum.Enum):
    """What is to come on a day."""

    TALK = enum.auto()
    CLOSING = enum.auto()
    CHECK_IN = enum.auto()
    CHECK_IN_ENDS = enum.auto()     # it can be made now, until that day


@dataclass(frozen=True, slots=True)
class Coming:
    """A day that comes, and for whom."""

    on: dt.date
    what: Comes
    person_ids: tuple[int, ...]


def coming(works: Mapping[int, Work], today: dt.date) -> tuple[Coming, ...]:
    """The first COMING: conversations, rounds that close or tussenstanden that can be made from or until one day, by
    everybody for whom it is.
    """
    found: dict[tuple[dt.date, Comes], tuple[int, ...]] = {}
    for person_id, work in works.items():
        days = [(work.talks.next_on, Comes.TALK)]
        days += [(one.until, Comes.CLOSING) for one in work.running if one.waits is Waits.ANSWERS]
        if work.plan and work.plan.turn:
            begins, ends = work.plan.turn.begins_on, work.plan.turn.ends_on
            days.append((begins, Comes.CHECK_IN) if begins >= today else (ends, Comes.CHECK_IN_ENDS))
        for on, what in days:
            if on is not None and on >= today:
                found[on, what] = tuple(dict.fromkeys((*found.get((on, what), ()), person_id)))
    told = [Coming(on, what, those) for (on, what), those in found.items()]
    return tuple(sorted(told, key=lambda one: one.on)[:COMING])


class Order(enum.StrEnum):
    """In which order people stand; the values stand in the address. Never by a score."""

    NAME = "naam"
    MEASURED = "meting"
    TALKED = "gesprek"
    CHECK_IN = "tussenstand"


def ordered(person_ids: Sequence[int], works: Mapping[int, Work], order: Order) -> list[int]:
    """`person_ids` stand by name. By a day the earliest first: the longest ago, and what is due first; who has none
    comes last, but who was never measured or talked with comes first.
    """
    if order is Order.NAME:
        return list(person_ids)

    def day(person_id: int) -> dt.date:
        work = works[person_id]
        if order is Order.CHECK_IN:
            turn = work.plan.turn if work.plan else None
            return turn.ends_on if turn else dt.date.max
        return (work.measured_on if order is Order.MEASURED else work.talks.last_on) or dt.date.min

    return sorted(person_ids, key=day)
