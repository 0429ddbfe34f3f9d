"""What HR does with what is needed: the aanbod from a file, an opleidingsplan, its sessions, and what came of them."""

from __future__ import annotations

import io
import re
import threading

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from app.db import db
from app.people.models import Person
from app.training_plans import solving
from app.trainings import closing, enrolling
from tests.journeys.dienst import Dienst, does, leads, says
from tests.journeys.led import refused
from tests.journeys.year import at, click, downloaded, go, press, told
from tests.support.browser import Windows, follow, sign_in

TITLE = "Doorvragen zonder verhoor"
OTHER = "Leren van een startgesprek"
NEW = {"titel": TITLE, "vorm": "Training", "uren": 12, "kosten per groep": 2400, "plaatsen minimaal": 4,
       "plaatsen maximaal": 8, "van niveau": 2, "naar niveau": 4, "onderwerpen": "VM1, VM2", "in het aanbod": "ja"}


def the_aanbod_from_a_file(dienst: Dienst) -> None:
    """What there is, taken along and sent back with a formula and a wrong code, mended, looked at, and taken over."""
    hanna = dienst.hanna
    go(hanna, "/start")
    click(hanna.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Aanbod"))
    click(hanna.get_by_role("link", name="Uit een bestand"))
    _, made = downloaded(hanna, "Excel (.xlsx), met uitleg")
    book = load_workbook(io.BytesIO(made))
    sheet = book.worksheets[0]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    last = sheet.max_row + 1
    for name, value in NEW.items():
        sheet.cell(last, columns[name], value)
    for name, value in (NEW | {"titel": OTHER}).items():
        sheet.cell(last + 1, columns[name], value)
    sheet.cell(last, columns["uren"], "=6*2")
    sheet.cell(last, columns["onderwerpen"], "VM1, XX9")
    _send(hanna, sheet)
    for column in ("uren", "onderwerpen"):
        expect(hanna.get_by_role("alert")).to_contain_text(f"Regel {last}, kolom ‘{column}’")
    expect(hanna.get_by_role("alert")).to_contain_text("Er is niets veranderd.")
    sheet.cell(last, columns["uren"], 12)
    sheet.cell(last, columns["onderwerpen"], "VM1, VM2")
    _send(hanna, sheet)
    expect(hanna.get_by_text("2 nieuwe opleidingen")).to_be_visible()
    press(hanna, "Neem dit over")
    told(hanna, "2 opleidingen")
    expect(hanna.get_by_role("link", name=TITLE)).to_be_visible()


def a_plan(dienst: Dienst) -> None:
    """Budget, hours, what goes first and what is certain; what does not fit together is said; then fast, then best."""
    hanna = dienst.hanna
    go(hanna, "/start")
    click(hanna.get_by_role("link", name="Naar het opleidingsplan"))
    click(hanna.get_by_role("link", name="Maak een plan"))
    hanna.get_by_label("Naam van het plan").fill("Plan 2026–2027")
    for label, value in (("Van", "2026-09-01"), ("Tot en met", "2027-07-31"), ("Budget", "1.500"),
                         ("Uren per persoon", "24")):
        hanna.get_by_label(label, exact=True).fill(value)
    for fold, label, choice in (("Wat gaat voor?", "Verwachtingsmanagement", "twee keer zo zwaar"),
                                ("Wie gaat voor?", "Team Noord", "twee keer zo zwaar"),
                                ("Wat staat vast?", TITLE, "in elk geval 1 keer")):
        hanna.locator("summary", has_text=fold).click()
        hanna.get_by_label(label).select_option(label=choice)
    press(hanna, "Reken het plan uit")
    expect(hanna.get_by_role("alert")).to_contain_text(f"‘{TITLE}’ kost € 2.400")
    hanna.get_by_label("Budget", exact=True).fill("€ 12.000")
    press(hanna, "Reken het plan uit")
    expect(hanna.get_by_role("heading", name="Het plan: snel")).to_be_visible()
    worker = threading.Thread(target=_solve, args=(dienst,))
    worker.start()
    expect(hanna.get_by_role("heading", name="Het plan: beste")).to_be_visible()
    worker.join()
    go(hanna, hanna.url)
    expect(hanna.get_by_role("table", name=re.compile("^Per opleiding"))).to_contain_text("Gekozen omdat")
    expect(hanna.get_by_role("region", name="Wat er niet in staat")).to_be_visible()
    refused(hanna, *dienst.of_persons)


def changed_by_hand(dienst: Dienst) -> None:
    """One training out of it; the sums follow, and that plan is adopted."""
    hanna = dienst.hanna
    go(hanna, "/start")
    click(hanna.get_by_role("link", name="Bekijk het plan"))
    before = _cost(hanna)
    table = hanna.get_by_role("table", name=re.compile("^Per opleiding"))
    another = table.get_by_role("row").filter(has_not_text=TITLE).get_by_role("link", name=re.compile("^Pas aan"))
    click(another.first)
    hanna.get_by_label("Hoe vaak?").fill("0")
    for box in hanna.get_by_label(re.compile("^(Team|Kleine teams)")).all():
        box.fill("")
    press(hanna, "Bewaar mijn plan")
    expect(hanna.get_by_role("heading", name="Het plan: eigen")).to_be_visible()
    assert _cost(hanna) < before
    expect(hanna.get_by_role("region", name="Wat er niet in staat")).to_contain_text("past er nu nog bij")
    press(hanna, "Stel dit plan vast")
    told(hanna, "Het plan is vastgesteld.")


def a_session_of_the_plan(dienst: Dienst) -> int:
    """HR gives it a day and a place. Of whom it is proposed to she sees nothing, of who signs up the name."""
    hanna = dienst.hanna
    click(hanna.get_by_role("region", name="De bijeenkomsten").get_by_role("link", name=TITLE))
    click(hanna.get_by_role("link", name="Pas aan"))
    _on_a_day(hanna, "2026-11-12", "Zaal 2, Utrecht")
    told(hanna, "De bijeenkomst is")
    session_id = _number(hanna)
    with dienst.clock.here():
        does(dienst, session_id, dienst.everybody[:8], lambda session, person_id: enrolling.propose(
            session, [_person(person_id)], leads(dienst)))
    go(hanna, hanna.url)
    expect(hanna.get_by_text("Nog niemand.")).to_be_visible()
    assert not any(person.name in hanna.content() for person in dienst.everybody)
    does(dienst, session_id, dienst.went, enrolling.sign_up)
    does(dienst, session_id, dienst.everybody[6:7], enrolling.decline)
    go(hanna, hanna.url)
    expect(hanna.get_by_role("region", name="Wie zich aanmeldde").get_by_role("listitem")).to_have_text(
        [person.name for person in dienst.went])
    return session_id


def another_session(dienst: Dienst) -> int:
    """Planned from the aanbod; four people sign up."""
    hanna = dienst.hanna
    go(hanna, "/opleidingen/aanbod")
    click(hanna.get_by_role("link", name=OTHER))
    click(hanna.get_by_role("link", name="Plan een bijeenkomst"))
    hanna.get_by_label("Aantal plaatsen").fill("8")
    _on_a_day(hanna, "2026-11-19", "Online")
    told(hanna, "De bijeenkomst is gepland.")
    session_id = _number(hanna)
    does(dienst, session_id, dienst.went[:4], enrolling.sign_up)
    return session_id


def who_was_there(dienst: Dienst, session_id: int, came: int) -> None:
    """Her start page says that a session has passed; she ticks who was there."""
    hanna = dienst.hanna
    go(hanna, "/start")
    click(hanna.get_by_role("link", name="Leg vast wie erbij was"))
    press(hanna, "Leg dit vast")
    told(hanna, "Vastgelegd wie erbij was.")
    expect(hanna.get_by_role("heading", name=f"Waren erbij ({came})")).to_be_visible()
    refused(hanna, f"/opleidingen/bijeenkomst/{session_id}/bewijs.pdf")
    go(hanna, f"/opleidingen/bijeenkomst/{session_id}")


def the_certificate(dienst: Dienst, windows: Windows, session_id: int) -> None:
    """Of her who was there: on paper, and by itself among her evidence."""
    phone = windows.open("phone")
    sign_in(phone, dienst.went[5])
    phone.goto(f"/opleidingen/bijeenkomst/{session_id}")
    _, paper = downloaded(phone, "Bewijs van deelname (pdf)")
    assert paper.startswith(b"%PDF")
    follow(phone.get_by_role("link", name="Mijn bewijs"))
    expect(phone.get_by_role("link", name=f"Gevolgd: {TITLE}")).to_be_visible()
    phone.context.close()


def what_they_thought(dienst: Dienst, first: int, second: int) -> None:
    """Five answers give means and words; of three nothing is shown, and it is said why."""
    hanna = dienst.hanna
    does(dienst, first, dienst.went[:5], says)
    does(dienst, second, dienst.went[:3], says)
    go(hanna, f"/opleidingen/bijeenkomst/{first}")
    expect(hanna.get_by_role("region", name="Wat mensen ervan vonden")).to_contain_text("kan antwoorden tot en met")
    dienst.clock.set(at(2026, 12, 21))
    with dienst.clock.here(), dienst.app.app_context():
        closing.close_due()
    go(hanna, f"/opleidingen/bijeenkomst/{first}")
    found = hanna.get_by_role("region", name="Wat mensen ervan vonden")
    expect(found.get_by_role("table", name=re.compile("Gemiddelde van 5 antwoorden"))).to_be_visible()
    expect(found.get_by_text("Meer oefenen met de acteur.")).to_have_count(5)
    go(hanna, f"/opleidingen/bijeenkomst/{second}")
    expect(hanna.get_by_text("Minder dan vijf mensen antwoordden.")).to_be_visible()


def how_it_goes(dienst: Dienst) -> None:
    """Figures about what was done, by team where five or more work; never about a score."""
    hanna = dienst.hanna
    go(hanna, "/start")
    click(hanna.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Voortgang"))
    table = hanna.get_by_role("table").first
    expect(table.get_by_role("row", name="Team Noord")).to_contain_text("van 18")
    expect(table.get_by_role("row", name="Team Oost")).to_have_count(0)
    spent = hanna.get_by_role("region", name="Opleidingen")
    expect(spent.get_by_role("row", name="Gehouden")).to_contain_text("2")
    expect(spent.get_by_text("6 mensen volgden samen 120 uur opleiding.")).to_be_visible()
    expect(hanna.get_by_role("region", name="Feedbackrondes")).to_be_visible()
    refused(hanna, *dienst.of_persons)


def _send(page: Page, sheet: Worksheet) -> None:
    into = io.BytesIO()
    assert sheet.parent is not None
    sheet.parent.save(into)
    page.get_by_role("button", name="Bestand").set_input_files(
        {"name": "aanbod.xlsx", "buffer": into.getvalue(),
         "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
    press(page, "Bekijk wat er verandert")


def _solve(dienst: Dienst) -> None:
    with dienst.clock.here(), dienst.app.app_context():
        solving.solve_due()


def _cost(page: Page) -> int:
    found = re.search(r"€\s([\d.]+) van", page.locator("dl.sums").inner_text())
    assert found
    return int(found[1].replace(".", ""))


def _on_a_day(page: Page, day: str, place: str) -> None:
    page.get_by_label("Dag 1").fill(day)
    page.get_by_role("group", name="Dag 1").get_by_label("Van").fill("09:30")
    page.get_by_role("group", name="Dag 1").get_by_label("Tot").fill("16:30")
    page.get_by_label("Plaats", exact=False).first.fill(place)
    press(page, "Bewaar deze bijeenkomst")


def _number(page: Page) -> int:
    found = re.search(r"(\d+)$", page.url)
    assert found
    return int(found[1])


def _person(person_id: int) -> Person:
    return db.session.get_one(Person, person_id)
