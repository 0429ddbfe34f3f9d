"""What HR learns of what is needed: momentopnamen, the behoefte of everybody and of some, and files to take along."""

from __future__ import annotations

import csv
import io
import re

from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from app.needs import taking
from tests.journeys.dienst import Dienst
from tests.journeys.led import refused
from tests.journeys.year import click, downloaded, go, press

SUBJECT = "Verwachtingen en wensen ophalen"


def the_first(dienst: Dienst) -> None:
    """Her start page sends her to what is not there yet; she says what figures are cut by, and has one taken."""
    hanna = dienst.hanna
    go(hanna, "/start")
    click(hanna.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Behoefte"))
    expect(hanna.get_by_text("zodra er een momentopname is")).to_be_visible()
    go(hanna, "/start")
    click(hanna.get_by_role("link", name="Naar de momentopnamen"))
    click(hanna.get_by_role("link", name="Verander de uitsplitsing"))
    for cut in ("Sector", "Opleiding gevolgd"):
        hanna.get_by_label(cut).check()
    press(hanna, "Bewaar")
    expect(hanna.get_by_text("De volgende momentopname splitst uit op team")).to_contain_text("sector")
    take(dienst)


def take(dienst: Dienst) -> None:
    """The worker makes it while she waits or goes on; then it stands in the list, and leads to the behoefte."""
    hanna = dienst.hanna
    go(hanna, "/opleidingen/momentopnamen")
    press(hanna, "Neem een momentopname")
    expect(hanna.get_by_text("We maken nu een momentopname.")).to_be_visible()
    with dienst.clock.here(), dienst.app.app_context():
        taking.take_due()
    expect(hanna.get_by_role("region", name="Wat er is").get_by_role("listitem").first).to_be_visible()
    expect(hanna.get_by_text("We maken nu een momentopname.")).to_have_count(0)
    click(hanna.get_by_role("region", name="Wat er is").get_by_role("link").first)
    expect(hanna.get_by_role("heading", name="Behoefte", level=1)).to_be_visible()


def of_whom(dienst: Dienst) -> None:
    """The dienst, a team, a sector of it; of too few nothing, with the reason; together with other small teams."""
    hanna = dienst.hanna
    expect(hanna.get_by_role("heading", name="Hele dienst")).to_be_visible()
    expect(_subject(hanna)).to_contain_text(re.compile(r"ongeveer 18\s+van 3"))
    _team(hanna, "Team Noord")
    expect(_subject(hanna)).to_contain_text("nu ontwikkelen")
    _cut(hanna, "Voortgezet onderwijs")
    expect(hanna.get_by_role("heading", name="Team Noord · Sector: Voortgezet onderwijs")).to_be_visible()
    expect(_subject(hanna)).to_contain_text("bijna allen")
    _team(hanna, "Team West")
    expect(hanna.get_by_text("Hier laten we geen cijfers zien")).to_be_visible()
    expect(hanna.get_by_role("region", name="Wie er niet bij is")).to_contain_text("minder dan vijf mensen")
    _cut(hanna, "alles", "Sector")
    expect(_subject(hanna)).to_be_visible()
    _team(hanna, "Kleine teams samen")
    expect(hanna.get_by_role("heading", name="Kleine teams samen")).to_be_visible()
    refused(hanna, *dienst.of_persons)


def to_take_along(dienst: Dienst) -> None:
    """The table of a team as CSV and as a workbook: the same figures as on the page, and no person."""
    hanna = dienst.hanna
    go(hanna, f"/opleidingen/behoefte?team={dienst.teams['Noord']}")
    gap = _subject(hanna).locator("td[data-l=Verschil]").inner_text()
    name, made = downloaded(hanna, "CSV")
    rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig")), delimiter=";"))
    (row,) = [one for one in rows if one["Onderwerp"] == SUBJECT]
    assert name.endswith(".csv")
    assert row["Verschil"] == gap
    _, made = downloaded(hanna, "Excel (.xlsx)")
    sheets = load_workbook(io.BytesIO(made)).worksheets
    values = [[cell.value for cell in line] for line in sheets[0].iter_rows()]
    (found,) = [line for line in values if line[1] == SUBJECT]
    assert f"{found[3]:.1f}".replace(".", ",") == gap
    everything = "\n".join(str(cell) for sheet in sheets for line in sheet.iter_rows(values_only=True) for cell in line)
    assert not any(person.name in everything for person in dienst.everybody)


def what_moved(dienst: Dienst) -> None:
    """After a second round: who went beside who did not, that this proves nothing, and how it went."""
    hanna = dienst.hanna
    take(dienst)
    beside = hanna.get_by_role("region", name="Wie een opleiding volgde, en wie niet")
    expect(beside).to_contain_text("Dit is geen experiment.")
    row = beside.get_by_role("row", name="Verwachtingsmanagement")
    before, now = re.findall(r"(\d,\d) → (\d,\d)", row.inner_text())[0]
    assert float(now.replace(",", ".")) < float(before.replace(",", "."))
    expect(hanna.get_by_role("region", name="Hoe het verliep")).to_contain_text("Verwachtingsmanagement")
    refused(hanna, *dienst.of_persons)


def _subject(page: Page) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=SUBJECT))


def _team(page: Page, name: str) -> None:
    click(page.get_by_role("navigation", name="Team", exact=True).get_by_role("link", name=name))


def _cut(page: Page, value: str, cut: str = "Sector") -> None:
    click(page.get_by_role("navigation", name=cut).get_by_role("link", name=value, exact=True))
