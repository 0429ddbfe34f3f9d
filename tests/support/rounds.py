"""A round as it stands in the database, in any state, made without the pages: for tests of what comes after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import update

from app.assessments.models import Measurement, StoredCell
from app.competencies.queries import current_framework
from app.db import db
from app.measurement.scale import RULES, Group
from app.rounds import links
from app.rounds.invitations import State, relations_of, set_for
from app.rounds.models import Invitation, Round, RoundGroup, RoundSubject
from app.web.formats import now, today
from tests.support.builders import Persona

SETS = {
    Group.TEAM_LEAD: "kern", Group.COLLEAGUE: "kern", Group.SCHOOL: "kern", Group.CLIENT: "kern",
    Group.PARENT: "beleving", Group.PUPIL: "beleving",
}
MINIMUMS = {Group.TEAM_LEAD: 1, Group.PUPIL: 5}
ADVICE = {Group.TEAM_LEAD: 1, Group.COLLEAGUE: 6, Group.SCHOOL: 10, Group.CLIENT: 3, Group.PARENT: 12, Group.PUPIL: 9}


@dataclass(frozen=True, slots=True)
class MadeRound:
    """`part_ids` per subject in the order given; `invitation_ids` and `tokens` per rater of the first subject."""

    round_id: int
    part_ids: tuple[int, ...]
    invitation_ids: tuple[int, ...]
    tokens: tuple[str, ...]


def make_round(
    app: Flask,
    organiser: Persona,
    subjects: Sequence[Persona],
    raters: Mapping[str, int] | None = None,
    *,
    state: str = "open",
    invitation_state: State = State.APPROVED,
    opened_days_ago: int = 3,
    small_circle: bool = False,
    lead_reads_comments: bool = True,
) -> MadeRound:
    """A round about these subjects, each with so many raters per group (default: four colleagues and six of a school).

    Every group takes its first relation. With state 'open' everybody was invited when it opened.
    """
    counts = {Group.COLLEAGUE: 4, Group.SCHOOL: 6} if raters is None else raters
    opens_on = today() - dt.timedelta(days=opened_days_ago)
    running = state not in ("concept", "choosing")
    with app.app_context():
        made = Round(
            organisation_id=organiser.organisation_id,
            name="Najaarsronde",
            purpose="Leren van wat anderen zien in mijn werk op scholen.",
            state=state,
            framework_version_id=current_framework().version_id,
            created_by_id=organiser.id,
            created_at=now(),
            choose_until=opens_on - dt.timedelta(days=3),
            opens_on=opens_on,
            closes_on=opens_on + dt.timedelta(days=28),
            reminder_days=[7, 18],
            small_circle=small_circle,
            lead_reads_comments=lead_reads_comments,
            opened_at=now() - dt.timedelta(days=opened_days_ago) if running else None,
            groups=[
                RoundGroup(organisation_id=organiser.organisation_id, rater_group=group, question_set=question_set,
                           minimum=MINIMUMS.get(group, 3), advice=ADVICE[group])
                for group, question_set in SETS.items()
            ],
            subjects=[
                RoundSubject(
                    organisation_id=organiser.organisation_id,
                    person_id=subject.id,
                    choice_sent_at=now() if running else None,
                    approved_at=now() if running else None,
                    approved_by_id=organiser.id if running else None,
                    invitations=[
                        _invitation(organiser.organisation_id, subject, group, number, invitation_state,
                                    opens_on if running else None)
                        for group, count in counts.items()
                        for number in range(1, count + 1)
                    ],
                )
                for subject in subjects
            ],
        )
        db.session.add(made)
        db.session.flush()
        first = made.subjects[0].invitations if made.subjects else []
        known = MadeRound(
            made.id,
            tuple(part.id for part in made.subjects),
            tuple(invitation.id for invitation in first),
            tuple(links.token(invitation.public_id, invitation.renewal) for invitation in first),
        )
        db.session.commit()
        return known


def give_measurement(
    app: Flask, made: MadeRound, number: int = 0, *, groups: Sequence[str] = (), released: bool = True,
    lead_reads_from: dt.date | None = None,
) -> int:
    """The measurement of a part (default: the first) with cells of each of these groups of adults, and which it is.

    The figures do not matter here. `lead_reads_from`: of a released part; the same day by default.
    """
    with app.app_context():
        part = db.session.get_one(RoundSubject, made.part_ids[number])
        asked = [page.competency.code for page in current_framework().catalog.asked("kern", Group.COLLEAGUE)]
        measurement = Measurement(
            organisation_id=part.organisation_id, subject_id=part.person_id, question_set="kern", closed_at=now(),
            framework_version_id=current_framework().version_id,
            cells=[
                StoredCell(organisation_id=part.organisation_id, rater_group=group, item_code=code, mean=3.4,
                           indicator_means={}, **({"raters": 1} if RULES[Group(group)].named else {
                               "raters": 5, "spread": 0.8, "agreement": "redelijk eensgezind"}))
                for group in groups
                for code in asked
            ],
        )
        db.session.add(measurement)
        db.session.flush()
        part.measurement_id = measurement.id
        if released:
            part.released_at, part.lead_reads_from = now(), lead_reads_from or today()
        db.session.execute(update(Invitation).where(Invitation.round_subject_id == part.id).values(answered=None))
        db.session.commit()
        return part.measurement_id


def _invitation(organisation_id: int, subject: Persona, group: str, number: int, state: State,
                invited_on: dt.date | None) -> Invitation:
    relation = relations_of(group)[0]
    return Invitation(
        organisation_id=organisation_id,
        rater_group=group,
        relation=relation.code,
        question_set=set_for(relation, SETS[Group(group)]),
        name=f"{group.capitalize()} {number}",
        email=f"{group}.{number}.van.{subject.id}@school.example",
        state=state,
        invited_on=invited_on,
    )
