"""What a teamleider sees of his team as a whole: side by side, by role, what it needs, and how it grew."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from app.db import db
from app.needs import taking
from tests.journeys.led import LedYear, measured_again, refused
from tests.journeys.year import at, click, go
from tests.support.browser import Windows, follow, sign_in

AGAIN = 3.6


def he_looks_at_his_team(year: LedYear) -> None:
    """What asks attention first; in an order by days, never by score; six aspects, the roles and all subjects."""
    tom = year.tom
    tom.goto("/start")
    click(tom.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Team", exact=True))
    expect(tom.get_by_role("region", name="Wat vraagt aandacht?")).to_be_visible()
    expect(tom.get_by_text("De tussenstand van Fenna van 't Hof is over tijd.")).to_be_visible()
    order = tom.get_by_role("navigation", name="Volgorde")
    follow(order.get_by_role("link", name="Tussenstand eerst aan de beurt"))
    expect(tom.locator("table.work tbody th").first).to_have_text("Fenna van 't Hof")
    follow(order.get_by_role("link", name="Langst geleden gemeten"))
    expect(tom.locator("table.heat tbody th").last).to_have_text("Jet de Vries")
    assert not re.search("score|laagst|hoogst", order.inner_text())
    shows = tom.get_by_role("navigation", name="Wat de kolommen laten zien")
    click(shows.get_by_role("link", name="Rollen"))
    expect(tom.get_by_role("table", name="Tweede professionaliteit")).to_be_visible()
    click(shows.get_by_role("link", name="Onderwerpen"))
    expect(tom.get_by_role("columnheader", name="Verwachtingen en wensen ophalen")).to_be_visible()


def he_looks_on_his_phone(year: LedYear, windows: Windows) -> None:
    """Every cell of the heat map says its number and its word."""
    phone = windows.open("phone")
    sign_in(phone, year.team.lead)
    go(phone, "/team")
    for text in phone.locator(".heat tbody td").all_inner_texts():
        assert re.search(r"\d,\d\n(bijna nooit|soms|vaak|bijna altijd|altijd)", text) or "te weinig" in text, text
    phone.context.close()


def what_if_she_leaves(year: LedYear) -> None:
    """The roles of the team, by whom, and what is left when somebody goes."""
    tom = year.tom
    tom.goto("/team")
    click(tom.get_by_role("link", name="Rollen in het team"))
    for role, word, names in (("Controller", "Gedekt", "Amira El Idrissi, Bas Hoekstra"),
                              ("Marketeer", "Gedekt", "Carla Mendes, Jet de Vries")):
        row = tom.get_by_role("row").filter(has=tom.get_by_role("rowheader", name=role, exact=True))
        expect(row).to_contain_text(word)
        expect(row).to_contain_text(names)
    leaving = tom.get_by_role("navigation", name="Wat als iemand vertrekt?")
    click(leaving.get_by_role("link", name="Carla Mendes"))
    expect(tom.get_by_text(re.compile("Als Carla Mendes vertrekt, verand"))).to_be_visible()
    expect(tom.get_by_role("row", name="Marketeer").first).to_contain_text("Kwetsbaar")
    follow(leaving.get_by_role("link", name="Niemand"))
    refused(tom, year.elsewhere.at(), year.elsewhere.at("/rollen"))


def what_his_team_needs(year: LedYear) -> None:
    """Of his own people, once HR took a momentopname; of no other team, and of the dienst nothing."""
    tom = year.tom
    tom.goto("/team")
    click(tom.get_by_role("link", name="Behoefte van het team"))
    expect(tom.get_by_text("zodra HR een momentopname heeft genomen")).to_be_visible()
    year.clock.set(at(2026, 12, 14))
    with year.clock.here(), year.app.app_context():
        taking.take_now(year.organisation_id)
        db.session.commit()
    tom.goto("/team")
    click(tom.get_by_role("link", name="Behoefte van het team"))
    expect(tom.get_by_role("heading", name="Team Oost")).to_be_visible()
    expect(tom.get_by_role("heading", name="Belang en verschil")).to_be_visible()
    expect(tom.get_by_role("link", name="Hele dienst")).to_have_count(0)
    refused(tom, f"/opleidingen/behoefte?team={year.elsewhere.id}", "/opleidingen/momentopnamen", "/opleidingen/rollen",
            "/opleidingen/plan", "/opleidingen/aanbod", "/voortgang")


def what_moved(year: LedYear) -> None:
    """After a second measurement: of the team with bands and a warning, of one person in her profile."""
    tom = year.tom
    year.clock.set(at(2027, 6, 14))
    measured_again(year, AGAIN)
    go(tom, "/team")
    growth = tom.get_by_role("region", name="Groei van het team")
    expect(growth.get_by_role("row", name="Verwachtingsmanagement")).to_contain_text("ichtbare groei")
    expect(growth).to_contain_text("Wie laag begint, komt een volgende keer vanzelf vaak wat hoger uit")
    click(tom.get_by_role("region", name="Het team in één beeld").get_by_role("link", name="Bas Hoekstra"))
    expect(tom.get_by_role("region", name="Wat er veranderde")).to_contain_text("ichtbare groei")
