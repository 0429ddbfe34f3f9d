"""Making, changing and closing trajecten, and what they and their sheets tell each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from app.access import Actor
from app.db import db
from app.practice.models import Traject
from app.practice.queries import hold_work_of, sheets_to_change, tool_of
from app.practice.tools import Tool, TrajectFact
from app.practice.values import Answers, CannotBeKept, read
from app.web.formats import now

COLUMNS: dict[TrajectFact, str] = {
    "case-code": "case_code", "school": "school", "sector": "sector", "kind": "kind", "systemic": "systemic",
    "resultful": "resultful", "starts-on": "starts_on", "evaluation-on": "evaluation_on",
}
MAY_CHANGE: frozenset[TrajectFact] = frozenset({"systemic", "resultful", "starts-on", "evaluation-on"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a traject. Empty texts and None for what is not known; the axes 0–100 in steps of 10."""

    case_code: str
    school: str
    sector: str
    kind: str
    systemic: int | None
    resultful: int | None
    starts_on: dt.date | None
    evaluation_on: dt.date | None


def make(actor: Actor, facts: Facts) -> Traject:
    traject = Traject(organisation_id=actor.organisation_id, person_id=actor.person_id, created_at=now())
    _tell(traject, facts)
    db.session.add(traject)
    db.session.flush()
    return traject


def make_once(actor: Actor, facts: Facts) -> Traject:
    """The same sent twice (a double click, the back button) is one."""
    hold_work_of(actor)
    same = select(Traject).where(
        Traject.organisation_id == actor.organisation_id, Traject.person_id == actor.person_id,
        Traject.closed_at.is_(None), *(getattr(Traject, column).is_(value) if value is None else
                                       getattr(Traject, column) == value for column, value in asdict(facts).items()),
    )  # fmt: skip
    return db.session.scalars(same.order_by(Traject.id)).first() or make(actor, facts)


def change(traject: Traject, facts: Facts) -> None:
    """Another case code is written on its sheets too, where they have this one."""
    before = traject.case_code
    _tell(traject, facts)
    if before and before != traject.case_code:
        for sheet in sheets_to_change(traject):
            field = tool_of(sheet).telling("case-code")
            if field is not None and sheet.answers.get(field.code) == before:
                sheet.answers = {**sheet.answers, field.code: traject.case_code}
                sheet.revision += 1
                sheet.changed_at = now()
    db.session.flush()


def close(traject: Traject) -> None:
    """A second time changes nothing."""
    traject.closed_at = traject.closed_at or now()
    db.session.flush()


def reopen(traject: Traject) -> None:
    traject.closed_at = None
    db.session.flush()


def told_by(traject: Traject, tool: Tool) -> Answers:
    """What a new sheet of this tool can begin with: the facts of its traject that fit there."""
    found = {}
    for fact, column in COLUMNS.items():
        field, value = tool.telling(fact), getattr(traject, column)
        if field is None or value in (None, ""):
            continue
        value = value.isoformat() if isinstance(value, dt.date) else value
        try:
            found[field.code] = read(field, value)
        except CannotBeKept:        # a traject of an older framework
            continue
    return found


def facts_in(tool: Tool, answers: Answers) -> Facts:
    """What a sheet tells of a traject."""

    def said(fact: TrajectFact) -> Any:
        field = tool.telling(fact)
        return answers.get(field.code) if field else None

    return Facts(
        said("case-code") or "", said("school") or "", said("sector") or "", said("kind") or "",
        said("systemic"), said("resultful"), _day(said("starts-on")), _day(said("evaluation-on")),
    )


def take_over(traject: Traject, tool: Tool, answers: Answers) -> None:
    """Axes and days as this sheet has them; of the rest only what the traject does not have yet."""
    facts = facts_in(tool, answers)
    for fact, column in COLUMNS.items():
        value = getattr(facts, column)
        if value not in (None, "") and (fact in MAY_CHANGE or not getattr(traject, column)):
            setattr(traject, column, value)


def _tell(traject: Traject, facts: Facts) -> None:
    for column in COLUMNS.values():
        setattr(traject, column, getattr(facts, column))


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
