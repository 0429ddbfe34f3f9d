"""Taking a momentopname: asked by hr, done by the worker, once at a time.

Reading is cut in short transactions, one per competency, so that nobody who answers elsewhere waits for it: what
changes meanwhile is counted with the one competency or the other, each of which is judged by itself. Who began last
stores; what was begun before that ends without a trace.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, insert, or_, select, update

from app.access import Actor
from app.assessments import statements
from app.background import one_by_one
from app.competencies.queries import current_framework
from app.db import db, mark
from app.needs import agreed, gathering
from app.needs.cells import WHOLE, Cut, Kind
from app.needs.figures import Decided, Row, Taking, decide_needs, first_counted, needs_together
from app.needs.left_out import REASONS, people_rows, why
from app.needs.models import Snapshot, SnapshotFigure, SnapshotRequest
from app.needs.role_words import Word, words_now
from app.needs.settings import settings_of
from app.needs.wish_figures import WHOLE_ITEM, decide_wishes, plans_first_counted, wishes_of_wider
from app.team.securing import roles_asked
from app.web.formats import now

ASKED = "momentopname asked"        # marks a transaction after which there is one to take
GIVEN_UP_AFTER = dt.timedelta(minutes=15)
"""Whoever began so long ago is not at it any more: somebody else begins anew."""

AT_A_TIME = 2000        # rows in one statement


class NothingMayChange(Exception):
    """No figure may change yet, nor a word: in every cell nobody changed, or so few that it would tell of them."""


@dataclass(frozen=True, slots=True)
class Made:
    """A momentopname that is not stored yet."""

    taking: Taking
    framework_version_id: int
    cuts: tuple[str, ...]
    rows: tuple[Row, ...]
    roles: Mapping[str, Word]


def ask(actor: Actor) -> None:
    """Have the worker take one; asked again meanwhile, it is the same one."""
    request = _request(actor.organisation_id)
    if request.asked_at is None:
        request.asked_at, request.begun_at, request.progress, request.refused_at = now(), None, 0, None
    db.session.flush()
    mark(ASKED)


def take_due() -> None:
    """The worker's: everything that is asked and that nobody is at. Commits as it goes."""
    due = db.session.scalars(
        select(SnapshotRequest.organisation_id)
        .where(SnapshotRequest.asked_at.is_not(None), _free())
        .order_by(SnapshotRequest.asked_at)
    ).all()
    db.session.commit()
    one_by_one(due, take, "the momentopname of organisation %s could not be taken")


def take(organisation_id: int) -> None:
    """Take what was asked of it, unless somebody is at it. Commits as it goes."""
    begun_at = now()
    mine = db.session.execute(
        update(SnapshotRequest)
        .where(SnapshotRequest.organisation_id == organisation_id, SnapshotRequest.asked_at.is_not(None), _free())
        .values(begun_at=begun_at, progress=0)
        .returning(SnapshotRequest.id)
    ).scalar_one_or_none()
    db.session.commit()
    if mine is None:
        return

    def went_on(share: float) -> None:
        db.session.execute(update(SnapshotRequest).where(SnapshotRequest.id == mine).values(progress=share))
        db.session.commit()

    made: Made | None
    try:
        made = make(organisation_id, went_on)
    except NothingMayChange:
        made = None
    request = _request(organisation_id)
    if request.begun_at == begun_at and request.asked_at is not None:
        if made is not None:
            store(organisation_id, made)
        request.asked_at, request.begun_at, request.progress = None, None, 0
        request.refused_at = begun_at if made is None else None
    db.session.commit()


def take_now(organisation_id: int) -> int:
    """Take one in the transaction of whoever calls; which it is. Raises NothingMayChange."""
    _request(organisation_id)
    return store(organisation_id, make(organisation_id, lambda _: None))


