"""The quality of a round: made once while its sheets exist, from thirty subjects on, about nobody apart."""

from __future__ import annotations

import random

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from app.competencies.queries import current_framework
from app.db import db
from app.jobs import keep_answers
from app.measurement.answers import Packed
from app.measurement.round_quality import Subject, round_quality
from app.measurement.scale import QUALITY_FROM, Group
from app.measurement.scoring import Cell
from app.rating import packing
from app.rating.models import Response, Sheet, StoredQuality
from app.rounds.models import Round
from app.web.formats import now
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient, text_of, tree_of
from tests.support.rounds import MadeRound, give_measurement, make_round
from tests.support.statements import statements

ITEMS = {"A": ("A.1", "A.2", "A.3"), "B": ("B.1",)}


def subject(level: int, *, sheets: int = 4, sent: int = 4) -> Subject:
    """Everybody sees the same of her in A; of B, one says nothing."""
    rows = bytes(mark for number in range(sheets) for mark in (level, level, level, 0 if number == 0 else level))
    cells = tuple(Cell(group, "A", 4, float(level)) for group in (Group.COLLEAGUE, Group.SCHOOL))
    return Subject((Packed(Group.COLLEAGUE, ("A.1", "A.2", "A.3", "B.1"), rows),) if sheets else (), cells,
                   ((Group.COLLEAGUE, 5, sent), (Group.PARENT, 1, 1)) if level == 1 else ((Group.COLLEAGUE, 5, sent),))


def test_of_raters_who_agree_everything_is_reliable() -> None:
    found = round_quality([subject(1 + number % 5) for number in range(QUALITY_FROM)], ITEMS)
    assert found is not None
    assert found.subjects == QUALITY_FROM
    (a,) = found.reliable           # of one indicator there is no score
    assert (a.competency, a.icc1, a.icc1k, a.icca1, a.iccc1, a.alpha) == ("A", 1, 1, 1, 1, 1)
    assert [(one.group, one.share) for one in found.groups] == [(Group.COLLEAGUE, 0.8)]     # few were asked of parents
    assert {one.indicator: one.share for one in found.silent} == {"A.1": 0.05, "A.2": 0.05, "A.3": 0.05, "B.1": 0.25}
    assert found.alike is None      # four statements are too few to tell


def test_too_few_subjects_have_no_quality() -> None:
    assert round_quality([subject(3) for _ in range(QUALITY_FROM - 1)], ITEMS) is None
    assert round_quality([subject(3) for _ in range(QUALITY_FROM - 1)] + [subject(3, sheets=0)] * 9, ITEMS) is None


def test_nobody_can_be_told_to_have_answered_or_not() -> None:
    everybody = round_quality([subject(1 + n % 5, sent=5) for n in range(QUALITY_FROM)], ITEMS)
    nobody = round_quality([subject(1 + n % 5, sent=0) for n in range(QUALITY_FROM)], ITEMS)
    assert everybody is not None and nobody is not None
    assert [one.share for one in (*everybody.groups, *nobody.groups)] == [0.95, 0.05]


def test_chance_is_not_reliable() -> None:
    chance = random.Random(5)
    subjects = [
        Subject((Packed(Group.SCHOOL, ("A.1", "A.2", "A.3"), bytes(chance.randint(1, 5) for _ in range(15))),), (), ())
        for _ in range(200)
    ]
    found = round_quality(subjects, ITEMS)
    assert found is not None
    (a,) = found.reliable
    assert a.icc1 is not None and abs(a.icc1) < 0.1
    assert a.alpha is not None and abs(a.alpha) < 0.25
    assert a.icca1 is None and a.iccc1 is None


# --- kept, and shown --------------------------------------------------------------------------------------------------


