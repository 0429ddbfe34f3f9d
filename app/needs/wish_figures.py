"""From plans to the rows of a momentopname. PURE.

Everybody with an agreed plan is a member of every figure, so it is decided once for all competencies. What a plan asks
counts as it stood when that plan was counted first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.measurement.snapshots import Cell, Contributors, Fate, Quantity, decide
from app.needs.cells import Kind, cell_in, text_of, wider
from app.needs.figures import Decided, People, Published, Row, Taking
from app.needs.wishes import WHOLE_PLAN, Asked, WishFigure, wish_figure, wishes_together

WHOLE_ITEM = ""
"""The item of what people ask for all competencies together."""


@dataclass(frozen=True, slots=True)
class PlanAsks:
    """What one agreed plan asks, per competency; hours and euros, not limited yet."""

    plan: int
    asks: Mapping[str, tuple[float, int]]

    def asked(self, item: str) -> Asked | None:
        """None where the competency is no goal of hers."""
        if item == WHOLE_ITEM:
            hours, euros = (sum(one[at] for one in self.asks.values()) for at in (0, 1))
            return Asked.of(hours, int(euros), WHOLE_PLAN) if self.asks else None
        return Asked.of(*self.asks[item]) if item in self.asks else None


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
    items = {WHOLE_ITEM, *(code for _, plan in plans for code in plan.asks)}
    found = []
    for item in sorted(items):
        asked = [one for _, plan in plans if (one := plan.asked(item)) is not None]
        figure = wish_figure(len(plans), asked, 1 if item else WHOLE_PLAN)
        members: list[list[Any]] = [] if item else [
            [person, plan.plan, {code: list(one) for code, one in plan.asks.items()}] for person, plan in plans
        ]
        if figure.wishing or not item:
            found.append(Row(Kind.WISH, text_of(cell), item, taking.at, asdict(figure), members))
    return found


def _figure(of: Mapping[str, Row], item: str) -> WishFigure:
    if item in of:
        return WishFigure(**of[item].values)
    return WishFigure(of[WHOLE_ITEM].values["people"], 0, None, None, more_hours=True, more_euros=True)
