"""The outbox."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, OfOrganisation


class Message(OfOrganisation, Base):
    """A template and its arguments. Never a link: the arguments name what it is derived from."""

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    template: Mapped[str]
    recipient: Mapped[str]
    arguments: Mapped[dict[str, str | int]] = mapped_column(JSON)
    created_at: Mapped[dt.datetime]
