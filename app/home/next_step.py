"""What a begeleider can best do next. PURE.

One thing to do next is always visible; the rest is quiet. The order of the rules in `next_step` is the order of what
matters: what others wait for, then what was begun, then what is new, then what is due, then what runs.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from app.home.facts import Asking, Facts, OpenGoal


class Kind(enum.StrEnum):
    CHOOSE = "choose"               # whom to ask in a round
    CHOOSE_FOR_PULSE = "choose_for_pulse"   # whom to ask in a korte vraag
    OWN_VIEW = "own_view"           # a self-assessment for a round that runs
    BEGIN = "begin"
    CONTINUE = "continue"
    CHECK = "check"                 # everything answered: look it over and finish
    READ_ROUND = "read_round"       # what came out of a round
    READ_PROFILE = "read_profile"
    TALK_WAITS = "talk_waits"       # the other confirmed their conversation
    PLAN_WAITS = "plan_waits"       # the other confirmed her plan
    CONFIRM_PLAN = "confirm_plan"   # it lies before both, and she can confirm it
    CHECK_IN_WAITS = "check_in_waits"       # the other confirmed her tussenstand
    CHECK_IN = "check_in"                   # it is time for one, or it was begun
    TRAINING_PROPOSED = "training_proposed"     # she answers a proposal
    EVALUATE = "evaluate"                       # a session that she was at
    READ_PULSE = "read_pulse"       # what came out of a korte vraag
    GOAL_IS_DUE = "goal_is_due"
    MEASURE_AGAIN = "measure_again"
    MAKE_GOAL = "make_goal"
    ACTIONS_ARE_DONE = "actions_are_done"
    ACT = "act"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class NextStep:
    """`goal` or `round`: what it is about, if it is about one."""

    kind: Kind
    goal: OpenGoal | None = None
    round: Asking | None = None


def next_step(facts: Facts) -> NextStep:
    """The one thing to put in the card 'Wat nu?'."""
    choose = next((asking for asking in facts.rounds if not asking.sent and not asking.approved), None)
    if choose:
        return NextStep(Kind.CHOOSE, round=choose)
    if facts.pulse_to_choose:
        return NextStep(Kind.CHOOSE_FOR_PULSE)
    if facts.talk_waits:
        return NextStep(Kind.TALK_WAITS)
    if facts.plan_waits_with:
        return NextStep(Kind.PLAN_WAITS)
    if facts.check_in and facts.check_in.waits:
        return NextStep(Kind.CHECK_IN_WAITS)
    if facts.plan_to_confirm:
        return NextStep(Kind.CONFIRM_PLAN)
    if facts.proposed:
        return NextStep(Kind.TRAINING_PROPOSED)
    if facts.running:
        return NextStep(Kind.CONTINUE if facts.running.slug else Kind.CHECK)
    own_view = next((asking for asking in facts.rounds if asking.own_view_missing), None)
    if own_view:
        return NextStep(Kind.OWN_VIEW, round=own_view)
    if facts.newly_released:
        return NextStep(Kind.READ_ROUND)
    if facts.profile_is_fresh:
        return NextStep(Kind.READ_PROFILE)
    if facts.check_in and facts.check_in.due:
        return NextStep(Kind.CHECK_IN)
    if facts.pulse_to_read:
        return NextStep(Kind.READ_PULSE)
    if facts.to_evaluate:
        return NextStep(Kind.EVALUATE)
    if facts.latest is None or facts.again_on is None:
        return NextStep(Kind.BEGIN)
    due = next((g for g in facts.by_end if g.end_date and g.end_date < facts.today), None)
    if due:
        return NextStep(Kind.GOAL_IS_DUE, due)
    if facts.again_on <= facts.today:
        return NextStep(Kind.MEASURE_AGAIN)
    if not facts.open_goals:
        return NextStep(Kind.REST if facts.goals_closed else Kind.MAKE_GOAL)
    done = next((g for g in facts.by_end if g.actions and g.actions_done == g.actions), None)
    if done:
        return NextStep(Kind.ACTIONS_ARE_DONE, done)
    going = next((g for g in facts.by_end if g.next_action), None)
    return NextStep(Kind.ACT, going) if going else NextStep(Kind.REST)
