"""Tables of practising in real work: tools, trajecten and the sheets that are filled in. No pupil data."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, OfOrganisation


class PracticeTool(Base):
    """A tool as validated from seed/. A sheet keeps the tool as it was when it was begun: a changed tool is a new row
    (`fingerprint` of the document), and the older one is retired, never deleted.
    """

    __tablename__ = "practice_tool"
    __table_args__ = (UniqueConstraint("code", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    fingerprint: Mapped[str]
    position: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    retired_at: Mapped[dt.datetime | None]


class Traject(OfOrganisation, Base):
    """A piece of work at a school, by a case code; it ties sheets together. Nothing in it names a pupil.

    The two axes are 0–100: `systemic` from leerlinggericht to systeemgericht, `resultful` from procesgericht to
    resultaatgericht.
    """

    __tablename__ = "traject"
    __table_args__ = (
        CheckConstraint("systemic between 0 and 100", name="systemic_range"),
        CheckConstraint("resultful between 0 and 100", name="resultful_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    case_code: Mapped[str]
    school: Mapped[str]
    sector: Mapped[str]                                     # of the framework's context
    kind: Mapped[str]                                       # preventief of curatief
    systemic: Mapped[int | None]
    resultful: Mapped[int | None]
    starts_on: Mapped[dt.date | None]
    evaluation_on: Mapped[dt.date | None]
    created_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]

    sheets: Mapped[list[PracticeSheet]] = relationship(
        lazy="raise_on_sql", order_by="PracticeSheet.id", back_populates="traject"
    )


class PracticeSheet(OfOrganisation, Base):
    """One tool filled in once. `answers`: by field code what was filled in; `revision` counts the changes to them.

    `follows_id`: the earlier sheet it builds on, of the same person.
    """

    __tablename__ = "practice_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    tool_id: Mapped[int] = mapped_column(ForeignKey("practice_tool.id"))
    traject_id: Mapped[int | None] = mapped_column(ForeignKey("traject.id", ondelete="SET NULL"), index=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("practice_sheet.id", ondelete="SET NULL"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]

    tool: Mapped[PracticeTool] = relationship(lazy="raise_on_sql")
    traject: Mapped[Traject | None] = relationship(lazy="raise_on_sql", back_populates="sheets")
