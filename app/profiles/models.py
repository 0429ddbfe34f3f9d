"""Tables of reading a profile: with whom it is shared, who read it, and what was expected of it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, OfOrganisation


class Share(OfOrganisation, Base):
    """The subject lets a colleague of the dienst read one of her measurements, through the day `until`."""

    __tablename__ = "profile_share"

    id: Mapped[int] = mapped_column(primary_key=True)
    measurement_id: Mapped[int] = mapped_column(ForeignKey("measurement.id", ondelete="CASCADE"), index=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    with_comments: Mapped[bool] = mapped_column(default=False)
    until: Mapped[dt.date]
    shared_at: Mapped[dt.datetime]
    withdrawn_at: Mapped[dt.datetime | None]


class Reading(OfOrganisation, Base):
    """Somebody else read a measurement: what the subject sees under 'gelezen door'. One row a reader and day.

    Written in a transaction of its own, whatever becomes of the request.
    """

    __tablename__ = "profile_reading"
    __table_args__ = (Index("uq_profile_reading_a_day", "measurement_id", "reader_id", "day", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measurement_id: Mapped[int] = mapped_column(ForeignKey("measurement.id", ondelete="CASCADE"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    day: Mapped[dt.date]


class Guess(OfOrganisation, Base):
    """'Voorspel eerst': what the subject expected before she read a round. `declined`: she would rather read at once.

    `seen_most`: codes of the three aspects she thinks others see most; `largest_difference`: of one aspect.
    """

    __tablename__ = "profile_guess"

    measurement_id: Mapped[int] = mapped_column(ForeignKey("measurement.id", ondelete="CASCADE"), primary_key=True)
    declined: Mapped[bool] = mapped_column(default=False)
    seen_most: Mapped[list[str]] = mapped_column(JSON)
    largest_difference: Mapped[str | None]
    made_at: Mapped[dt.datetime]
