"""Reading what a momentopname is made of: constant in people, and one competency after another.

What it reads are scores of people. Nothing here is for a page.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Subquery, and_, func, select
from sqlalchemy.orm import undefer

from app.access import Role
from app.assessments.models import Measurement, SelfAssessment, StoredCell
from app.competencies.models import FunctionProfile, PersonProfile, ProfileTarget
from app.competencies.queries import FunctionTargets
from app.db import db
from app.development.goals.lifecycle import GoalState
from app.development.models import Goal, GoalAction, Plan
from app.development.plans.lifecycle import PlanState
from app.measurement.needs import Contribution, contribution
from app.measurement.scale import RULES, Group
from app.measurement.scoring import Cell, others
from app.measurement.snapshots import TEAM
from app.needs.cells import NO_TEAM, NOTHING, TRAINED, UNTRAINED, Cut, cell_in
from app.needs.figures import People, Published
from app.needs.models import Snapshot, SnapshotFigure
from app.needs.wish_figures import PlanAsks
from app.people.models import Membership, Person
from app.rounds.lifecycle import Kind as RoundKind
from app.rounds.models import Round, RoundSubject
from app.trainings.lifecycle import EnrolmentState
from app.trainings.models import Enrolment, Meeting

ADULTS = [group for group in Group if RULES[group].in_others]


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Everybody who is counted, the active begeleiders: in which cell, and by which function profile."""

    cells: People
    profile_of: Mapping[int, int | None]
    profiles: Mapping[int, FunctionTargets]

    def targets(self, person: int) -> FunctionTargets:
        return self.profiles.get(self.profile_of[person] or 0) or FunctionTargets("")


def colleagues_of(organisation_id: int, cuts: Iterable[str]) -> Colleagues:
    """Five statements at most. Who works in several teams counts in the one that was made first."""
    wanted = frozenset(cuts)
    rows = db.session.execute(
        select(Person.id, Person.roles, Person.sectors, Person.clusters, PersonProfile.profile_id)
        .outerjoin(PersonProfile, PersonProfile.person_id == Person.id)
        .where(Person.organisation_id == organisation_id, Person.active)
        .order_by(Person.id)
    ).all()
    team_of: dict[int, int] = {}
    for member, team in db.session.execute(
        select(Membership.person_id, Membership.team_id)
        .where(Membership.organisation_id == organisation_id, ~Membership.leads)
        .order_by(Membership.team_id)
    ):
        team_of.setdefault(member, team)
    profiles, default = _profiles(organisation_id)
    trained = _trained(organisation_id) if Cut.TRAINED in wanted else frozenset()
    cells, profile_of = {}, {}
    for person, roles, sectors, clusters, profile in rows:
        if Role.BEGELEIDER not in roles:
            continue
        profile_of[person] = profile or default
        known = {
            TEAM: str(team_of.get(person, NO_TEAM)),
            Cut.SECTOR: "+".join(sorted(sectors)) or NOTHING,
            Cut.CLUSTER: "+".join(sorted(clusters)) or NOTHING,
            Cut.PROFILE: str(profile_of[person] or NOTHING),
            Cut.TRAINED: TRAINED if person in trained else UNTRAINED,
        }
        cells[person] = tuple(sorted((str(cut), value) for cut, value in known.items() if cut == TEAM or cut in wanted))
    return Colleagues(cells, profile_of, profiles)


