"""Beginning a korte vraag about a goal. The goal is held (development.queries.goal_to_change); flushes only."""

from __future__ import annotations

from dataclasses import dataclass

from app.access import Actor
from app.competencies.catalog import PULSE_GROUPS, pulse_set
from app.competencies.parts import Competency
from app.competencies.queries import Framework, current_framework, framework_of
from app.db import db
from app.development.goals.lifecycle import GoalState
from app.development.models import Goal
from app.measurement.scale import rule_of
from app.pulses.models import Pulse
from app.pulses.queries import pulses_of
from app.rounds import moves
from app.rounds.calendar import propose_pulse
from app.rounds.lifecycle import Kind, State
from app.rounds.models import Round, RoundGroup, RoundSubject
from app.rounds.queries import course
from app.rounds.settings import settings_of
from app.web.formats import now, today

REMINDER_DAY = 7        # one reminder, halfway
ADVICE = 4              # the fewest people: one more than it takes to show anything


class GoalRests(Exception):
    """Only about an open goal something is asked."""


class NotByHerself(Exception):
    """In this organisation a begeleider does not begin a round herself, and so neither a korte vraag."""


class StillRuns(Exception):
    """There is one about this goal already."""

    def __init__(self, part_id: int) -> None:
        super().__init__(part_id)
        self.part_id = part_id


@dataclass(frozen=True, slots=True)
class Topic:
    """What is asked about: the competency of a goal, as the framework has it now, or else as it had it then."""

    framework: Framework
    competency: Competency

    @property
    def sentences(self) -> tuple[str, ...]:
        """The statements, without who does it."""
        code = pulse_set(self.competency.code)
        (page,) = self.framework.catalog.asked(code, PULSE_GROUPS[0])
        return tuple(indicator.other for indicator in page.indicators)


def topic_of(goal: Goal) -> Topic:
    for framework in (current_framework(), framework_of(goal.framework_version_id)):
        if any(one.code == goal.competency_code for one in framework.catalog.competencies):
            return Topic(framework, framework.catalog.competency(goal.competency_code))
    raise LookupError(goal.competency_code)


def may_begin(organisation_id: int) -> bool:
    """Whether begeleiders begin one themselves, as the beheerder has set for rounds."""
    return settings_of(organisation_id).begeleiders_start


def begin(actor: Actor, goal: Goal, topic: Topic, *, name: str, purpose: str) -> RoundSubject:
    """Whom she asks is still to be chosen, and to be approved by somebody else; then it begins.

    Raises NotByHerself, GoalRests, StillRuns, and MoveRefused when nobody could approve.
    """
    if not may_begin(actor.organisation_id):
        raise NotByHerself
    if goal.state != GoalState.OPEN:
        raise GoalRests
    for one in pulses_of([goal.id]).get(goal.id, ()):
        if one.runs:
            raise StillRuns(one.part_id)
    dates = propose_pulse(today(), course.holidays(actor.organisation_id))
    of = {"organisation_id": actor.organisation_id}
    made = Round(
        **of, kind=Kind.PULSE, name=name, purpose=purpose, state=State.CONCEPT,
        framework_version_id=topic.framework.version_id, created_by_id=actor.person_id, created_at=now(),
        own_initiative=True, choose_until=dates.choose_until, opens_on=dates.opens_on, closes_on=dates.closes_on,
        reminder_days=[REMINDER_DAY], small_circle=True, lead_reads_comments=False,
        groups=[
            RoundGroup(**of, rater_group=group, question_set=pulse_set(topic.competency.code),
                       minimum=rule_of(group).minimum, advice=ADVICE)
            for group in PULSE_GROUPS
        ],
        subjects=[RoundSubject(**of, person_id=actor.person_id, invitations=[])],
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    db.session.add(Pulse(**of, round_id=made.id, goal_id=goal.id))
    moves.publish(made)
    return made.subjects[0]
