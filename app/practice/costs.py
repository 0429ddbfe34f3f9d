"""What a sheet adds up to, in words: row by row, the totals, and what is worth another look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from app.practice.sums import Cost, Total, total_in
from app.practice.tools import Field, Sums, Tool
from app.practice.words import text_said


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it is called, how it came about, and what it costs (a dash when that is not known yet)."""

    name: str
    how: str
    amount: str


@dataclass(frozen=True, slots=True)
class Costs:
    """`totals`: each with its label, the last one is what is paid. `notes`: for whoever fills it in, never on paper;
    `without_amount`: those that keep it from being finished.
    """

    lines: tuple[Line, ...]
    totals: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    without_amount: tuple[str, ...]


def costs_of(tool: Tool, answers: Mapping[str, object]) -> Costs | None:
    """None for a tool that adds nothing up."""
    field, total = tool.adding, total_in(tool, answers)
    if field is None or field.sums is None or total is None:
        return None
    names = [_name(field, row, number) for number, row in enumerate(_rows(answers, field), 1)]
    lines = tuple(Line(name, _how(cost), euros(cost.amount)) for name, cost in zip(names, total.costs, strict=True))
    return Costs(lines, tuple(_totals(tool, field.sums, total, answers)),
                 tuple(_notes(tool, field, total, names)), tuple(_without_amount(total, names)))


def euros(amount: Decimal | None) -> str:
    """€ 1.234,50; a dash where there is none."""
    return "–" if amount is None else text_said("amount", str(amount))


def _rows(answers: Mapping[str, object], field: Field) -> list[Mapping[str, str]]:
    rows = answers.get(field.code)
    return [row for row in rows if row] if isinstance(rows, list) else []


def _name(field: Field, row: Mapping[str, str], number: int) -> str:
    """The first words of a row, or else its number."""
    told = (row.get(column.code, "") for column in field.columns if column.type == "text")
    return next((" ".join(text.split()) for text in told if text), _("Rij %(number)s", number=number))


def _how(cost: Cost) -> str:
    if cost.hours is None or cost.rate is None or cost.typed is not None:
        return ""
    return _("%(hours)s × %(rate)s", hours=_hours(cost.hours), rate=euros(cost.rate))


def _totals(tool: Tool, sums: Sums, total: Total, answers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if total.included:
        if total.percent is not None:
            yield _("Exclusief btw"), euros(total.without_vat)
            yield _("Btw %(percent)s", percent=f"{total.percent} %"), euros(total.vat)
        yield _("Totaal, inclusief btw"), euros(total.total)
        return
    yield _("Subtotaal"), euros(total.subtotal)
    vat = tool.field(sums.vat)
    if vat is not None and total.total is not None:
        chosen = next(one for one in vat.options if one.code == answers.get(sums.vat))
        yield _("Btw %(percent)s", percent=chosen.name), euros(total.vat)
        yield _("Totaal"), euros(total.total)


def _without_amount(total: Total, names: list[str]) -> Iterator[str]:
    for name, cost in zip(names, total.costs, strict=True):
        if cost.amount is None:
            yield _("‘%(name)s’ heeft nog geen bedrag. Vul uren en tarief in, of een bedrag.", name=name)


def _notes(tool: Tool, field: Field, total: Total, names: list[str]) -> Iterator[str]:
    yield from _without_amount(total, names)
    for name, cost in zip(names, total.costs, strict=True):
        if cost.differs:
            yield _("‘%(name)s’: %(hours)s × %(rate)s is %(product)s. We rekenen met het bedrag dat je zelf schreef, "
                    "%(amount)s.", name=name, hours=_hours(cost.hours), rate=euros(cost.rate),
                    product=euros(cost.worked_out), amount=euros(cost.amount))
    if total.total is None:
        yield _("Kies hoe het met de btw zit. Dan staat hier ook het totaal.")
    planned = tool.field(field.sums.planned.list) if field.sums else None
    if planned is not None and total.hours_differ:
        yield _("Bij ‘%(planned)s’ staan %(hours)s uren, bij ‘%(costs)s’ %(counted)s. Dat kan kloppen; kijk het nog "
                "even na.", planned=planned.label, hours=_hours(total.planned), costs=field.label,
                counted=_hours(total.hours))


def _hours(hours: Decimal | None) -> str:
    return text_said("number", str(hours or 0))
