"""What a begeleider can best do next. PURE.

One thing to do next is always visible; the rest is quiet. The order of the rules in `next_step` is the order of what
matters: what others wait for, then what was begun, then what is new, then what is due, then what runs.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from app.assessments.questionnaire import HALF_A_YEAR

FRESH_DAYS = 7              # ours: so long reading the profile comes before making a goal
RELEASED_DAYS = 14          # ours: the same of a round, which takes a conversation too


@dataclass(frozen=True, slots=True)
class Running:
    """A self-assessment that was begun. `competency` is where she stopped; none when every page has its answers."""

    assessment_id: int
    set_name: str
    pages_done: int
    pages: int
    minutes_left: int
    competency: str | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class OpenGoal:
    id: int
    behaviour: str
    end_date: dt.date | None
    actions_done: int
    actions: int
    next_action: str | None


@dataclass(frozen=True, slots=True)
class Measured:
    id: int
    set_name: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Asking:
    """A round about her that is going on. `own_view_missing`: others answer, and she has not looked at herself."""

    part_id: int
    name: str
    choose_until: dt.date
    opens_on: dt.date
    closes_on: dt.date
    runs: bool
    sent: bool
    approved: bool
    own_view_missing: bool = False


@dataclass(frozen=True, slots=True)
class ShortlyAsked:
    """A korte vraag of hers. `runs`: people answer; `closed_on`: since when what they saw can be read at the goal."""

    part_id: int
    goal_id: int
    name: str
    choose_until: dt.date
    closes_on: dt.date
    runs: bool
    sent: bool
    closed_on: dt.date | None = None

    @property
    def to_choose(self) -> bool:
        """Whether she is to choose whom she asks."""
        return not (self.sent or self.runs or self.closed_on)


@dataclass(frozen=True, slots=True)
class ReleasedRound:
    """A round about her of which she may read the profile. `talk_with`: who will talk about it with her, and
    `talk_at`: when, if known. `talked`: what they said is fixed.
    """

    measurement_id: int
    name: str
    on: dt.date
    talk_with: str | None = None
    talk_at: dt.datetime | None = None
    talked: bool = False


@dataclass(frozen=True, slots=True)
class OwnCheckIn:
    """The tussenstand of the plan that she keeps: one that was begun (`id`), or the next one.

    `due`: it is time for it; `waits`: the other confirmed it, and she did not. `weeks`: since her start. `on`: from
    when the next one is, if there is one to come.
    """

    plan_id: int
    id: int | None
    weeks: int
    due: bool = False
    waits: bool = False
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation that the other confirmed, and she did not. `name`: of the other."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session of a training that was proposed to her (`by`: a name, or empty), or that she can evaluate `until`."""

    id: int
    title: str
    by: str = ""
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one begeleider. `measured` and `released` begin with the latest; `open_goals` in the order of
    their places; `rounds` with the one that closes first, `pulses` with the latest. `plan_waits_with`: who confirmed
    her plan, which she did not; `plan_to_confirm`: nobody did, and she can.
    """

    today: dt.date
    begin_minutes: int          # what a first self-assessment costs
    running: Running | None = None
    measured: tuple[Measured, ...] = ()
    open_goals: tuple[OpenGoal, ...] = ()
    last_goal_made_on: dt.date | None = None
    goals_closed: int = 0       # since the latest self-assessment
    rounds: tuple[Asking, ...] = ()
    pulses: tuple[ShortlyAsked, ...] = ()
    released: tuple[ReleasedRound, ...] = ()
    check_in: OwnCheckIn | None = None
    plan_waits_with: str | None = None
    plan_to_confirm: bool = False
    talk_waits: Talk | None = None
    proposed: OwnSession | None = None
    to_evaluate: OwnSession | None = None

    @property
    def newly_released(self) -> ReleasedRound | None:
        """A round that was released a few days ago, not talked about yet, and no goal was made since."""
        newest = self.released[0] if self.released else None
        if newest is None or newest.talked or (self.today - newest.on).days > RELEASED_DAYS:
            return None
        return None if self.last_goal_made_on and self.last_goal_made_on >= newest.on else newest

    @property
    def pulse_to_choose(self) -> ShortlyAsked | None:
        return next((pulse for pulse in self.pulses if pulse.to_choose), None)

    @property
    def pulse_to_read(self) -> ShortlyAsked | None:
        """One that was closed a few days ago."""
        return next((pulse for pulse in self.pulses
                     if pulse.closed_on and (self.today - pulse.closed_on).days <= FRESH_DAYS), None)

    @property
    def check_in_on(self) -> dt.date | None:
        """The day of the next tussenstand, while there is nothing to do for it."""
        return self.check_in.on if self.check_in and not self.check_in.due else None

    @property
    def latest(self) -> Measured | None:
        return self.measured[0] if self.measured else None

    @property
    def again_on(self) -> dt.date | None:
        """From when a new self-assessment can show what moved."""
        return self.latest.on + HALF_A_YEAR if self.latest else None

    @property
    def by_end(self) -> tuple[OpenGoal, ...]:
        """The open goals, the one that ends first in front, those without an end at the back."""
        return tuple(sorted(self.open_goals, key=lambda goal: goal.end_date or dt.date.max))

    @property
    def goal_made_since(self) -> bool:
        """A goal was made after the latest self-assessment: the only sign we have that its profile was read."""
        return self.latest is not None and self.last_goal_made_on is not None and (
            self.last_goal_made_on >= self.latest.on)

    @property
    def profile_is_fresh(self) -> bool:
        """Measured a few days ago, and no goal made since."""
        return self.latest is not None and (self.today - self.latest.on).days <= FRESH_DAYS and not self.goal_made_since

    @property
    def is_newcomer(self) -> bool:
        """Nothing was begun yet."""
        return not (self.running or self.measured or self.open_goals or self.last_goal_made_on or self.rounds
                    or self.released)


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
