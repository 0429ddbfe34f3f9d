"""A whole round in a real browser: planned, chosen, approved, opened, answered by four kinds of people, closed."""

from __future__ import annotations

import datetime as dt
import re

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.assessments.models import StoredCell
from app.db import db
from app.rating import closing
from app.rounds import links
from app.rounds.models import Invitation, RoundSubject
from app.web.formats import as_if, now
from tests.journeys.test_rater import SAVED, begin, mark, on, tile
from tests.journeys.test_raters import approve, propose
from tests.rating import acts
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona, make_person

PARENTS = "\n".join(f"Ouder {letter}; ouder.{letter}@thuis.example" for letter in "abcd")


FROM_ICON_TO_TEXT = """() => {
  const icon = document.querySelector("p.small > svg.ic"), words = document.createRange()
  words.selectNodeContents(icon.parentElement.lastChild)
  return Math.abs([...words.getClientRects()].at(0).top - icon.getBoundingClientRect().top)
}"""


def plan(page: Page) -> int:
    """The teamleider plans a round about Jet, parents and pupils too, and lets her choose; says which part is hers."""
    page.goto("/rondes")
    assert_accessible(page)
    page.get_by_role("link", name="Plan een feedbackronde").first.click()
    page.get_by_label("Naam van de ronde").fill("Voorjaarsronde")
    page.get_by_role("radio").first.check()
    page.get_by_role("checkbox", name="Jet de Vries").check()
    for group in ("Ouders", "Leerlingen"):
        page.get_by_role("group", name=group, exact=True).get_by_label("Vraag deze groep").check()
    assert_accessible(page)
    page.get_by_role("button", name="Bewaar als concept").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Voorjaarsronde")
    assert_accessible(page)
    page.get_by_role("button", name="Laat de mensen kiezen").click()
    expect(page.get_by_text("Er is nog van niemand de keuze goedgekeurd.")).to_be_visible()
    assert page.evaluate(FROM_ICON_TO_TEXT) < 12, "the icon stands beside its sentence"
    follow(page.get_by_role("link", name="Jet de Vries").first)
    assert_accessible(page)
    found = re.search(r"/rondes/mensen/(\d+)", page.url)
    assert found
    return int(found[1])


def add_parents(page: Page) -> None:
    page.get_by_role("link", name="Voeg ouders toe").click()
    page.get_by_text("Meer mensen tegelijk").click()
    page.get_by_label("Namen en e-mailadressen").fill(PARENTS)
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_text("4 mensen zijn toegevoegd.")).to_be_visible()


def token_of(app: Flask, part_id: int, **known: str) -> str:
    with app.app_context():
        found = db.session.scalars(
            select(Invitation)
            .filter_by(round_subject_id=part_id, state="approved", **known)
            .order_by(Invitation.id)
            .limit(1)
        ).one()
        assert found.invited_on is not None
        return links.token(found.public_id, found.renewal)


def everybody_left(app: Flask, part_id: int) -> list[str]:
    with app.app_context():
        asked = db.session.scalars(select(Invitation).where(
            Invitation.round_subject_id == part_id, Invitation.invited_on.is_not(None), Invitation.answered.is_(False),
            Invitation.state == "approved",
        )).all()
        return [links.token(one.public_id, one.renewal) for one in asked]


def answer_with_a_script(page: Page, token: str, thanks: str) -> None:
    """The first statement by its highest tile, then the overview, and sent."""
    begin(page, token)
    page.locator("fieldset[data-item]").first.locator(".tile").last.click()
    expect(mark(page)).to_have_text(SAVED)
    assert_accessible(page)
    page.goto(f"/b/{token}/overzicht")
    assert_accessible(page)
    page.get_by_role("button", name=re.compile("[Vv]erstuur")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(thanks)
    assert_accessible(page)


def answer_without_a_script(page: Page, token: str) -> None:
    begin(page, token)
    tile(page, "VM1.1", 5).check()
    on(page)
    page.goto(f"/b/{token}/overzicht")
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dank u wel")


def test_a_round_from_its_plan_to_its_closing(app: Flask, windows: Windows, begeleider: Persona, teamleider: Persona,
                                              team_id: int) -> None:
    for name in ("Noor Zwart", "Ömer Aydın", "Pien Bos", "Quint Dam", "Collega 39"):
        make_person(app, begeleider.organisation_id, works_in=[team_id], name=name)
    his, hers = windows.open(), windows.open("phone")
    sign_in(his, teamleider)
    part_id = plan(his)
    sign_in(hers, begeleider)
    expect(hers.get_by_role("link", name="Kies mensen")).to_be_visible()       # on her start page
    propose(hers, part_id, assert_accessible)
    his.reload()
    add_parents(his)
    approve(his, part_id)
    his.goto("/rondes")
    his.get_by_role("link", name="Voorjaarsronde", exact=True).click()
    his.get_by_role("button", name="Open de ronde nu").click()
    expect(his.get_by_text("Loopt", exact=True)).to_be_visible()
    assert_accessible(his)

    answer_with_a_script(windows.open("small"), token_of(app, part_id, rater_group="collega"), "Dank je wel")
    teacher = token_of(app, part_id, relation="leraar")
    first = windows.open("small")
    begin(first, teacher)
    first.locator("fieldset[data-item]").first.locator(".tile").first.click()
    expect(mark(first)).to_have_text(SAVED)
    second = windows.open("small")
    second.goto(f"/b/{teacher}")
    follow(second.get_by_role("link", name="Ga verder"))
    second.goto(f"/b/{teacher}/overzicht")
    second.get_by_role("button", name="Verstuur mijn antwoorden").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Dank je wel")
    answer_without_a_script(windows.open("small", java_script_enabled=False),
                            token_of(app, part_id, rater_group="ouder"))
    answer_with_a_script(windows.open("small"), token_of(app, part_id, rater_group="leerling"), "Klaar! Dank je wel.")
    acts.all_send(app, everybody_left(app, part_id))

    hers.goto(f"/feedback/{part_id}")
    assert_accessible(hers)
    with app.app_context():
        round_id = db.session.get_one(RoundSubject, part_id).round_id
    with as_if(now() + dt.timedelta(days=60)), app.app_context():
        closing.close_due()
    his.goto(f"/rondes/{round_id}")
    expect(his.get_by_text("Gesloten", exact=True)).to_be_visible()
    assert_accessible(his)
    hers.goto(f"/feedback/{part_id}")
    expect(hers.get_by_text(re.compile("^De ronde is gesloten op"))).to_be_visible()
    assert_accessible(hers)
    first.goto(f"/b/{teacher}")
    expect(first.get_by_role("heading", level=1)).to_have_text("Deze ronde is gesloten")
    with app.app_context():
        measured = db.session.get_one(RoundSubject, part_id).measurement_id
        groups = set(db.session.scalars(select(StoredCell.rater_group).where(StoredCell.measurement_id == measured)))
    assert {"collega", "school", "teamleider", "ouder", "leerling"} >= groups >= {"collega", "school", "teamleider"}
