"""A sheet as a document, to send or to take along: what was filled in, and nothing that is for who filled it in."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from flask import render_template
from flask_babel import gettext as _

from app.organisations.queries import organisation
from app.papers import Paper, Running, docx, pdf
from app.practice.models import PracticeSheet
from app.practice.queries import tool_of, written_by
from app.practice.reading import Read, read_field
from app.practice.tools import FIRST_PHASE, Column, Field, Phase, Tool
from app.practice.words import phase_named
from app.web.formats import date, now, today

Kind = Literal["pdf", "docx"]
TYPES: dict[Kind, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
LONGEST_NAME = 40       # of the case code in a file's name


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    figure: bool


@dataclass(frozen=True, slots=True)
class Block:
    """What stands below one heading: text, or a table without the columns that nobody used."""

    heading: str
    text: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One phase; its name is empty where there is only one."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`to_send`: meant for somebody else; otherwise for whoever filled it in. `concept`: it is not finished yet.
    `sender` and `partner`: the two who sign it.
    """

    name: str
    case_code: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    organisation: str
    day: dt.date
    to_send: bool
    concept: bool
    sender: str
    partner: str

    @property
    def title(self) -> str:
        return f"{self.name} {self.case_code}".strip()


def document_of(sheet: PracticeSheet) -> Document:
    tool = tool_of(sheet)
    code, school = tool.telling("case-code"), tool.telling("school")
    known = {field.code: str(sheet.answers.get(field.code) or "") for field in (code, school) if field}
    case_code = known.get(code.code, "") if code else sheet.traject.case_code if sheet.traject else ""
    partner = known.get(school.code, "") if school else sheet.traject.school if sheet.traject else ""
    day = _day(sheet)
    name, email = written_by(sheet)
    dienst = organisation(sheet.organisation_id).name
    sender = ((_("Van"), f"{name}, {dienst}"), (_("Contact"), email)) if tool.document else ()
    facts = ((_("Voor"), partner), *sender, (_("Kenmerk"), " ".join(case_code.split())), (_("Datum"), date(day)))
    phases = [(phase, tuple(_blocks(tool, sheet, phase, {*known}))) for phase in (FIRST_PHASE, *tool.later_phases)]
    filled = [(phase, blocks) for phase, blocks in phases if blocks]
    return Document(
        tool.document or tool.name, " ".join(case_code.split()), tuple(fact for fact in facts if fact[1]),
        tuple(Part(phase_named(phase) if tool.later_phases else "", blocks) for phase, blocks in filled),
        dienst, day, tool.document is not None, sheet.finished_at is None, name, partner,
    )  # fmt: skip


def made(sheet: PracticeSheet, kind: Kind) -> bytes:
    """The file. Both kinds are made of the same markup."""
    found = document_of(sheet)
    head = _("Concept") if found.concept else found.name if found.to_send else _("Vertrouwelijk")
    running = Running(head, found.organisation, f"{found.title}, {date(found.day)}", _("bladzijde"), _("van"))
    title = f"{found.title} ({_('concept')})" if found.concept else found.title
    paper = Paper(title, render_template("practice/paper.html", document=found), running)
    return pdf(paper) if kind == "pdf" else docx(paper, found.organisation, sheet.finished_at or now())


def file_name(sheet: PracticeSheet, kind: Kind) -> str:
    """offerte-b7-concept-2026-11-22.pdf: only small letters, figures and dashes, whatever the case code is."""
    found = document_of(sheet)
    said = (found.name, found.case_code, "concept" if found.concept else "", found.day.isoformat())
    return "-".join(filter(None, map(_plain, said))) + f".{kind}"


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters)[:LONGEST_NAME].strip("-")


def _day(sheet: PracticeSheet) -> dt.date:
    """When it was finished; a concept is of today."""
    return dt.date.fromisoformat(date(sheet.finished_at, "yyyy-MM-dd")) if sheet.finished_at else today()


def _blocks(tool: Tool, sheet: PracticeSheet, phase: Phase, told: set[str]) -> Iterator[Block]:
    """Of every field that was filled in; not of what stands at the top already, nor of the btw that the totals tell."""
    sums = tool.adding.sums if tool.adding else None
    for field in tool.of_phase(phase):
        if field.code in told or (sums and field.code == sums.vat):
            continue
        read = read_field(tool, field, sheet.answers)
        if read.text:
            yield _block(field, read)


def _block(field: Field, read: Read) -> Block:
    used = [at for at, _column in enumerate(field.columns) if any(row[at] for row in read.rows)]
    columns = tuple(field.columns[at] for at in used)
    rows = tuple(tuple(Cell(row[at], field.columns[at].type in ("number", "amount")) for at in used)
                 for row in read.rows)
    return Block(field.heading or field.label, "" if rows else read.text, columns, rows,
                 read.costs.totals if read.costs else ())
