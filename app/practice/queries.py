"""Reading tools, trajecten and sheets. Each is of one person, and only she reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.access import Actor
from app.accounts.models import Account
from app.db import db
from app.people.models import Person
from app.practice.models import PracticeSheet, PracticeTool, Traject
from app.practice.tools import Tool

MOST_SCHOOLS = 100
RECENT = 200        # sheets in which earlier schools are looked for


@dataclass(frozen=True, slots=True)
class OfferedTool:
    """A tool that sheets can be begun with, and its row."""

    tool_id: int
    tool: Tool


def tool_of(sheet: PracticeSheet) -> Tool:
    """The tool as it was when this sheet was begun."""
    return Tool.model_validate(sheet.tool.document)


def tools() -> tuple[OfferedTool, ...]:
    """The tools to begin with, in the order of the seed file."""
    rows = db.session.execute(
        select(PracticeTool.id, PracticeTool.document).where(PracticeTool.retired_at.is_(None))
        .order_by(PracticeTool.position)
    )
    return tuple(OfferedTool(tool_id, Tool.model_validate(document)) for tool_id, document in rows)


def tool(code: str) -> OfferedTool | None:
    row = db.session.execute(
        select(PracticeTool.id, PracticeTool.document)
        .where(PracticeTool.code == code, PracticeTool.retired_at.is_(None))
    ).first()
    return OfferedTool(row[0], Tool.model_validate(row[1])) if row else None


def hold_work_of(actor: Actor) -> None:
    """Two requests that make or throw away something of hers, or change a sheet and its traject together, go one after
    the other. Before a sheet or a traject is held, so that no two wait for each other.
    """
    db.session.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update())


def sheets_of(actor: Actor) -> list[PracticeSheet]:
    """Her own sheets with their tools and trajecten: what was changed last first."""
    own = _own_sheets(actor).order_by(PracticeSheet.changed_at.desc(), PracticeSheet.id.desc())
    return list(db.session.scalars(own))


def written_by(sheet: PracticeSheet) -> tuple[str, str]:
    """Who filled it in: her name, and the address at which she is written to."""
    row = db.session.execute(
        select(Person.name, Account.email).join(Person.account).where(Person.id == sheet.person_id)
    ).one()
    return row[0], row[1]


def sheet_of(actor: Actor, sheet_id: int) -> PracticeSheet | None:
    """One of her own sheets, with its tool and traject."""
    return db.session.scalar(_own_sheets(actor).where(PracticeSheet.id == sheet_id))


def sheet_to_change(actor: Actor, sheet_id: int) -> PracticeSheet | None:
    """The same, as nobody else can change it until this transaction ends."""
    held = _own_sheets(actor).where(PracticeSheet.id == sheet_id).with_for_update(of=PracticeSheet)
    return db.session.scalar(held.execution_options(populate_existing=True))


def sheets_to_change(traject: Traject) -> list[PracticeSheet]:
    """Those of a traject, with their tools, as nobody else can change them until this transaction ends."""
    held = select(PracticeSheet).where(PracticeSheet.traject_id == traject.id).order_by(PracticeSheet.id)
    return list(db.session.scalars(
        held.options(joinedload(PracticeSheet.tool, innerjoin=True)).with_for_update(of=PracticeSheet)
        .execution_options(populate_existing=True)
    ))


def followable(actor: Actor, tool: Tool) -> list[PracticeSheet]:
    """Her sheets that one of this tool can go on from, what was changed last first."""
    codes = [following.tool for following in tool.follows]
    if not codes:
        return []
    own = _own_sheets(actor).join(PracticeSheet.tool).where(PracticeTool.code.in_(codes))
    return list(db.session.scalars(own.order_by(PracticeSheet.changed_at.desc(), PracticeSheet.id.desc())))


def trajecten_of(actor: Actor) -> list[Traject]:
    """Her own trajecten: those that run first, each with the latest first."""
    own = _own_trajecten(actor).order_by(Traject.closed_at.is_not(None), Traject.created_at.desc(), Traject.id.desc())
    return list(db.session.scalars(own))


def traject_of(actor: Actor, traject_id: int) -> Traject | None:
    return db.session.scalar(_own_trajecten(actor).where(Traject.id == traject_id))


def traject_with_sheets(actor: Actor, traject_id: int) -> Traject | None:
    """One of her own, with its sheets and their tools."""
    own = _own_trajecten(actor).where(Traject.id == traject_id)
    return db.session.scalar(own.options(selectinload(Traject.sheets).joinedload(PracticeSheet.tool)))


def traject_to_change(actor: Actor, traject_id: int) -> Traject | None:
    """The same without its sheets, held until this transaction ends."""
    held = _own_trajecten(actor).where(Traject.id == traject_id).with_for_update()
    return db.session.scalar(held.execution_options(populate_existing=True))


def schools_of(actor: Actor) -> Sequence[str]:
    """The schools and partners that she named before, in alphabetical order; each once, however it is written."""
    of_trajecten = db.session.scalars(
        select(Traject.school).where(Traject.person_id == actor.person_id,
                                     Traject.organisation_id == actor.organisation_id)
    )
    found = {school.casefold(): school for school in of_trajecten if school}
    rows = db.session.execute(
        select(PracticeSheet.answers, PracticeTool.document).join(PracticeSheet.tool)
        .where(PracticeSheet.person_id == actor.person_id, PracticeSheet.organisation_id == actor.organisation_id)
        .order_by(PracticeSheet.changed_at.desc()).limit(RECENT)
    )
    for answers, document in rows:
        for field in document["fields"]:
            school = answers.get(field["code"]) if field["type"] == "relation" else None
            if isinstance(school, str):
                found.setdefault(school.casefold(), school)
    return [found[key] for key in sorted(found)][:MOST_SCHOOLS]


def _own_sheets(actor: Actor) -> Select[PracticeSheet]:
    return (
        select(PracticeSheet)
        .where(PracticeSheet.organisation_id == actor.organisation_id, PracticeSheet.person_id == actor.person_id)
        .options(joinedload(PracticeSheet.tool, innerjoin=True), joinedload(PracticeSheet.traject))
    )


def _own_trajecten(actor: Actor) -> Select[Traject]:
    return select(Traject).where(Traject.organisation_id == actor.organisation_id, Traject.person_id == actor.person_id)
