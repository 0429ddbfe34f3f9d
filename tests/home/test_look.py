"""What the stylesheet promises, seen in a real browser."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import update

from app.access import Role
from app.checkins.models import CheckIn
from app.conversations.models import Conversation
from app.db import db
from app.development.models import Plan
from app.home.next_step import Kind
from app.trainings.lifecycle import EnrolmentState
from app.web.formats import now, today
from tests.home.records import aim, begin, finish
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona, make_organisation, make_person, make_team
from tests.support.conversations import make_conversation
from tests.support.pulses import begin_pulse, close_pulse, open_pulse
from tests.support.records import make_check_in, make_goal, make_plan
from tests.support.rounds import give_measurement, make_round
from tests.support.sessions import held, make_session, put

NEEDS_44 = "main a.btn, main button, header a, footer a, summary, .tap"


@pytest.fixture
def everybody(app: Flask, organisation_id: int, team_id: int) -> Persona:
    """One person with every role."""
    return make_person(app, organisation_id, roles=list(Role), leads=[team_id], name="Alle Bakker")


def test_the_pages_of_this_room_are_accessible(page: Page, everybody: Persona) -> None:
    page.goto("/hulp")
    assert_accessible(page)
    sign_in(page, everybody)
    assert_accessible(page)
    page.goto("/hulp")
    assert_accessible(page)


def by_kind(app: Flask, organisation_id: int) -> dict[Kind, Persona]:
    """For every kind of next step somebody who has it."""
    yesterday = today() - dt.timedelta(days=1)
    people = {kind: make_person(app, organisation_id) for kind in Kind}
    organiser = make_person(app, organisation_id, roles=["beheerder"])
    make_round(app, organiser, [people[Kind.CHOOSE]], state="choosing", opened_days_ago=-20)
    make_round(app, organiser, [people[Kind.OWN_VIEW]])
    give_measurement(app, make_round(app, organiser, [people[Kind.READ_ROUND]], state="closed"))
    begin(app, people[Kind.CONTINUE])
    begin(app, people[Kind.CHECK], answers=-1)
    finish(app, people[Kind.READ_PROFILE])
    for kind in (Kind.GOAL_IS_DUE, Kind.MAKE_GOAL, Kind.ACTIONS_ARE_DONE, Kind.ACT, Kind.REST):
        finish(app, people[kind], 30)
    finish(app, people[Kind.MEASURE_AGAIN], 200)
    aim(app, people[Kind.GOAL_IS_DUE], end_date=yesterday)
    aim(app, people[Kind.ACTIONS_ARE_DONE], done=2)
    aim(app, people[Kind.ACT], end_date=today())
    aim(app, people[Kind.REST], None)
    partner = make_person(app, organisation_id, roles=["teamleider"])
    for kind in (Kind.CHECK_IN, Kind.CHECK_IN_WAITS):
        people[kind] = keeps_a_plan(app, organisation_id, partner, confirmed=kind is Kind.CHECK_IN_WAITS)
    for kind in (Kind.PLAN_WAITS, Kind.CONFIRM_PLAN, Kind.TALK_WAITS):
        people[kind] = make_person(app, organisation_id, discussion_partner_id=partner.id)
    asking, asked = people[Kind.CHOOSE_FOR_PULSE], people[Kind.READ_PULSE]
    begin_pulse(app, asking, make_goal(app, asking).goal_id)
    close_pulse(app, open_pulse(app, asked, organiser, make_goal(app, asked).goal_id))
    confirmed_by_other(app, Plan, make_plan(app, people[Kind.PLAN_WAITS], partner))
    make_goal(app, people[Kind.CONFIRM_PLAN])
    make_plan(app, people[Kind.CONFIRM_PLAN], partner)
    talk_id = make_conversation(app, people[Kind.TALK_WAITS], partner, notes="Over de start.", planned_in=None)
    confirmed_by_other(app, Conversation, talk_id)
    proposed = make_session(app, organisation_id, 20)
    put(app, proposed, people[Kind.TRAINING_PROPOSED], EnrolmentState.PROPOSED, by=partner)
    held(app, organisation_id, [people[Kind.EVALUATE]])
    return people


def keeps_a_plan(app: Flask, organisation_id: int, partner: Persona, *, confirmed: bool) -> Persona:
    """Somebody for whom it is time for a tussenstand, or whose tussenstand was confirmed by the other."""
    person = make_person(app, organisation_id, discussion_partner_id=partner.id)
    plan_id = make_plan(app, person, partner, running=True)
    if confirmed:
        make_check_in(app, person, partner, plan_id)
    with app.app_context():
        db.session.execute(update(Plan).where(Plan.id == plan_id).values(started_at=now() - dt.timedelta(weeks=11)))
        db.session.execute(update(CheckIn).where(CheckIn.plan_id == plan_id).values(partner_confirmed_at=now()))
        db.session.commit()
    return person


def confirmed_by_other(app: Flask, table: type[Plan | Conversation], row_id: int) -> None:
    with app.app_context():
        db.session.execute(update(table).where(table.id == row_id).values(partner_confirmed_at=now()))
        db.session.commit()


def test_the_card_of_what_to_do_now_is_accessible_whatever_it_says(windows: Windows, app: Flask) -> None:
    organisation_id = make_organisation(app, "Dienst Oost")
    make_team(app, organisation_id)
    told = {str(kind): person for kind, person in by_kind(app, organisation_id).items()}
    told |= {role: make_person(app, organisation_id, roles=[role]) for role in ("teamleider", "hr", "beheerder")}
    told["beheerder who begins"] = make_person(app, make_organisation(app, "Dienst Zuid"), roles=["beheerder"])
    page = windows.open()
    seen = set()
    for name, person in told.items():
        page.context.clear_cookies()
        sign_in(page, person)
        seen.add(page.locator(".next .big").inner_text())
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)         # type: ignore[arg-type]
            found = Axe().run(page, context=".next").response["violations"]
            assert not found, f"{name}, {scheme}: {found[0]['nodes'][0]['html']}"
    assert len(seen) == len(told)                           # every one of them is another card


def test_a_refusal_is_accessible(windows: Windows, begeleider: Persona) -> None:
    page = windows.open("phone")
    sign_in(page, begeleider)
    page.goto("/beheer/mensen")
    assert page.locator("h1").inner_text() == "Dit hoort niet bij jouw rol"
    assert_accessible(page)


def test_dark_and_zoomed_to_400_percent_nothing_is_lost(windows: Windows, everybody: Persona) -> None:
    page = windows.open(color_scheme="dark")
    sign_in(page, everybody)
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 256})
    for path in ("/start", "/hulp"):
        page.goto(path)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_what_is_pressed_is_large_enough(page: Page, everybody: Persona) -> None:
    sign_in(page, everybody)
    small = page.evaluate(
        """targets => [...document.querySelectorAll(targets)].filter(e => !e.closest('p:not(.row)'))
           .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
           .filter(([, box]) => box.width && box.height < 44).map(([text, box]) => `${text}: ${box.height}`)""",
        NEEDS_44,
    )
    assert small == []


@pytest.mark.parametrize("width", [390, 360, 320])
def test_the_menu_stands_in_tidy_rows_on_a_phone(page: Page, everybody: Persona, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    sign_in(page, everybody)
    boxes = page.evaluate("""() => [...document.querySelectorAll('.main-nav a')].map(link => {
        const box = link.getBoundingClientRect()
        return {x: box.x, y: box.y, width: box.width, height: box.height, cut: link.scrollWidth > link.clientWidth}
    })""")
    assert len(boxes) > 5
    assert not [box for box in boxes if box["cut"] or min(box["width"], box["height"]) < 44]
    rows = sorted({box["y"] for box in boxes})
    assert len(rows) == -(-len(boxes) // 3)
    assert len({round(box["x"]) for box in boxes}) == 3         # the rows stand under each other


def test_the_first_answer_stands_on_the_first_screen_of_a_phone(windows: Windows, begeleider: Persona) -> None:
    page = windows.open("phone")
    sign_in(page, begeleider)
    page.goto("/zelfbeeld")
    follow(page.locator("main form button"))
    tile, foot = page.locator(".tile").first.bounding_box(), page.locator(".foot").bounding_box()
    assert tile and foot
    assert tile["y"] + tile["height"] <= foot["y"]


def test_by_keyboard_the_first_stop_leads_to_the_content(windows: Windows, begeleider: Persona) -> None:
    page = windows.open()
    sign_in(page, begeleider)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Naar de inhoud"
    box = skip.bounding_box()
    assert box and box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text().startswith("Begin met mijn zelfbeeld")


@pytest.mark.parametrize("place", ["documentElement", "body"])
def test_a_theme_fills_the_tokens_from_a_class(windows: Windows, place: str) -> None:
    page = windows.open()
    page.goto("/hulp")
    link = page.evaluate(
        """place => { const e = document[place]; e.className = "dienst-theme";
           e.style.setProperty("--utrecht-link-color", "rgb(1, 2, 3)");
           return getComputedStyle(document.querySelector("main a")).color }""",
        place,
    )
    assert link == "rgb(1, 2, 3)"


def test_a_stacked_table_keeps_its_roles(windows: Windows) -> None:
    page = windows.open("phone")
    page.goto("/hulp")
    assert page.get_by_role("columnheader", name="Ziet niet").count() == 1
    assert page.get_by_role("rowheader", name="Beheerder").count() == 1
