"""What the room above this one hands in, so that one's measurements can name the rounds they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask, current_app

from app.access import Actor


@dataclass(frozen=True, slots=True)
class OwnRound:
    """A round about somebody, as the page of her measurements names it."""

    name: str
    stands: str
    address: str


RoundsOf: TypeAlias = Callable[[Actor], Sequence[OwnRound]]
BeginAt: TypeAlias = Callable[[Actor], str | None]
Counting: TypeAlias = Callable[[Actor], bool]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`begin_at`: where she can begin a round about herself, None when she may not."""

    rounds_of: RoundsOf
    begin_at: BeginAt


def hand_in(app: Flask, *, rounds_of: RoundsOf, begin_at: BeginAt) -> None:
    """Called once, while the application is being made."""
    app.extensions["assessments"] = Neighbours(rounds_of, begin_at)


def neighbours() -> Neighbours:
    found: Neighbours = current_app.extensions["assessments"]
    return found


def hand_in_counting(app: Flask, self_counts: Counting) -> None:
    """Whether a zelfbeeld that somebody begins now counts in figures over people; called once, likewise."""
    app.extensions["zelfbeeld telt mee"] = self_counts


def self_counts(actor: Actor) -> bool:
    counting: Counting = current_app.extensions["zelfbeeld telt mee"]
    return counting(actor)
