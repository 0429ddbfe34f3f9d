"""Tables of the framework and the function profiles."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, OfOrganisation


class FrameworkVersion(Base):
    """One version of the framework, whole, as validated. Never changed once something was measured with it.

    `version` is the author's label; `revision` counts the changes made under the same label.
    """

    __tablename__ = "framework_version"
    __table_args__ = (UniqueConstraint("version", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[str]
    revision: Mapped[int]
    digest: Mapped[str]                 # sha256 of the document
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    loaded_at: Mapped[dt.datetime]
    pinned_at: Mapped[dt.datetime | None]       # when the first measurement was based on it
    current: Mapped[bool] = mapped_column(default=False)


class FrameworkItem(Base):
    """Every code that ever stood in the framework; what disappeared is retired, never deleted."""

    __tablename__ = "framework_item"

    kind: Mapped[str] = mapped_column(primary_key=True)         # professionaliteit, role, aspect, competency, indicator
    code: Mapped[str] = mapped_column(primary_key=True)
    last_version_id: Mapped[int] = mapped_column(ForeignKey("framework_version.id"))
    retired_at: Mapped[dt.datetime | None]


class FunctionProfile(OfOrganisation, Base):
    """What a job asks: a target score and an importance per competency."""

    __tablename__ = "function_profile"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    is_default: Mapped[bool] = mapped_column(default=False)
    targets: Mapped[list[ProfileTarget]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")


class ProfileTarget(OfOrganisation, Base):
    """`target_score` on the scale 1–5 (doelscore); `importance` 1–5 (belang), where 1 is 'niet aan de orde'."""

    __tablename__ = "profile_target"
    __table_args__ = (
        CheckConstraint("target_score between 1 and 5", name="target_score_range"),
        CheckConstraint("importance between 1 and 5", name="importance_range"),
    )

    profile_id: Mapped[int] = mapped_column(ForeignKey("function_profile.id", ondelete="CASCADE"), primary_key=True)
    competency_code: Mapped[str] = mapped_column(primary_key=True)
    target_score: Mapped[float]
    importance: Mapped[int]


class PersonProfile(OfOrganisation, Base):
    """Which function profile a person has; without a row the organisation's default one."""

    __tablename__ = "person_profile"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    profile_id: Mapped[int] = mapped_column(ForeignKey("function_profile.id"), index=True)
