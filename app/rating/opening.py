"""The envelopes of a closed round, opened: what its measurements are made of."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.competencies.catalog import Catalog
from app.competencies.queries import framework_of
from app.db import db
from app.measurement.answers import Item, Packed
from app.measurement.disclosure import Minimums, published_groups
from app.measurement.scale import Group, rule_of
from app.rating import packing
from app.rating.envelopes import Place, Sealer
from app.rating.models import CommentEnvelope, Envelope, PulseOutcome
from app.rating.remains import Opened, Written
from app.rating.sealing import Tampered
from app.rounds import invitations
from app.rounds.models import Invitation, Round, RoundGroup, RoundSubject

ADULTS = (Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT, Group.TEAM_LEAD)

_log = logging.getLogger(__name__)
_chance = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Plan:
    """What holds for all parts of one round."""

    round_id: int
    organisation_id: int
    framework_version_id: int
    catalog: Catalog
    question_set: str
    items: Mapping[str, tuple[Item, ...]]
    minimums: Minimums
    small_circle: bool
    is_pulse: bool
    opened_at: dt.datetime
    closed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part: who was asked, as (group, question set, whether she sent), and what came.

    Whoever was taken away counts as asked whether she had sent or not: or the count would tell.
    """

    id: int
    person_id: int
    asked: tuple[tuple[str, str, bool], ...]
    opened: tuple[Opened, ...]
    written: tuple[Written, ...]

    def published(self, plan: Plan) -> Mapping[str, str]:
        """Under which group each rater group is published."""
        sheets = {envelope.group: 0 for envelope in self.written} | Counter(sheet.group for sheet in self.opened)
        return published_groups(sheets, plan.minimums, small_circle=plan.small_circle)

    def packed(self, plan: Plan) -> tuple[Packed, ...]:
        rows: dict[tuple[str, str], bytearray] = defaultdict(bytearray)
        for sheet in self.opened:
            rows[sheet.group, sheet.question_set] += sheet.packed
        return tuple(
            Packed(group, packing.codes(plan.catalog, group, question_set), bytes(answers))
            for (group, question_set), answers in sorted(rows.items())
        )

    def adults_were_asked(self, plan: Plan) -> frozenset[str]:
        kinds = {(group, question_set) for group, question_set, _ in self.asked if group in ADULTS}
        return frozenset(code for kind in kinds for code in packing.codes(plan.catalog, *kind))


def plan_of(round_id: int) -> Plan:
    round = db.session.get_one(Round, round_id)
    groups = db.session.scalars(select(RoundGroup).where(RoundGroup.round_id == round_id)).all()
    sets = {group.rater_group: group.question_set for group in groups}
    catalog = framework_of(round.framework_version_id).catalog
    if round.opened_at is None or round.closed_at is None:
        raise ValueError(f"round {round_id} was not open, or is")
    return Plan(
        round_id=round_id,
        organisation_id=round.organisation_id,
        framework_version_id=round.framework_version_id,
        catalog=catalog,
        question_set=next((sets[group] for group in (*ADULTS, *sets) if group in sets), ""),
        items=_items(catalog),
        minimums=Minimums({
            group.rater_group: max(group.minimum, rule_of(group.rater_group).minimum)
            for group in groups if not rule_of(group.rater_group).named
        }),
        small_circle=round.small_circle,
        is_pulse=round.is_pulse,
        opened_at=round.opened_at,
        closed_at=round.closed_at,
    )  # fmt: skip


def opened_parts(plan: Plan, part_ids: Sequence[int]) -> list[Part]:
    """The parts among these of which nothing was made yet, held, with their envelopes open and shuffled."""
    held = db.session.execute(
        select(RoundSubject.id, RoundSubject.person_id)
        .where(
            RoundSubject.id.in_(part_ids),
            RoundSubject.measurement_id.is_(None),
            ~select(PulseOutcome.round_subject_id).where(PulseOutcome.round_subject_id == RoundSubject.id).exists(),
        )
        .order_by(RoundSubject.id)
        .with_for_update(of=RoundSubject)
    ).all()
    ids = [part_id for part_id, _ in held]
    asked: dict[int, list[tuple[str, str, bool]]] = {part_id: [] for part_id in ids}
    for part_id, group, question_set, answered in db.session.execute(
        select(Invitation.round_subject_id, Invitation.rater_group, Invitation.question_set, Invitation.answered)
        .where(
            Invitation.round_subject_id.in_(ids),
            Invitation.invited_on.is_not(None),
            Invitation.state != invitations.State.DECLINED,
        )
        .order_by(Invitation.id)
        .with_for_update()
    ):
        asked[part_id].append((group, question_set, bool(answered)))
    opened, written = _open(plan, ids)
    return [
        Part(part_id, person_id, tuple(asked[part_id]), tuple(opened[part_id]), tuple(written[part_id]))
        for part_id, person_id in held
    ]


def _open(plan: Plan, part_ids: list[int]) -> tuple[Mapping[int, list[Opened]], Mapping[int, list[Written]]]:
    """What is in the envelopes, shuffled. One that was tampered with counts as none, and is logged."""
    sealer = Sealer(plan.round_id)
    opened: dict[int, list[Opened]] = {part_id: [] for part_id in part_ids}
    written: dict[int, list[Written]] = {part_id: [] for part_id in part_ids}
    for key, part_id, group, question_set, box in db.session.execute(
        select(Envelope.id, Envelope.round_subject_id, Envelope.rater_group, Envelope.question_set, Envelope.box)
        .where(Envelope.round_subject_id.in_(part_ids))
    ):  # fmt: skip
        try:
            packed = sealer.open_scores(Place(plan.round_id, part_id, group, key), question_set, box)
            opened[part_id].append(Opened(group, question_set, packed))
        except Tampered:
            _log.error("an envelope of round %s does not open", plan.round_id)
    for key, part_id, group, box in db.session.execute(
        select(CommentEnvelope.id, CommentEnvelope.round_subject_id, CommentEnvelope.rater_group, CommentEnvelope.box)
        .where(CommentEnvelope.round_subject_id.in_(part_ids))
    ):  # fmt: skip
        try:
            texts = sealer.open_texts(Place(plan.round_id, part_id, group, key), box)
            written[part_id].append(Written(group, texts))
        except Tampered:
            _log.error("an envelope with comments of round %s does not open", plan.round_id)
    for part_id in part_ids:
        _chance.shuffle(opened[part_id])
        _chance.shuffle(written[part_id])
    return opened, written


def _items(catalog: Catalog) -> Mapping[str, tuple[Item, ...]]:
    """What the cells of each group are about: competencies with all their indicators, for parents and pupils themes."""
    competencies = tuple(Item(c.code, tuple(i.code for i in c.indicators)) for c in catalog.competencies)
    themes = {
        group: tuple(Item(t.code, t.indicators) for t in catalog.themes if t.group == group)
        for group in (Group.PARENT, Group.PUPIL)
    }
    return {group: themes.get(group, competencies) for group in (*ADULTS, *themes)}
