"""Who is read of and who reads along, and what was measured."""

from __future__ import annotations

import pytest
from flask import Flask

from app.access import Role
from app.db import db
from app.measurement.scale import Group
from app.people.models import Person
from tests.profiles.dienst import Dienst
from tests.profiles.released import Released, release
from tests.profiles.support import HOSTILE, cells
from tests.support.builders import Persona, make_person, make_team
from tests.support.records import make_measurement, would_rather_not
from tests.support.rounds import give_measurement, make_round


@pytest.fixture
def team(app: Flask, organisation_id: int) -> int:
    return make_team(app, organisation_id)


@pytest.fixture
def jet(app: Flask, organisation_id: int, team: int) -> Persona:
    return make_person(app, organisation_id, name="Jet Bos", works_in=[team])


@pytest.fixture
def tom(app: Flask, organisation_id: int, team: int) -> Persona:
    return make_person(app, organisation_id, name="Tom Vos", roles=("teamleider",), leads=[team])


@pytest.fixture
def made(app: Flask, jet: Persona, tom: Persona) -> Released:
    """A round about Jet, whose name is hostile here, with what people wrote."""
    with app.app_context():
        db.session.get_one(Person, jet.id).name = "Jet <b>Bos</b> & Co"
        db.session.commit()
    # what is written from right to left apart: pypdf turns round the first sign of what comes after it
    written = [(Group.COLLEAGUE, 1, text) for text in HOSTILE[:5]]
    written += [(Group.COLLEAGUE, 2, text) for text in (*HOSTILE[5:], "Ga zo door")]
    raters = {Group.TEAM_LEAD: 1, Group.COLLEAGUE: 9, Group.SCHOOL: 7, Group.CLIENT: 3, Group.PUPIL: 8}
    return release(app, tom, jet, cells(), written, raters)


@pytest.fixture
def dienst(app: Flask, organisation_id: int, team_id: int, teamleider: Persona, hr: Persona, beheerder: Persona,
           stranger: Persona) -> Dienst:
    partner = make_person(app, organisation_id, name="Pia Partner")
    jet = make_person(app, organisation_id, works_in=[team_id], name="Jet de Vries", discussion_partner_id=partner.id)
    ans = make_person(app, organisation_id, works_in=[team_id], name="Ans Bos")
    other_team = make_team(app, organisation_id)
    made = make_round(app, teamleider, [jet], state="closed", opened_days_ago=40)
    of_round = give_measurement(app, made, groups=[Group.SELF, Group.COLLEAGUE])
    would_rather_not(app, of_round)
    return Dienst(
        app, jet, make_measurement(app, jet, "focus"), made, of_round, ans,
        {
            "jet": jet, "partner": partner, "teamleider": teamleider, "colleague": ans, "hr": hr,
            "beheerder": beheerder, "stranger": stranger,
            "other lead": make_person(app, organisation_id, roles=["teamleider"], leads=[other_team]),
            "everything elsewhere": make_person(app, organisation_id, roles=list(Role), leads=[other_team]),
        },
    )