def make(organisation_id: int, went_on: Callable[[float], None]) -> Made:
    """All figures as they stand now. `went_on` is told how far it is, and may commit. Raises NothingMayChange."""
    settings, framework = settings_of(organisation_id), current_framework()
    taking = Taking(gathering.taken_before(organisation_id), now())
    cuts = tuple(sorted(settings.cuts))
    colleagues = gathering.colleagues_of(organisation_id, cuts)
    needs: list[Decided] = []
    codes = [competency.code for competency in framework.catalog.competencies]
    for done, code in enumerate(codes):
        went_on(done / (len(codes) + 1))
        since = settings.self_counts_since
        latest = gathering.contributions(organisation_id, code, colleagues, since)
        earlier = (gathering.contributions(organisation_id, code, colleagues, since, place=2)
                   if Cut.TRAINED in cuts else {})
        published = gathering.published_of(organisation_id, Kind.NEED, code).get(code, [])
        needs.append(decide_needs(code, taking, colleagues.cells, first_counted(published, latest),
                                  first_counted(published, earlier), published))
    went_on(len(codes) / (len(codes) + 1))
    old = gathering.published_of(organisation_id, Kind.WISH)
    plans = plans_first_counted(old.get(WHOLE_ITEM, ()), gathering.plans_of(organisation_id, colleagues))
    wishes = decide_wishes(taking, colleagues.cells, plans, old)
    roles = words_now(roles_asked(framework.catalog),
                      agreed.agreed_by(organisation_id, colleagues.cells, taking.at),
                      agreed.words_before(organisation_id), taking.at)
    if not any(decided.anew for decided in (*needs, wishes)) and not any(one.members for one in roles.values()):
        raise NothingMayChange
    base = [row for decided in needs for row in decided.rows]
    reasons = why(colleagues.cells, (decision for decided in needs for decision in decided.decisions))
    rows = (*base, *needs_together(base), *wishes.rows, *wishes_of_wider(wishes.rows),
            *people_rows(taking, colleagues.cells, reasons))
    return Made(taking, framework.version_id, cuts, rows, roles)


def store(organisation_id: int, made: Made) -> int:
    """Flushes only. Whoever calls holds the request of this organisation."""
    last = db.session.scalar(select(func.max(Snapshot.taken_at)).where(Snapshot.organisation_id == organisation_id))
    if last is not None and last >= made.taking.at:
        raise NothingMayChange
    whole = next((row.values for row in made.rows if (row.kind, row.cell) == (Kind.PEOPLE, WHOLE)), {})
    snapshot = Snapshot(
        organisation_id=organisation_id, taken_at=made.taking.at, framework_version_id=made.framework_version_id,
        cuts=list(made.cuts), people=whole.get("people", 0),
        left_out={reason: whole.get(reason, 0) for reason in REASONS}, **agreed.columns(made.roles),
    )
    db.session.add(snapshot)
    db.session.flush()
    for at in range(0, len(made.rows), AT_A_TIME):
        db.session.execute(insert(SnapshotFigure),
                           _columns(organisation_id, snapshot.id, made.rows[at:at + AT_A_TIME]))
    return snapshot.id


def _columns(organisation_id: int, snapshot_id: int, rows: Iterable[Row]) -> list[dict[str, object]]:
    return [
        {"organisation_id": organisation_id, "snapshot_id": snapshot_id, "kind": str(row.kind), "cell": row.cell,
         "item_code": row.item, "made_at": row.made_at, "values": dict(row.values),
         "members": [list(member) for member in row.members]}
        for row in rows
    ]


def _free() -> ColumnElement[bool]:
    """Whether nobody is at it."""
    return or_(SnapshotRequest.begun_at.is_(None), SnapshotRequest.begun_at < now() - GIVEN_UP_AFTER)


def _request(organisation_id: int) -> SnapshotRequest:
    """The row of this organisation, which is held until the commit."""
    held = (select(SnapshotRequest).where(SnapshotRequest.organisation_id == organisation_id)
            .with_for_update().execution_options(populate_existing=True))
    found = db.session.scalar(held)
    if found is None:
        db.session.execute(
            statements.insert(db.engine.dialect.name, SnapshotRequest)
            .values(organisation_id=organisation_id, progress=0)
            .on_conflict_do_nothing(index_elements=["organisation_id"])
        )
        found = db.session.scalars(held).one()
    return found
