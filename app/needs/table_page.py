"""The behoefte as a spreadsheet: the figures of the page, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from app.needs import words
from app.needs.page import Line, NeedsPage
from app.papers.spreadsheet import Table, Value
from app.web.formats import date


def tables(page: NeedsPage, title: str) -> tuple[Table, ...]:
    """The needs; how they went; and whom the figures are about."""
    return (needs(page), trend(page), about(page, title))


def needs(page: NeedsPage) -> Table:
    head = (_("Aspect"), _("Onderwerp"), _("Mensen met een verschil"), _("Verschil"), _("Belang"), _("Wat te doen"),
            _("Stevig"), _("Alleen zelfbeeld"), _("Wensen"), _("Gevraagde uren"), _("Gevraagd budget in euro"),
            _("Cijfer van"))
    return Table(_("Behoefte"), head, tuple(_rows(page)))


def trend(page: NeedsPage) -> Table:
    head = (_("Aspect"), *(date(moment.snapshot.taken_at) for moment in page.trend), _("Let op"))
    rows = tuple(
        (one.aspect.name, *(moment.needs[one.aspect.code].gap if one.aspect.code in moment.needs else None
                            for moment in page.trend), _remarks(page, one.aspect.code))
        for one in page.aspects if one.need
    )
    return Table(_("Verloop van het verschil"), head, rows)


def about(page: NeedsPage, title: str) -> Table:
    rows: list[tuple[Value, ...]] = [
        (_("Over wie"), title), (_("Momentopname"), date(page.snapshot.taken_at)),
    ]
    if page.people:
        rows.append((_("Begeleiders"), words.people(page.people["people"])))
    return Table(_("Over deze cijfers"), (_("Wat"), _("Dit")), tuple(rows))


def _remarks(page: NeedsPage, code: str) -> str:
    """Of when the figures of an aspect are, and where they are about another group."""
    said = ((moment, text) for moment in page.trend if code in moment.needs
            for text in (words.since(moment.older.get(code)), words.other_group(moment.breaks.get(code))) if text)
    return "; ".join(f"{date(moment.snapshot.taken_at)}: {text}" for moment, text in said)


def _rows(page: NeedsPage) -> Iterator[tuple[Value, ...]]:
    for one in page.aspects:
        if one.need:
            yield (one.aspect.name, "", "", one.need.gap, one.need.importance, str(one.need.quadrant),
                   "", "", "", "", "", "")
        for line in one.lines:
            if line.told:
                yield (one.aspect.name, line.competency.name, *_need(line), *_wish(page, line),
                       (words.since(line.older) or date(page.snapshot.taken_at)) if line.need else "")


def _need(line: Line) -> tuple[Value, ...]:
    need = line.need
    if need is None:
        return _("nog niet leesbaar voor jou") if line.closed else _("te weinig mensen"), None, None, "", "", ""
    return (words.with_gap(need), need.gap, need.importance, str(need.quadrant),
            _("ja") if line.firm else "", words.by_self(need) if need.by_self else "")


def _wish(page: NeedsPage, line: Line) -> tuple[Value, ...]:
    if line.wish is None:
        return _("nog niet leesbaar voor jou") if page.wishes_closed else "", "", ""
    wish = line.wish
    return words.wishing(wish), _amount(wish.hours, wish.more_hours), _amount(wish.euros, wish.more_euros)


def _amount(number: int | None, more: bool) -> Value:
    """A number to count with, unless it is a least one."""
    return _("ten minste %(amount)s", amount=number) if more and number is not None else number