def contributions(
    organisation_id: int, code: str, colleagues: Colleagues, self_counts_since: dt.datetime | None, *, place: int = 1
) -> Mapping[int, Contribution]:
    """What each brings to one competency, by the last released round about her (`place` 1), or the one before it (2).

    Who has no published score of others in it brings her last finished self-assessment, where that may count.
    """
    ranked = _rounds(organisation_id)
    rows = db.session.execute(
        select(ranked.c.subject_id, ranked.c.id, StoredCell.rater_group, StoredCell.raters, StoredCell.mean,
               StoredCell.spread)
        .join(StoredCell, StoredCell.measurement_id == ranked.c.id)
        .where(ranked.c.place == place, StoredCell.item_code == code, StoredCell.rater_group.in_(ADULTS))
        .order_by(ranked.c.subject_id, StoredCell.rater_group)
    )
    cells: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    for person, measurement, group, raters, mean, spread in rows:
        cells[person, measurement].append(Cell(group, code, raters, mean, {}, spread))
    seen = {person: (measurement, others(of)[0].mean) for (person, measurement), of in cells.items()}
    own = _own(organisation_id, code, self_counts_since) if self_counts_since and place == 1 else {}
    found = {}
    for person in colleagues.cells:
        if (counts := seen.get(person) or own.get(person)) is None:
            continue
        targets, (counted, score) = colleagues.targets(person), counts
        one = contribution(person, counted, targets.importance(code), targets.target_score(code),
                           *((score, None) if person in seen else (None, score)))
        if one is not None:
            found[person] = one
    return found


def plans_of(organisation_id: int, colleagues: Colleagues) -> Mapping[int, PlanAsks]:
    """The newest agreed plan of each that is not finished, with what its goals ask; two statements."""
    newest: dict[int, int] = {}
    for person, plan in db.session.execute(
        select(Plan.person_id, Plan.id)
        .where(Plan.organisation_id == organisation_id, Plan.state.in_((PlanState.AGREED, PlanState.RUNNING)))
        .order_by(Plan.begins_on, Plan.id)
    ):
        if person in colleagues.cells:
            newest[person] = plan       # a later one takes its place
    whose = {plan: person for person, plan in newest.items()}
    by_actions = (
        select(func.sum(GoalAction.hours)).where(GoalAction.goal_id == Goal.id).correlate(Goal).scalar_subquery()
    )
    asks: dict[int, dict[str, tuple[float, int]]] = {plan: {} for plan in whose}
    for of_plan, code, hours, budget in db.session.execute(
        select(Goal.plan_id, Goal.competency_code, func.coalesce(Goal.hours, by_actions, 0),
               func.coalesce(Goal.budget, 0))
        .join(Plan, Plan.id == Goal.plan_id)
        .where(Goal.organisation_id == organisation_id, Goal.state != GoalState.IDEA,
               Plan.state.in_((PlanState.AGREED, PlanState.RUNNING)))
        .order_by(Goal.id)
    ):
        if of_plan in asks:
            before = asks[of_plan].get(code, (0.0, 0))
            asks[of_plan][code] = (before[0] + float(hours), before[1] + int(budget))
    return {whose[plan]: PlanAsks(plan, of) for plan, of in asks.items()}


def taken_before(organisation_id: int) -> int:
    """How many momentopnamen there are."""
    return db.session.scalar(select(func.count(Snapshot.id)).where(Snapshot.organisation_id == organisation_id)) or 0


def published_of(organisation_id: int, kind: str, item: str | None = None) -> Mapping[str, list[Published]]:
    """Every base figure of a kind as it was made, with its members, by item; of one item, or of all."""
    numbers = (
        select(Snapshot.id, Snapshot.taken_at,
               (func.row_number().over(order_by=(Snapshot.taken_at, Snapshot.id)) - 1).label("number"))
        .where(Snapshot.organisation_id == organisation_id)
        .subquery()
    )
    rows = db.session.execute(
        select(SnapshotFigure, numbers.c.number)
        .join(numbers, and_(numbers.c.id == SnapshotFigure.snapshot_id,
                            numbers.c.taken_at == SnapshotFigure.made_at))
        .where(SnapshotFigure.kind == kind,
               SnapshotFigure.item_code == item if item is not None else True)     # type: ignore[arg-type]
        .order_by(numbers.c.number, SnapshotFigure.cell)
        .options(undefer(SnapshotFigure.members))
    )
    found: dict[str, list[Published]] = defaultdict(list)
    for figure, number in rows:
        found[figure.item_code].append(
            Published(cell_in(figure.cell), number, figure.made_at, figure.members, figure.values))
    return found


