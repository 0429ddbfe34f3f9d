"""The questionnaire with a line that drops, a server that fails and a session that ends."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Route, expect

from app.assessments.questionnaire import NO_REASON
from tests.assessments import acts
from tests.journeys.questionnaire import FOCUS, SAVE, SAVED, begin, heading, mark, on, tile
from tests.support.browser import Windows, assert_accessible, sign_in
from tests.support.builders import PASSWORD, Persona

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
