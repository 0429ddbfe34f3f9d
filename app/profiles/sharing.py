"""Letting a colleague read one of one's own measurements for a while, and taking that back. Flushes only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from app.access import Actor, can_read_comments, can_read_profile
from app.accounts.models import Account
from app.assessments.models import Measurement
from app.db import db
from app.people.models import Membership, Person
from app.people.queries import plain
from app.profiles import letters
from app.profiles.models import Share
from app.profiles.queries import Heading, Subject
from app.rounds.models import Invitation, Round, RoundSubject
from app.rounds.queries.asked import ASKED_NAMELESSLY
from app.web.formats import now, today

LONGEST: Final = dt.timedelta(days=90)
PROPOSED: Final = dt.timedelta(days=14)

Rule: TypeAlias = Callable[[Actor, Heading, Subject, dt.date], bool]


class WasAsked(Exception):
    """Who answers namelessly about somebody is never given what came out of it."""


class NoColleague(Exception):
    """Nobody of the dienst whom this can be shared with."""


class TooLong(Exception):
    """Not from today on, or for more than LONGEST."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the dienst. `was_asked`: namelessly, in the round that this measurement came out of. `reads`: she may
    read it already, because it is shared with her or because she leads the subject or is her gesprekspartner.
    """

    id: int
    name: str
    was_asked: bool
    reads: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """With whom a measurement is shared now, through the day `until`. `with_comments`: whether that was shared too;
    `reads_comments`: whether she reads them today; for whoever leads the subject that may not rest on the sharing.
    """

    id: int
    reader: str
    with_comments: bool
    until: dt.date
    reads_comments: bool


@dataclass(frozen=True, slots=True)
class Given:
    """Somebody else's measurement that one may read through the day `until`. `round`: empty for a self-assessment."""

    measurement_id: int
    subject: str
    round: str
    closed_at: dt.datetime
    with_comments: bool
    until: dt.date


def colleagues_for(heading: Heading) -> tuple[Colleague, ...]:
    """Everybody who works at the dienst but the subject, by name."""
    asked = (
        select(Invitation.id)
        .where(
            Invitation.round_subject_id == heading.part_id,
            ASKED_NAMELESSLY,
            or_(Invitation.person_id == Person.id, func.lower(Invitation.email) == func.lower(Account.email)),
        )
        .exists()
    )
    rows = db.session.execute(
        select(Person.id, Person.name, asked)
        .join(Account, Account.id == Person.account_id)
        .where(Person.organisation_id == heading.organisation_id, Person.active, Person.id != heading.subject_id)
    ).all()
    reading = _who(can_read_profile, heading, {person_id for person_id, _name, _asked in rows})
    found = (Colleague(person_id, name, asked, person_id in reading and not asked) for person_id, name, asked in rows)
    return tuple(sorted(found, key=lambda one: (plain(one.name), one.id)))


def share(heading: Heading, reader_id: int, until: dt.date, *, with_comments: bool) -> None:
    """She may read it through that day; what was shared with her before of this makes way.

    Raises TooLong, NoColleague or WasAsked.
    """
    if not today() <= until <= today() + LONGEST:
        raise TooLong
    _hold(heading)
    found = next((one for one in colleagues_for(heading) if one.id == reader_id), None)
    if found is None:
        raise NoColleague
    if found.was_asked:
        raise WasAsked
    _end(heading, reader_id)
    made = Share(organisation_id=heading.organisation_id, measurement_id=heading.id, reader_id=reader_id,
                 with_comments=with_comments, until=until, shared_at=now())
    db.session.add(made)
    db.session.flush()
    letters.shared(made)


def withdraw(heading: Heading, share_id: int) -> bool:
    """From now on she may not read it any more; False when there is no such share of this measurement."""
    _hold(heading)
    reader_id = db.session.scalar(
        select(Share.reader_id).where(Share.id == share_id, Share.measurement_id == heading.id,
                                      Share.organisation_id == heading.organisation_id)
    )
    if reader_id is None:
        return False
    _end(heading, reader_id)
    letters.taken_back(heading.organisation_id, heading.id, reader_id)
    return True


def keep_comments(heading: Heading, kept: bool) -> None:
    """Whether she keeps what people wrote in a round from whoever leads her."""
    db.session.execute(
        update(RoundSubject)
        .where(RoundSubject.id == heading.part_id, RoundSubject.organisation_id == heading.organisation_id)
        .values(comments_kept=kept),
        execution_options={"synchronize_session": False},
    )


def shares_of(heading: Heading) -> tuple[Shared, ...]:
    """With whom it is shared today, the first to end in front."""
    rows = db.session.execute(
        select(Share.id, Person.name, Share.with_comments, Share.until, Share.reader_id)
        .join(Person, Person.id == Share.reader_id)
        .where(Share.measurement_id == heading.id, Share.withdrawn_at.is_(None), Share.until >= today())
        .order_by(Share.until, Person.name, Share.id)
    ).all()
    readers = {row.reader_id for row in rows} if heading.of_round else set()
    reading = _who(can_read_comments, heading, readers) if readers else frozenset()
    return tuple(
        Shared(share_id, reader, with_comments, until, reader_id in reading if heading.of_round else with_comments)
        for share_id, reader, with_comments, until, reader_id in rows
    )


def is_given(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether others shared something with this person and did not take it back, as part of another statement."""
    return exists().where(Share.reader_id == person_id, Share.withdrawn_at.is_(None))


def given_to(person_id: int, organisation_id: int) -> tuple[Given, ...]:
    """What others share with somebody today, the first to end in front."""
    subject = aliased(Person)
    rows = db.session.execute(
        select(Measurement.id, subject.name, func.coalesce(Round.name, ""), Measurement.closed_at,
               Share.with_comments, Share.until)
        .join(Measurement, Measurement.id == Share.measurement_id)
        .join(subject, subject.id == Measurement.subject_id)
        .outerjoin(RoundSubject, RoundSubject.measurement_id == Measurement.id)
        .outerjoin(Round, Round.id == RoundSubject.round_id)
        .where(Share.organisation_id == organisation_id, Share.reader_id == person_id,
               Share.withdrawn_at.is_(None), Share.until >= today())
        .order_by(Share.until, subject.name, Share.id)
    )
    return tuple(Given(*row) for row in rows)


def _who(may: Rule, heading: Heading, readers: Collection[int]) -> frozenset[int]:
    """For whom of these colleagues this rule of reading holds today."""
    rows = db.session.execute(
        select(Membership.person_id, Membership.team_id, Membership.leads).where(
            Membership.organisation_id == heading.organisation_id,
            Membership.person_id.in_([*readers, heading.subject_id]),
        )
    ).all()
    works_in = frozenset(team for person, team, leads in rows if person == heading.subject_id and not leads)
    known = replace(heading, team_ids=works_in)
    actors = (
        Actor(reader, heading.organisation_id, frozenset(),
              frozenset(team for person, team, leads in rows if person == reader and leads))
        for reader in readers
    )
    return frozenset(one.person_id for one in actors if may(one, known, known.subject, today()))


def _hold(heading: Heading) -> None:
    """Of two who change who reads a measurement at the same moment, one waits."""
    db.session.execute(select(Measurement.id).where(Measurement.id == heading.id).with_for_update())


def _end(heading: Heading, reader_id: int) -> None:
    db.session.execute(
        update(Share)
        .where(Share.measurement_id == heading.id, Share.reader_id == reader_id, Share.withdrawn_at.is_(None))
        .values(withdrawn_at=now()),
        execution_options={"synchronize_session": False},
    )
