"""A made-up dienst on real rows that lives through half years: people join, leave, change team, sector and function
profile, are measured anew, agree on a plan and go to trainings, while other cuts are enabled.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass, field

from flask import Flask
from sqlalchemy import delete, select

from app.competencies.models import FunctionProfile, ProfileTarget
from app.competencies.services import assign_profile, copy_profile
from app.db import db
from app.development.models import Goal, Plan
from app.people.models import Membership, Person
from app.trainings.lifecycle import EnrolmentState, SessionState
from app.trainings.models import Enrolment, Meeting, TrainingSession
from app.web.formats import now, today
from tests.support.builders import make_organisation, make_person, make_team
from tests.support.needs import measured, settle, take_snapshot
from tests.support.trainings import make_training

CODES = ("VM1", "VM2", "VM3")
MEASURED_FROM = 10      # days ago
CUTS: tuple[tuple[str, ...], ...] = ((), ("opleiding",), ("sector",), ("functieprofiel", "opleiding"),
                                     ("opleiding", "sector"))


@dataclass
class Dienst:
    """`brings`: per measurement and competency the score of it; `asks`: per plan what its goals ask. `half_year`: how
    many it lived; each had a session of its training, and then a round.
    """

    app: Flask
    organisation_id: int
    chance: random.Random
    teams: list[int]
    profiles: list[int]
    training_id: int
    half_year: int = 0
    people: list[int] = field(default_factory=list)
    brings: dict[tuple[int, str], float] = field(default_factory=dict)
    asks: dict[int, dict[str, tuple[int, int]]] = field(default_factory=dict)
    snapshots: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def join(self, count: int) -> None:
        for _ in range(count):
            person = make_person(self.app, self.organisation_id, works_in=[self.chance.choice(self.teams)])
            self.people.append(person.id)
            self.names.append(person.name)
            self._change(person.id)

    def measure(self, share: float) -> None:
        some = {person: {code: self.chance.randrange(15, 46) / 10 for code in CODES if self.chance.random() < 0.9}
                for person in self.people if self.chance.random() < share}
        round_of = measured(self.app, self.organisation_id, some, days_ago=MEASURED_FROM - 2 * self.half_year)
        for person, measurement in round_of.items():
            self.brings |= {(measurement, code): score for code, score in some[person].items()}

    def live(self) -> None:
        """Half a year."""
        self.half_year += 1
        session_id = self._held()
        for person in list(self.people):
            luck = self.chance.random()
            if luck < 0.05:
                self._leave(person)
            elif luck < 0.12:
                self._move(person)
            elif luck < 0.2:
                self._change(person)
            if self.chance.random() < 0.3:
                self._train(person, session_id)
            if self.chance.random() < 0.4:
                self._plan(person)
        self._revise()
        self.join(self.chance.randrange(3))
        self.measure(self.chance.choice([0.1, 0.3, 0.5, 1.0]))

    def take(self, days_ago: float) -> None:
        settle(self.app, self.organisation_id, self.chance.choice(CUTS))
        taken = take_snapshot(self.app, self.organisation_id, days_ago=days_ago)
        if taken is not None:
            self.snapshots.append(taken)

    def targets(self) -> dict[int, dict[str, tuple[float, int]]]:
        """What each person's function profile asks now."""
        with self.app.app_context():
            rows = db.session.execute(select(ProfileTarget.profile_id, ProfileTarget.competency_code,
                                             ProfileTarget.target_score, ProfileTarget.importance))
            asked: dict[int, dict[str, tuple[float, int]]] = defaultdict(dict)
            for profile, code, score, importance in rows:
                asked[profile][code] = score, importance
            return {person: asked[self.profile_of[person]] for person in self.profile_of}

    profile_of: dict[int, int] = field(default_factory=dict)

    def _leave(self, person: int) -> None:
        self.people.remove(person)
        with self.app.app_context():
            db.session.get_one(Person, person).active = False
            db.session.commit()

    def _move(self, person: int) -> None:
        with self.app.app_context():
            db.session.execute(delete(Membership).where(Membership.person_id == person))
            if self.chance.random() < 0.9:
                db.session.add(Membership(organisation_id=self.organisation_id, person_id=person,
                                          team_id=self.chance.choice(self.teams)))
            db.session.commit()

    def _change(self, person: int) -> None:
        with self.app.app_context():
            self.profile_of[person] = self.chance.choice(self.profiles)
            assign_profile(self.organisation_id, person, self.profile_of[person])
            db.session.get_one(Person, person).sectors = frozenset({self.chance.choice(["po", "po", "vo"])})
            db.session.commit()

    def _held(self) -> int:
        """A session of this half year, before its round."""
        ended_at = now() - dt.timedelta(days=MEASURED_FROM + 1 - 2 * self.half_year)
        with self.app.app_context():
            held = TrainingSession(organisation_id=self.organisation_id, training_id=self.training_id, places=100,
                                   state=SessionState.HELD, created_at=now())
            held.meetings = [Meeting(organisation_id=self.organisation_id, ends_at=ended_at,
                                     begins_at=ended_at - dt.timedelta(hours=2))]
            db.session.add(held)
            db.session.commit()
            return held.id

    def _train(self, person: int, session_id: int) -> None:
        with self.app.app_context():
            db.session.add(Enrolment(organisation_id=self.organisation_id, session_id=session_id, person_id=person,
                                     state=EnrolmentState.ATTENDED, changed_at=now()))
            db.session.commit()

    def _plan(self, person: int) -> None:
        """A new plan, agreed; or another number of hours in the one she has, which does not count any more."""
        with self.app.app_context():
            begins = today() - dt.timedelta(days=400 - len(self.asks))
            plan = Plan(organisation_id=self.organisation_id, person_id=person, begins_on=begins,
                        ends_on=begins + dt.timedelta(days=800), state="agreed", created_at=now())
            db.session.add(plan)
            db.session.flush()
            self.asks[plan.id] = {}
            for code in self.chance.sample(CODES, self.chance.randrange(3)):
                hours, budget = self.chance.choice([4, 20, 60]), self.chance.choice([0, 400, 3000])
                db.session.add(Goal(
                    organisation_id=self.organisation_id, person_id=person, plan_id=plan.id, state="done",
                    framework_version_id=1, competency_code=code, reason="", behaviour="", noticed_by="", if_then="",
                    hours=hours, budget=budget, created_at=now(), changed_at=now()))
                self.asks[plan.id][code] = hours, budget
            db.session.commit()

    def _revise(self) -> None:
        """A function profile asks something else."""
        with self.app.app_context():
            row = db.session.get_one(ProfileTarget, (self.chance.choice(self.profiles), self.chance.choice(CODES)))
            row.target_score, row.importance = self.chance.choice([3.0, 3.5, 4.0]), self.chance.choice([1, 2, 4, 5])
            db.session.commit()


def make_dienst(app: Flask, seed: int) -> Dienst:
    here = make_organisation(app)
    with app.app_context():
        default = db.session.scalars(select(FunctionProfile).where(FunctionProfile.organisation_id == here)).one()
        profiles = [default.id, copy_profile(default, "Kopie van {name}").id]
        db.session.commit()
    dienst = Dienst(app, here, random.Random(seed), [make_team(app, here) for _ in range(3)], profiles,
                    make_training(app, here))
    dienst.join(20)
    dienst.measure(0.9)
    return dienst
