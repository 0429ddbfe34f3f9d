"""What the page of the behoefte shows of one cell. The spreadsheets are made of this too, and of nothing else."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from app.access import Actor
from app.competencies.catalog import Catalog
from app.competencies.parts import Aspect, Competency
from app.measurement.group_needs import AspectNeed, GroupNeed, Quadrant, aspect_need, firm
from app.needs import queries
from app.needs.cells import EARLIER, MOMENT, TRAINED, UNTRAINED, WHOLE, Cut, Kind
from app.needs.choosing import Choice, reads_all
from app.needs.course import Moment, Older, with_breaks
from app.needs.leading import Place, closed_to, place_of
from app.needs.queries import Found, SnapshotRow
from app.needs.wish_figures import WHOLE_ITEM
from app.needs.wishes import WishFigure
from app.trainings.queries import offered_about

IN_TREND = 5        # momentopnamen
NEEDS = (Kind.NEED, Kind.NEED_TOGETHER)
WISHES = (Kind.WISH, Kind.WISH_TOGETHER)


@dataclass(frozen=True, slots=True)
class Line:
    """One competency. `older`: where not all of it was made with this momentopname. `closed`: there is a
    figure, but whoever looks does not read it.
    """

    competency: Competency
    need: GroupNeed | None
    wish: WishFigure | None
    firm: bool
    older: Older | None
    trainings: int
    closed: bool

    @property
    def told(self) -> bool:
        """Whether there is anything to say of it."""
        return self.need is not None or self.closed or bool(self.wish and self.wish.wishing)


@dataclass(frozen=True, slots=True)
class AspectLines:
    """An aspect, as the mean of its competencies, with these. `number`: in the picture, where it has a place there."""

    aspect: Aspect
    need: AspectNeed | None
    lines: tuple[Line, ...]
    number: int | None

    @property
    def told(self) -> bool:
        return any(line.told for line in self.lines)

    @property
    def closed(self) -> bool:
        return any(line.closed for line in self.lines)


@dataclass(frozen=True, slots=True)
class Moved:
    """Per aspect, of those who went to a training and of those who did not: before, and now."""

    aspect: Aspect
    trained: tuple[AspectNeed | None, AspectNeed | None]
    untrained: tuple[AspectNeed | None, AspectNeed | None]


@dataclass(frozen=True, slots=True)
class NeedsPage:
    """One cell of one momentopname. `people`: how many there are and are left out, None where nobody is counted.

    `values`: the values that each enabled cut has. `wishes`: over all competencies together; `wishes_closed`: there
    are, but whoever looks does not read them.
    """

    snapshot: SnapshotRow
    choice: Choice
    aspects: tuple[AspectLines, ...]
    people: Mapping[str, int] | None
    wishes: WishFigure | None
    trend: tuple[Moment, ...]
    moved: tuple[Moved, ...]
    values: Mapping[str, Sequence[str]]
    wishes_closed: bool

    @property
    def closed(self) -> bool:
        return any(aspect.closed for aspect in self.aspects)

    @property
    def any_figure(self) -> bool:
        return any(line.need for aspect in self.aspects for line in aspect.lines)

    @property
    def lost(self) -> Moment | None:
        """The momentopname before this one, where that had figures and was cut otherwise, and this one has none."""
        before = self.trend[-2] if len(self.trend) > 1 else None
        if self.any_figure or before is None or not before.needs or before.snapshot.cuts == self.snapshot.cuts:
            return None
        return before

    @property
    def silent(self) -> Sequence[Aspect]:
        """The aspects of which there is nothing to say."""
        return [one.aspect for one in self.aspects if not one.told]

    @property
    def quadrants(self) -> Mapping[Quadrant, list[Line]]:
        found: dict[Quadrant, list[Line]] = {quadrant: [] for quadrant in Quadrant}
        for aspect in self.aspects:
            for line in aspect.lines:
                if line.need:
                    found[line.need.quadrant].append(line)
        return found

    @property
    def older(self) -> dt.datetime | None:
        """When the oldest figure on the page was made, where that was before this momentopname."""
        return min((line.older.day for aspect in self.aspects for line in aspect.lines if line.older), default=None)

    @property
    def rough(self) -> bool:
        """Whether a count on the page adds up words."""
        return any(one is not None and one.rough for aspect in self.aspects for line in aspect.lines
                   for one in (line.need, line.wish)) or any(
            line.need.rough_self for aspect in self.aspects for line in aspect.lines if line.need and line.need.by_self)

    @property
    def mixed(self) -> bool:
        """Whether not all figures are as old as each other."""
        return len({line.older for aspect in self.aspects for line in aspect.lines if line.need}) > 1


def needs_page(
    actor: Actor, catalog: Catalog, snapshots: Sequence[SnapshotRow], snapshot: SnapshotRow, choice: Choice
) -> NeedsPage:
    """`snapshots`: all of them, the newest first. Two statements, whatever is in them; for a teamleider five."""
    recent = [one for one in snapshots if one.taken_at <= snapshot.taken_at][:IN_TREND]
    compares = Cut.TRAINED in snapshot.cuts and Cut.TRAINED not in choice.cuts
    beside = {(went, when): choice.beside(**{str(Cut.TRAINED): went}, **({MOMENT: EARLIER} if when else {}))
              for went in (TRAINED, UNTRAINED) for when in (0, 1)} if compares else {}
    closed = frozenset[Place]() if reads_all(actor) else closed_to(actor, [one.id for one in snapshots])
    found: dict[tuple[int, str], list[Found]] = defaultdict(list)
    for figure in queries.figures_of(actor.organisation_id, [one.id for one in recent],
                                     {WHOLE, choice.cell, *beside.values()}):
        if place_of(figure.snapshot_id, figure.kind, figure.cell, figure.item) not in closed:
            found[figure.snapshot_id, figure.cell].append(figure)
    here = found[snapshot.id, choice.cell]
    needs, older = _needs(here, snapshot)
    wishes = {one.item: _wish(one.values) for one in here if one.kind in WISHES}
    offered = offered_about(actor.organisation_id)
    whole = next((one.values for one in found[snapshot.id, WHOLE] if one.kind == Kind.PEOPLE), {})
    moved = tuple(_moved(catalog, {key: _needs(found[snapshot.id, cell], snapshot)[0]
                                   for key, cell in beside.items()})) if compares else ()
    return NeedsPage(
        snapshot=snapshot, choice=choice,
        aspects=tuple(_aspects(
            catalog, needs, older, wishes, offered,
            {item for at, kind, cell, item in closed if (at, kind, cell) == (snapshot.id, Kind.NEED, choice.cell)},
        )),
        people=next((one.values for one in here if one.kind == Kind.PEOPLE), None),
        wishes=wishes.get(WHOLE_ITEM),
        trend=with_breaks([_moment(catalog, one, found[one.id, choice.cell]) for one in reversed(recent)]),
        moved=moved, values=whole.get("cuts", {}),
        wishes_closed=(snapshot.id, Kind.WISH, choice.cell, WHOLE_ITEM) in closed,
    )


def _needs(figures: Iterable[Found], snapshot: SnapshotRow) -> tuple[dict[str, GroupNeed], dict[str, Older]]:
    """The figures per competency, and of each that is older than this momentopname since when."""
    needs, older = {}, {}
    for one in figures:
        if one.kind in NEEDS:
            needs[one.item] = GroupNeed(**_of(GroupNeed, one.values))
            since = dt.datetime.fromisoformat(one.values["since"]) if "since" in one.values else one.made_at
            if since < snapshot.taken_at:
                older[one.item] = Older(since, partly=one.made_at > since)
    return needs, older


def _wish(values: Mapping[str, Any]) -> WishFigure:
    return WishFigure(**_of(WishFigure, values))


def _of(kind: type[GroupNeed | WishFigure], values: Mapping[str, Any]) -> dict[str, Any]:
    """What belongs to a figure of this kind, of what is stored with it."""
    return {each.name: values[each.name] for each in fields(kind) if each.name in values}


def _aspects(
    catalog: Catalog, needs: Mapping[str, GroupNeed], older: Mapping[str, Older],
    wishes: Mapping[str, WishFigure], offered: Mapping[str, int], closed: Collection[str],
) -> Iterable[AspectLines]:
    sure = firm(needs)
    nobody = (WishFigure(wishes[WHOLE_ITEM].people, 0, None, None) if WHOLE_ITEM in wishes else None)
    number = 0
    for aspect in catalog.aspects:
        of = catalog.competencies_of(aspect.code)
        need = aspect_need(aspect.code, [one.code for one in of], needs)
        number += need is not None
        yield AspectLines(aspect, need, tuple(
            Line(one, needs.get(one.code), wishes.get(one.code, nobody), one.code in sure, older.get(one.code),
                 offered.get(one.code, 0), one.code in closed)
            for one in of
        ), number if need else None)


def _by_aspect(catalog: Catalog, needs: Mapping[str, GroupNeed]) -> dict[str, AspectNeed]:
    made = {aspect.code: aspect_need(aspect.code, [one.code for one in catalog.competencies_of(aspect.code)], needs)
            for aspect in catalog.aspects}
    return {code: one for code, one in made.items() if one is not None}


def _moment(catalog: Catalog, snapshot: SnapshotRow, figures: Sequence[Found]) -> Moment:
    needs, older = _needs(figures, snapshot)
    oldest = {}
    for aspect in catalog.aspects:
        ages = [older.get(one.code) for one in catalog.competencies_of(aspect.code) if one.code in needs]
        if known := [age for age in ages if age]:
            oldest[aspect.code] = Older(min(age.day for age in known),
                                        partly=len(set(ages)) > 1 or any(age.partly for age in known))
    return Moment(snapshot, _by_aspect(catalog, needs), oldest)


def _moved(catalog: Catalog, needs: Mapping[tuple[str, int], Mapping[str, GroupNeed]]) -> Iterable[Moved]:
    made = {key: _by_aspect(catalog, of) for key, of in needs.items()}
    for aspect in catalog.aspects:
        trained, untrained = (
            (made[went, 1].get(aspect.code), made[went, 0].get(aspect.code)) for went in (TRAINED, UNTRAINED)
        )
        if any((*trained, *untrained)):
            yield Moved(aspect, trained, untrained)