def answered(app: Flask, organiser: Persona, people: int) -> MadeRound:
    """A closed round about so many people, with three sheets each."""
    who = [make_person(app, organiser.organisation_id, invited_only=True) for _ in range(people)]
    made = make_round(app, organiser, who, {Group.COLLEAGUE: 4}, state="closed")
    for number in range(people):
        give_measurement(app, made, number, groups=[Group.COLLEAGUE], released=False)
    of = {"organisation_id": organiser.organisation_id}
    with app.app_context():
        db.session.get_one(Round, made.round_id).closed_at = now()
        width = len(packing.codes(current_framework().catalog, Group.COLLEAGUE, "kern"))
        for number, part_id in enumerate(made.part_ids):
            for rater in range(3):
                marks = bytes(1 + (number + rater * place) % 5 for place in range(width))
                db.session.add(Sheet(**of, round_subject_id=part_id, rater_group=Group.COLLEAGUE, question_set="kern",
                                     answers=marks))
            db.session.add(Response(**of, round_subject_id=part_id, rater_group=Group.COLLEAGUE, asked=4, sent=3))
        db.session.commit()
    return made


def at(made: MadeRound) -> str:
    return f"/rondes/{made.round_id}/kwaliteit"


def read(client: CheckedClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return text_of(next(tree_of(response.data).iter("main")))


def test_it_stays_when_the_sheets_are_gone(
    app: Flask, client: CheckedClient, teamleider: Persona, hr: Persona, beheerder: Persona
) -> None:
    made = answered(app, teamleider, QUALITY_FROM)
    log_in(client, hr)
    assert "worden vannacht gemaakt" in read(client, at(made))
    with app.app_context():
        keep_answers()
        kept = db.session.get_one(StoredQuality, made.round_id).figures
        db.session.execute(delete(Sheet))
        db.session.commit()
        keep_answers()
        assert db.session.get_one(StoredQuality, made.round_id, populate_existing=True).figures == kept
    for person in (hr, beheerder):
        log_in(client, person)
        page = read(client, at(made))
        assert "Over 30 mensen kwam feedback" in page
        assert "75%" in page
        assert "ICC(1,k)" in page and "Alfa" in page
        assert "Najaarsronde" in read(client, "/rondes/kwaliteit")
        with statements(app) as asked:
            client.get(at(made))
        assert len(asked) <= 5
    log_in(client, hr)
    assert client.get(f"/rondes/{made.round_id}").status_code == 403


def test_of_a_small_round_it_says_why_not(app: Flask, client: CheckedClient, teamleider: Persona, hr: Persona) -> None:
    made = answered(app, teamleider, 3)
    log_in(client, hr)
    at_once = read(client, at(made))
    with app.app_context():
        keep_answers()
    page = read(client, at(made))
    assert page == at_once
    assert "te klein" in page and "vanaf 30 mensen" in page
    assert "%" not in page
    assert "nog geen ronde met genoeg mensen" in read(client, "/rondes/kwaliteit")


def test_of_a_round_that_runs_there_is_nothing(app: Flask, client: CheckedClient, teamleider: Persona,
                                               hr: Persona) -> None:
    made = make_round(app, teamleider, [make_person(app, teamleider.organisation_id)])
    with app.app_context():
        keep_answers()
        assert not db.session.scalar(select(func.count()).select_from(StoredQuality))
    log_in(client, hr)
    assert "nog niet gesloten" in read(client, at(made))


@pytest.mark.parametrize("address", ["/rondes/kwaliteit", "/rondes/1/kwaliteit"])
def test_for_nobody_else(app: Flask, client: CheckedClient, teamleider: Persona, begeleider: Persona, address: str,
                         stranger: Persona) -> None:
    answered(app, teamleider, 2)
    for person in (teamleider, begeleider):
        log_in(client, person)
        assert client.get(address).status_code == 403


def test_of_another_dienst_there_is_none(app: Flask, client: CheckedClient, teamleider: Persona,
                                         stranger: Persona) -> None:
    made = answered(app, teamleider, 2)
    log_in(client, make_person(app, stranger.organisation_id, roles=["hr", "beheerder"]))
    assert client.get(at(made)).status_code == 404
