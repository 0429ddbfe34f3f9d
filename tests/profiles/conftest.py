"""A round of Jet <b>Bos</b> & Co, released, with what people wrote; and who leads her."""

from __future__ import annotations

import pytest
from flask import Flask

from app.measurement.scale import Group
from tests.profiles.released import Released, release
from tests.profiles.support import (
    HOSTILE,
    cells,
)
from tests.support.builders import Persona, make_person, make_team


@pytest.fixture
def team(app: Flask, organisation_id: int) -> int:
    return make_team(app, organisation_id)


@pytest.fixture
def jet(app: Flask, organisation_id: int, team: int) -> Persona:
    return make_person(app, organisation_id, name="Jet <b>Bos</b> & Co", works_in=[team])


@pytest.fixture
def tom(app: Flask, organisation_id: int, team: int) -> Persona:
    return make_person(app, organisation_id, name="Tom Vos", roles=("teamleider",), leads=[team])


@pytest.fixture
def made(app: Flask, jet: Persona, tom: Persona) -> Released:
    # what is written from right to left apart: pypdf turns round the first sign of what comes after it
    written = [(Group.COLLEAGUE, 1, text) for text in HOSTILE[:5]]
    written += [(Group.COLLEAGUE, 2, text) for text in (*HOSTILE[5:], "Ga zo door")]
    raters = {Group.TEAM_LEAD: 1, Group.COLLEAGUE: 9, Group.SCHOOL: 7, Group.CLIENT: 3, Group.PUPIL: 8}
    return release(app, tom, jet, cells(), written, raters)
