"""The round that a teamleider holds about one of his people: planned, approved, followed and released."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from app.rating import closing
from app.rounds import moves
from tests.journeys.led import LedYear, refused, she_chooses, tokens
from tests.journeys.year import at, click, go, press, told
from tests.rating import acts
from tests.support.browser import follow

NAME = "Najaarsronde 2026"


def he_plans(year: LedYear) -> None:
    """His start page leads to his team, that to who was never measured, and that to a round about her."""
    tom = year.tom
    go(tom, "/start")
    click(tom.get_by_role("link", name="Naar mijn team"))
    attention = tom.get_by_role("region", name="Wat vraagt aandacht?")
    expect(attention).to_contain_text("Jet de Vries heeft nog geen meting.")
    click(attention.get_by_role("link", name="Plan een feedbackronde"))
    expect(tom.get_by_role("checkbox", name="Jet de Vries")).to_be_checked()
    tom.get_by_label("Naam van de ronde").fill(NAME)
    tom.get_by_role("radio", name="Leren van wat anderen zien in mijn werk.").check()
    press(tom, "Bewaar als concept")
    press(tom, "Laat de mensen kiezen")
    click(tom.get_by_role("link", name="Jet de Vries").first)
    found = re.search(r"/rondes/mensen/(\d+)", tom.url)
    assert found
    year.part_id = int(found[1])


def he_approves(year: LedYear) -> None:
    """Only what she sent; one person is taken off, and the invitations leave on the day of the round."""
    tom = year.tom
    expect(tom.get_by_text("is nog aan het kiezen")).to_be_visible()
    she_chooses(year)
    go(tom, "/start")
    click(tom.get_by_role("link", name="Kijk de keuze na"))
    row = tom.get_by_role("listitem").filter(has_text="Hans Jol")
    row.get_by_text("Verander").click()
    follow(row.get_by_role("button", name="Haal weg"))
    expect(tom.get_by_text("Hans Jol wordt niet (meer) gevraagd.")).to_be_visible()
    press(tom, "Goed zo, nodig ze uit")
    expect(tom.get_by_text("De uitnodigingen gaan weg als de ronde begint.")).to_be_visible()


def it_is_thin(year: LedYear) -> None:
    """Half-way hardly anybody answered: his team page says of which groups, never of whom."""
    tom = year.tom
    year.clock.set(at(2026, 9, 14))
    with year.clock.here():
        with year.app.app_context():
            moves.open_due()
        acts.all_send(year.app, tokens(year)[:1])
    year.clock.set(at(2026, 9, 30))
    go(tom, "/team")
    attention = tom.get_by_role("region", name="Wat vraagt aandacht?")
    expect(attention).to_contain_text("De ronde van Jet de Vries heeft nog niet genoeg antwoorden.")
    click(attention.get_by_role("link", name="Bekijk de ronde"))
    expect(tom.get_by_text("Niemand ziet wie heeft geantwoord.")).to_be_visible()


def it_closes(year: LedYear) -> None:
    with year.clock.here():
        acts.all_send(year.app, tokens(year)[1:], seed=4)
    year.clock.set(at(2026, 10, 13))
    with year.clock.here(), year.app.app_context():
        closing.close_due()


def he_releases(year: LedYear) -> None:
    """With a day to talk about it. She reads it first; he tries, and waits for his day."""
    tom = year.tom
    go(tom, "/start")
    click(tom.get_by_role("link", name="Geef het profiel vrij"))
    expect(tom.get_by_text("Wie leiding geeft, leest 7 dagen later mee.")).to_be_visible()
    tom.get_by_label("Dag").fill("2026-10-21")
    tom.get_by_label("Tijd").fill("14:30")
    press(tom, "Geef het profiel vrij")
    told(tom, "is vrijgegeven")
    refused(tom, f"/profiel/{year.measurement_id}")
    go(tom, "/team")
    expect(tom.get_by_text("Leesbaar vanaf 20 oktober").first).to_be_visible()
