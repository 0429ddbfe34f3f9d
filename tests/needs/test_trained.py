"""Who went to a training beside who did not: by what was measured before it and after it."""

from __future__ import annotations

from flask import Flask

from app.trainings.lifecycle import EnrolmentState
from tests.support.builders import Persona, make_person, make_team
from tests.support.needs import measured, settle, take_snapshot
from tests.support.pages import CheckedClient, browser_of, tree_of
from tests.support.sessions import make_session, put

BEHOEFTE = "/opleidingen/behoefte"
CODES = ("VM1", "VM2", "VM3")


def team_of(app: Flask, hr: Persona, name: str, people: int = 5) -> list[Persona]:
    team_id = make_team(app, hr.organisation_id, name)
    return [make_person(app, hr.organisation_id, works_in=[team_id]) for _ in range(people)]


def measure(app: Flask, people: list[Persona], score: float, days_ago: int) -> None:
    measured(app, people[0].organisation_id, {one.id: dict.fromkeys(CODES, score) for one in people},
             days_ago=days_ago)


def attend(app: Flask, people: list[Persona], days_ago: int) -> None:
    session_id = make_session(app, people[0].organisation_id, -days_ago - 7, -days_ago, places=20)
    for one in people:
        put(app, session_id, one, EnrolmentState.ATTENDED)


def told(browser: CheckedClient) -> list[list[str]]:
    """The rows of the table of who went beside who did not."""
    page = tree_of(browser.get(BEHOEFTE).data)
    section = next(one for one in page.iter("section") if one.get("aria-labelledby") == "opleiding")
    return [[" ".join(" ".join(cell.itertext()).split()) for cell in row] for row in section.iter("tr")][1:]


def test_what_moved_of_who_went_between_two_measurements(app: Flask, hr: Persona) -> None:
    settle(app, hr.organisation_id, ["opleiding"])
    went, before, after, never = (team_of(app, hr, name) for name in ("Noord", "Oost", "Zuid", "West"))
    for people in (went, before, after):
        measure(app, people, 2.0, days_ago=200)
    attend(app, went, days_ago=100)
    attend(app, before, days_ago=300)
    attend(app, after, days_ago=10)
    measure(app, went, 3.0, days_ago=50)
    for people in (before, after, never):
        measure(app, people, 2.5, days_ago=50)
    assert take_snapshot(app, hr.organisation_id)
    (name, trained, untrained), = told(browser_of(app, hr))
    assert name == "Verwachtingsmanagement"
    assert trained == "1,5 → 0,5 5 mensen"
    assert untrained == "1,5 → 1,0 toen 10, nu 15 mensen"


def test_who_went_a_day_after_her_last_measurement_comes_with_the_next(app: Flask, hr: Persona) -> None:
    settle(app, hr.organisation_id, ["opleiding"])
    people = team_of(app, hr, "Noord")
    measure(app, people, 2.0, days_ago=200)
    measure(app, people, 2.2, days_ago=101)
    attend(app, people, days_ago=100)
    assert take_snapshot(app, hr.organisation_id, days_ago=90)
    browser = browser_of(app, hr)
    assert [row[1:] for row in told(browser)] == [["– te weinig mensen", "1,5 → 1,3 5 mensen"]]
    measure(app, people, 3.0, days_ago=50)
    assert take_snapshot(app, hr.organisation_id)
    assert [row[1:] for row in told(browser)] == [["1,3 → 0,5 5 mensen", "– te weinig mensen"]]
