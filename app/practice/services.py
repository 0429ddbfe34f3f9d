"""Beginning, saving, finishing and throwing away practice sheets.

Every change begins with a sheet that the caller holds (queries.sheet_to_change), so that two tabs come one after the
other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update

from app.access import Actor
from app.db import db
from app.practice import trajecten
from app.practice.calendar import propose
from app.practice.models import PracticeSheet, Traject
from app.practice.queries import OfferedTool, hold_work_of, tool_of
from app.practice.sums import without_amount
from app.practice.takeover import taken_over
from app.practice.tools import CLOSING, FIRST_PHASE, Field, Tool
from app.practice.values import Answers, Value, before_its_start, mark_of, missing, stored
from app.rounds.calendar import Holiday
from app.web.formats import now, today

Change = Mapping[str, Value | None]     # what is named changes, None clears it; what is not named stays as it is


class AlreadyFinished(Exception):
    """Before the work nothing changes any more: what comes after it can still be filled in."""


class NotWhole(Exception):
    """Something that is needed was not filled in, or cannot be so; holds the fields."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        super().__init__()
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Saved:
    """`behind` is true when something else was saved since the page was made."""

    at: dt.datetime
    revision: int
    behind: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """What a whole form did. `torn`: what it has for fields that were changed elsewhere since it was made; of these
    nothing was stored.
    """

    torn: Change = field(default_factory=dict)


def begin(actor: Actor, offered: OfferedTool, holidays: Collection[Holiday], *, traject: Traject | None = None,
          follows: PracticeSheet | None = None) -> PracticeSheet:
    """A new sheet, with proposed days and choices, what is known of the traject, and what the sheet it follows has."""
    sheet = _begun(actor, offered, holidays, traject, follows)
    db.session.add(sheet)
    db.session.flush()
    return sheet


def begin_once(actor: Actor, offered: OfferedTool, holidays: Collection[Holiday], traject: Traject | None,
               follows: PracticeSheet | None) -> PracticeSheet:
    """The same; one that was begun just so and in which nothing was written yet, is that sheet."""
    return _once(actor, _begun(actor, offered, holidays, traject, follows))


def _once(actor: Actor, new: PracticeSheet) -> PracticeSheet:
    hold_work_of(actor)
    same = select(PracticeSheet).where(
        *(getattr(PracticeSheet, name).is_not_distinct_from(getattr(new, name))
          for name in ("organisation_id", "person_id", "tool_id", "traject_id", "follows_id")),
        PracticeSheet.revision == 0, PracticeSheet.finished_at.is_(None),
    )
    found = db.session.scalars(same.order_by(PracticeSheet.id))
    twin = next((one for one in found if one.answers == new.answers), None)
    if twin is None:
        db.session.add(new)
        db.session.flush()
    return twin or new


def _begun(actor: Actor, offered: OfferedTool, holidays: Collection[Holiday], traject: Traject | None,
           follows: PracticeSheet | None) -> PracticeSheet:
    if follows is not None and traject is None:
        traject = follows.traject
    answers = dict(_proposed(offered.tool, holidays))
    if follows is not None and (following := offered.tool.following(tool_of(follows).code)):
        answers |= taken_over(offered.tool, following, follows.answers)
    if traject is not None:
        answers |= trajecten.told_by(traject, offered.tool)
    return PracticeSheet(
        organisation_id=actor.organisation_id, person_id=actor.person_id, tool_id=offered.tool_id,
        traject_id=traject.id if traject else None, follows_id=follows.id if follows else None, answers=answers,
        revision=0, created_at=now(), changed_at=now(),
    )


def may_change(sheet: PracticeSheet, field: Field) -> bool:
    """Whether this field can still be filled in: what comes after the work always."""
    return sheet.finished_at is None or field.phase != FIRST_PHASE


def save(sheet: PracticeSheet, change: Change, seen: int | None = None) -> Saved:
    """Keeps one change, whatever else was saved meanwhile: per field the last one counts. Raises AlreadyFinished."""
    tool = tool_of(sheet)
    if not all(_open(sheet, tool, code) for code in change):
        raise AlreadyFinished
    before = sheet.revision
    _put(sheet, change)
    return Saved(sheet.changed_at, sheet.revision, behind=seen is not None and seen < before)


