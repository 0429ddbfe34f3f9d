"""Carrying out the moves of lifecycle.TABLE. Each holds the round's row: of two at the same moment one counts.

Every function raises MoveRefused for what the table does not allow, and flushes only.
"""

from __future__ import annotations

import datetime as dt

from blinker import Signal

from app.rounds.lifecycle import Who
from app.rounds.models import Round, RoundSubject
from app.rounds.spacing import TooClose

round_aborted = Signal()
"""Sent with the round as its sender, in the same transaction: whoever keeps answers of it destroys them."""


def publish(round: Round) -> None:
    """The subjects choose from now on: they are told, and the version of the framework is pinned."""
    raise NotImplementedError


def open_round(round: Round, who: Who = Who.ORGANISER) -> None:
    """Answers are taken from now on: everybody is invited whose part was approved and whom the spacing rule lets."""
    raise NotImplementedError


def open_due() -> None:
    """Opens every round whose day has come, each in a transaction of its own."""
    raise NotImplementedError


def extend(round: Round, closes_on: dt.date) -> None:
    """Answers are taken through a later day."""
    raise NotImplementedError


def abort(round: Round) -> None:
    """Nothing comes of this round: letters that did not leave are withdrawn, and round_aborted is sent."""
    raise NotImplementedError


def close(round: Round) -> None:
    """No answer is taken any more: the state and `closed_at`, nothing else."""
    raise NotImplementedError


def release(part: RoundSubject) -> None:
    """The measurement of this part may be read; with the last one the round is released."""
    raise NotImplementedError


def drop(round: Round) -> None:
    """A concept is thrown away."""
    raise NotImplementedError


def spacing_obstacles(part: RoundSubject) -> tuple[TooClose, ...]:
    """Why the approved people of this part cannot be asked (yet); empty when they can (measurement.md §3)."""
    raise NotImplementedError