def _profiles(organisation_id: int) -> tuple[Mapping[int, FunctionTargets], int | None]:
    """The function profiles, and which is the default one; two statements."""
    rows = db.session.execute(
        select(FunctionProfile.id, FunctionProfile.name, FunctionProfile.is_default)
        .where(FunctionProfile.organisation_id == organisation_id)
    ).all()
    scores: dict[int, dict[str, float]] = defaultdict(dict)
    importances: dict[int, dict[str, int]] = defaultdict(dict)
    for profile, code, score, importance in db.session.execute(
        select(ProfileTarget.profile_id, ProfileTarget.competency_code, ProfileTarget.target_score,
               ProfileTarget.importance)
        .where(ProfileTarget.organisation_id == organisation_id)
    ):
        scores[profile][code], importances[profile][code] = score, importance
    named = {row.id: FunctionTargets(row.name, scores[row.id], importances[row.id]) for row in rows}
    return named, next((row.id for row in rows if row.is_default), None)


def _trained(organisation_id: int) -> frozenset[int]:
    """Who came to a session of which the last meeting was between her last two measurements: only of her these can show
    what moved.
    """
    ends = (
        select(Meeting.session_id, func.max(Meeting.ends_at).label("at"))
        .where(Meeting.organisation_id == organisation_id)
        .group_by(Meeting.session_id)
        .subquery()
    )
    ranked = _rounds(organisation_id)
    last, before = ranked.alias(), ranked.alias()
    return frozenset(db.session.scalars(
        select(Enrolment.person_id)
        .join(ends, ends.c.session_id == Enrolment.session_id)
        .join(last, and_(last.c.subject_id == Enrolment.person_id, last.c.place == 1, ends.c.at <= last.c.closed_at))
        .join(before, and_(before.c.subject_id == Enrolment.person_id, before.c.place == 2,
                           ends.c.at > before.c.closed_at))
        .where(Enrolment.organisation_id == organisation_id, Enrolment.state == EnrolmentState.ATTENDED)
    ))


def _rounds(organisation_id: int) -> Subquery:
    """The released rounds about each person, with their place: 1 is the last."""
    place = func.row_number().over(
        partition_by=Measurement.subject_id, order_by=(Measurement.closed_at.desc(), Measurement.id.desc())
    )
    return (
        select(Measurement.id, Measurement.subject_id, Measurement.closed_at, place.label("place"))
        .join(RoundSubject, RoundSubject.measurement_id == Measurement.id)
        .join(Round, Round.id == RoundSubject.round_id)
        .where(Measurement.organisation_id == organisation_id, RoundSubject.released_at.is_not(None),
               Round.kind == RoundKind.FULL)
        .subquery()
    )


def _own(organisation_id: int, code: str, since: dt.datetime) -> Mapping[int, tuple[int, float]]:
    """Of each her last self-assessment that was begun after this moment, and her score in it where she has one."""
    place = func.row_number().over(
        partition_by=Measurement.subject_id, order_by=(Measurement.closed_at.desc(), Measurement.id.desc())
    )
    ranked = (
        select(Measurement.id, Measurement.subject_id, place.label("place"))
        .join(SelfAssessment, SelfAssessment.id == Measurement.self_assessment_id)
        .where(Measurement.organisation_id == organisation_id, SelfAssessment.started_at > since)
        .subquery()
    )
    rows: Sequence[Any] = db.session.execute(
        select(ranked.c.subject_id, ranked.c.id, StoredCell.mean)
        .join(StoredCell, StoredCell.measurement_id == ranked.c.id)
        .where(ranked.c.place == 1, StoredCell.item_code == code, StoredCell.rater_group == Group.SELF)
    ).all()
    return {person: (measurement, mean) for person, measurement, mean in rows}
