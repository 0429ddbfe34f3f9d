"""Table of which goal a korte vraag is about; who is asked, and what is answered, stands with the rounds."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, OfOrganisation


class Pulse(OfOrganisation, Base):
    """A round of the kind pulse, for a goal of whom it is about."""

    __tablename__ = "pulse"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), index=True)
