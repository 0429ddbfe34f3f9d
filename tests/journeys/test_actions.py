"""An action from its date to its end, with and without a script; a maatje; and the zakkaart without a line."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.db import db
from app.development.buddies import services as buddies
from app.development.models import GoalAction
from app.web.formats import today
from tests.development.support import actor_of, goal_in, make_goal
from tests.support.browser import Windows, assert_accessible, follow, serving, sign_in
from tests.support.builders import Persona, make_person

KEPT = "async () => (await caches.keys()).length"


@pytest.fixture
def action_id(app: Flask, begeleider: Persona) -> int:
    return goal_in(app, make_goal(app, begeleider)).actions[0].id


def do_an_action(page: Page, app: Flask, begeleider: Persona, action_id: int) -> None:
    """From the plan to the page of an action: a day, two steps, done."""
    sign_in(page, begeleider)
    page.goto("/ontwikkelplan")
    follow(page.get_by_role("link", name="Stappen, dag en notities"))
    assert_accessible(page)
    day = today() + dt.timedelta(days=20)
    page.get_by_label("Wanneer?").fill(day.isoformat())
    page.get_by_label("Hoeveel uur").fill("absurd")
    page.get_by_label("Eigen notities").fill("Eerst Amira bellen.")
    page.get_by_role("button", name="Bewaar deze actie").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf een getal")
    expect(page.get_by_label("Eigen notities")).to_have_value("Eerst Amira bellen.")
    assert_accessible(page)
    page.get_by_label("Hoeveel uur").fill("2,5")
    page.get_by_role("button", name="Bewaar deze actie").click()
    expect(page.get_by_text("Je actie is bewaard.")).to_be_visible()
    expect(page.get_by_role("link", name="Zet in je agenda")).to_be_visible()
    page.get_by_role("button", name="Kies het traject").click()
    expect(page.get_by_text("1 van 4 gedaan")).to_be_visible()
    expect(page.get_by_role("button", name="Bezig")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Gedaan", exact=True).click()
    expect(page.get_by_role("button", name="Gedaan", exact=True)).to_have_attribute("aria-pressed", "true")
    assert_accessible(page)
    with app.app_context():
        action = db.session.get_one(GoalAction, action_id)
        assert (action.due_on, action.hours, action.steps_done) == (day, 2.5, [0])
        assert action.done_at is not None and action.note == "Eerst Amira bellen."


def test_an_action_from_its_date_to_its_end(page: Page, app: Flask, begeleider: Persona, action_id: int) -> None:
    do_an_action(page, app, begeleider, action_id)


def test_the_same_without_a_script(windows: Windows, app: Flask, begeleider: Persona, action_id: int) -> None:
    page = windows.open("phone", java_script_enabled=False)
    sign_in(page, begeleider)
    page.goto(f"/ontwikkelplan/acties/{action_id}")
    page.get_by_role("button", name="Kies het traject").click()
    expect(page.get_by_text("1 van 4 gedaan")).to_be_visible()
    page.get_by_role("button", name="Gedaan", exact=True).click()
    expect(page.get_by_text("Gedaan op")).to_be_visible()
    page.goto("/zakkaart")
    expect(page.get_by_role("heading", name="Ik spreek bij elke start")).to_be_visible()
    page.goto("/ontwikkelplan/agenda")
    page.get_by_role("button", name="Maak mijn agenda-adres").click()
    expect(page.get_by_text("/agenda/")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_maatje_and_a_calendar(windows: Windows, app: Flask, begeleider: Persona, team_id: int, action_id: int,
                                 scheme: str) -> None:
    ans = make_person(app, begeleider.organisation_id, works_in=[team_id], name="Ans Bos")
    with app.app_context():
        buddies.offer(actor_of(ans), "VM1", ("kijk-mee", "denk-mee"))
        db.session.commit()
    page = windows.open("phone" if scheme == "dark" else "desktop", color_scheme=scheme)
    sign_in(page, begeleider)
    page.goto(f"/ontwikkelplan/acties/{action_id}")
    page.get_by_label("Ans Bos (Team Oost): je mag meekijken").check()
    page.get_by_role("button", name="Vraag deze collega").click()
    expect(page.get_by_text("Je vroeg Ans Bos om dit met je te doen.")).to_be_visible()
    assert_accessible(page)
    hers = windows.open("desktop" if scheme == "dark" else "phone", color_scheme=scheme)
    sign_in(hers, ans)
    expect(hers.get_by_role("heading", name="Een collega vraagt je als maatje")).to_be_visible()
    assert_accessible(hers)
    hers.get_by_role("button", name="Ja, graag").click()
    expect(hers.get_by_text("Je zei ja. Spreek samen af wanneer.")).to_be_visible()
    assert_accessible(hers)
    page.goto("/maatjes")
    assert_accessible(page)
    page.get_by_role("button", name="Bied dit aan").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Waar gaat het over?").select_option("VM2")
    page.get_by_label("Ik denk met een collega mee").check()
    page.get_by_role("button", name="Bied dit aan").click()
    expect(page.get_by_text("je denkt met een collega mee")).to_be_visible()
    page.goto("/ontwikkelplan/agenda")
    page.get_by_role("button", name="Maak mijn agenda-adres").click()
    expect(page.get_by_text("/agenda/")).to_be_visible()
    assert_accessible(page)


def open_the_card(page: Page, person: Persona) -> None:
    sign_in(page, person)
    page.goto("/zakkaart")
    expect(page.get_by_text("opent ook zonder internet")).to_be_visible()


def test_the_zakkaart_opens_without_a_line(browser: Browser, app: Flask, begeleider: Persona, action_id: int) -> None:
    with serving(app) as address:
        windows = Windows(browser, address)
        page = windows.open("phone")
        open_the_card(page, begeleider)
        assert_accessible(page)
        page.goto(f"/zakkaart?actie={action_id}")
        expect(page.get_by_text("opent ook zonder internet")).to_be_visible()
        page.reload()
    page.context.set_offline(True)          # and the server is gone too
    page.goto("/zakkaart")
    expect(page.get_by_role("heading", name="Voer een startgesprek")).to_be_visible()
    expect(page.get_by_text("Je bent offline")).to_be_visible()
    expect(page.get_by_text("Wat verwacht ieder van ons?")).to_be_visible()
    background = page.locator(".pocket").evaluate("card => getComputedStyle(card).borderTopWidth")
    assert background == "8px", "with its own looks"
    with pytest.raises(Exception, match="ERR_"):
        page.goto("/ontwikkelplan")         # nothing else was kept
    windows.close()
    assert not windows.problems


def test_a_card_of_last_week_is_no_longer_kept(browser: Browser, app: Flask, begeleider: Persona,
                                               action_id: int) -> None:
    with serving(app) as address:
        windows = Windows(browser, address)
        page = windows.open("phone")
        open_the_card(page, begeleider)
        page.evaluate("""async () => {
            const cache = await caches.open("zakkaart");
            await cache.put("/zakkaart/sinds", new Response(Date.now() - 8 * 24 * 3600 * 1000));
        }""")
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        page.goto("/zakkaart")
    windows.close()
    assert not windows.problems


@pytest.mark.parametrize("how", ["signs out", "session ends", "somebody else signs in"])
def test_nothing_is_left_to_read_after_signing_out(browser: Browser, app: Flask, begeleider: Persona,
                                                   stranger: Persona, action_id: int, how: str) -> None:
    with serving(app) as address:
        windows = Windows(browser, address)
        page = windows.open("phone")
        open_the_card(page, begeleider)
        assert page.evaluate(KEPT) == 1
        if how == "signs out":
            page.goto("/account")
            page.get_by_role("button", name="Log uit").click()
            page.wait_for_url("**/inloggen")
        elif how == "session ends":
            page.context.clear_cookies()
            page.goto("/zakkaart")
            page.wait_for_url("**/inloggen**")
        else:
            page.context.clear_cookies()
            sign_in(page, stranger)
        page.wait_for_function("async () => (await caches.keys()).length === 0")
        page.wait_for_function("async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        page.goto("/zakkaart")
    windows.close()
    assert not windows.problems


@pytest.mark.parametrize("first", ["/", "/zakkaart"])
def test_whoever_comes_in_by_another_door_finds_no_card_of_somebody_else(
    browser: Browser, app: Flask, begeleider: Persona, stranger: Persona, action_id: int, first: str
) -> None:
    with serving(app) as address:
        windows = Windows(browser, address)
        page, elsewhere = windows.open("phone"), windows.open("desktop")
        open_the_card(page, begeleider)
        page.goto("/account")
        page.wait_for_load_state("networkidle")
        assert page.evaluate(KEPT) == 1, "it is hers"
        sign_in(elsewhere, stranger)
        page.context.clear_cookies()
        page.context.add_cookies(elsewhere.context.cookies())       # as after a new password: no log-in page was seen
        page.goto(first)
        page.wait_for_function("async () => (await caches.keys()).length === 0")
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        page.goto("/zakkaart")
    windows.close()
    assert not windows.problems
