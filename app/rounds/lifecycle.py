"""The life of a round as one table: which move leads where, who makes it, and what can stand in its way. PURE.

    concept → mensen kiezen → loopt → gesloten → vrijgegeven; afgebroken

A move refuses, it never adjusts.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.rounds.calendar import LONGEST


class State(enum.StrEnum):
    CONCEPT = "concept"         # only whoever plans it knows of it
    CHOOSING = "choosing"       # the subjects choose whom they ask
    OPEN = "open"               # people answer
    CLOSED = "closed"           # nothing is taken any more; the measurements are made
    RELEASED = "released"       # every measurement may be read
    ABORTED = "aborted"         # nothing comes of it


class Kind(enum.StrEnum):
    """A feedbackronde, or a korte vraag: a small round of two weeks about the behaviour of one goal."""

    FULL = "full"
    PULSE = "pulse"


class Move(enum.StrEnum):
    """What can be done with a round; the values stand in the addresses."""

    PUBLISH = "laat-kiezen"
    OPEN = "open"
    EXTEND = "verleng"
    CLOSE = "sluit"
    RELEASE = "geef-vrij"       # one person's part; with the last one the round itself
    ABORT = "breek-af"
    DROP = "gooi-weg"


class Who(enum.Enum):
    ORGANISER = enum.auto()     # access.can_manage_round
    DATE = enum.auto()          # the calendar, through the worker
    APPROVER = enum.auto()      # access.can_approve_raters of that person: never she herself


class Obstacle(enum.StrEnum):
    """Why a move that this state has is not possible now."""

    NOBODY_IN_IT = "nobody-in-it"
    NO_APPROVER = "no-approver"             # for somebody in it there is nobody else who could approve her choice
    DATES_PASSED = "dates-passed"           # too late to choose people before it opens
    IN_HOLIDAY = "in-holiday"               # it would close in a school holiday
    TOO_EARLY = "too-early"                 # its day has not come
    NOBODY_APPROVED = "nobody-approved"
    TOO_CLOSE = "too-close"                 # the spacing rule holds back everybody who was approved
    CLOSING_PASSED = "closing-passed"
    NOT_LATER = "not-later"                 # an extension goes to a later day
    TOO_LONG = "too-long"
    NO_MEASUREMENT = "no-measurement"
    STILL_CLOSING = "still-closing"         # measurements of others in it are being made
    RELEASED_BEFORE = "released-before"


GONE = None     # what a concept that was thrown away leaves behind


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: from these states this move leads there, for these people, unless one of these stands in
    its way.
    """

    before: frozenset[State]
    after: State | None
    who: frozenset[Who]
    unless: tuple[Obstacle, ...] = ()


TABLE: Mapping[Move, Rule] = {
    # The subjects are told, and the version of the framework is kept as it is.
    Move.PUBLISH: Rule(
        frozenset({State.CONCEPT}), State.CHOOSING, frozenset({Who.ORGANISER}),
        (Obstacle.NOBODY_IN_IT, Obstacle.NO_APPROVER, Obstacle.DATES_PASSED, Obstacle.IN_HOLIDAY),
    ),
    # Everybody whose part was approved and may be asked now gets an invitation.
    Move.OPEN: Rule(
        frozenset({State.CHOOSING}), State.OPEN, frozenset({Who.ORGANISER, Who.DATE}),
        (Obstacle.TOO_EARLY, Obstacle.CLOSING_PASSED, Obstacle.NOBODY_APPROVED, Obstacle.TOO_CLOSE),
    ),
    # A later closing date; nothing else changes.
    Move.EXTEND: Rule(
        frozenset({State.OPEN}), State.OPEN, frozenset({Who.ORGANISER}),
        (Obstacle.CLOSING_PASSED, Obstacle.NOT_LATER, Obstacle.TOO_LONG, Obstacle.IN_HOLIDAY),
    ),
    # No answer is taken any more; the measurements are made after it.
    Move.CLOSE: Rule(frozenset({State.OPEN}), State.CLOSED, frozenset({Who.DATE}), (Obstacle.TOO_EARLY,)),
    # One measurement may be read; with the last one the round is released.
    Move.RELEASE: Rule(
        frozenset({State.CLOSED}), State.RELEASED, frozenset({Who.APPROVER}),
        (Obstacle.STILL_CLOSING, Obstacle.NO_MEASUREMENT, Obstacle.RELEASED_BEFORE),
    ),
    # Nobody is asked any more, and what was answered is destroyed unread.
    Move.ABORT: Rule(frozenset({State.CHOOSING, State.OPEN}), State.ABORTED, frozenset({Who.ORGANISER})),
    # Nobody knew of it yet, so nothing needs to remain.
    Move.DROP: Rule(frozenset({State.CONCEPT}), GONE, frozenset({Who.ORGANISER})),
}


