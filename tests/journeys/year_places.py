"""The places that an opleidingsplan keeps for the people of a teamleider, and who goes."""

from __future__ import annotations

from playwright.sync_api import expect

from app.trainings import enrolling
from tests.journeys.led import LedYear, adopt_a_plan, answers
from tests.journeys.year import at, click, go, told


def he_proposes(year: LedYear) -> None:
    """His start page says that there are places; he chooses, they decide, and he sees what they said."""
    tom = year.tom
    year.clock.set(at(2027, 1, 11))
    adopt_a_plan(year)
    go(tom, "/start")
    expect(tom.get_by_text("Eén opleiding heeft nog plaatsen voor je mensen.")).to_be_visible()
    click(tom.get_by_role("link", name="Stel mensen voor"))
    place = tom.get_by_role("region", name="Leren luisteren")
    expect(place.get_by_role("checkbox", checked=True).first).to_be_visible()
    for box in place.get_by_role("checkbox").all():
        box.uncheck()
    names = [person.name for person in year.people[1:4]]
    for name in names:
        place.get_by_role("checkbox", name=name).check()
    click(place.get_by_role("button", name="Stel het voor"))
    told(tom, "Voorgesteld aan 3 mensen")


def they_answer(year: LedYear) -> None:
    """Two sign up, one would rather not."""
    tom = year.tom
    year.clock.set(at(2027, 1, 18))
    for person, move in zip(year.people[1:4], (enrolling.sign_up, enrolling.sign_up, enrolling.decline), strict=True):
        answers(year, person, move)
    tom.goto("/start")
    click(tom.get_by_role("link", name="Opleidingen", exact=True))
    click(tom.get_by_role("link", name="Plaatsen voor je team"))
    for person, said in zip(year.people[1:4], ("ingeschreven", "ingeschreven", "liever niet"), strict=True):
        expect(tom.get_by_role("listitem").filter(has_text=person.name)).to_contain_text(said)
