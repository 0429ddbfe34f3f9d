"""What a korte vraag asks: the statements of one competency, of whatever goal."""

from __future__ import annotations

import pytest
from flask import Flask

from app.competencies.catalog import PULSE_GROUPS, PULSE_MOST, pulse_competency, pulse_set
from app.competencies.queries import current_framework
from app.measurement.scale import MIN_INDICATORS
from app.rating.rater_form import RaterForm
from app.rounds.question_sets import groups_of, offered


def test_every_competency_has_three_to_five_statements_of_its_own(app: Flask) -> None:
    with app.app_context():
        catalog = current_framework().catalog
    for competency in catalog.competencies:
        code = pulse_set(competency.code)
        assert pulse_competency(code) == competency.code
        asked = {group: catalog.asked(code, group) for group in PULSE_GROUPS}
        assert len(set(asked.values())) == 1, "everybody in a kleine kring gets the same"
        (page,) = asked["school"]
        assert page.competency is competency
        assert MIN_INDICATORS < len(page.indicators) <= PULSE_MOST
        assert catalog.minutes(code, "school") == 1
        form = RaterForm.of(catalog, "school", code, "leraar")
        assert [len(one.questions) for one in form.pages] == [0]
        assert [choice.value for choice in form.choices] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("group", ["zelf", "teamleider", "ouder", "leerling"])
def test_nobody_else_is_asked(app: Flask, group: str) -> None:
    with app.app_context():
        assert current_framework().catalog.asked("kort-VM1", group) == ()


def test_no_round_and_no_self_assessment_offers_it(app: Flask) -> None:
    with app.app_context():
        catalog = current_framework().catalog
    assert all(pulse_competency(one.code) is None for one in catalog.question_sets)
    for group in groups_of(catalog):
        assert all(pulse_competency(one.code) is None for one in offered(catalog, group.code))


def test_a_set_about_nothing_does_not_exist(app: Flask) -> None:
    with app.app_context(), pytest.raises(KeyError):
        current_framework().catalog.asked("kort-XX9", "school")
