"""What the pages of this room say: of values, faults, warnings and phases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.practice.privacy import Finding, Kind
from app.practice.tools import ColumnType, Field, Phase
from app.practice.values import Fault, Problem
from app.web.formats import date, number

MOST_TOLD = 3       # of what looks like a person, in one warning


def said(field: Field, value: Any) -> str:
    """What was filled in, in words; a list with a line for every row. Empty when nothing was."""
    if value in (None, "", [], ()):
        return ""
    if field.type in ("choice", "multiple"):
        chosen = [value] if field.type == "choice" else value
        return ", ".join(option.name for option in field.options if option.code in chosen)
    if field.type == "slider":
        return place_said(field.left or "", field.right or "", value)
    if field.type == "scale":
        return _("%(value)s (van %(low)s, %(left)s, tot %(high)s, %(right)s)", value=value, low=field.lowest,
                 left=(field.left or "").lower(), high=field.highest, right=(field.right or "").lower())
    if field.type == "list":
        return "\n".join(_row_said(field, row) for row in value)
    return text_said(field.type if field.type in ("date", "amount") else "text", value)


def _row_said(field: Field, row: Mapping[str, str]) -> str:
    told = ((column, row[column.code]) for column in field.columns if row.get(column.code))
    return "; ".join(f"{column.name}: {text_said(column.type, text)}" for column, text in told)


def text_said(kind: ColumnType, text: str) -> str:
    """One text of this kind as one reads it: 12 maart 2026 · 2,5 · € 1.234,50."""
    if kind == "date":
        return date(dt.date.fromisoformat(text))
    if kind == "amount":
        return f"€\u00a0{format_decimal(text, '#,##0.00')}"
    return number(float(text)) if kind == "number" else text


def typed(kind: ColumnType, text: str) -> str:
    """The same as one types it: 2026-03-12 (as a date field has it) · 2,5 · 1234,50."""
    return text.replace(".", ",") if kind in ("number", "amount") else text


def place_said(left: str, right: str, place: int) -> str:
    """A place on a slider: how much of the one pole, how much of the other."""
    if place == 50:
        return _("precies in het midden")
    if place in (0, 100):
        return _("helemaal %(pole)s", pole=(right if place else left).lower())
    return _("%(left)s %(less)s, %(right)s %(more)s", left=left.lower(), less=100 - place, right=right.lower(),
             more=place)


def problem_said(problem: Problem, field: Field | None) -> str:
    """What is wrong, and that nothing is lost."""
    column = field.column(problem.column) if field else None
    where = _("Rij %(number)s, %(column)s:", number=problem.row, column=column.name.lower()) + " " if column else ""
    return where + _fault_said(problem)


def _fault_said(problem: Problem) -> str:
    if problem.fault == Fault.TOO_LONG:
        return _("Dit is te lang: %(length)s tekens, er passen er %(most)s. Het staat er nog, maar is niet bewaard. "
                 "Maak het korter.", length=problem.length, most=problem.most)
    if problem.fault == Fault.NO_DAY:
        return _("Schrijf de datum als 30-9-2027 of als 2027-09-30.")
    if problem.fault == Fault.NO_NUMBER:
        return _("Schrijf een getal, bijvoorbeeld 4 of 2,5.")
    if problem.fault == Fault.NO_AMOUNT:
        return _("Schrijf een bedrag in euro’s, bijvoorbeeld 85 of 1.234,50.")
    if problem.fault == Fault.BELOW_ZERO:
        return _("Dit is minder dan nul. Geef je korting? Verwerk die dan in het tarief of het bedrag.")
    if problem.fault == Fault.TOO_HIGH:
        return _("Dit is meer dan %(most)s. Kijk de cijfers nog eens na.", most=format_decimal(problem.most))
    if problem.fault == Fault.TOO_MANY_ROWS:
        return _("Er passen hooguit %(most)s rijen in. Voeg een paar rijen samen.", most=problem.most)
    return _("Dit past niet bij dit blad. Er is niets veranderd.")


def warning_said(findings: Iterable[Finding], *, kept: bool = True) -> str:
    """What looks like a person; empty when nothing does. `kept`: the text is stored."""
    found = tuple(findings)
    if not found:
        return ""
    return " ".join([*_seen_in(found), _("Je tekst is bewaard, maar haal dit weg en gebruik een casuscode.") if kept
                     else _("Haal dit weg en gebruik een casuscode.")])


def no_case_code(findings: Iterable[Finding]) -> str:
    """Why something that looks like a person is no case code; empty when nothing does."""
    found = tuple(findings)
    if not found:
        return ""
    return " ".join([*_seen_in(found), _("Kies een code waaraan niemand te herkennen is, bijvoorbeeld B7.")])


def _seen_in(found: tuple[Finding, ...]) -> list[str]:
    kinds = {
        Kind.NAME: _("een naam"), Kind.BIRTH_DATE: _("een geboortedatum"), Kind.BSN: _("een burgerservicenummer"),
    }
    return [_("‘%(text)s’ lijkt op %(kind)s.", text=one.text, kind=kinds[one.kind]) for one in found[:MOST_TOLD]]


def phase_named(phase: Phase) -> str:
    return {"before": _("Voorbereiding"), "after": _("Terugblik"), "evaluation": _("Evaluatie")}[phase]
