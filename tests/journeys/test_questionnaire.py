"""The questionnaire in a real browser: by mouse, thumb and keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, Route, expect

from app.assessments.questionnaire import NO_REASON, Questionnaire
from app.competencies.seeding import SEED, read_framework
from app.web.formats import clock
from tests.assessments import acts
from tests.journeys.questionnaire import FOCUS, SAVE, SAVED, begin, mark, on, tile
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona


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
