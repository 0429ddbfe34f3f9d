"""Whoever is asked, on a small phone: each group from the link to the thanks, with all that can happen on the way."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import update

from app.assessments.questionnaire import NO_REASON
from app.db import db
from app.measurement.scale import Group
from app.rounds import links
from app.rounds.models import Invitation
from tests.rating import acts
from tests.support.browser import Windows, assert_accessible, follow
from tests.support.builders import Persona
from tests.support.rounds import MadeRound, make_round

SAVED = re.compile(r"^Bewaard om \d\d\.\d\d$")
GROUPS = (Group.TEAM_LEAD, Group.COLLEAGUE, Group.SCHOOL, Group.PARENT, Group.PUPIL)
MOST_BYTES = 60_000     # of a rater's first page with all that it needs, as it travels


@pytest.fixture
def made(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    """One of each; who is of a school is a teacher, the pupils have sheets."""
    made = make_round(app, teamleider, [begeleider], {**dict.fromkeys(GROUPS, 1), Group.PUPIL: 3})
    acts.become(app, made.invitation_ids[2:3], "leraar")
    with app.app_context():
        db.session.execute(update(Invitation).where(Invitation.rater_group == Group.PUPIL).values(email=None))
        db.session.commit()
    return made


def token_of(made: MadeRound, group: str) -> str:
    return made.tokens[GROUPS.index(Group(group))]


def mark(page: Page) -> Locator:
    return page.locator("[data-mark] > span")


def on(page: Page) -> None:
    before = page.url.split("#")[0]
    page.locator('.foot [name="naar"][value="verder"]').click()
    page.wait_for_url(lambda address: address.split("#")[0] != before)


def begin(page: Page, token: str) -> None:
    page.goto(f"/b/{token}")
    follow(page.get_by_role("link", name="Begin", exact=True))
    if "oefenen" in page.url:
        page.get_by_role("link", name="Volgende").click()
    page.wait_for_url("**/1#vraag")


def tile(page: Page, code: str, value: int | str) -> Locator:
    return page.locator(f'input[name="a-{code}"][value="{value}"]')


THANKS = {
    "teamleider": "Dank je wel", "collega": "Dank je wel", "school": "Dank je wel", "ouder": "Dank u wel",
    "leerling": "Klaar! Dank je wel.",
}


@pytest.mark.parametrize("group", THANKS)
def test_the_whole_path(app: Flask, windows: Windows, made: MadeRound, group: str) -> None:
    page = windows.open("small")
    token, given = token_of(made, group), {}
    page.goto(f"/b/{token}")
    assert_accessible(page)
    page.get_by_role("link", name="Begin", exact=True).click()
    if group == "leerling":
        expect(page.get_by_role("heading", level=1)).to_have_text("Ik hou van pizza.")
        page.get_by_text("Een beetje").click()
        assert_accessible(page)
        page.get_by_role("link", name="Volgende").click()
    number = 1
    while not page.url.endswith("/overzicht"):
        page.wait_for_url(f"**/{number}#vraag")
        sets = page.locator("fieldset[data-item]")
        codes = [str(each.get_attribute("data-item")) for each in sets.all()]
        for code in codes:
            given[code] = (number + len(given)) % 3 + 1
            tile(page, code, given[code]).check()
        for item in ("open-1", "open-2"):
            if page.locator(f"#{item}").count():
                given[item] = f"Over {item}: ❤"
                page.locator(f"#{item}").fill(given[item])
        expect(mark(page)).to_have_text(SAVED)
        assert {item: value for item, value in acts.kept(app, token).items() if item in codes} == {
            code: given[code] for code in codes}
        if number == 1 or not codes:
            assert_accessible(page)
        on(page)
        number += 1
    expect(page.get_by_text(re.compile("alle (zinnen|vragen) beantwoord"))).to_be_visible()
    assert_accessible(page)
    assert acts.kept(app, token) == given and set(acts.codes_of(app, token)) < set(given)
    page.get_by_role("button", name=re.compile("[Vv]erstuur")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS[group])
    assert_accessible(page)
    assert page.evaluate("() => localStorage.length") == 0 and page.context.cookies() == []
    page.go_back()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verstuurd")
    expect(page.get_by_text("❤")).to_have_count(0)
    assert_accessible(page)


def test_without_a_script(app: Flask, windows: Windows, made: MadeRound) -> None:
    page = windows.open("small", java_script_enabled=False)
    token = token_of(made, "ouder")
    begin(page, token)
    expect(page.get_by_role("button", name="Lees voor")).to_be_hidden()
    tile(page, "VM1.1", 5).check()
    tile(page, "VM1.2", "x").check()
    on(page)
    assert acts.kept(app, token) == {"VM1.1": 5, "VM1.2": NO_REASON}
    page.get_by_role("button", name="Terug").click()
    page.wait_for_url("**/1#vraag")
    expect(tile(page, "VM1.1", 5)).to_be_checked()
    page.get_by_label("Wis mijn antwoord").first.check()
    for _ in range(5):
        on(page)
    expect(page.get_by_text("Er staan nog 11 zinnen open")).to_be_visible()
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank u wel")
    page.goto(f"/b/{token}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Verstuurd")


def test_on_a_second_device(app: Flask, windows: Windows, made: MadeRound) -> None:
    phone, desk = windows.open("small"), windows.open("desktop")
    token = token_of(made, "collega")
    begin(phone, token)
    for each in phone.locator("fieldset[data-item]").all():
        each.locator(".tile").nth(3).click()
    expect(mark(phone)).to_have_text(SAVED)
    desk.goto(f"/b/{token}")
    desk.get_by_role("link", name="Ga verder").click()
    desk.wait_for_url("**/2#vraag")
    desk.get_by_role("button", name="Terug").click()
    desk.wait_for_url("**/1#vraag")
    first = str(desk.locator("fieldset[data-item]").first.get_attribute("data-item"))
    expect(tile(desk, first, 4)).to_be_checked()
    tile(desk, first, 1).check()
    expect(mark(desk)).to_have_text(SAVED)
    second = str(phone.locator("fieldset[data-item]").nth(1).get_attribute("data-item"))
    tile(phone, second, 2).check()
    expect(mark(phone)).to_have_text(re.compile("staat ook op een ander apparaat open"))
    expect(tile(phone, first, 1)).to_be_checked()
    assert acts.kept(app, token) == {first: 1, second: 2}


def test_the_line_drops_in_the_middle(app: Flask, windows: Windows, made: MadeRound) -> None:
    page = windows.open("small")
    token = token_of(made, "ouder")
    begin(page, token)
    tile(page, "VM1.1", 4).check()
    expect(mark(page)).to_have_text(SAVED)
    page.context.set_offline(True)
    tile(page, "VM1.2", 2).check()
    expect(mark(page)).to_have_text(re.compile("^Geen internet. Uw antwoorden staan op dit apparaat"))
    tile(page, "VM2.2", "x").check()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.wait_for_timeout(200)
    assert page.url.endswith("/1#vraag") and acts.kept(app, token) == {"VM1.1": 4}
    assert page.evaluate("() => localStorage.length") == 2
    assert_accessible(page)
    page.context.set_offline(False)
    expect(mark(page)).to_have_text(re.compile("^Weer internet. Alles is bewaard om"))
    assert acts.kept(app, token) == {"VM1.1": 4, "VM1.2": 2, "VM2.2": NO_REASON}
    assert page.evaluate("() => localStorage.length") == 0, "what was acknowledged is not left on this device"
    page.goto(f"/b/{token}/overzicht")
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank u wel")


def test_what_waited_for_a_link_that_is_done_with_is_forgotten(app: Flask, windows: Windows,
                                                               made: MadeRound) -> None:
    page = windows.open("small")
    token = token_of(made, "ouder")
    begin(page, token)
    tile(page, "VM1.1", 4).check()
    expect(mark(page)).to_have_text(SAVED)
    page.context.set_offline(True)
    tile(page, "VM1.2", 2).check()
    expect(mark(page)).to_have_text(re.compile("^Geen internet"))
    acts.send(app, token)
    page.context.set_offline(False)
    expect(mark(page)).to_have_text(re.compile("al verstuurd"))
    assert page.evaluate("() => localStorage.length") == 0


def test_by_keyboard_alone(app: Flask, windows: Windows, made: MadeRound) -> None:
    page = windows.open("desktop")
    token, keys = token_of(made, "collega"), page.keyboard

    def tab_to(what: str) -> None:
        for _ in range(40):
            keys.press("Tab")
            if page.evaluate("(what) => document.activeElement.matches(what)", what):
                return
        raise AssertionError(f"no way to {what} with Tab")

    page.goto(f"/b/{token}")
    tab_to(".foot a")
    keys.press("Enter")
    number = 1
    while True:
        page.wait_for_url(f"**/{number}#vraag")
        count = page.locator("fieldset[data-item]").count()
        if not count:
            break
        tab_to("[name^='a-']")
        for _ in range(count):
            keys.press("4")
        assert page.evaluate("() => document.activeElement.value") == "verder"
        expect(mark(page)).to_have_text(SAVED)
        keys.press("Enter")
        number += 1
    tab_to("textarea")
    keys.type("1 2 3 k: alleen tekst")
    tab_to("[name='naar']")
    keys.press("Enter")
    page.wait_for_url("**/overzicht")
    assert acts.kept(app, token) == {**dict.fromkeys(acts.codes_of(app, token), 4), "open-1": "1 2 3 k: alleen tekst"}
    tab_to("form .btn")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank je wel")


def test_a_text_that_is_too_long_stays_on_the_page(app: Flask, windows: Windows, made: MadeRound) -> None:
    page = windows.open("small")
    token = token_of(made, "ouder")
    page.goto(f"/b/{token}/5")
    for long in ("a" * 1001, "€" * 700):
        page.locator("#open-1").fill(long)
        expect(page.locator("#open-1-fout")).to_contain_text("te lang")
        page.get_by_role("button", name="Bewaar en ga verder").click()
        expect(page.locator("#open-1")).to_have_value(long)
    assert_accessible(page)
    assert acts.kept(app, token) == {}
    page.locator("#open-1").fill("❤" * 600)
    on(page)
    assert acts.kept(app, token) == {"open-1": "❤" * 600}


def test_two_tabs_and_a_double_press(app: Flask, windows: Windows, made: MadeRound) -> None:
    here = windows.open("small")
    token = token_of(made, "ouder")
    begin(here, token)
    there = here.context.new_page()
    there.goto(here.url)
    tile(there, "VM1.1", 1).check()
    expect(mark(there)).to_have_text(SAVED)
    tile(here, "VM1.2", 5).check()
    expect(mark(here)).to_have_text(re.compile("staan ook op een ander apparaat open"))
    expect(tile(here, "VM1.1", 1)).to_be_checked()
    there.goto(f"/b/{token}/overzicht")
    there.get_by_role("button", name="Verstuur mijn antwoorden").dblclick()
    expect(there.get_by_text("Uw ontvangstcode")).to_be_visible()
    tile(here, "VM1.2", 1).check()
    expect(mark(here)).to_have_text(re.compile("al verstuurd"))
    here.get_by_role("button", name="Bewaar en ga verder").click()
    expect(here.get_by_role("heading", level=1)).to_have_text("Verstuurd")


def test_rather_not(windows: Windows, made: MadeRound) -> None:
    page = windows.open("small")
    page.goto(f"/b/{token_of(made, 'school')}")
    chips, purpose = (page.locator(what).first.bounding_box() for what in (".chips", ".chips + p"))
    assert chips and purpose and purpose["y"] - chips["y"] - chips["height"] >= 12
    follow(page.get_by_role("link", name="Liever niet?"))
    assert_accessible(page)
    page.get_by_role("button", name="Ik doe liever niet mee").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies eerst een antwoord")
    assert_accessible(page)
    page.get_by_label("Ik heb nu geen tijd").check()
    page.get_by_role("button", name="Ik doe liever niet mee").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank je wel")
    assert_accessible(page)


def test_links_that_lead_nowhere_are_friendly(windows: Windows, made: MadeRound) -> None:
    page = windows.open("small")
    page.goto("/b/kapot")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze link klopt niet")
    assert_accessible(page)


# --- pupils ----------------------------------------------------------------------------------------------------------


def test_pupils_press_large_buttons(windows: Windows, made: MadeRound) -> None:
    page = windows.open("small")
    begin(page, token_of(made, "leerling"))
    for each in page.locator(".tile, .cant > label, .foot .btn:visible").all():
        box = each.bounding_box()
        assert box and box["height"] >= 64 and box["width"] >= 64, each.inner_text()
    expect(page.locator(".thumb")).to_have_count(3)


def test_one_device_goes_from_child_to_child(app: Flask, windows: Windows, made: MadeRound) -> None:
    page = windows.open("small")
    with app.app_context():
        page.goto(f"/b/klas/{links.class_token(made.part_ids[0])}")
    assert_accessible(page)
    page.get_by_role("button", name="Volgende kind").click()
    expect(page.get_by_role("alert")).to_contain_text("Bevestig eerst dat je niet Jet bent.")
    assert_accessible(page)
    page.get_by_label("Ik ben niet Jet").check()
    opened = set()
    for _ in range(3):
        page.get_by_role("button", name="Volgende kind").click()
        page.get_by_role("link", name="Begin", exact=True).click()
        follow(page.get_by_role("link", name="Volgende"))
        opened.add(page.url.split("/b/")[1].split("/")[0])
        expect(page.locator("main :checked")).to_have_count(0)
        page.locator(".tile").last.click()
        expect(mark(page)).to_have_text(SAVED)
        for _ in range(10):
            on(page)
        page.get_by_role("button", name="Klaar, verstuur").click()
        expect(page.get_by_text("Geef het apparaat aan het volgende kind.")).to_be_visible()
        assert_accessible(page)
        page.go_back()
        page.wait_for_load_state()
        expect(page.get_by_role("heading", level=1)).to_have_text("Verstuurd")
        with app.app_context():
            page.goto(f"/b/klas/{links.class_token(made.part_ids[0])}")
        if len(opened) < 3:
            page.get_by_label("Ik ben niet Jet").check()
    assert opened == set(made.tokens[4:])
    expect(page.get_by_text("Alle bladen zijn gebruikt.")).to_be_visible()


VOICES = """(voices) => {
  window.spoken = [];
  const speech = { getVoices: () => voices, speak: (each) => spoken.push(each.text), cancel() {}, speaking: false };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
}"""


@pytest.mark.parametrize(("lang", "on_device", "offered"), [("nl-NL", True, True), ("nl_BE", True, True),
                                                            ("nl-NL", False, False), ("en-GB", True, False)])
def test_read_aloud_by_a_voice_of_this_device(windows: Windows, made: MadeRound, lang: str, on_device: bool,
                                              offered: bool) -> None:
    """A voice that lives elsewhere would be told what is on the page."""
    page = windows.open("small")
    known = f'[{{ lang: "{lang}", localService: {str(on_device).lower()} }}]'
    page.add_init_script(f"({VOICES})({known})")
    page.goto(f"/b/{token_of(made, 'leerling')}/1")
    button = page.get_by_role("button", name="Lees voor")
    expect(button).to_be_visible(visible=offered)
    if offered:
        assert_accessible(page)
        button.click()
        assert page.evaluate("() => spoken") == [
            "Jet luistert naar mij.", "Klopt dit voor jou?", "Nee", "Een beetje", "Ja", "Weet ik niet"]


# --- weight ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", ["collega", "ouder", "leerling"])
def test_the_first_page_is_light(windows: Windows, made: MadeRound, group: str) -> None:
    page = windows.open("small")
    weights: dict[str, int] = {}

    def weigh(request: object) -> None:
        sizes = request.sizes()  # type: ignore[attr-defined]
        weights[request.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]  # type: ignore[attr-defined]

    page.on("requestfinished", weigh)
    for rest in ("", "/1"):
        page.goto(f"/b/{token_of(made, group)}{rest}")
        page.wait_for_load_state("networkidle")
    assert len(weights) >= 5 and sum(weights.values()) <= MOST_BYTES, weights
