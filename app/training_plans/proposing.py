"""Who of her people a teamleider could propose for the places that a plan keeps for them: a proposal, nothing more.

She reads no more of anybody than on the page of her team, and what she reads is written down likewise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from app.access import Actor
from app.competencies.catalog import Catalog
from app.db import db
from app.development.goals.lifecycle import GoalState
from app.measurement.snapshots import SMALL_TEAMS
from app.people.models import Membership
from app.profiles.queries import may_read, rounds_about
from app.profiles.readings import note
from app.team.queries import Worker, led_teams, measured_in
from app.team.standing import Shows, Standing, standing
from app.team.work_queries import plans_of
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import PlanRun, TrainingPlan
from app.training_plans.place_queries import Kept, enrolled, free_places, how_many, kept_places, targets_of
from app.training_plans.ranking import Asking, asking
from app.trainings.lifecycle import EnrolmentState, SessionState
from app.trainings.models import Enrolment, Meeting, TrainingSession
from app.web.formats import now

WANTED = (GoalState.OPEN, GoalState.PAUSED)
COUNTS = (EnrolmentState.PROPOSED, EnrolmentState.ENROLLED, EnrolmentState.WAITING)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could go. `asking`: None where nothing of hers may be read, so that there is no reason."""

    person: Worker
    asking: Asking | None
    proposed: bool      # among those for whom most speaks, for as many places as are left
    followed: bool      # this training, before: never among the proposed


@dataclass(frozen=True, slots=True)
class Stands:
    """Somebody who has to do with it already."""

    person: Worker
    state: str


@dataclass(frozen=True, slots=True)
class Place:
    """A session with the places that are kept for her people. `shared`: together with other small teams; `taken`: by
    who was proposed or signed up, which can be more than there are; `full`: whoever signs up now waits, for others can
    sign up too.
    """

    session: TrainingSession
    places: int
    shared: bool
    taken: int
    full: bool
    known: tuple[Stands, ...]
    candidates: tuple[Candidate, ...]

    @property
    def reasoned(self) -> list[Candidate]:
        return [one for one in self.candidates if one.asking is not None and one.asking.weight > 0]

    @property
    def others(self) -> list[Candidate]:
        """By name, without a reason."""
        return [one for one in self.candidates if one.asking is None or not one.asking.weight]


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that the page shows. `leads`: whether she leads a team at all."""

    leads: bool
    places: tuple[Place, ...]
    catalog: Catalog | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What she may read of somebody."""

    standing: Standing | None
    wishes: frozenset[str] | None


def proposal(actor: Actor) -> Proposal:
    """Only while a page is got."""
    teams = led_teams(actor)
    kept = [(one, units) for one in kept_places(actor) if (units := _units(one, [str(team.id) for team in teams]))]
    people = {one.id: one for team in teams for one in team.people}
    if not kept or not people:
        return Proposal(bool(teams), ())
    known, catalog = _known(actor, list(people.values()))
    targets = targets_of(actor, list(people))
    there = enrolled(actor, [one.run.session for one, _ in kept], list(people))
    places = []
    for one, units in kept:
        session = one.run.session
        subjects = [subject.competency_code for subject in session.training.competencies]
        those = {p.id: p for team in teams if _unit(one, str(team.id)) in units for p in team.people}
        stands = there.states[session.id]
        asks = {
            person_id: _asking(subjects, known[person_id], {code: targets[person_id].target_score(code)
                                                            for code in subjects},
                               {code: targets[person_id].importance(code) for code in subjects})
            for person_id in those if person_id not in stands
        }  # fmt: skip
        count = sum(one.run.places[unit] for unit in units)
        taken = sum(stands[p] in COUNTS for p in those if p in stands)
        proposed = sum(stands[p] == EnrolmentState.PROPOSED for p in those if p in stands)
        places.append(Place(
            session, count, SMALL_TEAMS in units, taken, one.free <= 0,
            tuple(Stands(those[p], state) for p, state in sorted(
                stands.items(), key=lambda pair: people[pair[0]].name.casefold()) if p in those),
            _candidates(those, asks, there.followed[session.training_id], _left(count - taken, one.free - proposed)),
        ))  # fmt: skip
    return Proposal(True, tuple(places), catalog)


