"""A plan in two browsers: made from a proposal, put before the teamleider, agreed on, changed, and finished."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.measurement.scale import Group
from app.web.formats import now, today
from tests.development.support import IF_THEN, PLAN
from tests.profiles.released import release, rich
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona, make_person
from tests.support.conversations import make_conversation
from tests.support.records import make_plan

MEANS = {"VM1.1": 2.4, "VM1.2": 2.4, "VM1.3": 2.4}
BEHAVIOUR = "Bij elke start vraag ik ieder apart wat die verwacht"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_two_people_make_a_plan(
    app: Flask, windows: Windows, begeleider: Persona, teamleider: Persona, scripts: bool
) -> None:
    release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 2.4, MEANS)], days_ago=20)
    jet = windows.open("phone", color_scheme="dark", java_script_enabled=scripts)
    tom = windows.open("desktop", java_script_enabled=scripts)
    check = assert_accessible if scripts else (lambda _page: None)
    sign_in(jet, begeleider)
    sign_in(tom, teamleider)

    jet.goto(PLAN)
    check(jet)
    follow(jet.get_by_role("link", name="Bekijk alle voorstellen"))
    expect(jet.get_by_role("heading", name="Wat kan een doel worden?")).to_be_visible()
    check(jet)
    wanted = jet.get_by_role("article", name="Verwachtingen en wensen ophalen")
    expect(wanted).to_contain_text("omdat anderen dit")
    follow(wanted.get_by_role("link", name="Maak hier een doel van"))
    expect(jet.locator("input[name=library]:checked")).not_to_have_count(0)
    jet.get_by_label("Waarom dit doel?").fill("Scholen weten vooraf niet wat ze krijgen.")
    jet.get_by_label("Wat laat ik straks zien?").fill(BEHAVIOUR)
    jet.get_by_label("Waaraan merken school, ouders of leerling dat?").fill("De school zegt wat we doen.")
    for name, level in (("level_now", "2"), ("level_target", "3")):
        jet.locator(f"input[name={name}][value='{level}']").check(force=True)
    jet.get_by_label("Wanneer?").fill((today() + dt.timedelta(days=90)).isoformat())
    jet.get_by_label("Als-danplan").fill(IF_THEN)
    jet.get_by_text("Wat heb je ervoor nodig?").click()
    jet.get_by_label("Benodigd budget in euro's").fill("-5")
    jet.get_by_label("Benodigde uren").fill("12,5")
    press(jet, "Bewaar mijn doel")
    expect(jet.locator(".errors")).to_contain_text("Kies een bedrag van 0")
    check(jet)
    expect(jet.get_by_label("Benodigde uren")).to_have_value("12,5")
    jet.get_by_label("Benodigd budget in euro's").fill("€ 250")
    press(jet, "Bewaar mijn doel")
    told(jet, "Je doel is bewaard.")
    check(jet)

    press(jet, "Leg mijn plan voor")
    told(jet, "Je plan ligt nu bij Tom Bakker")
    expect(jet.get_by_text("Doe eerst de nabespreking.")).to_be_visible()
    make_conversation(app, begeleider, teamleider, fixed_at=now(), levels={"verwachtingsmanagement": 2})

    tom.goto("/start")
    expect(tom.get_by_role("heading", name="Ontwikkelplannen die op jou wachten")).to_be_visible()
    check(tom)
    follow(tom.get_by_role("link", name="Jet de Vries", exact=True).first)
    expect(tom.get_by_role("heading", name=BEHAVIOUR)).to_be_visible()
    expect(tom.get_by_text("250 euro").first).to_be_visible()
    expect(tom.get_by_text("2,4", exact=True)).to_be_visible()          # he may read the profile it is from
    check(tom)
    press(tom, "Dit klopt, ik bevestig")
    told(tom, "Jij hebt bevestigd. Nu Jet nog.")

    jet.goto(PLAN)
    expect(jet.get_by_text("Tom heeft bevestigd. Nu jij nog.")).to_be_visible()
    press(jet, "Dit klopt, ik bevestig")
    told(jet, "Het plan is vastgesteld.")
    press(jet, "Begin met mijn plan")
    told(jet, "Je plan loopt.")
    check(jet)

    follow(jet.get_by_role("link", name="Pas dit doel aan"))
    jet.get_by_label("Wat laat ik straks zien?").fill(f"{BEHAVIOUR}, ook de leerling")
    press(jet, "Bewaar mijn doel")
    told(jet, "Je doel is bewaard.")
    tom.reload()
    expect(tom.get_by_role("heading", name="Wat er veranderde")).to_be_visible()
    expect(tom.get_by_text(f"{BEHAVIOUR}, ook de leerling").last).to_be_visible()
    check(tom)

    press(jet, "Rond af")
    told(jet, "Het doel is afgerond.")
    press(jet, "Rond mijn plan af")
    told(jet, "Je plan is afgerond.")
    check(jet)
    tom.reload()
    tom.get_by_text("Heropen dit plan").click()
    tom.get_by_label("Waarom wil je het plan heropenen?").fill("We spraken nog een doel af.")
    press(tom, "Heropen het plan")
    told(tom, "Het plan is heropend.")
    jet.goto(PLAN)
    expect(jet.get_by_text("We spraken nog een doel af.")).to_be_visible()
    check(jet)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_she_chooses_before_whom_she_puts_it(
    app: Flask, windows: Windows, begeleider: Persona, teamleider: Persona, team_id: int, scheme: str
) -> None:
    make_person(app, begeleider.organisation_id, roles=["teamleider"], leads=[team_id], name="Ria Blom")
    make_plan(app, begeleider, teamleider, shown=False)
    jet = windows.open("phone", color_scheme=scheme)
    sign_in(jet, begeleider)
    jet.goto(PLAN)
    press(jet, "Leg mijn plan voor")
    expect(jet.locator(".errors")).to_contain_text("Kies aan wie je het plan voorlegt.")
    assert_accessible(jet)
    jet.get_by_label("Ria Blom").check()
    press(jet, "Leg mijn plan voor")
    told(jet, "Je plan ligt nu bij Ria Blom")
