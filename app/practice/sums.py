"""What the costs of an offerte add up to. PURE.

Everything is Decimal, in euros with whole cents. A row costs the amount that was typed, and without one its hours × its
rate, rounded to cents row by row, half up: so the amounts that somebody reads below one another add up to the cent, on
any pocket calculator. The btw is worked out once, over the subtotal, and rounded once: per row its roundings would pile
up to cents that nobody can find back. Where the amounts include the btw, the subtotal is the total, and of a hundred
euros with 21 % in it 100 × 21 / 121 is btw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.practice.tools import Sums, Tool

CENT, NOTHING = Decimal("0.01"), Decimal("0.00")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cost:
    """One row, as far as it was filled in; `worked_out` is hours × rate."""

    hours: Decimal | None
    rate: Decimal | None
    typed: Decimal | None
    worked_out: Decimal | None

    @property
    def amount(self) -> Decimal | None:
        """What the row costs; None when that cannot be said yet."""
        return self.worked_out if self.typed is None else self.typed

    @property
    def differs(self) -> bool:
        """Whether the amount that was typed is another than hours × rate."""
        return None not in (self.typed, self.worked_out) and self.typed != self.worked_out


@dataclass(frozen=True, slots=True)
class Total:
    """What the rows add up to. Without a choice of btw, `vat` and `total` are None. `included`: the btw is in the
    amounts already; `percent` and `vat` are None then where it is not known how much. `hours` of the costs and
    `planned` of the activities are None where no row has any.
    """

    costs: tuple[Cost, ...]
    subtotal: Decimal
    percent: Decimal | None
    vat: Decimal | None
    total: Decimal | None
    hours: Decimal | None
    planned: Decimal | None
    included: bool = False

    @property
    def without_vat(self) -> Decimal | None:
        """What is left of the total without its btw; None while either is not known."""
        return None if self.total is None or self.vat is None else self.total - self.vat

    @property
    def hours_differ(self) -> bool:
        return None not in (self.hours, self.planned) and self.hours != self.planned


def half_up(amount: Decimal) -> Decimal:
    """To whole cents; half a cent counts as one."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def cost_of(row: Row, sums: Sums) -> Cost:
    hours, rate, typed = (_number(row, code) for code in (sums.hours, sums.rate, sums.amount))
    worked_out = None if hours is None or rate is None else half_up(hours * rate)
    return Cost(hours, rate, None if typed is None else half_up(typed), worked_out)


def total_of(rows: Iterable[Row], sums: Sums, percent: Decimal | None = None, *, included: bool = False,
             planned: Decimal | None = None) -> Total:
    """The sums of these rows. `percent`: the btw over them; or it is `included` in them already, if that is known."""
    costs = tuple(cost_of(row, sums) for row in rows if row)
    subtotal = sum((cost.amount for cost in costs if cost.amount is not None), NOTHING)
    whole = 100 + percent if included and percent is not None else Decimal(100)
    vat = None if percent is None else half_up(subtotal * percent / whole)
    total = subtotal if included else None if vat is None else subtotal + vat
    return Total(costs, subtotal, percent, vat, total, _together(cost.hours for cost in costs), planned, included)


def total_in(tool: Tool, answers: Mapping[str, object]) -> Total | None:
    """What a sheet adds up to; None for a tool that adds nothing up."""
    field = tool.adding
    if field is None or field.sums is None:
        return None
    sums = field.sums
    vat = tool.field(sums.vat)
    chosen = next((one for one in vat.options if one.code == answers.get(sums.vat)), None) if vat else None
    return total_of(
        _rows(answers, field.code), sums, None if chosen is None or chosen.percent is None else Decimal(chosen.percent),
        included=chosen is not None and (chosen.included or chosen.percent is None),
        planned=_together(_number(row, sums.planned.hours) for row in _rows(answers, sums.planned.list)),
    )


def without_amount(tool: Tool, answers: Mapping[str, object]) -> bool:
    """Whether a row has no amount yet, so that the total is not what is paid."""
    total = total_in(tool, answers)
    return total is not None and any(cost.amount is None for cost in total.costs)


def _rows(answers: Mapping[str, object], code: str) -> Iterable[Row]:
    rows = answers.get(code)
    return rows if isinstance(rows, list | tuple) else ()


def _number(row: Row, column: str) -> Decimal | None:
    return Decimal(row[column]) if row.get(column) else None


def _together(hours: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in hours if one is not None]
    return sum(known, Decimal(0)) if known else None