def _left(kept: int, free: int) -> int:
    """How many more can be proposed of the places that are kept for her people, as long as the session has them."""
    return max(0, min(kept, free))


def waiting_for_people(actor: Actor) -> int:
    """In how many sessions places are left that are kept for her people; one statement."""
    codes = [str(one) for one in sorted(actor.leads)]
    hers = Enrolment.person_id.in_(
        select(Membership.person_id).where(Membership.team_id.in_(actor.leads), ~Membership.leads))
    begun = (select(Meeting.id).where(Meeting.session_id == PlanRun.session_id, Meeting.begins_at <= now())
             .correlate(PlanRun).exists())
    rows = db.session.execute(
        select(PlanRun, TrainingPlan.question["units"], free_places(), how_many(Enrolment.state.in_(COUNTS), hers),
               how_many(Enrolment.state == EnrolmentState.PROPOSED, hers))
        .join(TrainingPlan, TrainingPlan.id == PlanRun.plan_id)
        .join(TrainingSession, TrainingSession.id == PlanRun.session_id)
        .where(PlanRun.organisation_id == actor.organisation_id, TrainingPlan.state == PlanState.ADOPTED,
               TrainingSession.state == SessionState.PLANNED, ~begun)
    )
    waiting = 0
    for run, units, free, taken, proposed in rows:
        of_plan = Kept(run, frozenset(code for code, *_ in units), free)
        kept = sum(run.places[unit] for unit in _units(of_plan, codes))
        waiting += _left(kept - taken, free - proposed) > 0
    return waiting


def _candidates(people: Mapping[int, Worker], asks: Mapping[int, Asking | None], followed: frozenset[int],
                left: int) -> tuple[Candidate, ...]:
    """By name: it is a proposal, and no order of merit. Proposed are those for whom most speaks, and who did not follow
    this training before.
    """
    by_name = sorted(asks, key=lambda person_id: (people[person_id].name.casefold(), person_id))
    weights = {one: asked.weight for one in by_name if (asked := asks[one]) is not None and asked.weight > 0}
    first = sorted(weights.keys() - followed, key=lambda one: (-weights[one], by_name.index(one)))[:left]
    return tuple(Candidate(people[one], asks[one], one in first, one in followed) for one in by_name)


def _asking(subjects: Sequence[str], known: _Known, targets: Mapping[str, float],
            importance: Mapping[str, int]) -> Asking | None:
    if known.standing is None and known.wishes is None:
        return None
    scores = {}
    if known.standing is not None:
        lines = {code: known.standing.of(Shows.COMPETENCIES, code) for code in subjects}
        scores = {code: line.others.mean for code, line in lines.items() if line.others is not None}
    return asking(subjects, scores, targets, importance, known.wishes or ())


def _known(actor: Actor, people: Sequence[Worker]) -> tuple[Mapping[int, _Known], Catalog]:
    """Of each the newest round that she may read, and the goals of a plan that she may read."""
    ids = [one.id for one in people]
    teams = {one.id: one.team_ids for one in people}
    newest = {}
    for heading in rounds_about(actor, ids):
        heading = replace(heading, team_ids=teams[heading.subject_id])
        if heading.subject_id not in newest and may_read(actor, heading):
            newest[heading.subject_id] = heading
    reading = measured_in(list(newest.values()))
    note(actor, *newest.values())
    plans = plans_of(actor, people)
    found = {
        one: _Known(
            standing(reading.measured[newest[one].id], None) if one in newest else None,
            frozenset(code for code, state in plans[one].goals if state in WANTED) if one in plans else None,
        )
        for one in ids
    }
    return found, reading.versions.current.catalog


def _units(kept: Kept, team_codes: Sequence[str]) -> frozenset[str]:
    """The units with places that her teams are, or are in."""
    return frozenset(_unit(kept, code) for code in team_codes) & kept.run.places.keys()


def _unit(kept: Kept, team_code: str) -> str:
    return team_code if team_code in kept.units else SMALL_TEAMS
