"""Reading one's profile in a real browser: by picture, by table, on a phone, on paper and without a script."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.profiles.made import AUTUMN, Told, measure
from tests.support.browser import Windows, assert_accessible, sign_in
from tests.support.builders import Persona

VM1 = Told([2, 3, "niet-gezien", 4], "Op de Regenboog vroeg ik iedereen wat hij verwachtte. 🙂 " + "lang" * 40, 2)


@pytest.fixture
def measured(app: Flask, begeleider: Persona) -> int:
    measure(app, begeleider, "tweede", {"AC3": Told([1, 1, 2, 1])}, at=AUTUMN)
    relations = {f"RM{number}": Told([5, 4, 4, 4]) for number in (1, 2, 3)}
    return measure(app, begeleider, "tweede", {"VM1": VM1, "AC3": Told([1, 2, 2, 2]), **relations})


def test_from_the_profile_to_a_goal(page: Page, begeleider: Persona, measured: int) -> None:
    sign_in(page, begeleider)
    page.goto("/profiel")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zelfbeeld van 12 maart 2026")
    expect(page.locator(".say").first).to_have_text("Volgens jezelf laat je relatiemanagement het vaakst zien.")
    expect(page.locator("figure[data-chart]")).to_have_count(2)
    assert_accessible(page)

    page.get_by_role("link", name="Bekijk ‘professionele offerte opstellen’").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Professionele offerte opstellen")
    expect(page.locator("main")).to_contain_text("nu 1,8, een verschil van +0,5")
    assert_accessible(page)
    page.get_by_role("link", name="Maak hier een doel van").click()
    page.wait_for_url(f"**/ontwikkelplan/doelen/nieuw?competentie=offerte-opstellen&meting={measured}")


def test_another_picture_can_be_chosen_and_kept_in_the_address(
    page: Page, begeleider: Persona, measured: int
) -> None:
    sign_in(page, begeleider)
    page.goto("/profiel")
    page.get_by_role("link", name="De twaalf onderwerpen van de vier focusgebieden").click()
    page.wait_for_url("**?plaatje=focus#beeld")
    expect(page.get_by_role("heading", level=2).first).to_have_text("De twaalf onderwerpen van de vier focusgebieden")
    assert_accessible(page)


def test_the_picture_answers_to_the_pointer(windows: Windows, begeleider: Persona, measured: int) -> None:
    page = windows.open("desktop")      # refusals of the security policy fail the test
    sign_in(page, begeleider)
    page.goto("/profiel")
    page.locator("figure[data-chart]").last.scroll_into_view_if_needed()       # it is drawn when it comes in sight
    drawn = page.locator("figure[data-chart] .js-plotly-plot")
    expect(drawn).to_have_count(2)
    expect(page.locator("figure[data-chart] svg.chart")).to_have_count(2)


def test_on_a_phone_an_aspect_opens_to_its_subjects(windows: Windows, begeleider: Persona, measured: int) -> None:
    page = windows.open("phone")
    sign_in(page, begeleider)
    page.goto("/profiel")
    subject = page.get_by_role("link", name="Verwachtingen en wensen ophalen")
    aspect = page.get_by_role("button", name="Verwachtingsmanagement")
    expect(subject).to_be_hidden()
    expect(aspect).to_have_attribute("aria-expanded", "false")
    aspect.focus()
    page.keyboard.press("Enter")
    expect(aspect).to_have_attribute("aria-expanded", "true")
    expect(subject).to_be_visible()
    expect(page.get_by_role("table").first.get_by_role("rowheader", name="Verwachtingsmanagement")).to_be_visible()
    assert_accessible(page)
    subject.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verwachtingen en wensen ophalen")
    assert_accessible(page)


def test_on_a_phone_the_few_subjects_with_a_score_are_seen_at_once(
    app: Flask, windows: Windows, begeleider: Persona
) -> None:
    measure(app, begeleider, "tweede", {"AC1": Told([3] * 4)}, rest=None)
    page = windows.open("phone")
    sign_in(page, begeleider)
    page.goto("/profiel")
    expect(page.get_by_role("button", name="Acquisitievaardigheden 1 van 3 gemeten")).to_have_attribute(
        "aria-expanded", "true"
    )
    expect(page.get_by_role("link", name="Vraag en aanbod verbinden")).to_be_visible()
    expect(page.get_by_role("button", name="Verwachtingsmanagement")).to_have_attribute("aria-expanded", "false")
    assert_accessible(page)


def test_on_a_wide_screen_and_on_paper_nothing_is_folded(windows: Windows, begeleider: Persona, measured: int) -> None:
    page = windows.open("phone")
    sign_in(page, begeleider)
    page.goto("/profiel")
    subject = page.get_by_role("link", name="Verwachtingen en wensen ophalen")
    expect(subject).to_be_hidden()
    whose, choose = page.get_by_text("Van Jet de Vries, afgedrukt op"), page.get_by_text("Kies een onderwerp om")
    expect(whose).to_be_hidden()
    expect(choose).to_be_visible()
    page.emulate_media(media="print")
    expect(whose).to_be_visible()
    expect(choose).to_be_hidden()
    for look, kept in {"h2": "breakAfter", ".folds thead": "breakAfter", ".folds tbody": "breakInside"}.items():
        together = page.locator(look).first.evaluate("(one, kept) => getComputedStyle(one)[kept]", kept)
        assert together == "avoid", look
    numbers = page.get_by_role("region", name="Dezelfde cijfers in een tabel")
    expect(numbers).to_have_css("break-before", "page")
    expect(subject).to_be_visible()
    expect(page.get_by_role("link", name="Bekijk ‘professionele offerte opstellen’")).to_be_hidden()
    page.emulate_media(media="screen")
    expect(subject).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(subject).to_be_visible()
    expect(page.locator("button.fold")).to_have_count(0)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_without_scripts_everything_can_be_read(
    windows: Windows, begeleider: Persona, measured: int, size: str
) -> None:
    page = windows.open(size, java_script_enabled=False)
    sign_in(page, begeleider)
    page.goto("/profiel")
    expect(page.locator("svg.chart")).to_have_count(2)
    expect(page.get_by_role("link", name="Verwachtingen en wensen ophalen")).to_be_visible()
    page.get_by_text("Per rol en per professionaliteit").click()
    expect(page.get_by_text("Relatiemanager", exact=False).last).to_be_visible()
    page.get_by_role("link", name="Verwachtingen en wensen ophalen").click()
    expect(page.locator("blockquote").first).to_contain_text("Op de Regenboog vroeg ik iedereen")
    expect(page.get_by_role("link", name="Maak hier een doel van")).to_be_visible()