def save_form(sheet: PracticeSheet, sent: Change, marks: Mapping[str, str]) -> Merged:
    """Keeps what a whole form changed. `marks`: by field, the mark_of what stood there when the form was made.

    What is as it was then stays as it is now. What changed elsewhere meanwhile, or was fixed, is not written over but
    told.
    """
    told = {code: stored(value) for code, value in sent.items()}
    differing = {code: value for code, value in sent.items()
                 if told[code] != sheet.answers.get(code) and mark_of(told[code]) != marks.get(code)}
    tool = tool_of(sheet)
    torn = {code: value for code, value in differing.items()
            if not _open(sheet, tool, code) or (code in marks and mark_of(sheet.answers.get(code)) != marks[code])}
    kept = {code: value for code, value in differing.items() if code not in torn}
    if kept:
        _put(sheet, kept)
    return Merged(torn)


def finish(sheet: PracticeSheet, ticked: tuple[str, ...]) -> None:
    """Fixes what is filled in before the work; the traject takes over what the sheet tells of it. A second time changes
    nothing. Raises NotWhole.
    """
    if sheet.finished_at is not None:
        return
    tool = tool_of(sheet)
    lacking = to_mend(tool, sheet.answers)
    if lacking:
        raise NotWhole(lacking)
    _put(sheet, {CLOSING: tuple(check.code for check in tool.checks if check.code in ticked) or None})
    sheet.finished_at = sheet.changed_at
    if sheet.traject is not None and sheet.traject.closed_at is None:
        trajecten.take_over(sheet.traject, tool, sheet.answers)
    db.session.flush()


def to_mend(tool: Tool, answers: Answers) -> tuple[Field, ...]:
    """The fields that keep a sheet from being finished: empty, an evaluation before its start, costs without amount."""
    found = missing(tool.of_phase(FIRST_PHASE), answers)
    late, costs = before_its_start(tool, answers), tool.adding if without_amount(tool, answers) else None
    return (*found, *(field for field in (late, costs) if field is not None and field not in found))


def reopen(sheet: PracticeSheet) -> None:
    """What is filled in before the work can be corrected again. What was made of the sheet stays as it was."""
    sheet.finished_at = None
    db.session.flush()


def copy(actor: Actor, sheet: PracticeSheet, holidays: Collection[Holiday]) -> PracticeSheet:
    """A new sheet that begins with what this one has before the work, on new days. The same twice is one."""
    tool = tool_of(sheet)
    told = {field.code for field in tool.of_phase(FIRST_PHASE)} - {CLOSING}
    answers = {code: value for code, value in sheet.answers.items() if code in told} | _days(tool, holidays)
    return _once(actor, PracticeSheet(
        organisation_id=actor.organisation_id, person_id=actor.person_id, tool_id=sheet.tool_id,
        traject_id=sheet.traject_id, follows_id=None, answers=answers, revision=0, created_at=now(), changed_at=now(),
    ))


def put_in(sheet: PracticeSheet, traject: Traject | None) -> None:
    """Hangs a sheet under a traject, or under none."""
    sheet.traject_id = traject.id if traject else None
    if traject is not None and sheet.finished_at is not None and traject.closed_at is None:
        trajecten.take_over(traject, tool_of(sheet), sheet.answers)
    db.session.flush()


def discard(sheet: PracticeSheet) -> None:
    """Throws a sheet away. What follows it stays as it is."""
    db.session.execute(update(PracticeSheet).where(PracticeSheet.follows_id == sheet.id).values(follows_id=None))
    db.session.delete(sheet)
    db.session.flush()


def _proposed(tool: Tool, holidays: Collection[Holiday]) -> dict[str, Any]:
    return {field.code: field.default for field in tool.fields if field.default} | _days(tool, holidays)


def _days(tool: Tool, holidays: Collection[Holiday]) -> dict[str, str]:
    days = propose(today(), holidays)
    proposed = {tool.proposing("start"): days.start, tool.proposing("evaluation"): days.evaluation}
    return {field.code: day.isoformat() for field, day in proposed.items() if field is not None}


def _open(sheet: PracticeSheet, tool: Tool, code: str) -> bool:
    field = tool.field(code)
    return field is not None and may_change(sheet, field)


def _put(sheet: PracticeSheet, change: Change) -> None:
    answers = {**sheet.answers, **{code: stored(value) for code, value in change.items()}}
    sheet.answers = {code: value for code, value in answers.items() if value is not None}
    sheet.revision += 1
    sheet.changed_at = now()
    db.session.flush()
