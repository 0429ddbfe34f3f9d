"""The life of a round, square by square: every state, every move, everybody who could make it."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from app.rounds.lifecycle import (
    GONE,
    TABLE,
    Facts,
    Move,
    MoveRefused,
    Obstacle,
    State,
    Who,
    after,
    is_fixed,
    may_change_freely,
    moves_from,
    obstacles,
)

CONCEPT, CHOOSING, OPEN, CLOSED, RELEASED, ABORTED = State
LEADS: dict[tuple[State, Move, Who], State | None] = {
    (CONCEPT, Move.PUBLISH, Who.ORGANISER): CHOOSING,
    (CONCEPT, Move.DROP, Who.ORGANISER): GONE,
    (CHOOSING, Move.OPEN, Who.ORGANISER): OPEN,
    (CHOOSING, Move.OPEN, Who.DATE): OPEN,
    (CHOOSING, Move.ABORT, Who.ORGANISER): ABORTED,
    (OPEN, Move.EXTEND, Who.ORGANISER): OPEN,
    (OPEN, Move.CLOSE, Who.DATE): CLOSED,
    (OPEN, Move.ABORT, Who.ORGANISER): ABORTED,
    (CLOSED, Move.RELEASE, Who.APPROVER): RELEASED,
}
TODAY = dt.date(2027, 3, 1)


def day(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def fine(move: Move, who: Who) -> Facts:
    """Facts in which nothing stands in the way of this move."""
    closes = day(-1) if move is Move.CLOSE else day(28)
    return Facts(TODAY, who, choose_until=day(0), opens_on=day(0), closes_on=closes, people=1, approved=1,
                 approved_and_clear=1, new_closing=day(35), has_measurement=True)


@pytest.mark.parametrize(("state", "move", "who"), list(itertools.product(State, Move, Who)))
def test_every_move_leads_somewhere_or_is_refused(state: State, move: Move, who: Who) -> None:
    if (state, move, who) in LEADS:
        assert after(state, move, fine(move, who)) is LEADS[state, move, who]
        assert move in moves_from(state, who)
    else:
        with pytest.raises(MoveRefused) as refused:
            after(state, move, fine(move, who))
        assert refused.value.obstacles == ()
        assert move not in moves_from(state, who)


STOPS: list[tuple[Move, Who, dict[str, object], Obstacle]] = [
    (Move.PUBLISH, Who.ORGANISER, {"people": 0}, Obstacle.NOBODY_IN_IT),
    (Move.PUBLISH, Who.ORGANISER, {"without_approver": 1}, Obstacle.NO_APPROVER),
    (Move.PUBLISH, Who.ORGANISER, {"choose_until": day(-1)}, Obstacle.DATES_PASSED),
    (Move.PUBLISH, Who.ORGANISER, {"closing_in_holiday": True}, Obstacle.IN_HOLIDAY),
    (Move.OPEN, Who.DATE, {"opens_on": day(1)}, Obstacle.TOO_EARLY),
    (Move.OPEN, Who.ORGANISER, {"closes_on": day(-1)}, Obstacle.CLOSING_PASSED),
    (Move.OPEN, Who.DATE, {"approved": 0, "approved_and_clear": 0}, Obstacle.NOBODY_APPROVED),
    (Move.OPEN, Who.ORGANISER, {"approved_and_clear": 0}, Obstacle.TOO_CLOSE),
    (Move.EXTEND, Who.ORGANISER, {"closes_on": day(-1)}, Obstacle.CLOSING_PASSED),
    (Move.EXTEND, Who.ORGANISER, {"new_closing": day(28)}, Obstacle.NOT_LATER),
    (Move.EXTEND, Who.ORGANISER, {"new_closing": day(57)}, Obstacle.TOO_LONG),
    (Move.EXTEND, Who.ORGANISER, {"closing_in_holiday": True}, Obstacle.IN_HOLIDAY),
    (Move.CLOSE, Who.DATE, {"closes_on": day(0)}, Obstacle.TOO_EARLY),
    (Move.RELEASE, Who.APPROVER, {"being_closed": True}, Obstacle.STILL_CLOSING),
    (Move.RELEASE, Who.APPROVER, {"has_measurement": False}, Obstacle.NO_MEASUREMENT),
    (Move.RELEASE, Who.APPROVER, {"released": True}, Obstacle.RELEASED_BEFORE),
]


@pytest.mark.parametrize(("move", "who", "change", "obstacle"), STOPS)
def test_each_obstacle_stops_its_move(move: Move, who: Who, change: dict[str, object], obstacle: Obstacle) -> None:
    facts = replace(fine(move, who), **change)  # type: ignore[arg-type]
    (before, *_) = TABLE[move].before
    assert obstacles(move, facts) == (obstacle,)
    with pytest.raises(MoveRefused) as refused:
        after(before, move, facts)
    assert refused.value.obstacles == (obstacle,)


def test_every_obstacle_of_the_table_is_tried_above() -> None:
    tried = {(move, obstacle) for move, _, _, obstacle in STOPS}
    assert {(move, obstacle) for move, rule in TABLE.items() for obstacle in rule.unless} == tried


def test_the_organiser_may_open_before_the_day_and_the_calendar_may_not() -> None:
    early = replace(fine(Move.OPEN, Who.ORGANISER), opens_on=day(5))
    assert after(CHOOSING, Move.OPEN, early) is OPEN
    with pytest.raises(MoveRefused):
        after(CHOOSING, Move.OPEN, replace(early, who=Who.DATE))


def test_nothing_leads_out_of_what_has_ended_and_every_state_can_be_reached() -> None:
    assert not [rule for rule in TABLE.values() if rule.before & {RELEASED, ABORTED}]
    reached = {CONCEPT}
    for _ in State:
        reached |= {rule.after for rule in TABLE.values() if rule.after and rule.before & reached}
    assert reached == set(State)


def test_what_people_were_promised_is_fixed_from_the_first_invitation_on() -> None:
    assert [state for state in State if may_change_freely(state)] == [CONCEPT]
    assert [state for state in State if not is_fixed(state, invited=False)] == [CONCEPT, CHOOSING]
    assert all(is_fixed(state, invited=True) for state in State)
