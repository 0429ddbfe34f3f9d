"""The outbox."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, OfOrganisation, keep_no_statistics


class Message(OfOrganisation, Base):
    """A template and its arguments. Never a link: the arguments name what it is derived from.

    `due_at`: when it is tried (again), None when there is nothing left to do. `refused`: why it cannot be
    delivered. `concerns`: what it is about ('round 12'), so that it can be withdrawn with it.
    """

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    template: Mapped[str]
    recipient: Mapped[str]
    arguments: Mapped[dict[str, str | int]] = mapped_column(JSON)
    created_at: Mapped[dt.datetime]
    concerns: Mapped[str | None] = mapped_column(index=True)
    due_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    delivered_at: Mapped[dt.datetime | None]
    refused: Mapped[str | None]


keep_no_statistics(Message, "recipient")
