"""The tussenstanden of the year, and with the second a korte vraag to four people of schools."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.db import db
from app.rating import closing
from app.rounds.models import RoundSubject
from tests.journeys.year import PLAN, Year, at, click, go, press, told
from tests.support.browser import assert_accessible, follow, sign_in
from tests.support.builders import make_person
from tests.support.pulses import SCHOOL, MadePulse, tokens_of

ANSWERED = {
    "Wat ging goed?": "Twee startgesprekken met het canvas.",
    "Wat kan beter?": "De ouders eerder vragen.",
    "Welke doelen heb ik bereikt en welke niet?": "Ik vraag het bij elke start; terugkoppelen doe ik nog niet altijd.",
    "Wat heeft het leerlingen, ouders, leraren en school opgeleverd?": "De leraar weet wat er van haar gevraagd wordt.",
    "Wat is het vervolg?": "Na elk gesprek stuur ik een samenvatting.",
}
CHANGE = "Ik vraag ook de leerling."
REACTION = "Ik zie het op school terug. Ik kijk in januari een keer mee."
SAID = "Wie antwoordden, zagen gemiddeld iets meer van dit gedrag."


def the_first(year: Year) -> None:
    """Her start page says that it is time; all questions and the tile of her goal; he reacts; both confirm."""
    begin(year)
    write(year.jet, "Op gang")
    agree(year)
    go(year.jet, PLAN)
    expect(year.jet.get_by_text("Je volgende tussenstand is op 8 februari 2027.")).to_be_visible()


def the_second(year: Year) -> None:
    """With what others saw: asked about exactly this behaviour, and read in one sentence before she shows it."""
    jet = year.jet
    it_is_allowed(year)
    begin(year)
    expect(jet.get_by_text("Vorige keer: Op gang.")).to_be_visible()
    write(jet, "Gaat goed")
    press(jet, "Bewaar")
    written = jet.url
    click(jet.get_by_role("link", name="Vraag anderen of ze verandering zien"))
    links = ask(year)
    year.clock.set(at(2027, 2, 24))
    for number, link in enumerate(links):
        answer(year, link, look=number == 0)
    year.clock.set(at(2027, 3, 15))
    with year.clock.here(), year.app.app_context():
        closing.close_due()
    go(jet, year.goal)
    expect(jet.get_by_role("region", name="Zien anderen verandering?").get_by_text(SAID)).to_be_visible()
    go(jet, written)
    expect(jet.get_by_text(SAID)).to_be_visible()
    agree(year)
    expect(year.tom.get_by_text(SAID)).to_be_visible()


def it_is_allowed(year: Year) -> None:
    """Who asks may begin by herself, says the beheerder."""
    go(year.jet, year.goal)
    expect(year.jet.get_by_text("Vraag het je beheerder: die kan het toestaan.")).to_be_visible()
    page = year.windows.open("desktop")
    sign_in(page, make_person(year.app, year.begeleider.organisation_id, roles=["beheerder"], name="Bea Jansen"))
    go(page, "/beheer/instellingen")
    page.get_by_label("Begeleiders mogen zelf een ronde of een korte vraag beginnen").check()
    press(page, "Bewaar")
    page.context.close()


def begin(year: Year) -> None:
    go(year.jet, "/start")
    press(year.jet, "Maak mijn tussenstand")
    expect(year.jet.get_by_role("heading", level=1, name="Tussenstand")).to_be_visible()


def write(page: Page, tile: str) -> None:
    page.get_by_label(tile, exact=True).check()
    page.get_by_label("Wat verandert er?").fill(CHANGE)
    for question, words in ANSWERED.items():
        page.get_by_label(question).fill(words)


def agree(year: Year) -> None:
    """She shows it, he reads, reacts and confirms, and then she does."""
    jet, tom = year.jet, year.tom
    press(jet, "Bewaar en laat het zien aan Tom Bakker")
    told(jet, "Tom Bakker kan je tussenstand nu lezen")
    go(tom, "/start")
    click(tom.get_by_role("link", name="Lees de tussenstand van Jet de Vries"))
    for words in (CHANGE, *ANSWERED.values()):
        expect(tom.get_by_text(words)).to_be_visible()
    tom.get_by_label("Jouw reactie").fill(REACTION)
    press(tom, "Dit klopt, leg het vast")
    told(tom, "Nu Jet nog.")
    go(jet, "/start")
    click(jet.get_by_role("link", name="Lees en bevestig"))
    expect(jet.get_by_text(REACTION)).to_be_visible()
    press(jet, "Dit klopt, leg het vast")
    expect(jet.get_by_text("door Jet de Vries en Tom Bakker.")).to_be_visible()
    go(tom, tom.url)
    expect(tom.get_by_text("door Jet de Vries en Tom Bakker.")).to_be_visible()


def ask(year: Year) -> tuple[str, ...]:
    """She chooses four people, he approves: the links that go out by mail."""
    jet, tom = year.jet, year.tom
    press(jet, "Kies mensen")
    for name, email in SCHOOL:
        follow(jet.get_by_role("link", name="Voeg mensen van scholen toe"))
        jet.get_by_label("Naam", exact=True).fill(name)
        jet.get_by_label("E-mailadres", exact=True).fill(email)
        jet.locator("#relation").select_option("intern-begeleider")
        follow(jet.locator("#erbij button.btn:not(.sec)").last)
        told(jet, "1 persoon is toegevoegd.")
    assert_accessible(jet)
    click(jet.get_by_role("button", name=re.compile("^Stuur mijn keuze")))
    expect(jet.get_by_text("Je keuze is verstuurd.")).to_be_visible()
    go(tom, "/start")
    click(tom.get_by_role("link", name="Kijk de keuze na"))
    press(tom, "Goed zo, nodig ze uit")
    expect(tom.get_by_text("De uitnodigingen gaan nu weg.")).to_be_visible()
    with year.app.app_context():
        part = db.session.scalars(select(RoundSubject).order_by(RoundSubject.id.desc())).first()
        assert part is not None
        made = MadePulse(part.round_id, part.id)
    return tokens_of(year.app, made)


def answer(year: Year, link: str, *, look: bool) -> None:
    """Somebody of a school says 'iets meer' of every statement."""
    page = year.windows.open("phone")
    page.goto(f"/b/{link}")
    if look:
        assert_accessible(page)
    follow(page.get_by_role("link", name="Begin", exact=True))
    for group in page.locator("fieldset.q").all():
        group.locator(".tile").nth(3).click()
    if look:
        assert_accessible(page)
    follow(page.locator('.foot [name="naar"][value="verder"]'))
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk het nog even na")
    follow(page.get_by_role("button", name="Verstuur mijn antwoorden"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dank je wel")
    if look:
        assert_accessible(page)
    page.context.close()
