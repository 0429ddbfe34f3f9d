"""A korte vraag in three browsers: asked about a goal, approved, answered on a phone, and read as one sentence."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from app.checkins.models import CheckIn
from app.db import db
from app.rounds.models import RoundSubject
from app.web.formats import now
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona
from tests.support.pulses import SCHOOL, MadePulse, answer, close_pulse, let_begin, tokens_of
from tests.support.records import make_check_in, make_goal, make_plan


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_a_goal_to_a_sentence(
    app: Flask, windows: Windows, begeleider: Persona, teamleider: Persona, scripts: bool
) -> None:
    let_begin(app, begeleider.organisation_id)
    goal_id = make_goal(app, begeleider).goal_id
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    check_in_id = make_check_in(app, begeleider, teamleider, plan_id)
    jet = windows.open("phone", color_scheme="dark", java_script_enabled=scripts)
    tom = windows.open("desktop", java_script_enabled=scripts)
    check = assert_accessible if scripts else (lambda _page: None)
    sign_in(jet, begeleider)
    jet.goto(f"/ontwikkelplan/doelen/{goal_id}")
    follow(jet.get_by_role("link", name="Stel een korte vraag"))
    check(jet)
    jet.get_by_role("button", name="Kies mensen").click()
    expect(jet.get_by_role("heading", level=1)).to_have_text("Aan wie stel je de korte vraag?")
    check(jet)
    for name, email in SCHOOL:
        follow(jet.get_by_role("link", name="Voeg mensen van scholen toe"))
        jet.locator("#name").fill(name)
        jet.locator("#email").fill(email)
        jet.locator("#relation").select_option("intern-begeleider")
        jet.locator("#erbij button.btn:not(.sec)").last.click()
        expect(jet.get_by_text("1 persoon is toegevoegd.")).to_be_visible()
    jet.get_by_role("button", name="Stuur mijn keuze").click()
    expect(jet.get_by_text("Je keuze is verstuurd.")).to_be_visible()
    check(jet)

    with app.app_context():
        part = db.session.scalars(select(RoundSubject)).one()
        made = MadePulse(part.round_id, part.id)
    sign_in(tom, teamleider)
    tom.goto(f"/rondes/mensen/{made.part_id}")
    check(tom)
    tom.get_by_role("button", name="Goed zo, nodig ze uit").click()
    expect(tom.get_by_text("De uitnodigingen gaan nu weg.")).to_be_visible()

    first, *others = tokens_of(app, made)
    rik = windows.open("phone", java_script_enabled=scripts)
    rik.goto(f"/b/{first}")
    check(rik)
    follow(rik.get_by_role("link", name="Begin", exact=True))
    question = "Heb je de afgelopen drie maanden verandering gezien in dit gedrag van Jet?"
    expect(rik.get_by_text(question)).to_be_visible()
    for group in rik.locator("fieldset.q").all():
        group.locator(".tile").nth(3).click()
    check(rik)
    rik.locator('.foot [name="naar"][value="verder"]').click()
    expect(rik.get_by_role("heading", level=1)).to_have_text("Kijk het nog even na")
    check(rik)
    rik.get_by_role("button", name="Verstuur mijn antwoorden").click()
    expect(rik.get_by_role("heading", level=1)).to_contain_text("Dank je wel")
    check(rik)
    for token in others:
        answer(app, token, 4)
    close_pulse(app, made)

    said = "Wie antwoordden, zagen gemiddeld iets meer van dit gedrag."
    jet.goto(f"/ontwikkelplan/doelen/{goal_id}")
    expect(jet.get_by_role("region", name="Zien anderen verandering?").get_by_text(said)).to_be_visible()
    check(jet)
    tom.goto(f"/tussenstand/{check_in_id}")
    expect(tom.get_by_role("heading", level=1)).to_be_visible()
    expect(tom.get_by_text(said)).to_have_count(0)          # it closed after she showed the tussenstand
    with app.app_context():         # she saves it once more when it was closed, three weeks from now
        db.session.get_one(CheckIn, check_in_id).told_at = now() + dt.timedelta(days=21)
        db.session.commit()
    tom.reload()
    expect(tom.get_by_text(said)).to_be_visible()
    check(tom)
