"""Who lives through the year of a teamleider, and what others do in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from app.db import db
from app.development.models import Plan
from app.measurement.scale import Group
from app.rounds import choosing, links
from app.rounds.invitations import relations_of
from app.rounds.models import RoundSubject
from app.rounds.queries import asked
from app.rounds.raters import one
from app.training_plans import adopting, services
from app.training_plans.queries import plan_to_change
from app.training_plans.question import Wish
from app.trainings.models import TrainingSession
from app.trainings.session_queries import session_to_change
from tests.profiles.released import release
from tests.support.browser import assert_accessible
from tests.support.builders import Persona
from tests.support.clock import Clock
from tests.support.teams import MadeTeam, cells
from tests.support.training_plans import hr_of
from tests.support.trainings import make_training

SCHOOL = ("An Bos", "Bo Dam", "Cor Els", "Dik Fok", "Els Gans", "Fem Huls", "Gea Ink", "Hans Jol")


@dataclass(slots=True)
class LedYear:
    """Tom at a desk leads a team that was measured before, and Jet, who came to it; `elsewhere` he does not lead."""

    app: Flask
    clock: Clock
    team: MadeTeam
    elsewhere: MadeTeam
    jet: Persona
    own_view_id: int
    tom: Page
    hers: Page
    part_id: int = field(init=False)

    @property
    def organisation_id(self) -> int:
        return self.team.organisation_id

    @property
    def people(self) -> Sequence[Persona]:
        return self.team.people

    @property
    def measurement_id(self) -> int:
        """What came of the round about Jet."""
        with self.app.app_context():
            found = db.session.get_one(RoundSubject, self.part_id).measurement_id
            assert found is not None
            return found


def refused(page: Page, *addresses: str) -> None:
    """She may not read this, and is told so without a word of what stands there."""
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status in (403, 404), f"{address}: {answer.status}"
    assert_accessible(page)


def she_chooses(year: LedYear) -> None:
    """Her six colleagues and eight people of schools."""
    with year.clock.here(), year.app.app_context():
        part = asked.part_to_change(year.organisation_id, year.part_id)
        assert part is not None
        colleague, school = (relations_of(group)[0].code for group in (Group.COLLEAGUE, Group.SCHOOL))
        choosing.propose(part, Group.COLLEAGUE, [one(who.name, who.email, colleague, "") for who in year.people])
        choosing.propose(part, Group.SCHOOL, [one(name, f"{name[:2].lower()}@school.example".replace(" ", ""), school,
                                                  "") for name in SCHOOL])
        choosing.send_choice(part, sure=True)
        db.session.commit()


def tokens(year: LedYear) -> list[str]:
    """The links of everybody who was invited about Jet."""
    with year.app.app_context():
        part = db.session.scalars(select(RoundSubject).where(RoundSubject.id == year.part_id)).one()
        found = asked.part_to_change(part.organisation_id, part.id)
        assert found is not None
        return [links.token(each.public_id, each.renewal) for each in found.invitations if each.invited_on]


def plan_of(year: LedYear, person: Persona) -> int:
    with year.app.app_context():
        return db.session.scalars(select(Plan.id).where(Plan.person_id == person.id)).one()


def adopt_a_plan(year: LedYear) -> None:
    """HR holds one training, on what the last momentopname says of every team."""
    actor = hr_of(year.organisation_id)
    with year.clock.here(), year.app.app_context():
        make_training(year.app, year.organisation_id, title="Leren luisteren", competencies=("VM1",), cost_group=2000,
                      cost_person=None, places_min=4, places_max=8)
        made = services.create(actor, Wish("Plan 2027", dt.date(2027, 1, 1), dt.date(2027, 7, 31), 2500, 40))
        services.stop(made)
        plan = plan_to_change(actor, made.id)
        assert plan is not None
        known = services.question_on(plan)
        adopting.adopt(actor, plan, known, services.versions_of(plan, known)["snel"], plan.revision)
        db.session.commit()


def answers(year: LedYear, person: Persona, move: Callable[[TrainingSession, int], object]) -> None:
    """She signs up for the one session that there is, or does not."""
    with year.clock.here(), year.app.app_context():
        session_id = db.session.scalars(select(TrainingSession.id)).one()
        session = session_to_change(year.organisation_id, session_id)
        assert session is not None
        move(session, person.id)
        db.session.commit()


def measured_again(year: LedYear, mean: float) -> None:
    """A second round about the six, that was released ten days ago."""
    with year.clock.here():
        for person in year.people:
            release(year.app, year.team.lead, person, cells(mean), own_view=False, days_ago=10)
