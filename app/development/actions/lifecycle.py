"""Where an action stands: te doen, bezig, gedaan. PURE. Each can follow on each: people change their minds."""

from __future__ import annotations

import datetime as dt
import enum


class ActionState(enum.StrEnum):
    """The values stand in the addresses."""

    TODO = "te-doen"
    BUSY = "bezig"
    DONE = "gedaan"


def state_of(begun_at: dt.datetime | None, done_at: dt.datetime | None) -> ActionState:
    """What the two moments say."""
    if done_at is not None:
        return ActionState.DONE
    return ActionState.TODO if begun_at is None else ActionState.BUSY
