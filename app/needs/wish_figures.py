"""From plans to the rows of a momentopname. PURE.

Everybody with an agreed plan is a member of every figure, so it is decided once for all competencies. What a plan asks
counts as it stood when that plan was counted first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from app.measurement.snapshots import Cell, Contributors, Fate, Quantity, decide
from app.needs.cells import Kind, cell_in, text_of, wider
from app.needs.figures import Decided, People, Published, Row, Taking
from app.needs.wishes import WHOLE_PLAN, Asked, WishFigure, whole_figure, wish_figure, wishes_together

WHOLE_ITEM = ""
"""The item of what people ask for all competencies together."""


@dataclass(frozen=True, slots=True)
class PlanAsks:
    """What one agreed plan asks, per competency; hours and euros, not limited yet."""

    plan: int
    asks: Mapping[str, tuple[float, int]]

    def beside(self, figures: Mapping[str, WishFigure]) -> Asked | None:
        """What it asks together for the competencies whose figures show no sum; None where there are none of these."""
        hours = [hours for code, (hours, _) in self.asks.items() if figures[code].hours is None]
        euros = [euros for code, (_, euros) in self.asks.items() if figures[code].euros is None]
        return Asked.of(sum(hours), sum(euros), WHOLE_PLAN) if hours or euros else None


def plans_first_counted(published: Iterable[Published], plans: Mapping[int, PlanAsks]) -> Mapping[int, PlanAsks]:
    """What everybody's plan asks, as it was when it was counted first."""
    known: dict[tuple[int, int], PlanAsks] = {}
    for figure in sorted(published, key=lambda one: one.order):
        for person, plan, asks in figure.members:
            known.setdefault((person, plan), PlanAsks(plan, {code: (one[0], one[1]) for code, one in asks.items()}))
    return {person: known.get((person, one.plan), one) for person, one in plans.items()}


def decide_wishes(
    taking: Taking, people: People, plans: Mapping[int, PlanAsks], published: Mapping[str, Sequence[Published]]
) -> Decided:
    """The figures about all competencies. `published`: per item; only those of WHOLE_ITEM have members."""
    quantity = Quantity(Kind.WISH, WHOLE_ITEM)
    cells: dict[Cell, set[tuple[int, int]]] = defaultdict(set)
    for person, plan in plans.items():
        cells[people[person]].add((person, plan.plan))
    contributing = [Contributors(quantity, cell, frozenset(members)) for cell, members in cells.items()]
    decisions = decide(2 * taking.number, contributing,
                       [figure.figure(quantity) for figure in published.get(WHOLE_ITEM, ())])
    old = {(figure.cell, figure.order, item): figure for item, of in published.items() for figure in of}
    rows: list[Row] = []
    for decision in decisions:
        if decision.figure is None:
            continue
        if decision.fate is Fate.ANEW:
            rows += _anew(taking, decision.cell, [(person, plans[person]) for person, _ in sorted(decision.members)])
            continue
        at = decision.figure.snapshot
        rows += [Row(Kind.WISH, text_of(cell), item, figure.made_at, figure.values)
                 for (cell, order, item), figure in old.items() if (cell, order) == (decision.cell, at)]
    return Decided(tuple(rows), decisions)


def wishes_of_wider(rows: Iterable[Row]) -> list[Row]:
    """Of every wider cell what its base figures make together. A cell without a figure of an item counts as weinig."""
    of_cell: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        of_cell[row.cell][row.item] = row
    parts: dict[Cell, list[Mapping[str, Row]]] = defaultdict(list)
    for text, of in of_cell.items():
        for cell in wider(cell_in(text)):
            parts[cell].append(of)
    return [
        Row(Kind.WISH_TOGETHER, text_of(cell), item, max(one[WHOLE_ITEM].made_at for one in of), {
            **asdict(wishes_together([_figure(one, item) for one in of])),
            "since": min(one[WHOLE_ITEM].made_at for one in of).isoformat(),
        })
        for cell, of in parts.items() for item in sorted({item for one in of for item in one})
    ]


def _anew(taking: Taking, cell: Cell, plans: Sequence[tuple[int, PlanAsks]]) -> list[Row]:
    codes = sorted({code for _, plan in plans for code in plan.asks})
    figures = {code: wish_figure(len(plans), [Asked.of(*plan.asks[code]) for _, plan in plans if code in plan.asks])
               for code in codes}
    rest = [asked for _, plan in plans if (asked := plan.beside(figures)) is not None]
    whole = whole_figure(len(plans), sum(bool(plan.asks) for _, plan in plans), figures.values(), rest)
    members = [[person, plan.plan, {code: list(one) for code, one in plan.asks.items()}] for person, plan in plans]
    return [
        Row(Kind.WISH, text_of(cell), WHOLE_ITEM, taking.at, asdict(whole), members),
        *(Row(Kind.WISH, text_of(cell), code, taking.at, asdict(figure))
          for code, figure in figures.items() if figure.wishing),
    ]


def _figure(of: Mapping[str, Row], item: str) -> WishFigure:
    if item in of:
        return WishFigure(**of[item].values)
    return WishFigure(of[WHOLE_ITEM].values["people"], 0, None, None, more_hours=True, more_euros=True)
