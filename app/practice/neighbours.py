"""What the room above hands in: the evidence that was made of a sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask, current_app

RESTING = "evidence made of a sheet"


@dataclass(frozen=True, slots=True)
class Resting:
    """A piece of evidence that keeps a copy of a sheet as it was then. `shown`: others read it; `behind`: the sheet
    says something else by now; `renew`: where she shows that instead.
    """

    title: str
    address: str
    renew: str
    copied_at: dt.datetime
    shown: bool
    behind: bool


RestingOn: TypeAlias = Callable[[int], Sequence[Resting]]
"""Of a sheet, for whose it is; the oldest first."""


def hand_in(app: Flask, resting_on: RestingOn) -> None:
    """Called by the room of evidence, while the application is being made."""
    app.extensions[RESTING] = resting_on


def resting_on(sheet_id: int) -> Sequence[Resting]:
    found: RestingOn | None = current_app.extensions.get(RESTING)
    return found(sheet_id) if found else ()
