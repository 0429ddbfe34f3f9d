"""The questionnaire in a real browser: by mouse, thumb and keyboard, with a line that drops and a session that ends."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect
from sqlalchemy import select

from app.assessments.models import SelfAssessment
from app.assessments.questionnaire import NO_REASON, Questionnaire
from app.competencies.seeding import SEED, read_framework
from app.db import db
from app.web.formats import clock
from tests.assessments import acts
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import PASSWORD, Persona

FOCUS = Questionnaire.of(read_framework(SEED), "focus")
SAVED = re.compile(r"^Bewaard om \d\d\.\d\d$")
SAVE = "**/antwoord"


def begin(page: Page, person: Persona, chosen: str = "De vier focusgebieden") -> int:
    """Signs in, begins, and stands on the first page."""
    sign_in(page, person)
    page.goto("/zelfbeeld")
    page.get_by_role("radio", name=re.compile(f"^{chosen}")).check()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/zelfbeeld/\d+/[a-z-]+$"))
    return int(page.url.split("/")[-2])


def tile(page: Page, code: str, value: int | str) -> Locator:
    return page.locator(f'input[name="a-{code}"][value="{value}"]')


def mark(page: Page) -> Locator:
    return page.locator("[data-mark] > span")


def on(page: Page) -> None:
    before = page.url.split("#")[0]
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.wait_for_url(lambda address: address.split("#")[0] != before)


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text().replace("\n", " ")


class Line:
    """Holds what the page sends until it is let through."""

    def __init__(self, page: Page) -> None:
        self.held: list[Route] = []
        self.open = False
        page.route(SAVE, self._hold)

    def _hold(self, route: Route) -> None:
        if self.open:
            route.continue_()
        else:
            self.held.append(route)

    def let_through(self) -> None:
        self.open = True
        for route in self.held:
            route.continue_()


@pytest.fixture
def stored(app: Flask) -> Callable[[int], acts.Stored]:
    return lambda assessment_id: acts.stored(app, assessment_id)


def test_the_whole_path(app: Flask, page: Page, begeleider: Persona, stored: Callable[[int], acts.Stored]) -> None:
    sign_in(page, begeleider)
    follow(page.get_by_role("link", name="Metingen").first)
    assert_accessible(page)
    follow(page.get_by_role("link", name="Begin met mijn zelfbeeld"))
    assert_accessible(page)
    expect(page.get_by_text("Elk antwoord wordt meteen bewaard.")).to_be_visible()
    page.get_by_role("radio", name=re.compile("^De vier focusgebieden")).check()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(f"**/{acts.VM1_PAGE}")
    assessment_id = int(page.url.split("/")[-2])
    given: dict[str, int | str] = {}
    for number, asked in enumerate(FOCUS.pages, 1):
        expect(page.get_by_text(f"{number} van 12", exact=True)).to_be_visible()
        if number in (1, 12):
            assert_accessible(page)
        for indicator in asked.indicators:
            given[indicator.code] = (number + len(given)) % 5 + 1
            tile(page, indicator.code, given[indicator.code]).check()
        expect(mark(page)).to_have_text(SAVED)
        assert {c: a for c, a in stored(assessment_id).answers.items() if c in given} == given
        on(page)
    expect(page.get_by_text("Je hebt alle zinnen beantwoord.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Rond mijn zelfbeeld af").click()
    page.wait_for_url("**/profiel")
    expect(page.get_by_text("Je zelfbeeld is afgerond")).to_be_visible()
    assert stored(assessment_id).packed == given and len(stored(assessment_id).cells) == 12
    page.goto("/metingen")
    assert_accessible(page)
    page.get_by_role("link", name="Mijn antwoorden").click()
    expect(page.get_by_text("ligt vast")).to_be_visible()
    assert_accessible(page)


def test_on_a_phone_the_first_answer_stands_on_the_first_screen(windows: Windows, begeleider: Persona) -> None:
    page = windows.open("phone")
    assessment_id = begin(page, begeleider, "Alle onderwerpen")
    for asked in Questionnaire.of(read_framework(SEED), "volledig").pages:
        page.goto(f"/zelfbeeld/{assessment_id}/{asked.competency.slug}")
        first = tile(page, asked.indicators[0].code, 1).locator("xpath=..").bounding_box()
        foot = page.locator(".foot").bounding_box()
        assert first and foot and first["y"] + first["height"] <= foot["y"], asked.competency.name


def test_everything_works_without_a_script(windows: Windows, begeleider: Persona,
                                           stored: Callable[[int], acts.Stored]) -> None:
    page = windows.open("phone", java_script_enabled=False)
    assessment_id = begin(page, begeleider)
    tile(page, "VM1.1", 3).check()
    tile(page, "VM1.2", "x").check()
    page.get_by_label("Dit hoort niet bij mijn werk").locator("visible=true").check()
    page.get_by_label("Een voorbeeld uit mijn werk").fill("Op maandag.")
    on(page)
    assert stored(assessment_id).answers == {"VM1.1": 3, "VM1.2": "nvt"}
    tile(page, "VM2.1", 5).check()
    page.get_by_role("button", name="Terug").click()
    page.wait_for_url(f"**/{acts.VM1_PAGE}#vraag")
    assert stored(assessment_id).answers["VM2.1"] == 5
    expect(tile(page, "VM1.1", 3)).to_be_checked()
    page.get_by_label("Wis mijn antwoord").first.check()
    on(page)
    assert "VM1.1" not in stored(assessment_id).answers
    for asked in FOCUS.pages[1:]:
        for indicator in asked.indicators:
            tile(page, indicator.code, 4).check()
        on(page)
    expect(page.get_by_text("Je hebt 3 zinnen overgeslagen")).to_be_visible()
    page.get_by_role("link", name="Bekijk wat ik oversloeg").click()
    for indicator in FOCUS.pages[0].indicators:
        tile(page, indicator.code, 2).check()
    on(page)
    expect(page.get_by_text("Je hebt alle zinnen beantwoord.")).to_be_visible()
    page.get_by_role("button", name="Rond mijn zelfbeeld af").click()
    page.wait_for_url("**/profiel")
    packed = stored(assessment_id).packed
    assert packed is not None and len(packed) == 48 and packed["VM1.2"] == 2


def test_the_mark_says_what_is_true(page: Page, begeleider: Persona, stored: Callable[[int], acts.Stored]) -> None:
    assessment_id = begin(page, begeleider)
    expect(mark(page)).to_be_hidden()
    line = Line(page)
    tile(page, "VM1.1", 2).check()
    expect(mark(page)).to_have_text("Bezig met bewaren…")
    tile(page, "VM1.1", 4).check()
    tile(page, "VM1.2", 5).check()
    expect(mark(page)).to_have_text("Bezig met bewaren…")
    assert stored(assessment_id).answers == {}
    line.let_through()
    expect(mark(page)).to_have_text(SAVED)
    now = stored(assessment_id)
    assert now.answers == {"VM1.1": 4, "VM1.2": 5} and now.saved_at is not None
    expect(mark(page)).to_have_text(f"Bewaard om {clock(now.saved_at)}")
    assert_accessible(page)


def test_a_reason_and_clearing(page: Page, begeleider: Persona, stored: Callable[[int], acts.Stored]) -> None:
    assessment_id = begin(page, begeleider)
    question = page.get_by_role("group", name="Ik vraag bij de start")
    expect(question.get_by_label("Het kwam niet voor")).to_be_hidden()
    question.get_by_label("Kan ik niet zeggen").check()
    expect(question.get_by_label("Het kwam niet voor")).to_be_visible()
    expect(question.locator(".why :checked")).to_have_count(0)
    expect(mark(page)).to_have_text(SAVED)
    assert stored(assessment_id).answers == {"VM1.1": NO_REASON}
    page.reload()
    expect(tile(page, "VM1.1", "x")).to_be_checked()
    expect(question.locator(".why :checked")).to_have_count(0)
    question.get_by_label("Dit hoort niet bij mijn werk").check()
    expect(mark(page)).to_have_text(SAVED)
    assert_accessible(page)
    tile(page, "VM1.1", 3).check()
    expect(question.get_by_label("Dit hoort niet bij mijn werk")).to_be_hidden()
    expect(mark(page)).to_have_text(SAVED)
    assert stored(assessment_id).answers == {"VM1.1": 3}
    question.get_by_role("button", name="Wis mijn antwoord").click()
    expect(mark(page)).to_have_text(SAVED)
    expect(question.get_by_role("button", name="Wis mijn antwoord")).to_be_hidden()
    assert stored(assessment_id).answers == {} and question.locator(":checked").count() == 0
    on(page)
    assert stored(assessment_id).answers == {}


def test_the_reasons_stand_together_under_the_answer(windows: Windows, begeleider: Persona) -> None:
    page = windows.open("desktop")
    begin(page, begeleider)
    tile(page, "VM1.1", "x").check()
    question = page.get_by_role("group", name="Ik vraag bij de start")
    cannot = question.get_by_label("Kan ik niet zeggen").bounding_box()
    first, second = (question.get_by_label(reason).bounding_box() for reason in ("Het kwam niet", "Dit hoort niet bij"))
    assert cannot and first and second and first["y"] == second["y"] > cannot["y"] + cannot["height"]


def test_a_remark_is_saved_on_a_pause_and_when_left(page: Page, begeleider: Persona,
                                                    stored: Callable[[int], acts.Stored]) -> None:
    assessment_id = begin(page, begeleider)
    remark = page.get_by_label("Een voorbeeld uit mijn werk")
    line = Line(page)
    remark.press_sequentially("Op maandag")
    expect(mark(page)).to_have_text("Bezig met bewaren…")
    line.let_through()
    expect(mark(page)).to_have_text(SAVED)
    assert stored(assessment_id).notes["VM1"][0] == "Op maandag"
    remark.press_sequentially(" <b>🌱")
    remark.blur()
    expect(mark(page)).to_have_text(SAVED)
    assert stored(assessment_id).notes["VM1"][0] == "Op maandag <b>🌱"
    remark.fill("a" * 4001)
    expect(page.locator("#remark-fout")).to_be_visible()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(remark).to_have_value("a" * 4001)
    assert_accessible(page)
    assert stored(assessment_id).notes["VM1"][0] == "Op maandag <b>🌱"
    remark.fill("kort")
    expect(page.locator("#remark-fout")).to_be_hidden()
    on(page)
    assert stored(assessment_id).notes["VM1"][0] == "kort"


OFFLINE = re.compile("^Geen verbinding. Je antwoorden staan op dit apparaat")


def test_the_line_drops_and_the_tab_is_closed(page: Page, begeleider: Persona,
                                              stored: Callable[[int], acts.Stored]) -> None:
    assessment_id = begin(page, begeleider)
    tile(page, "VM1.1", 1).check()
    expect(mark(page)).to_have_text(SAVED)
    context: BrowserContext = page.context
    context.set_offline(True)
    tile(page, "VM1.1", 2).check()
    expect(mark(page)).to_have_text(OFFLINE)
    tile(page, "VM1.2", "x").check()
    tile(page, "VM1.3", 5).check()
    tile(page, "VM1.3", 4).check()
    page.get_by_label("Een voorbeeld uit mijn werk").fill("zonder verbinding getypt")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.wait_for_timeout(300)
    expect(mark(page)).to_have_text(OFFLINE)
    assert page.url.endswith(acts.VM1_PAGE) and stored(assessment_id).answers == {"VM1.1": 1}
    assert_accessible(page)
    address = page.url
    page.close()

    again = context.new_page()
    context.set_offline(False)
    again.goto(address)
    expect(tile(again, "VM1.3", 4)).to_be_checked()
    expect(mark(again)).to_have_text(SAVED)
    now = stored(assessment_id)
    assert now.answers == {"VM1.1": 2, "VM1.2": NO_REASON, "VM1.3": 4}
    assert now.notes["VM1"][0] == "zonder verbinding getypt"
    assert again.evaluate("() => localStorage.length") == 0
    on(again)
    assert stored(assessment_id).answers == now.answers


def test_the_line_comes_back_while_the_page_is_open(page: Page, begeleider: Persona,
                                                    stored: Callable[[int], acts.Stored]) -> None:
    assessment_id = begin(page, begeleider)
    page.context.set_offline(True)
    tile(page, "VM1.1", 2).check()
    expect(mark(page)).to_have_text(OFFLINE)
    tile(page, "VM1.2", 3).check()
    page.context.set_offline(False)
    expect(mark(page)).to_have_text(re.compile(r"^Weer verbinding. Alles is bewaard om \d\d\.\d\d\.$"))
    assert stored(assessment_id).answers == {"VM1.1": 2, "VM1.2": 3}
    tile(page, "VM1.3", 3).check()
    expect(mark(page)).to_have_text(SAVED)


def test_what_waits_is_sent_from_the_overview_too(page: Page, begeleider: Persona,
                                                  stored: Callable[[int], acts.Stored]) -> None:
    assessment_id = begin(page, begeleider)
    page.context.set_offline(True)
    for code in acts.VM1:
        tile(page, code, 2).check()
    expect(mark(page)).to_have_text(OFFLINE)
    context = page.context
    page.close()
    context.set_offline(False)
    overview = context.new_page()
    overview.goto(f"/zelfbeeld/{assessment_id}/overzicht")
    expect(overview.get_by_text("Er staan nog 44 zinnen open")).to_be_visible()
    overview.get_by_role("button", name="Rond mijn zelfbeeld af").click()
    overview.wait_for_url("**/profiel")
    assert stored(assessment_id).packed == dict.fromkeys(acts.VM1, 2)


def test_a_server_that_fails_is_asked_again(windows: Windows, begeleider: Persona,
                                            stored: Callable[[int], acts.Stored]) -> None:
    page = windows.open("desktop")
    assessment_id = begin(page, begeleider)
    page.route(SAVE, lambda route: route.fulfill(status=503, body="even weg"))
    tile(page, "VM1.1", 2).check()
    expect(mark(page)).to_have_text(re.compile("^Je laatste antwoord is nog niet bewaard"))
    page.unroute(SAVE)
    expect(mark(page)).to_have_text(SAVED)
    assert stored(assessment_id).answers == {"VM1.1": 2}
    windows.problems[:] = [problem for problem in windows.problems if not problem.startswith("503")]


def test_an_acknowledgement_that_got_lost_is_no_other_device(page: Page, begeleider: Persona,
                                                             stored: Callable[[int], acts.Stored]) -> None:
    assessment_id = begin(page, begeleider)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(SAVE, lose)
    tile(page, "VM1.1", 2).check()
    expect(mark(page)).to_have_text(OFFLINE)
    assert stored(assessment_id).answers == {"VM1.1": 2}
    page.unroute(SAVE)
    expect(mark(page)).to_have_text(re.compile("^Weer verbinding. Alles is bewaard om"))


def test_by_keyboard_alone(windows: Windows, begeleider: Persona, stored: Callable[[int], acts.Stored]) -> None:
    page = windows.open("desktop")
    assessment_id = begin(page, begeleider)
    keys = page.keyboard

    def focused() -> str:
        name: str = page.evaluate("() => document.activeElement.name + '=' + document.activeElement.value")
        return name

    for _ in range(30):
        keys.press("Tab")
        if focused().startswith("a-VM1.1"):
            break
    keys.press("4")
    assert focused() == "a-VM1.2=1"
    keys.press("0")
    assert focused() == "r-VM1.2=niet-gezien", "the reasons, none of them chosen"
    keys.press("0")
    assert focused() == "a-VM1.3=1"
    keys.press("2")
    assert focused() == "a-VM1.4=1"
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    assert focused() == "a-VM1.4=3"
    expect(mark(page)).to_have_text(SAVED)
    assert stored(assessment_id).answers == {"VM1.1": 4, "VM1.2": NO_REASON, "VM1.3": 2, "VM1.4": 3}
    keys.press("k")
    keys.press("Space")
    assert focused() == "r-VM1.4=niet-gezien"
    keys.press("k")
    assert focused() == "remark=", "what may still be said comes before the button"
    keys.press("Tab")
    assert focused() == "naar=verder"
    keys.press("Enter")
    page.wait_for_url("**/vraag-expliciteren#vraag")
    assert stored(assessment_id).answers["VM1.4"] == "niet-gezien"
    keys.press("Tab")
    assert focused() == "a-VM2.1=1", "the next page begins at its first answer"
    for asked in FOCUS.pages[1:]:
        expect(page.get_by_role("heading", level=1)).to_have_text(asked.competency.name)
        if not focused().startswith("a-"):
            keys.press("Tab")
        for _ in asked.indicators:
            keys.press("3")
        keys.press("Tab")
        assert focused() == "naar=verder"
        keys.press("Enter")
        page.wait_for_url(lambda address, here=asked.competency.slug: here not in address)
    page.wait_for_url("**/overzicht")
    for _ in range(60):
        keys.press("Tab")
        if page.evaluate("() => document.activeElement.textContent") == "Rond mijn zelfbeeld af":
            break
    keys.press("Enter")
    page.wait_for_url("**/profiel")


def test_letters_and_digits_in_a_remark_are_only_text(page: Page, begeleider: Persona,
                                                      stored: Callable[[int], acts.Stored]) -> None:
    assessment_id = begin(page, begeleider)
    page.get_by_label("Een voorbeeld uit mijn werk").press_sequentially("1 2 3 k 0")
    page.get_by_label("Een voorbeeld uit mijn werk").blur()
    expect(mark(page)).to_have_text(SAVED)
    assert stored(assessment_id).answers == {} and stored(assessment_id).notes["VM1"][0] == "1 2 3 k 0"


def test_the_session_ends_in_the_middle(page: Page, begeleider: Persona,
                                        stored: Callable[[int], acts.Stored]) -> None:
    assessment_id = begin(page, begeleider)
    tile(page, "VM1.1", 1).check()
    expect(mark(page)).to_have_text(SAVED)
    page.context.clear_cookies()
    tile(page, "VM1.2", 4).check()
    expect(mark(page)).to_have_text(re.compile("^Je bent uitgelogd. Je laatste antwoorden staan op dit apparaat"))
    tile(page, "VM1.3", 5).check()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.wait_for_timeout(300)
    expect(mark(page)).to_have_text(re.compile("^Je bent uitgelogd"))
    assert_accessible(page)
    told, link = mark(page).bounding_box(), page.get_by_role("link", name="Log weer in").bounding_box()
    assert told and link and link["y"] >= told["y"] + told["height"], "on a line of its own"
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log weer in").click()
    log_in = opened.value
    log_in.locator("input[name=email]").fill(begeleider.email)
    log_in.locator("input[name=password]").fill(PASSWORD)
    log_in.locator("input[name=password]").press("Enter")
    log_in.wait_for_url("**/start")
    log_in.close()
    page.bring_to_front()
    page.evaluate("() => dispatchEvent(new Event('focus'))")
    expect(mark(page)).to_have_text(SAVED)
    assert stored(assessment_id).answers == {"VM1.1": 1, "VM1.2": 4, "VM1.3": 5}
    on(page)
    assert heading(page) == FOCUS.pages[1].competency.name


def test_somebody_else_signs_in_on_this_device(windows: Windows, begeleider: Persona, stranger: Persona,
                                               stored: Callable[[int], acts.Stored]) -> None:
    page = windows.open("desktop")
    assessment_id = begin(page, begeleider)
    page.context.clear_cookies()
    tile(page, "VM1.2", 4).check()
    expect(mark(page)).to_have_text(re.compile("^Je bent uitgelogd"))
    other = page.context.new_page()
    sign_in(other, stranger)
    page.bring_to_front()
    page.evaluate("() => dispatchEvent(new Event('focus'))")
    expect(mark(page)).to_have_text(re.compile("^Dit zelfbeeld hoort niet bij wie nu is ingelogd"))
    assert stored(assessment_id).answers == {}
    page.context.clear_cookies()
    sign_in(other, begeleider)
    other.goto(f"/zelfbeeld/{assessment_id}/{acts.VM1_PAGE}")
    expect(mark(other)).to_have_text(SAVED)
    assert stored(assessment_id).answers == {"VM1.2": 4}
    assert windows.problems and {problem[:3] for problem in windows.problems} == {"404"}, windows.problems
    windows.problems.clear()


def test_two_devices(windows: Windows, begeleider: Persona, stored: Callable[[int], acts.Stored]) -> None:
    here, there = windows.open("desktop"), windows.open("phone")
    assessment_id = begin(here, begeleider)
    sign_in(there, begeleider)
    there.goto(f"/zelfbeeld/{assessment_id}/{acts.VM1_PAGE}")
    tile(there, "VM1.1", 1).check()
    expect(mark(there)).to_have_text(SAVED)
    tile(here, "VM1.2", 5).check()
    expect(mark(here)).to_have_text(re.compile("staat ook op een ander apparaat open"))
    expect(tile(here, "VM1.1", 1)).to_be_checked()
    assert stored(assessment_id).answers == {"VM1.1": 1, "VM1.2": 5}
    tile(here, "VM1.3", 2).check()
    expect(mark(here)).to_have_text(SAVED)
    on(here)
    there.get_by_label("Een voorbeeld uit mijn werk").fill("op de telefoon")
    on(there)
    assert stored(assessment_id).notes["VM1"][0] == "op de telefoon"


def test_two_tabs_without_a_script(windows: Windows, begeleider: Persona,
                                   stored: Callable[[int], acts.Stored]) -> None:
    here = windows.open("desktop", java_script_enabled=False)
    assessment_id = begin(here, begeleider)
    there = here.context.new_page()
    there.goto(here.url)
    tile(there, "VM1.1", 1).check()
    on(there)
    tile(here, "VM1.1", 5).check()
    here.get_by_label("Een voorbeeld uit mijn werk").fill("hier getypt")
    here.get_by_role("button", name="Bewaar en ga verder").click()
    expect(here.get_by_role("alert")).to_contain_text("staat ook op een ander apparaat open")
    expect(here.get_by_text("Hier koos je net: Altijd. Bewaard is: (Nog) niet.")).to_be_visible()
    expect(here.get_by_text("hier getypt")).to_be_visible()
    assert stored(assessment_id).answers == {"VM1.1": 1}


def test_finished_in_another_tab(page: Page, begeleider: Persona, stored: Callable[[int], acts.Stored],
                                 app: Flask) -> None:
    assessment_id = begin(page, begeleider)
    tile(page, "VM1.1", 1).check()
    tile(page, "VM1.2", 1).check()
    expect(mark(page)).to_have_text(SAVED)
    other = page.context.new_page()
    other.goto(f"/zelfbeeld/{assessment_id}/overzicht")
    other.get_by_role("button", name="Rond mijn zelfbeeld af").click()
    other.wait_for_url("**/profiel")
    tile(page, "VM1.3", 5).check()
    expect(mark(page)).to_have_text(re.compile("al afgerond"))
    assert stored(assessment_id).packed == {"VM1.1": 1, "VM1.2": 1}
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit zelfbeeld is al afgerond")
    assert_accessible(page)


def test_a_double_click_on_finishing(page: Page, begeleider: Persona, app: Flask,
                                     stored: Callable[[int], acts.Stored]) -> None:
    assessment_id = begin(page, begeleider)
    tile(page, "VM1.1", 1).check()
    tile(page, "VM1.2", 1).check()
    expect(mark(page)).to_have_text(SAVED)
    page.goto(f"/zelfbeeld/{assessment_id}/overzicht")
    page.get_by_role("button", name="Rond mijn zelfbeeld af").dblclick()
    page.wait_for_url("**/profiel")
    assert stored(assessment_id).measurements == 1
    with app.app_context():
        assert len(db.session.scalars(select(SelfAssessment)).all()) == 1
