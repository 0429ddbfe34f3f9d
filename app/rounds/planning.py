"""Making, changing and copying rounds. A round to change comes from `queries.course.round_to_move`, so it is held."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from sqlalchemy import select

from app.access import Actor
from app.competencies.queries import current_framework
from app.db import db
from app.people.models import Person
from app.rounds import letters
from app.rounds.calendar import Dates
from app.rounds.invitations import relation, set_for
from app.rounds.lifecycle import State, is_fixed, may_change_freely
from app.rounds.models import Invitation, Round, RoundGroup, RoundSubject
from app.rounds.queries.planned import concepts_of
from app.web.formats import now


class Loosened(Exception):
    """This would take back what somebody was promised, or the round does not change any more."""


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A group that is asked: with which questions, its k, and how many it is wise to ask."""

    group: str
    question_set: str
    minimum: int
    advice: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that somebody says who plans a round."""

    name: str
    purpose: str
    person_ids: frozenset[int]
    groups: tuple[GroupPlan, ...]
    dates: Dates
    reminder_days: tuple[int, ...] = ()
    small_circle: bool = False
    lead_reads_comments: bool = True


def plan(actor: Actor, wanted: Plan, *, own_initiative: bool = False) -> Round:
    """A new concept. The same plan twice is one round: a double click, a reloaded page, the back button."""
    db.session.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update())
    if twin := _twin(actor, wanted):
        return twin
    made = Round(
        organisation_id=actor.organisation_id,
        state=State.CONCEPT,
        framework_version_id=current_framework().version_id,
        created_by_id=actor.person_id,
        created_at=now(),
        own_initiative=own_initiative,
        groups=[],
        subjects=[],
    )
    _fill_in(made, wanted)
    _set_people(made, wanted.person_ids)
    db.session.add(made)
    db.session.flush()
    return made


def change(planned: Round, wanted: Plan) -> None:
    """Of a concept everything; later what takes back no promise. Raises Loosened; whoever calls rolls back then.

    While people choose: no group less that is asked, no lower minimum, no comments to the teamleider that were not
    announced. From the first invitation on only the name, the reminders, and comments kept from the teamleider.
    """
    before = plan_of(planned)
    if not may_change_freely(planned.state):
        _refuse_loosened(planned, before, wanted)
    _fill_in(planned, wanted)
    for part in _set_people(planned, wanted.person_ids):
        if planned.state == State.CHOOSING:
            letters.choose_people(part)
    db.session.flush()


def plan_of(planned: Round) -> Plan:
    """What a round says now; with its groups and subjects loaded."""
    return Plan(
        name=planned.name,
        purpose=planned.purpose,
        person_ids=frozenset(part.person_id for part in planned.subjects),
        groups=tuple(
            GroupPlan(group.rater_group, group.question_set, group.minimum, group.advice)
            for group in sorted(planned.groups, key=lambda group: group.rater_group)
        ),
        dates=Dates(planned.choose_until, planned.opens_on, planned.closes_on),
        reminder_days=tuple(planned.reminder_days),
        small_circle=planned.small_circle,
        lead_reads_comments=planned.lead_reads_comments,
    )


def fingerprint(planned: Round) -> str:
    """Changes with everything that a form about this round shows: so two organisers notice each other."""
    said = plan_of(planned)
    text = repr((planned.state, said.name, said.purpose, sorted(said.person_ids), said.groups, said.dates,
                 said.reminder_days, said.small_circle, said.lead_reads_comments))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _refuse_loosened(planned: Round, before: Plan, wanted: Plan) -> None:
    if planned.state not in (State.CHOOSING, State.OPEN):
        raise Loosened("this round does not change any more")
    if wanted.lead_reads_comments and not before.lead_reads_comments:
        raise Loosened("comments were to stay with her")
    asked = {group.group: group for group in wanted.groups}
    if any(group.group not in asked or asked[group.group].minimum < group.minimum for group in before.groups):
        raise Loosened("a group less, or a lower minimum")
    if before.small_circle != wanted.small_circle:
        raise Loosened("small circle")
    if is_fixed(planned.state, invited=planned.opened_at is not None) and (
        _sorted(before.groups) != _sorted(wanted.groups)
        or (before.purpose, before.person_ids, before.dates) != (wanted.purpose, wanted.person_ids, wanted.dates)
    ):
        raise Loosened("fixed from the first invitation on")


def _sorted(groups: tuple[GroupPlan, ...]) -> list[tuple[str, str, int]]:
    """What was promised of the groups; the advice is not a promise."""
    return sorted((group.group, group.question_set, group.minimum) for group in groups)


def _fill_in(planned: Round, wanted: Plan) -> None:
    planned.name, planned.purpose = wanted.name, wanted.purpose
    planned.choose_until, planned.opens_on = wanted.dates.choose_until, wanted.dates.opens_on
    planned.closes_on, planned.reminder_days = wanted.dates.closes_on, list(wanted.reminder_days)
    planned.small_circle, planned.lead_reads_comments = wanted.small_circle, wanted.lead_reads_comments
    present = {group.rater_group: group for group in planned.groups}
    asked = {group.group for group in wanted.groups}
    for gone in [group for group in planned.groups if group.rater_group not in asked]:
        planned.groups.remove(gone)
    for group in wanted.groups:
        row = present.get(group.group)
        if row is None:
            row = RoundGroup(organisation_id=planned.organisation_id, rater_group=group.group)
            planned.groups.append(row)
        if row.question_set not in (None, group.question_set):
            _ask_other_questions(planned, group)
        row.question_set, row.minimum, row.advice = group.question_set, group.minimum, group.advice


def _ask_other_questions(planned: Round, group: GroupPlan) -> None:
    """People who were proposed already get the new set too."""
    for invitation in db.session.scalars(
        select(Invitation)
        .join(RoundSubject, RoundSubject.id == Invitation.round_subject_id)
        .where(RoundSubject.round_id == planned.id, Invitation.rater_group == group.group)
    ):
        invitation.question_set = set_for(relation(invitation.relation), group.question_set)


def _set_people(planned: Round, person_ids: frozenset[int]) -> list[RoundSubject]:
    """Who is new."""
    present = {part.person_id for part in planned.subjects}
    for gone in [part for part in planned.subjects if part.person_id not in person_ids]:
        planned.subjects.remove(gone)
    new = [
        RoundSubject(organisation_id=planned.organisation_id, person_id=person_id, invitations=[])
        for person_id in sorted(person_ids - present)
    ]
    planned.subjects.extend(new)
    db.session.flush()
    return new


def _twin(actor: Actor, wanted: Plan) -> Round | None:
    wanted = replace(wanted, groups=tuple(sorted(wanted.groups, key=lambda group: group.group)))
    return next((found for found in concepts_of(actor) if plan_of(found) == wanted), None)
