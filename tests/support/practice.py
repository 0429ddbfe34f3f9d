"""Practice sheets and trajecten, made through the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask

from app.cli import SEED
from app.db import db
from app.practice import queries, services, trajecten
from app.practice.seeding import read_tools
from app.practice.tools import FIRST_PHASE, Field, Phase, Tool
from app.practice.trajecten import Facts
from app.practice.values import Value
from tests.support.builders import Persona
from tests.support.records import actor_of

CANVAS = "verwachtingengesprek-canvas"
TOOLS: Mapping[str, Tool] = {tool.code: tool for tool in read_tools(SEED)}


@dataclass(frozen=True, slots=True)
class MadeSheet:
    sheet_id: int
    traject_id: int


def at(sheet_id: int, more: str = "") -> str:
    """The address of a sheet, or of what hangs under it."""
    return f"/praktijk/blad/{sheet_id}{more}"


def an_answer(field: Field) -> Value:
    """Something that fits the field."""
    if field.type in ("choice", "multiple"):
        return field.options[0].code if field.type == "choice" else (field.options[0].code, field.options[-1].code)
    if field.type in ("slider", "scale"):
        return field.points[3]
    if field.type == "list":
        texts = {"text": "iets", "number": "2.5", "amount": "85.00", "date": "2027-03-01"}
        return tuple({column.code: texts[column.type] for column in field.columns}
                     for _ in range(max(field.rows_needed, 1)))
    return {"date": "2027-03-01", "amount": "1234.50"}.get(field.type, f"Iets over {field.label.lower()}")


def answers_for(tool: Tool, *phases: Phase) -> dict[str, Value]:
    """Something in every field of these phases: of the first, when none is named."""
    return {field.code: an_answer(field) for phase in phases or (FIRST_PHASE,) for field in tool.of_phase(phase)}


def make_sheet(app: Flask, person: Persona, tool: str = CANVAS, *, filled: bool = False, finished: bool = False,
               answers: Mapping[str, Any] | None = None) -> MadeSheet:
    """A sheet in a traject of its own: just begun, filled in, or finished. `answers` come over what is filled in."""
    with app.app_context():
        who = actor_of(person)
        traject = trajecten.make(who, Facts("B7", "De Regenboog", "po", "preventief", 30, 70, dt.date(2027, 1, 11),
                                            dt.date(2027, 4, 5)))
        offered = queries.tool(tool)
        assert offered
        sheet = services.begin(who, offered, (), traject=traject)
        sheet = queries.sheet_to_change(who, sheet.id)
        assert sheet
        change = {**(answers_for(offered.tool) if filled or finished else {}), **(answers or {})}
        if change:
            services.save(sheet, change)
        if finished:
            services.finish(sheet, tuple(check.code for check in offered.tool.checks))
        db.session.commit()
        return MadeSheet(sheet.id, traject.id)


def stored_answers(app: Flask, person: Persona, sheet_id: int) -> dict[str, Any]:
    with app.app_context():
        sheet = queries.sheet_of(actor_of(person), sheet_id)
        assert sheet
        return dict(sheet.answers)
