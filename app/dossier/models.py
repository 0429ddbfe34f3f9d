"""Tables of evidence: what somebody keeps to show what she did and learned."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, OfOrganisation
from app.development.models import Goal
from app.practice.models import PracticeSheet, PracticeTool


class EvidenceKind(enum.StrEnum):
    SHEET = "praktijkblad"
    FILE = "bestand"
    LINK = "link"
    NOTE = "notitie"
    REACTION = "reactie"


class SeenBy(enum.StrEnum):
    ME = "ik"
    LEAD = "teamleider"             # whoever leads her, and her gesprekspartner


class Evidence(OfOrganisation, Base):
    """One piece of evidence with a reflection of at least a sentence. `text`: the note, or what a client said.

    Of an uploaded file: `file_name` as it was called, `stored_name` a random one under instance/uploads, `media_type`
    by its content, `size` in bytes. Of a practice sheet: `answers` to `tool` as they stood there at `copied_at`, so
    that nothing that is written later is shown, and that it stays when the sheet goes.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("kind in ('praktijkblad', 'bestand', 'link', 'notitie', 'reactie')", name="kind_known"),
        CheckConstraint("seen_by in ('ik', 'teamleider')", name="seen_by_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id", ondelete="SET NULL"), index=True)
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("practice_sheet.id", ondelete="SET NULL"))
    tool_id: Mapped[int | None] = mapped_column(ForeignKey("practice_tool.id"))
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    copied_at: Mapped[dt.datetime | None]
    kind: Mapped[str]
    title: Mapped[str]
    happened_on: Mapped[dt.date]
    reflection: Mapped[str]
    seen_by: Mapped[str] = mapped_column(default=SeenBy.ME)
    text: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str | None]
    stored_name: Mapped[str | None] = mapped_column(unique=True)
    media_type: Mapped[str | None]
    size: Mapped[int | None]
    created_at: Mapped[dt.datetime]

    goal: Mapped[Goal | None] = relationship(lazy="raise_on_sql")
    sheet: Mapped[PracticeSheet | None] = relationship(lazy="raise_on_sql")
    tool: Mapped[PracticeTool | None] = relationship(lazy="raise_on_sql")
    competencies: Mapped[list[EvidenceCompetency]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="EvidenceCompetency.competency_code"
    )

    @property
    def shown(self) -> bool:
        return self.seen_by == SeenBy.LEAD


class EvidenceCompetency(OfOrganisation, Base):
    """A competency that a piece of evidence is about."""

    __tablename__ = "evidence_competency"

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True)
    competency_code: Mapped[str] = mapped_column(primary_key=True)
