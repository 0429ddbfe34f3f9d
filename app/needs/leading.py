"""Which figures of her teams somebody who leads them does not read: they would tell of people whose profile is closed
to her. See docs/decisions/0016.

Nothing here is for a page but whether a figure stands on it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeAlias

from sqlalchemy import literal, or_, select

from app.access import Actor, can_talk_with
from app.db import db
from app.development.models import Plan
from app.measurement.isolation import Ledger, Member, Members
from app.measurement.snapshots import TEAM
from app.needs.cells import EARLIER, MOMENT, Kind, cell_in, text_of, wider
from app.needs.models import Snapshot, SnapshotFigure
from app.needs.wish_figures import WHOLE_ITEM
from app.people.models import Membership, Person
from app.profiles.models import Reading
from app.profiles.queries import Heading, Subject, headings_among, may_read
from app.web.formats import today

_figure = SnapshotFigure.__table__

TOGETHER = {Kind.NEED_TOGETHER: Kind.NEED, Kind.WISH_TOGETHER: Kind.WISH}

Place: TypeAlias = tuple[int, str, str, str]
"""Of which momentopname, the base kind, the cell, and the item; wishes are told of all items or of none."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A base figure in a momentopname; `made_at` as in SnapshotFigure, so earlier where it was carried over."""

    place: Place
    made_at: dt.datetime
    members: Members

    @property
    def made(self) -> tuple[dt.datetime, bool, str, str, str]:
        """Which figure it is, in the order in which figures went out."""
        _, kind, cell, item = self.place
        return self.made_at, (MOMENT, EARLIER) in cell_in(cell), cell, kind, item


def place_of(snapshot_id: int, kind: str, cell: str, item: str) -> Place:
    """Where to look for a figure, also one that base figures make together."""
    base = TOGETHER.get(Kind(kind), Kind(kind))
    return snapshot_id, str(base), cell, WHOLE_ITEM if base is Kind.WISH else item


def closed_to(actor: Actor, snapshot_ids: Iterable[int]) -> frozenset[Place]:
    """The figures of the teams she leads that she does not read, in these momentopnamen, which are all there are: what
    she opens may not rest on which she opens. Four statements.

    Of everything she reads, put together in any way, the people who are closed to her are nobody, or five or more:
    today, and on every day on which a measurement opens for her, for she knows then what she read before; and whether
    or not she saw somebody's zelfbeeld with a round. What is made of a figure that is closed is closed too.
    """
    shown = _shown(actor, list(snapshot_ids))
    members = {one.made: one.members for one in shown if one.members}
    cases = _closed_members(actor, members)
    ledgers: dict[tuple[int, str, str], Ledger] = defaultdict(Ledger)
    refused = set()
    for made in sorted(members):
        *_, kind, item = made
        for case, closed in enumerate(cases):
            unread = members[made] & closed[kind]
            if unread and not ledgers[case, kind, item].admit(unread):
                refused.add(made)
    return frozenset(
        (snapshot, kind, cell, item)
        for one in shown if one.made in refused or one.made not in members
        for snapshot, kind, own, item in [one.place]
        for cell in (own, *map(text_of, wider(cell_in(own))))
    )


def _shown(actor: Actor, snapshot_ids: Sequence[int]) -> list[_Shown]:
    """The base figures of the teams she leads, without the items of wishes: their members stand with the whole."""
    teams = [text_of(((TEAM, str(team)),)) for team in sorted(actor.leads)]       # the team is the last of the cuts
    rows = db.session.execute(
        select(_figure.c.snapshot_id, _figure.c.kind, _figure.c.cell, _figure.c.item_code, _figure.c.made_at,
               _figure.c.members)
        .join(Snapshot, Snapshot.id == _figure.c.snapshot_id)
        .where(Snapshot.organisation_id == actor.organisation_id, _figure.c.snapshot_id.in_(snapshot_ids),
               or_(_figure.c.kind == Kind.NEED, (_figure.c.kind == Kind.WISH) & (_figure.c.item_code == WHOLE_ITEM)),
               or_(_figure.c.cell.in_(teams), *(_figure.c.cell.like(f"%&{team}") for team in teams)))
    )
    return [_Shown((snapshot, kind, cell, item), made_at, frozenset((member[0], member[1]) for member in members))
            for snapshot, kind, cell, item, made_at, members in rows]


