"""Whose link this is, and what she is asked: one statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, or_, select

from app.competencies.catalog import Catalog, pulse_competency
from app.competencies.models import FrameworkVersion
from app.competencies.queries import catalog_of
from app.db import Base, db
from app.measurement.scale import ANONYMOUS_ADULTS, rule_of
from app.organisations.models import Organisation
from app.people.models import Person
from app.rounds import invitations, links
from app.rounds.lifecycle import State
from app.rounds.models import Invitation, Round, RoundGroup, RoundSettings, RoundSubject
from app.web.formats import today


class UnknownLink(Exception):
    """No invitation has, or had, this link; or nobody was invited with it yet."""


class DeadLink(Exception):
    """A newer link was sent to this person."""


class NotWanted(Exception):
    """She would rather not, or is asked no more, or the round was broken off."""


class Declined(NotWanted):
    """She said that she would rather not, and the round still runs. With what `find` knows of her."""

    def __init__(self, organisation_id: int = 0, part_id: int = 0, invitation_id: int = 0, contact: str = "") -> None:
        super().__init__()
        self.organisation_id, self.part_id, self.invitation_id = organisation_id, part_id, invitation_id
        self.contact = contact


class AlreadySent(Exception):
    """With this link answers were sent."""


class RoundClosed(Exception):
    """No answers are taken any more, since the end of `closes_on`."""

    def __init__(self, closes_on: dt.date) -> None:
        super().__init__(closes_on)
        self.closes_on = closes_on


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who may answer now, and all that her pages say.

    `subject` is the person it is about. `minimum` and `invited`: with at least how many her answers are merged, and how
    many of them were invited so far; in a kleine kring both are of all anonymous adults together.
    """

    invitation_id: int
    public_id: str
    organisation_id: int
    organisation: str
    contact: str
    round_id: int
    part_id: int
    subject: str
    purpose: str
    closes_on: dt.date
    group: str
    relation: str
    question_set: str
    minimum: int
    invited: int
    small_circle: bool
    lead_reads_comments: bool
    framework_version_id: int
    catalog: Catalog = field(repr=False)

    @property
    def is_pulse(self) -> bool:
        return pulse_competency(self.question_set) is not None

    @property
    def first_name(self) -> str:
        return self.subject.split()[0]


def find(token: str) -> Asked:
    """Who holds this link. Sets the organisation that this session reads.

    Raises UnknownLink, DeadLink, NotWanted, Declined, AlreadySent and RoundClosed.
    """
    parts = links.read(token)
    if parts is None:
        raise UnknownLink
    public_id, proof = parts
    row = db.session.execute(_statement(), {"public_id": public_id}).first()
    if row is None:
        raise UnknownLink
    if not links.proves(proof, public_id, row.renewal):
        if any(links.proves(proof, public_id, earlier) for earlier in range(row.renewal)):
            raise DeadLink
        raise UnknownLink
    try:
        check(row)
    except Declined:
        raise Declined(row.organisation_id, row.part_id, row.id, row.contact or "") from None
    db.session.info["organisation_id"] = row.organisation_id
    return _asked(row)


def check(row: Any) -> None:
    """Whether an answer is taken now; `row` has invitation_state, answered, round_state and closes_on.

    Raises NotWanted, Declined, RoundClosed, AlreadySent and, before the round opens, UnknownLink.
    """
    given = invitations.State
    if row.invitation_state == given.DECLINED and row.round_state == State.OPEN and today() <= row.closes_on:
        raise Declined
    if row.invitation_state in (given.REMOVED, given.DECLINED) or row.round_state == State.ABORTED:
        raise NotWanted
    if row.round_state in (State.CONCEPT, State.CHOOSING) or row.invitation_state != given.APPROVED:
        raise UnknownLink
    if row.round_state != State.OPEN or today() > row.closes_on or row.answered is None:
        raise RoundClosed(row.closes_on)
    if row.answered:
        raise AlreadySent


def _asked(row: Row[*tuple[Any, ...]]) -> Asked:
    return Asked(
        invitation_id=row.id,
        public_id=row.public_id,
        organisation_id=row.organisation_id,
        organisation=row.organisation,
        contact=row.contact or "",
        round_id=row.round_id,
        part_id=row.part_id,
        subject=row.subject,
        purpose=row.purpose,
        closes_on=row.closes_on,
        group=row.rater_group,
        relation=row.relation,
        question_set=row.question_set,
        minimum=max(row.minimum or 1, rule_of(row.rater_group).minimum),
        invited=row.invited,
        small_circle=row.small_circle,
        lead_reads_comments=row.lead_reads_comments,
        framework_version_id=row.framework_version_id,
        catalog=catalog_of(row.framework_version_id, row.digest),
    )


@cache
def _statement() -> Select[*tuple[Any, ...]]:
    """Core, and built once: every page and every saved answer begins with it."""
    invitation, part, round_, group, settings, organisation, person, version = (
        Base.metadata.tables[model.__tablename__]
        for model in (Invitation, RoundSubject, Round, RoundGroup, RoundSettings, Organisation, Person,
                      FrameworkVersion)
    )
    other = invitation.alias()
    invited = select(func.count()).select_from(other).where(
        other.c.round_subject_id == part.c.id,
        other.c.state == invitations.State.APPROVED,
        other.c.invited_on.is_not(None),
        _merged(other, invitation, round_),
    )
    minimum = select(func.max(group.c.minimum)).where(
        group.c.round_id == round_.c.id, _merged(group, invitation, round_)
    )
    return (
        select(
            invitation.c.id,
            invitation.c.public_id,
            invitation.c.renewal,
            invitation.c.organisation_id,
            invitation.c.rater_group,
            invitation.c.relation,
            invitation.c.question_set,
            invitation.c.answered,
            invitation.c.state.label("invitation_state"),
            part.c.id.label("part_id"),
            round_.c.id.label("round_id"),
            round_.c.state.label("round_state"),
            round_.c.purpose,
            round_.c.closes_on,
            round_.c.small_circle,
            round_.c.lead_reads_comments,
            round_.c.framework_version_id,
            version.c.digest,
            organisation.c.name.label("organisation"),
            person.c.name.label("subject"),
            settings.c.contact,
            minimum.correlate(invitation, round_).scalar_subquery().label("minimum"),
            invited.correlate(invitation, part, round_).scalar_subquery().label("invited"),
        )
        .select_from(invitation)
        .join(part, part.c.id == invitation.c.round_subject_id)
        .join(round_, round_.c.id == part.c.round_id)
        .join(version, version.c.id == round_.c.framework_version_id)
        .join(organisation, organisation.c.id == invitation.c.organisation_id)
        .join(person, person.c.id == part.c.person_id)
        .outerjoin(settings, settings.c.organisation_id == invitation.c.organisation_id)
        .where(invitation.c.public_id == bindparam("public_id"))
    )


def _merged(other: Any, invitation: Any, round_: Any) -> ColumnElement[bool]:
    """Whether the answers of this group go together with hers: the same group, or all adults in a kleine kring.

    Without IN, which would be written out at every execution.
    """
    adults = [or_(*(table.c.rater_group == group for group in ANONYMOUS_ADULTS)) for table in (other, invitation)]
    return or_(other.c.rater_group == invitation.c.rater_group, and_(round_.c.small_circle, *adults))
