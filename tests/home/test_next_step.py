"""What to do next, as a table of facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from app.home.facts import (
    Asking,
    Facts,
    Measured,
    OpenGoal,
    OwnCheckIn,
    ReleasedRound,
    Running,
    ShortlyAsked,
    Talk,
)
from app.home.next_step import Kind, next_step
from app.home.year import Step, year
from app.trainings.coming import Waiting

TODAY = dt.date(2026, 3, 12)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def when(days: int, *goals: OpenGoal, **more: Any) -> Facts:
    """Measured so many days ago, with these open goals."""
    return replace(NOTHING, measured=measured(days), open_goals=goals, **more)


def measured(days: int) -> tuple[Measured, ...]:
    return (Measured(1, "Tweede professionaliteit", ago(days)),)


def released(days: int) -> tuple[ReleasedRound, ...]:
    return (ReleasedRound(2, "Najaarsronde", ago(days), "Tom Bakker"), ReleasedRound(1, "Eerder", ago(400)))


NOTHING = Facts(TODAY, begin_minutes=12)
RELEASED = released(2)
HALFWAY = Running(1, "Focusmeting", 3, 12, 6, "Verwachtingen ophalen", "verwachtingen-ophalen")
ANSWERED = Running(1, "Focusmeting", 12, 12, 0)
ASKING = Asking(1, "Najaarsronde", ago(-5), ago(-9), ago(-37), runs=False, sent=False, approved=False)
RUNNING_ROUND = replace(ASKING, runs=True, sent=True, approved=True)
GOAL = OpenGoal(1, "Ik leg vast wat we verwachten", ago(-60), 1, 3, "Voer een gesprek")
LATE = replace(GOAL, id=2, end_date=ago(1))
NEAR = replace(GOAL, id=5, end_date=ago(-10))
FINISHED = replace(GOAL, id=3, actions_done=3, next_action=None)
CHECK_IN = OwnCheckIn(7, None, 11, due=True, on=ago(7))
LATER = replace(CHECK_IN, due=False, on=ago(-40))
PULSE = ShortlyAsked(4, 1, "Korte vraag over verwachtingen", ago(-9), ago(-24), runs=False, sent=False)
ANSWERS = replace(PULSE, sent=True, closed_on=ago(7))
SESSION = Waiting(3, "Doorvragen zonder verhoor", "Tom Bakker")
BARE = replace(GOAL, id=4, actions_done=0, actions=0, next_action=None)

TABLE = {
    "nothing yet": (NOTHING, Kind.BEGIN, None),
    "a conversation waits": (when(30, GOAL, running=HALFWAY, talk_waits=Talk(1, "Tom Bakker")), Kind.TALK_WAITS, None),
    "her plan waits": (when(30, GOAL, running=HALFWAY, plan_waits_with="Tom Bakker"), Kind.PLAN_WAITS, None),
    "her plan lies before both": (when(30, GOAL, running=HALFWAY, plan_to_confirm=True), Kind.CONFIRM_PLAN, None),
    "begun": (replace(NOTHING, running=HALFWAY), Kind.CONTINUE, None),
    "all answered": (replace(NOTHING, running=ANSWERED), Kind.CHECK, None),
    "begun again": (when(200, LATE, running=HALFWAY), Kind.CONTINUE, None),
    "a round was released": (replace(NOTHING, released=RELEASED), Kind.READ_ROUND, None),
    "and her own view as well": (when(0, released=RELEASED), Kind.READ_ROUND, None),
    "two weeks ago": (when(30, GOAL, released=released(14)), Kind.READ_ROUND, None),
    "they talked about it": (when(30, GOAL, released=(replace(RELEASED[0], talked=True),)), Kind.ACT, GOAL),
    "more than two weeks": (when(30, GOAL, released=released(15)), Kind.ACT, GOAL),
    "a goal made since the release": (when(30, GOAL, released=RELEASED, last_goal_made_on=ago(2)), Kind.ACT, GOAL),
    "a goal made before it": (when(30, GOAL, released=RELEASED, last_goal_made_on=ago(3)), Kind.READ_ROUND, None),
    "measured today": (when(0), Kind.READ_PROFILE, None),
    "measured a week ago": (when(7), Kind.READ_PROFILE, None),
    "eight days ago": (when(8), Kind.MAKE_GOAL, None),
    "measured, goal made since": (when(3, GOAL, last_goal_made_on=ago(3)), Kind.ACT, GOAL),
    "measured, goal older": (when(3, GOAL, last_goal_made_on=ago(4)), Kind.READ_PROFILE, None),
    "a goal is over its date": (when(30, GOAL, LATE), Kind.GOAL_IS_DUE, LATE),
    "the one that ended first": (when(30, replace(GOAL, end_date=ago(2)), replace(LATE, end_date=ago(9))),
                                 Kind.GOAL_IS_DUE, replace(LATE, end_date=ago(9))),
    "the nearest end": (when(30, GOAL, NEAR), Kind.ACT, NEAR),
    "an end before none": (when(30, replace(GOAL, end_date=None), NEAR), Kind.ACT, NEAR),
    "ends today": (when(30, replace(GOAL, end_date=TODAY)), Kind.ACT, replace(GOAL, end_date=TODAY)),
    "no end date": (when(30, replace(GOAL, end_date=None)), Kind.ACT, replace(GOAL, end_date=None)),
    "half a year less a day": (when(181, GOAL), Kind.ACT, GOAL),
    "half a year": (when(182, GOAL), Kind.MEASURE_AGAIN, None),
    "late goal before measuring": (when(182, LATE), Kind.GOAL_IS_DUE, LATE),
    "all actions done": (when(30, GOAL, FINISHED), Kind.ACTIONS_ARE_DONE, FINISHED),
    "the first goal has no actions": (when(30, BARE, GOAL), Kind.ACT, GOAL),
    "no goal has actions": (when(30, BARE), Kind.REST, None),
    "whom to ask": (replace(NOTHING, rounds=(ASKING,)), Kind.CHOOSE, None),
    "others wait for whom she asks": (when(0, LATE, running=HALFWAY, rounds=(ASKING,)), Kind.CHOOSE, None),
    "a choice that was sent asks nothing": (replace(NOTHING, rounds=(replace(ASKING, sent=True),)), Kind.BEGIN, None),
    "others look, and she did not": (when(200, GOAL, rounds=(replace(RUNNING_ROUND, own_view_missing=True),)),
                                     Kind.OWN_VIEW, None),
    "she is looking": (replace(NOTHING, running=HALFWAY, rounds=(replace(RUNNING_ROUND, own_view_missing=True),)),
                       Kind.CONTINUE, None),
    "a round that only runs": (when(30, GOAL, rounds=(RUNNING_ROUND,)), Kind.ACT, GOAL),
    "whom to ask in a korte vraag": (when(30, LATE, running=HALFWAY, pulses=(PULSE,)), Kind.CHOOSE_FOR_PULSE, None),
    "a round before it": (when(30, rounds=(ASKING,), pulses=(PULSE,)), Kind.CHOOSE, None),
    "one that waits for approval": (when(30, GOAL, pulses=(replace(PULSE, sent=True),)), Kind.ACT, GOAL),
    "one that runs": (when(30, GOAL, pulses=(replace(PULSE, sent=True, runs=True),)), Kind.ACT, GOAL),
    "one that was closed": (when(30, LATE, pulses=(replace(PULSE, sent=True, runs=True), ANSWERS)), Kind.READ_PULSE,
                            None),
    "after a tussenstand": (when(30, GOAL, check_in=CHECK_IN, pulses=(ANSWERS,)), Kind.CHECK_IN, None),
    "closed eight days ago": (when(30, GOAL, pulses=(replace(ANSWERS, closed_on=ago(8)),)), Kind.ACT, GOAL),
    "a tussenstand is due": (when(30, GOAL, check_in=CHECK_IN), Kind.CHECK_IN, None),
    "it comes before a goal that is late, and a new self-assessment": (when(182, LATE, check_in=CHECK_IN),
                                                                      Kind.CHECK_IN, None),
    "also of who has not looked at herself": (replace(NOTHING, check_in=CHECK_IN), Kind.CHECK_IN, None),
    "not before a profile that is new": (when(0, check_in=CHECK_IN), Kind.READ_PROFILE, None),
    "nor before a round that was released": (when(30, released=RELEASED, check_in=CHECK_IN), Kind.READ_ROUND, None),
    "it is later": (when(30, GOAL, check_in=LATER), Kind.ACT, GOAL),
    "the other waits for her": (when(0, running=HALFWAY, check_in=replace(LATER, waits=True)), Kind.CHECK_IN_WAITS,
                                None),
    "a training was proposed to her": (when(30, GOAL, running=HALFWAY, proposed=SESSION), Kind.TRAINING_PROPOSED, None),
    "what another confirmed comes first": (when(30, proposed=SESSION, plan_waits_with="Tom Bakker"), Kind.PLAN_WAITS,
                                           None),
    "she can evaluate one": (when(200, LATE, to_evaluate=SESSION), Kind.EVALUATE, None),
    "also before her first self-assessment": (replace(NOTHING, to_evaluate=SESSION), Kind.EVALUATE, None),
    "not before a tussenstand": (when(30, check_in=CHECK_IN, to_evaluate=SESSION), Kind.CHECK_IN, None),
    "goals closed": (when(30, goals_closed=1, last_goal_made_on=ago(29)), Kind.REST, None),
}


@pytest.mark.parametrize(("facts", "kind", "goal"), TABLE.values(), ids=TABLE.keys())
def test_next_step(facts: Facts, kind: Kind, goal: OpenGoal | None) -> None:
    step = next_step(facts)
    assert (step.kind, step.goal) == (kind, goal)


@pytest.mark.parametrize("facts", [row[0] for row in TABLE.values()], ids=TABLE.keys())
def test_a_year_has_at_most_one_step_now_and_none_is_both(facts: Facts) -> None:
    steps = year(facts)
    assert [part.step for part in steps] == list(Step)
    assert sum(part.now for part in steps) == (next_step(facts).kind not in (Kind.REST, Kind.CHOOSE))
    assert not any(part.done and part.now for part in steps)


YEARS = {
    "nothing yet": (NOTHING, [], Step.SELF_ASSESSMENT),
    "measured today": (when(0), [Step.SELF_ASSESSMENT], Step.PROFILE),
    "nobody knows whether it was read": (when(30), [Step.SELF_ASSESSMENT], Step.GOAL),
    "a goal was made from it": (when(30, GOAL, last_goal_made_on=ago(30)),
                                [Step.SELF_ASSESSMENT, Step.PROFILE, Step.GOAL], Step.PRACTICE),
    "a goal of the year before": (when(30, GOAL, last_goal_made_on=ago(31)), [Step.SELF_ASSESSMENT, Step.GOAL],
                                  Step.PRACTICE),
    "a new self-assessment runs": (when(190, GOAL, last_goal_made_on=ago(150), goals_closed=2, running=HALFWAY), [],
                                   Step.SELF_ASSESSMENT),
    "measured anew": (when(0, GOAL, last_goal_made_on=ago(150)), [Step.SELF_ASSESSMENT], Step.PROFILE),
    "a training beside it": (when(30, to_evaluate=SESSION), [Step.SELF_ASSESSMENT], Step.GOAL),
    "a training while she practises": (when(30, GOAL, last_goal_made_on=ago(30), to_evaluate=SESSION),
                                       [Step.SELF_ASSESSMENT, Step.PROFILE, Step.GOAL], Step.PRACTICE),
    "goals closed": (when(30, goals_closed=2, last_goal_made_on=ago(20)),
                     [Step.SELF_ASSESSMENT, Step.PROFILE, Step.GOAL, Step.PRACTICE], None),
}


@pytest.mark.parametrize(("facts", "done", "now"), YEARS.values(), ids=YEARS.keys())
def test_year(facts: Facts, done: list[Step], now: Step | None) -> None:
    steps = year(facts)
    assert [part.step for part in steps if part.done] == done
    assert next((part.step for part in steps if part.now), None) == now


def test_a_newcomer_is_who_began_nothing() -> None:
    assert NOTHING.is_newcomer
    for begun in (when(1), replace(NOTHING, running=HALFWAY), replace(NOTHING, open_goals=(GOAL,)),
                  replace(NOTHING, last_goal_made_on=TODAY)):
        assert not begun.is_newcomer


def test_the_next_tussenstand_is_named_while_there_is_nothing_to_do_for_it() -> None:
    assert when(30, check_in=LATER).check_in_on == ago(-40)
    assert when(30, check_in=CHECK_IN).check_in_on is when(30).check_in_on is None


def test_again_after_half_a_year() -> None:
    assert when(0).again_on == dt.date(2026, 9, 10)
    assert NOTHING.again_on is None
