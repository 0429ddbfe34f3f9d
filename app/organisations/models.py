"""Tables of the dienst and its teams."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, OfOrganisation


class Organisation(Base):
    """A dienst. `demo` is true only for the sample organisation: there the beheerder may read every message."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("length(name) > 0", name="named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]


class Team(OfOrganisation, Base):
    __tablename__ = "team"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint("length(name) > 0", name="named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