def _closed_members(
    actor: Actor, members: Mapping[tuple[dt.datetime, bool, str, str, str], Members]
) -> Sequence[Mapping[str, frozenset[Member]]]:
    """Of those behind figures, per kind, who is closed to her: whose measurement she may not read and never did, and of
    plans whoever she does not accompany now and did not agree it with. In every case there is: today and as more
    measurements open, and with a zelfbeeld that belongs to a round that she reads counted as closed or as read, since
    not all of it need stand there.
    """
    behind: dict[str, set[Member]] = {Kind.NEED: set(), Kind.WISH: set()}
    for (*_, kind, _item), of in members.items():
        behind[kind] |= of
    subjects = _subjects(actor.organisation_id, {person for of in behind.values() for person, _ in of})
    headings = [replace(one, team_ids=subjects[one.subject_id].team_ids) for one in headings_among(
        actor, {measurement for _, measurement in behind[Kind.NEED]})]
    opening = {one.lead_reads_from for one in headings if one.lead_reads_from and one.lead_reads_from > today()}
    views = {one.self_assessment_id: (one.subject_id, one.id) for one in headings if one.self_assessment_id}
    accompanied = {person for person, one in subjects.items()
                   if person == actor.person_id or can_talk_with(actor, one)}
    known = _known(actor, [one.id for one in headings], [plan for _, plan in behind[Kind.WISH]])
    plans = frozenset(one for one in behind[Kind.WISH]
                      if one[0] not in accompanied and (Kind.WISH, one[1]) not in known)
    found: list[Mapping[str, frozenset[Member]]] = []
    for day in (today(), *sorted(opening)):
        read = [one for one in headings if (Kind.NEED, one.id) in known or _reads_by(actor, one, day)]
        closed = frozenset(behind[Kind.NEED]) - {(one.subject_id, one.id) for one in read}
        seen = {views[one.own_view_id] for one in read if one.own_view_id in views}
        found += [{Kind.NEED: of, Kind.WISH: plans} for of in {closed, closed - seen}]
    return found


def _known(actor: Actor, measurements: Collection[int], plans: Collection[int]) -> Set[tuple[str, int]]:
    """Which of these measurements she read on whatever day, and which of these plans she agreed, each with its kind."""
    read = select(literal(str(Kind.NEED)), Reading.measurement_id).where(
        Reading.reader_id == actor.person_id, Reading.measurement_id.in_(measurements))
    agreed = select(literal(str(Kind.WISH)), Plan.id).where(Plan.partner_id == actor.person_id, Plan.id.in_(plans))
    return {(kind, number) for kind, number in db.session.execute(read.union_all(agreed))}


def _reads_by(actor: Actor, heading: Heading, day: dt.date) -> bool:
    """Whether she reads it on a day to come, if nothing changes but that it opens."""
    opens_on = heading.lead_reads_from
    opened = opens_on is not None and opens_on <= day
    return may_read(actor, replace(heading, lead_reads_from=today()) if opened else heading)


def _subjects(organisation_id: int, people: Iterable[int]) -> Mapping[int, Subject]:
    """These people with the teams they work in now."""
    teams: dict[int, set[int]] = defaultdict(set)
    partners = {}
    for person, partner, team in db.session.execute(
        select(Person.id, Person.discussion_partner_id, Membership.team_id)
        .outerjoin(Membership, (Membership.person_id == Person.id) & Membership.leads.is_(False))
        .where(Person.organisation_id == organisation_id, Person.id.in_(list(people)))
    ):
        partners[person] = partner
        teams[person] |= {team} if team is not None else set()
    return {person: Subject(person, organisation_id, frozenset(teams[person]), partner)
            for person, partner in partners.items()}
