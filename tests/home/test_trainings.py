"""What the start page says of the opleidingen that somebody goes to."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from time_machine import travel

from app.trainings.lifecycle import EnrolmentState
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of, text_of, tree_of
from tests.support.sessions import make_session, put

NOON = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)


def running(browser: CheckedClient) -> str:
    """What stands under 'Wat er loopt', on one line."""
    page = tree_of(browser.get("/start").data)
    section = next(one for one in page.iter("section") if one.get("aria-labelledby") == "loopt")
    return " ".join(text_of(section).split())


def test_the_next_day_of_a_training_with_its_place(app: Flask, begeleider: Persona) -> None:
    with travel(NOON, tick=False):
        later = make_session(app, begeleider.organisation_id, 30, place="Zaal 9")
        soon = make_session(app, begeleider.organisation_id, -3, 4, place="Zaal 2, Utrecht")
        undated = make_session(app, begeleider.organisation_id, place="")
        browser = browser_of(app, begeleider)
        assert "Er loopt nu niets." in running(browser)
        for session_id in (undated, later, soon):
            put(app, session_id, begeleider, EnrolmentState.ENROLLED)
        said = running(browser)
        days = ["Opleiding · maandag 16 maart om 09.30 uur, Zaal 2, Utrecht",
                "Opleiding · zaterdag 11 april om 09.30 uur, Zaal 9", "Opleiding · nog geen dag gekozen"]
        assert [said.index(one) for one in days] == sorted(said.index(one) for one in days)
        assert f"/opleidingen/bijeenkomst/{soon}" in browser.get("/start").text


def test_only_what_she_goes_to_and_what_is_still_to_come(app: Flask, begeleider: Persona) -> None:
    states = (EnrolmentState.WAITING, EnrolmentState.DECLINED, EnrolmentState.WITHDRAWN)
    for state in states:
        put(app, make_session(app, begeleider.organisation_id, 9), begeleider, state)
    put(app, make_session(app, begeleider.organisation_id, -9), begeleider, EnrolmentState.ENROLLED)
    assert "Opleiding ·" not in running(browser_of(app, begeleider))
