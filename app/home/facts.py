"""What is known of one begeleider for her start page. PURE."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.assessments.questionnaire import HALF_A_YEAR
from app.trainings.coming import Ahead, Waiting

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
class Facts:
    """All of it. `measured` and `released` begin with the latest; `open_goals` in the order of their places; `rounds`
    with the one that closes first, `pulses` with the latest, `going` with the soonest. `plan_waits_with`: who confirmed
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
    proposed: Waiting | None = None
    to_evaluate: Waiting | None = None
    going: tuple[Ahead, ...] = ()

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
