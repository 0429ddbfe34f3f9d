"""What a new sheet begins with: proposed days outside the holidays, and what an earlier sheet has."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.practice.calendar import evaluation_after, propose
from app.practice.takeover import taken_over
from app.practice.values import Answers
from app.rounds.calendar import Holiday, in_holiday
from tests.support.practice import CANVAS, TOOLS

SUMMER = Holiday("Zomervakantie", dt.date(2027, 7, 10), dt.date(2027, 8, 22))
AUTUMN = Holiday("Herfstvakantie", dt.date(2027, 10, 16), dt.date(2027, 10, 24))
EVERY = (SUMMER, AUTUMN, Holiday("Kerstvakantie", dt.date(2027, 12, 25), dt.date(2028, 1, 9)))


def in_time(start: dt.date, evaluation: dt.date) -> bool:
    return dt.timedelta(weeks=10) <= evaluation - start <= dt.timedelta(weeks=13)


@pytest.mark.parametrize(("today", "start", "evaluation"), [
    ("2027-03-01", "2027-03-08", "2027-05-31"),         # a Monday, and twelve weeks later
    ("2027-03-06", "2027-03-15", "2027-06-07"),         # a Saturday: the Monday after
    ("2027-04-19", "2027-04-26", "2027-07-09"),         # twelve weeks end in the summer: the last Friday before
    ("2027-05-03", "2027-05-10", "2027-08-23"),         # all of the ten to thirteen weeks are summer
    ("2027-07-05", "2027-08-23", "2027-11-15"),         # a start in the summer
    ("2027-07-19", "2027-08-23", "2027-11-15"),
    ("2027-07-28", "2027-08-23", "2027-11-15"),
])
def test_the_days_that_are_proposed(today: str, start: str, evaluation: str) -> None:
    found = propose(dt.date.fromisoformat(today), EVERY)
    assert (found.start.isoformat(), found.evaluation.isoformat()) == (start, evaluation)


@given(st.dates(dt.date(2026, 1, 1), dt.date(2029, 1, 1)))
def test_without_holidays_every_proposal_is_in_time(today: dt.date) -> None:
    found = propose(today, ())
    assert today < found.start <= today + dt.timedelta(weeks=2)
    assert in_time(found.start, found.evaluation)
    assert found.start.weekday() < 5 and found.evaluation.weekday() < 5


@given(st.dates(dt.date(2026, 9, 1), dt.date(2028, 1, 1)))
def test_no_proposal_falls_in_a_holiday(today: dt.date) -> None:
    found = propose(today, EVERY)
    assert not in_holiday(found.start, EVERY) and not in_holiday(found.evaluation, EVERY)
    assert found.evaluation >= found.start + dt.timedelta(weeks=10)
    if not in_time(found.start, found.evaluation):
        earliest = found.start + dt.timedelta(weeks=10)
        assert all(in_holiday(earliest + dt.timedelta(days=day), EVERY) for day in range(15))


def test_an_evaluation_that_fits_stays_twelve_weeks_later() -> None:
    assert evaluation_after(dt.date(2027, 3, 1), EVERY) == dt.date(2027, 5, 24)


FULL: Answers = {
    "casuscode": "B7", "school": "De Regenboog", "hulpvraag": "Hoe houden we de les rustig?", "aard": "curatief",
    "opbrengst-leerling": "Hij doet mee.", "opbrengst-leraar": "Zij geeft zelf structuur.", "merkbaar": "Rust.",
    "afbakening": "Geen bijles.", "startdatum": "2027-03-08", "evaluatiedatum": "2027-05-31",
    "rolverdeling": [{"wie": "Leraar", "wat": "Voert uit", "wanneer": "dagelijks"}, {"wat": "Belt"}, {"wanneer": "nu"}],
}


def follow(tool: str, earlier: Answers, after: str = CANVAS) -> Answers:
    following = TOOLS[tool].following(after)
    assert following
    return taken_over(TOOLS[tool], following, earlier)


def test_an_offerte_takes_over_its_canvas() -> None:
    assert follow("offerte-opbouw", FULL) == {
        "casuscode": "B7", "opdrachtgever": "De Regenboog", "vraag": "Hoe houden we de les rustig?",
        "afbakening": "Geen bijles.",
        "opbrengsten": [
            {"voor-wie": "Leerling", "doel": "Hij doet mee.", "waaraan-merkbaar": "Rust."},
            {"voor-wie": "Leraar", "doel": "Zij geeft zelf structuur."},
        ],
        "rollen": [{"wie": "Leraar", "bijdrage": "Voert uit"}, {"bijdrage": "Belt"}],
        "planning": [{"moment": "Start", "datum": "2027-03-08"}, {"moment": "Evaluatie", "datum": "2027-05-31"}],
    }


def test_an_empty_canvas_gives_nothing() -> None:
    assert all(follow(tool, {}) == {} for tool in ("offerte-opbouw", "onderhandelvoorbereiding", "relatieplan"))


def test_goals_become_what_is_evaluated() -> None:
    found = follow("relatieplan", {"opdrachtgever": "De Regenboog", "opbrengsten": [{"doel": "Rust", "voor-wie": "x"}]},
                   "offerte-opbouw")
    assert found == {"school": "De Regenboog", "ev-doelen": [{"doel": "Rust"}]}


def test_what_is_too_long_for_its_new_place_stays_behind() -> None:
    found = follow("onderhandelvoorbereiding", {**FULL, "hulpvraag": "x" * 501})
    assert "onderwerp" not in found and found["belang-leerling"] == "Hij doet mee."
    assert "opbrengsten" not in follow("offerte-opbouw", {"opbrengst-leerling": "x" * 1001})