class MoveRefused(Exception):
    """This move does not exist from this state for whoever tried it, or something stands in its way."""

    def __init__(self, move: Move, state: State, obstacles: tuple[Obstacle, ...] = ()) -> None:
        super().__init__(f"{move} from {state}: {', '.join(obstacles) or 'no such move'}")
        self.move, self.state, self.obstacles = move, state, obstacles


@dataclass(frozen=True, slots=True)
class Facts:
    """What the obstacles are judged by. Of a round as a whole: `people` in it, how many of them nobody could approve,
    how many were approved, and how many of those the spacing rule lets through; `new_closing` of an extension. Of one
    person's part: the last three.
    """

    today: dt.date
    who: Who
    choose_until: dt.date
    opens_on: dt.date
    closes_on: dt.date
    people: int = 0
    without_approver: int = 0
    approved: int = 0
    approved_and_clear: int = 0
    new_closing: dt.date | None = None
    closing_in_holiday: bool = False
    being_closed: bool = False
    has_measurement: bool = False
    released: bool = False


def _too_early(facts: Facts, day: dt.date) -> bool:
    return facts.who is Who.DATE and facts.today < day


# TOO_EARLY depends on the move as well: see `obstacles`.
_STANDS: Mapping[Obstacle, Callable[[Facts], bool]] = {
    Obstacle.NOBODY_IN_IT: lambda facts: facts.people == 0,
    Obstacle.NO_APPROVER: lambda facts: facts.without_approver > 0,
    Obstacle.DATES_PASSED: lambda facts: facts.choose_until < facts.today,
    Obstacle.IN_HOLIDAY: lambda facts: facts.closing_in_holiday,
    Obstacle.CLOSING_PASSED: lambda facts: facts.closes_on < facts.today,
    Obstacle.NOBODY_APPROVED: lambda facts: facts.approved == 0,
    Obstacle.TOO_CLOSE: lambda facts: facts.approved > 0 and facts.approved_and_clear == 0,
    Obstacle.NOT_LATER: lambda facts: facts.new_closing is not None and facts.new_closing <= facts.closes_on,
    Obstacle.TOO_LONG: lambda facts: facts.new_closing is not None and facts.new_closing - facts.opens_on > LONGEST,
    Obstacle.NO_MEASUREMENT: lambda facts: not facts.has_measurement,
    Obstacle.STILL_CLOSING: lambda facts: facts.being_closed,
    Obstacle.RELEASED_BEFORE: lambda facts: facts.released,
}


def moves_from(state: str, who: Who) -> tuple[Move, ...]:
    """What this state offers to whoever it is, in the order of the table."""
    return tuple(move for move, rule in TABLE.items() if state in rule.before and who in rule.who)


def obstacles(move: Move, facts: Facts) -> tuple[Obstacle, ...]:
    """What stands in the way of this move now, in the order of the table."""
    day = facts.closes_on + dt.timedelta(days=1) if move is Move.CLOSE else facts.opens_on
    return tuple(
        obstacle for obstacle in TABLE[move].unless
        if (_too_early(facts, day) if obstacle is Obstacle.TOO_EARLY else _STANDS[obstacle](facts))
    )


def after(state: str, move: Move, facts: Facts) -> State | None:
    """Where this move leads, None when the round is gone. Raises MoveRefused."""
    here, rule = State(state), TABLE[move]
    if here not in rule.before or facts.who not in rule.who:
        raise MoveRefused(move, here)
    if found := obstacles(move, facts):
        raise MoveRefused(move, here, found)
    return rule.after


def may_change_freely(state: str) -> bool:
    """Only of a concept everything may change: nobody was told anything yet."""
    return state == State.CONCEPT


def is_fixed(state: str, invited: bool) -> bool:
    """From the first invitation on nothing changes that people were promised."""
    return invited or state not in (State.CONCEPT, State.CHOOSING)
