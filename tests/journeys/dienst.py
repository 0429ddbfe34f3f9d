"""A dienst of four teams and two sectors that HR plans for through a year, and what its people do in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select, update

from app.access import Actor, Role
from app.db import db
from app.people.models import Person
from app.rounds.models import RoundSubject
from app.trainings import evaluating, seeding
from app.trainings.evaluation import Answer
from app.trainings.models import TrainingSession
from app.trainings.session_queries import session_to_change
from tests.support.builders import Persona, make_person, make_team
from tests.support.clock import Clock
from tests.support.needs import measured
from tests.support.records import make_plan

TEAMS = {"Noord": {"po": 12, "vo": 6}, "Zuid": {"po": 6, "vo": 6}, "West": {"po": 6, "vo": 3}, "Oost": {"po": 3}}
"""So many people work in each sector of each team."""
WORRY = ("VM1", "VM2", "VM3")
FINE = ("AC1", "AC2", "ON1", "RM1", "RM2")
WELL = 3.8


@dataclass(slots=True)
class Dienst:
    """`of`: the people by team and sector; `went` and `stayed`: who of Noord goes to the training, and who does not."""

    app: Flask
    clock: Clock
    organisation_id: int
    teams: Mapping[str, int]
    of: Mapping[tuple[str, str], Sequence[Persona]]
    lead: Persona
    plan_id: int
    hanna: Page
    measurements: Mapping[int, int] = field(default_factory=dict)

    @property
    def everybody(self) -> list[Persona]:
        return [person for people in self.of.values() for person in people]

    @property
    def went(self) -> Sequence[Persona]:
        return self.of["Noord", "po"][:6]

    @property
    def of_persons(self) -> tuple[str, ...]:
        """Where the profile, the comments, the plan, the part of a round, the team of somebody stand."""
        somebody = self.went[0]
        read = self.measurements[somebody.id]
        with self.app.app_context():
            part = db.session.scalars(select(RoundSubject.id).where(RoundSubject.measurement_id == read)).one()
        return (f"/profiel/{read}", f"/profiel/{read}/opmerkingen", f"/ontwikkelplan/van/{self.plan_id}",
                f"/rondes/mensen/{part}", f"/rondes/mensen/{part}/vrijgeven", f"/team/{self.teams['Noord']}",
                f"/team/{self.teams['Noord']}/rollen", f"/dossier/van/{somebody.id}")


def make_dienst(app: Flask, clock: Clock, organisation_id: int, hanna: Page) -> Dienst:
    """Measured in June, with one teamleider; six of Noord agreed on a plan."""
    with clock.here():
        teams = {name: make_team(app, organisation_id, f"Team {name}") for name in TEAMS}
        of = {(name, sector): [make_person(app, organisation_id, works_in=[teams[name]], name=f"{name} {sector} {n}")
                               for n in range(count)]
              for name, sectors in TEAMS.items() for sector, count in sectors.items()}
        lead = make_person(app, organisation_id, roles=["teamleider"], leads=teams.values(), name="Tom Bakker")
        with app.app_context():
            for (_, sector), people in of.items():
                db.session.execute(update(Person).where(Person.id.in_([one.id for one in people]))
                                   .values(sectors=frozenset({sector})))
            seeding.give_first(organisation_id)
            db.session.commit()
        plans = [make_plan(app, person, lead, agreed=True) for person in of["Noord", "po"][:6]]
        made = Dienst(app, clock, organisation_id, teams, of, lead, plans[0], hanna)
        measure(made, 2.4, days_ago=60)
    return made


def measure(dienst: Dienst, worry: float, *, went: float | None = None, days_ago: int = 1) -> None:
    """A round about everybody: only Noord gives worry. `went`: what was seen of those who went to the training."""
    seen = {person.id: WELL for person in dienst.everybody}
    seen |= {person.id: worry for (team, _), people in dienst.of.items() if team == "Noord" for person in people}
    seen |= {person.id: went or worry for person in dienst.went}
    with dienst.clock.here():
        dienst.measurements = measured(dienst.app, dienst.organisation_id, {
            person_id: dict.fromkeys(WORRY, mean) | dict.fromkeys(FINE, WELL) for person_id, mean in seen.items()
        }, days_ago=days_ago)


def does(dienst: Dienst, session_id: int, people: Sequence[Persona],
         move: Callable[[TrainingSession, int], object]) -> None:
    """Each of these signs up, would rather not, or says what she thought."""
    for person in people:
        with dienst.clock.here(), dienst.app.app_context():
            session = session_to_change(dienst.organisation_id, session_id)
            assert session is not None
            move(session, person.id)
            db.session.commit()


def says(session: TrainingSession, person_id: int) -> None:
    evaluating.evaluate(session, person_id, Answer((4, 5, 4, 3, 4), "Meer oefenen met de acteur."))


def leads(dienst: Dienst) -> Actor:
    return Actor(dienst.lead.id, dienst.organisation_id, frozenset({Role.TEAMLEIDER}),
                 frozenset(dienst.teams.values()))
