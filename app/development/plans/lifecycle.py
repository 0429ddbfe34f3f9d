"""The life of a plan as one table: who may do what from which state, and what stands in the way. PURE.

A step refuses, it never adjusts.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass


class PlanState(enum.StrEnum):
    """Concept, besproken, vastgesteld, loopt, afgerond."""

    DRAFT = "draft"
    DISCUSSED = "discussed"
    AGREED = "agreed"
    RUNNING = "running"
    FINISHED = "finished"


class Move(enum.StrEnum):
    """What can be done with a plan; the values stand in the addresses."""

    PUT = "leg-voor"            # before whoever she makes it with
    TAKE_BACK = "neem-terug"
    CONFIRM = "bevestig"
    START = "begin"
    FINISH = "rond-af"
    REOPEN = "heropen"


class Side(enum.Enum):
    """She whose plan it is, and whoever accompanies her."""

    OWN = enum.auto()
    OTHER = enum.auto()


class Obstacle(enum.Enum):
    """What stands in the way of a move that the table allows."""

    NO_GOAL = enum.auto()           # a plan without an open goal
    NOBODY = enum.auto()            # nobody leads her or is her gesprekspartner
    NOT_TALKED = enum.auto()        # a round was released, and no conversation was fixed since
    AGREED_BEFORE = enum.auto()     # both know it: it is not taken back, only agreed on again
    GOALS_OPEN = enum.auto()
    OTHER_PLAN = enum.auto()        # she is busy with a later one


class MoveRefused(Exception):
    """`obstacles` is empty when this state, or this side, does not have this move."""

    def __init__(self, obstacles: tuple[Obstacle, ...] = ()) -> None:
        super().__init__(*obstacles)
        self.obstacles = obstacles


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a move leads, and for whom it is."""

    to: PlanState
    sides: frozenset[Side]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the conditions look at. `agreed_before`, `started_before`: also when it was reopened since."""

    open_goals: int = 1
    has_partner: bool = True
    talk_missing: bool = False
    agreed_before: bool = False
    started_before: bool = False
    other_unfinished: bool = False
    confirmed: frozenset[Side] = frozenset()


_HERS, _BOTH = frozenset({Side.OWN}), frozenset(Side)

TABLE: Mapping[tuple[PlanState, Move], Rule] = {
    (PlanState.DRAFT, Move.PUT): Rule(PlanState.DISCUSSED, _HERS),
    (PlanState.DISCUSSED, Move.TAKE_BACK): Rule(PlanState.DRAFT, _HERS),
    (PlanState.DISCUSSED, Move.CONFIRM): Rule(PlanState.AGREED, _BOTH),
    (PlanState.AGREED, Move.START): Rule(PlanState.RUNNING, _HERS),
    (PlanState.AGREED, Move.REOPEN): Rule(PlanState.DISCUSSED, _BOTH),
    (PlanState.RUNNING, Move.FINISH): Rule(PlanState.FINISHED, _HERS),
    (PlanState.RUNNING, Move.REOPEN): Rule(PlanState.DISCUSSED, _BOTH),
    (PlanState.FINISHED, Move.REOPEN): Rule(PlanState.RUNNING, _BOTH),
}


def moves_from(state: str, side: Side) -> tuple[Move, ...]:
    """What this side can do with a plan in this state, in the order of the table."""
    return tuple(move for (before, move), rule in TABLE.items() if before == state and side in rule.sides)


def obstacles(state: str, move: Move, facts: PlanFacts) -> tuple[Obstacle, ...]:
    """What stands in the way of this move."""
    in_the_way = {
        Obstacle.NO_GOAL: move in (Move.PUT, Move.CONFIRM) and not facts.open_goals,
        Obstacle.NOBODY: move == Move.PUT and not facts.has_partner,
        Obstacle.NOT_TALKED: move == Move.CONFIRM and facts.talk_missing,
        Obstacle.AGREED_BEFORE: move == Move.TAKE_BACK and facts.agreed_before,
        Obstacle.GOALS_OPEN: move == Move.FINISH and facts.open_goals > 0,
        Obstacle.OTHER_PLAN: move == Move.REOPEN and state == PlanState.FINISHED and facts.other_unfinished,
    }
    return tuple(obstacle for obstacle, stands in in_the_way.items() if stands)


def after(state: str, move: Move, side: Side, facts: PlanFacts) -> PlanState:
    """Where this move leads. Raises MoveRefused.

    One confirmation leaves it where it is; with both it is agreed, or it runs again when it ran before.
    """
    rule = TABLE.get((PlanState(state), move))
    if rule is None or side not in rule.sides:
        raise MoveRefused
    found = obstacles(state, move, facts)
    if found:
        raise MoveRefused(found)
    if move == Move.CONFIRM:
        if facts.confirmed | {side} != _BOTH:
            return PlanState.DISCUSSED
        return PlanState.RUNNING if facts.started_before else rule.to
    return rule.to
