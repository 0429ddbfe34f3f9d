"""A team whose people were measured, twice if wanted, with everything that the team page shows of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Flask

from app.competencies.seeding import read_framework
from app.measurement.scale import Group
from app.measurement.scoring import Cell
from app.web.formats import now
from tests.profiles.released import Released, release
from tests.support.builders import Persona, make_organisation, make_person, make_team
from tests.support.conversations import make_conversation
from tests.support.records import make_plan

CATALOG = read_framework()
RADAR = [aspect.code for aspect in CATALOG.radar_aspects]
KERN = [page.competency for page in CATALOG.asked("kern", Group.COLLEAGUE) if len(page.codes) > 1]
NAMES = ("Amira El Idrissi", "Bas Hoekstra", "Carla Mendes", "Daan Postma", "Esther Groen", "Fenna van 't Hof")


@dataclass(frozen=True, slots=True)
class MadeTeam:
    """`rounds`: per person her rounds, the newest first."""

    organisation_id: int
    id: int
    lead: Persona
    people: tuple[Persona, ...]
    rounds: Mapping[int, tuple[Released, ...]]

    def at(self, rest: str = "") -> str:
        return f"/team/{self.id}{rest}"


def cells(mean: float, raters: int = 6, aspects: Sequence[str] = RADAR) -> list[Cell]:
    """What two groups of so many people saw, the same everywhere in these aspects."""
    return [Cell(group, page.competency.code, raters, mean, {}, 0.6, "eensgezind" if raters >= 5 else None)
            for group in (Group.COLLEAGUE, Group.SCHOOL) for page in CATALOG.asked("kern", group)
            if len(page.codes) > 1 and page.competency.aspect in aspects]


def make_measured_team(
    app: Flask, people: int = 6, *, waves: Sequence[float] = (3.4, 2.9), own_view: bool = False, work: bool = True,
    lead: Persona | None = None, team_id: int | None = None,
) -> MadeTeam:
    """Everybody was measured with these means, the newest first; `work`: with a running plan and an agreed niveau."""
    organisation_id = lead.organisation_id if lead else make_organisation(app)
    team_id = team_id or make_team(app, organisation_id, "Team Oost")
    lead = lead or make_person(app, organisation_id, roles=["teamleider"], leads=[team_id], name="Tom Bakker")
    made, rounds = [], {}
    for number in range(people):
        name = NAMES[number] if number < len(NAMES) else None
        person = make_person(app, organisation_id, works_in=[team_id], name=name)
        newest_first = []
        for wave in reversed(range(len(waves))):
            newest_first.insert(0, release(app, lead, person, cells(waves[wave]), own_view=own_view and wave == 0,
                                           days_ago=10 + 200 * wave))
        if work:
            make_conversation(app, person, lead, levels={RADAR[number % 6]: 3},
                              part_id=newest_first[0].part_id if newest_first else None,
                              fixed_at=now() - dt.timedelta(days=9), planned_in=-dt.timedelta(days=9))
            make_plan(app, person, lead, running=True)
        made.append(person)
        rounds[person.id] = tuple(newest_first)
    return MadeTeam(organisation_id, team_id, lead, tuple(made), rounds)
