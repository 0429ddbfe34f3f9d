"""Tables of what is answered. Nothing here names, dates or orders a rater, and what is in a box cannot be read.

Rows have random keys and, on SQLite, no rowid: a rowid and the order of pages tell the order of arrival.
"""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, OfOrganisation, keep_no_statistics

WITHOUT_ORDER = {"sqlite_with_rowid": False}


def random_key() -> bytes:
    return secrets.token_bytes(16)


class Draft(OfOrganisation, Base):
    """One answer that was not sent yet: `item` is an indicator's code, or 'open-1', 'open-2'. `box`: see sealing.py."""

    __tablename__ = "draft"
    __table_args__ = WITHOUT_ORDER

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class Envelope(OfOrganisation, Base):
    """What somebody sent, sealed until the round closes: her scores."""

    __tablename__ = "envelope"
    __table_args__ = WITHOUT_ORDER

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, default=random_key)
    round_subject_id: Mapped[int] = mapped_column(ForeignKey("round_subject.id", ondelete="CASCADE"), index=True)
    rater_group: Mapped[str]
    question_set: Mapped[str]
    box: Mapped[bytes] = mapped_column(LargeBinary)


class CommentEnvelope(OfOrganisation, Base):
    """What somebody wrote in her own words, sealed apart from her scores. Everybody who sends has one, also without."""

    __tablename__ = "comment_envelope"
    __table_args__ = WITHOUT_ORDER

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, default=random_key)
    round_subject_id: Mapped[int] = mapped_column(ForeignKey("round_subject.id", ondelete="CASCADE"), index=True)
    rater_group: Mapped[str]
    box: Mapped[bytes] = mapped_column(LargeBinary)


class Sheet(OfOrganisation, Base):
    """One rater's scores after the closing, under a new random key: a byte per statement (packing.py).

    Destroyed some time after the release; the cells remain.
    """

    __tablename__ = "sheet"
    __table_args__ = WITHOUT_ORDER

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, default=random_key)
    round_subject_id: Mapped[int] = mapped_column(ForeignKey("round_subject.id", ondelete="CASCADE"), index=True)
    rater_group: Mapped[str]
    question_set: Mapped[str]
    answers: Mapped[bytes] = mapped_column(LargeBinary)


class Comment(OfOrganisation, Base):
    """What one of at least k people wrote to an open question; never tied to a sheet, in no order.

    `rater_group` as it is published: a merged group where small ones were merged. `question` counts from one.
    """

    __tablename__ = "comment"
    __table_args__ = WITHOUT_ORDER

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, default=random_key)
    measurement_id: Mapped[int] = mapped_column(ForeignKey("measurement.id", ondelete="CASCADE"), index=True)
    rater_group: Mapped[str]
    question: Mapped[int]
    text: Mapped[str]


class Response(OfOrganisation, Base):
    """How many of a group were asked about a subject and how many sent an answer; what remains of `answered`."""

    __tablename__ = "response"

    round_subject_id: Mapped[int] = mapped_column(ForeignKey("round_subject.id", ondelete="CASCADE"), primary_key=True)
    rater_group: Mapped[str] = mapped_column(primary_key=True)
    asked: Mapped[int]
    sent: Mapped[int]


class PulseOutcome(OfOrganisation, Base):
    """What came of a korte vraag: the one figure that is published of it, and nothing when too few people answered.

    It is no measurement, so that nothing which reads profiles, waves or reports can meet it. With none, one or two
    answers the row is the same.
    """

    __tablename__ = "pulse_outcome"

    round_subject_id: Mapped[int] = mapped_column(ForeignKey("round_subject.id", ondelete="CASCADE"), primary_key=True)
    mean: Mapped[float | None]


class StoredQuality(OfOrganisation, Base):
    """The quality figures of a closed round, made while its sheets existed; see measurement/round_quality.py.

    `figures` is None of a round with too few subjects.
    """

    __tablename__ = "round_quality"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


keep_no_statistics(Draft, "invitation_id", "item", "box")
keep_no_statistics(Envelope, "box")
keep_no_statistics(CommentEnvelope, "box")
keep_no_statistics(Sheet, "answers")
keep_no_statistics(Comment, "text")
