"""A school year of HR in a real browser: from what is needed to what moved, and never what one person scores."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.journeys import year_needs, year_training
from tests.journeys.dienst import Dienst, make_dienst, measure
from tests.journeys.led import refused
from tests.journeys.year import at
from tests.support.browser import Windows, sign_in
from tests.support.builders import Persona
from tests.support.clock import Clock, beginning

clock = beginning(at(2026, 8, 31))


@pytest.fixture
def dienst(app: Flask, clock: Clock, windows: Windows, hr: Persona) -> Dienst:
    return make_dienst(app, clock, hr.organisation_id, windows.open())


def test_a_year_of_hr(dienst: Dienst, hr: Persona, windows: Windows) -> None:
    sign_in(dienst.hanna, hr)
    refused(dienst.hanna, *dienst.of_persons)
    year_needs.the_first(dienst)
    year_needs.of_whom(dienst)
    year_needs.to_take_along(dienst)
    year_training.the_aanbod_from_a_file(dienst)
    year_training.a_plan(dienst)
    year_training.changed_by_hand(dienst)
    first = year_training.a_session_of_the_plan(dienst)
    second = year_training.another_session(dienst)
    dienst.clock.set(at(2026, 11, 23))
    year_training.who_was_there(dienst, first, 6)
    year_training.who_was_there(dienst, second, 4)
    year_training.the_certificate(dienst, windows, first)
    year_training.what_they_thought(dienst, first, second)
    dienst.clock.set(at(2027, 6, 7))
    measure(dienst, 2.6, went=3.4)
    year_needs.what_moved(dienst)
    year_training.how_it_goes(dienst)
