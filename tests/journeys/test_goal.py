"""From a competency to a goal in a real browser: by mouse, thumb and keyboard, with and without scripts."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from app.web.formats import date, today
from tests.development.support import IF_THEN, NEW, PLAN, VM1, fill_places, goals_in, make_goal, measure
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona

BEHAVIOUR = "Ik spreek bij elke start af wat het traject oplevert"
DAY = today() + dt.timedelta(days=90)
# Reads the same whether the browser asks for the day or the month first.
TWIN_DAY = next(day for day in (DAY + dt.timedelta(days=n) for n in range(40)) if day.day == day.month)
FULL = "Je hebt al drie doelen."


def fill_in(page: Page) -> None:
    """Everything a goal needs, as she would."""
    page.get_by_label("Waarom dit doel?").fill("In mijn zelfbeeld viel dit op.")
    page.get_by_label("Wat laat ik straks zien?").fill(BEHAVIOUR)
    page.get_by_label("Waaraan merken school, ouders of leerling dat?").fill("De school weet vooraf wat er komt.")
    page.get_by_role("radio", name="Nu niveau 2 Ontwikkelend").check()
    page.get_by_role("radio", name="Straks niveau 3 Zelfstandig").check()
    page.get_by_label("Wanneer?").fill(DAY.isoformat())
    page.get_by_label("Als-danplan").fill(IF_THEN)
    page.get_by_role("checkbox", name=re.compile("Voer een startgesprek")).check()
    page.get_by_label("Zelf bedacht").fill("Vraag Amira hoe zij het doet")


def store(page: Page) -> None:
    page.get_by_role("button", name="Bewaar mijn doel").click()


def card(page: Page) -> Locator:
    return page.get_by_role("article", name=BEHAVIOUR)


def in_step(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def test_a_first_goal_and_what_becomes_of_it(app: Flask, page: Page, begeleider: Persona) -> None:
    measurement_id = measure(app, begeleider, {"VM1": 2.9})
    sign_in(page, begeleider)
    page.goto(PLAN)
    assert_accessible(page)
    expect(page.get_by_text("Hier komen je doelen, hooguit drie tegelijk.")).to_be_visible()
    page.get_by_role("link", name="Maak mijn eerste doel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar gaat je doel over?")
    assert_accessible(page)
    follow(page.get_by_role("link", name="Verwachtingen en wensen ophalen"))

    page.goto(f"{NEW}?competentie={VM1}&meting={measurement_id}")
    expect(page.get_by_text("jouw zelfbeeld van 12 maart 2026")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Als-danplan").fill("Zomaar iets")
    store(page)
    summary = page.locator(".errors")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Nog 8 dingen voordat we dit kunnen bewaren")
    expect(page.get_by_label("Als-danplan")).to_have_value("Zomaar iets")
    assert_accessible(page)
    summary.get_by_role("link", name="Niveau nu").click()
    expect(page.get_by_role("radio", name="Nu niveau 1 Oriënterend")).to_be_focused()

    fill_in(page)
    expect(page.get_by_text("kost samen ongeveer 3 uur")).to_be_visible()
    expect(page.get_by_text("past bij je niveau nu").first).to_be_visible()
    store(page)
    in_step(page, "Je doel is bewaard.")
    expect(card(page)).to_contain_text("2,9")
    expect(card(page)).to_contain_text("Nu ontwikkelend, doel zelfstandig.")
    assert_accessible(page)

    action = card(page).get_by_role("button", name="Vraag Amira hoe zij het doet")
    expect(action).to_have_attribute("aria-pressed", "false")
    action.click()
    expect(action).to_have_attribute("aria-pressed", "true")
    expect(card(page)).to_contain_text("1 van 2 gedaan")

    follow(card(page).get_by_role("link", name="Pas dit doel aan"))
    assert_accessible(page)
    page.get_by_text("Voeg een actie toe").click()
    page.get_by_role("checkbox", name=re.compile("Kijk mee bij elkaars startgesprek")).check()
    assert_accessible(page)
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_text("1 van 3 gedaan")).to_be_visible()
    page.get_by_text("Pas dit doel aan").click()
    page.get_by_label("Wat laat ik straks zien?").fill("Ik vraag elke school wat ze verwacht")
    store(page)
    changed = page.get_by_role("article", name="Ik vraag elke school wat ze verwacht")
    changed.get_by_role("button", name="Rond af").click()
    in_step(page, "Het doel is afgerond.")
    expect(page.get_by_role("heading", name="Afgerond")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Ik vraag elke school wat ze verwacht").click()
    expect(page.get_by_role("heading", name="Toch nog niet klaar?")).to_be_visible()
    assert_accessible(page)
    [goal] = goals_in(app, begeleider)
    assert (goal.start_score, goal.measurement_id, goal.end_date) == (2.9, measurement_id, DAY)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_whole_path_without_scripts(app: Flask, windows: Windows, begeleider: Persona, size: str) -> None:
    page = windows.open(size, java_script_enabled=False)
    sign_in(page, begeleider)
    page.goto(f"{NEW}?competentie={VM1}")
    fill_in(page)
    store(page)
    expect(card(page)).to_contain_text("0 van 2 gedaan")
    card(page).get_by_role("button", name="Vraag Amira").click()
    expect(card(page)).to_contain_text("1 van 2 gedaan")
    card(page).get_by_role("button", name="Vraag Amira").click()
    expect(card(page)).to_contain_text("0 van 2 gedaan")
    card(page).get_by_role("button", name="Zet stil").click()
    in_step(page, "Het doel staat stil.")
    page.get_by_role("button", name="Pak dit weer op").click()
    in_step(page, "Je bent weer met dit doel bezig.")
    follow(card(page).get_by_role("link", name="Pas dit doel aan"))
    page.get_by_text("Voeg een actie toe").click()
    page.get_by_label("Zelf bedacht").fill("Oefen met Joost")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_text("0 van 3 gedaan")).to_be_visible()
    page.get_by_role("button", name="Haal weg").first.click()
    expect(page.get_by_text("0 van 2 gedaan")).to_be_visible()
    [goal] = goals_in(app, begeleider)
    assert [action.title for action in goal.actions] == ["Vraag Amira hoe zij het doet", "Oefen met Joost"]


def test_by_keyboard_alone(app: Flask, windows: Windows, begeleider: Persona) -> None:
    """Only Tab, Space, Enter, arrows and letters; what has focus can be seen."""
    page = windows.open()
    sign_in(page, begeleider)
    page.goto(f"{NEW}?competentie={VM1}")

    def to(target: Locator) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"
                return
        raise AssertionError(f"Tab never came at {target}")

    to(page.get_by_label("Waarom dit doel?"))
    page.keyboard.type("Het viel me op.")
    to(page.get_by_label("Wat laat ik straks zien?"))
    page.keyboard.type(BEHAVIOUR)
    to(page.get_by_label("Waaraan merken school, ouders of leerling dat?"))
    page.keyboard.type("De school zegt het.")
    to(page.get_by_role("radio", name="Nu niveau 1 Oriënterend"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Nu niveau 2 Ontwikkelend")).to_be_checked()
    to(page.get_by_role("radio", name=re.compile("^Straks niveau")).and_(page.locator(":focus")))
    page.keyboard.press("Space")
    for _ in range(5):
        if page.get_by_role("radio", name="Straks niveau 3 Zelfstandig").is_checked():
            break
        page.keyboard.press("ArrowDown")
    to(page.get_by_label("Wanneer?"))
    page.keyboard.type(TWIN_DAY.strftime("%d%m%Y"))
    to(page.get_by_label("Als-danplan"))
    page.keyboard.type(IF_THEN)
    to(page.get_by_role("checkbox", name=re.compile("Voer een startgesprek")))
    page.keyboard.press("Space")
    to(page.get_by_role("button", name="Bewaar mijn doel"))
    page.keyboard.press("Enter")
    expect(card(page)).to_be_visible()
    to(card(page).get_by_role("button", name=re.compile("Voer een startgesprek")))
    page.keyboard.press("Space")
    expect(card(page)).to_contain_text("1 van 1 gedaan")
    assert goals_in(app, begeleider)[0].end_date == TWIN_DAY


def test_what_was_typed_survives_a_closed_tab_until_it_is_stored(page: Page, begeleider: Persona) -> None:
    sign_in(page, begeleider)
    address = f"{NEW}?competentie={VM1}"
    page.goto(address)
    fill_in(page)
    page.goto(f"{NEW}?competentie=netwerken")
    expect(page.get_by_label("Waarom dit doel?")).to_have_value("")
    page.goto(address)
    expect(page.get_by_text("Dit had je al opgeschreven.")).to_be_visible()
    expect(page.get_by_label("Wat laat ik straks zien?")).to_have_value(BEHAVIOUR)
    expect(page.get_by_role("radio", name="Nu niveau 2 Ontwikkelend")).to_be_checked()
    assert_accessible(page)
    store(page)
    expect(card(page)).to_be_visible()
    page.goto(address)
    expect(page.get_by_label("Wat laat ik straks zien?")).to_have_value("")
    expect(page.get_by_text("Dit had je al opgeschreven.")).to_be_hidden()

    page.get_by_label("Waarom dit doel?").fill("Toch niet")
    page.reload()
    page.get_by_role("button", name="Begin met een leeg formulier").click()
    expect(page.get_by_label("Waarom dit doel?")).to_be_focused()
    expect(page.get_by_label("Waarom dit doel?")).to_have_value("")
    page.reload()
    expect(page.get_by_text("Dit had je al opgeschreven.")).to_be_hidden()


def test_a_session_that_ended_loses_nothing(app: Flask, page: Page, begeleider: Persona) -> None:
    sign_in(page, begeleider)
    page.goto(f"{NEW}?competentie={VM1}")
    fill_in(page)
    page.context.clear_cookies()
    store(page)
    page.locator("input[name=email]").fill(begeleider.email)
    page.locator("input[name=password]").fill("een-goed-geheim-van-de-dienst")
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)
    page.locator("main form button").click()
    expect(card(page)).to_contain_text("Vraag Amira hoe zij het doet")
    assert len(goals_in(app, begeleider)) == 1


def test_a_fourth_goal_is_kept_as_an_idea(app: Flask, page: Page, begeleider: Persona) -> None:
    fill_places(app, begeleider)
    sign_in(page, begeleider)
    page.goto(f"{NEW}?competentie={VM1}")
    expect(page.get_by_text(f"{FULL} Wat je hier schrijft")).to_be_visible()
    fill_in(page)
    store(page)
    expect(page.locator(".errors")).to_be_focused()
    expect(page.locator(".errors")).to_contain_text("Wat je net typte, is bewaard als idee.")
    assert_accessible(page)
    page.reload()       # sends the same goal again
    expect(page.locator(".errors")).to_contain_text("Wat je net typte, is bewaard als idee.")
    assert [goal.behaviour for goal in goals_in(app, begeleider)] == ["Doel 1", "Doel 2", "Doel 3", BEHAVIOUR]
    page.get_by_role("article", name="Doel 1").get_by_role("button", name="Zet stil").click()
    in_step(page, "Het doel staat stil.")
    page.get_by_role("button", name="Begin hieraan").click()
    in_step(page, "Dit idee is nu een doel.")
    expect(card(page)).to_be_visible()


def test_two_presses_are_one_post(app: Flask, windows: Windows, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider, behaviour=BEHAVIOUR)
    page = windows.open()
    sign_in(page, begeleider)
    page.goto(PLAN)
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    card(page).get_by_role("button", name="Rond af").dblclick()
    in_step(page, "Het doel is afgerond.")
    assert [address.rsplit("/", 2)[1:] for address in posts] == [[str(goal_id), "rond-af"]]


def test_the_plan_on_paper(app: Flask, windows: Windows, begeleider: Persona) -> None:
    """On paper stand the goals with their actions, whose they are and of when, and no buttons."""
    goal_id = make_goal(app, begeleider, behaviour=BEHAVIOUR, titles=("Oefen met Joost",))
    page = windows.open()
    sign_in(page, begeleider)
    page.goto(PLAN)
    card(page).get_by_role("button", name="Oefen met Joost").click()
    expect(card(page)).to_contain_text("1 van 2 gedaan")
    page.goto(PLAN)
    expect(page.get_by_text("Scholen weten vooraf").filter(visible=True)).to_have_count(0)
    page.emulate_media(media="print")
    with app.test_request_context():
        printed = f"Van {begeleider.name}, afgedrukt op {date(today())}"
    for words in (printed, BEHAVIOUR, IF_THEN, "Oefen met Joost", "Nu ontwikkelend, doel zelfstandig.",
                  "Scholen weten vooraf niet wat ze krijgen.", "De school kan zeggen wat we doen."):
        expect(page.get_by_text(words).filter(visible=True)).not_to_have_count(0)
    for words in ("Zet stil", "Rond af", "Voeg een tweede doel toe"):
        expect(page.get_by_text(words)).to_be_hidden()
    expect(page.get_by_role("link", name="Pas dit doel aan")).to_be_hidden()
    # Paper has no backgrounds: what is done has a dark check on white.
    check = page.locator(".check.done .box svg")
    expect(check).to_have_count(1)
    expect(check).to_be_visible()
    assert check.evaluate("svg => getComputedStyle(svg).stroke") == "rgb(0, 0, 0)"
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
    page.goto(f"{PLAN}/doelen/{goal_id}")
    for words in (printed, "Scholen weten vooraf niet wat ze krijgen.", "De school kan zeggen wat we doen."):
        expect(page.locator("p", has_text=words)).to_be_visible()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_hostile_texts_stay_within_the_window(app: Flask, windows: Windows, begeleider: Persona, size: str) -> None:
    hostile = f"<img src=x onerror=alert(1)> \u202etfel\u202c 🎈 {'w' * 120}"
    goal_id = make_goal(app, begeleider, behaviour=hostile, reason=hostile, noticed_by=hostile, titles=(hostile,),
                        if_then=f"Als {hostile} dan {hostile}")
    page = windows.open(size)
    sign_in(page, begeleider)
    for address in (PLAN, f"{PLAN}/doelen/{goal_id}"):
        page.goto(address)
        expect(page.get_by_text("<img src=x onerror=alert(1)>").first).to_be_visible()
        assert_accessible(page)
