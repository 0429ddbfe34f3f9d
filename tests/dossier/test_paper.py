"""The bekwaamheidsdossier: everything of one person on paper, scores only when she chooses so."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from pypdf import PdfReader

from app.checkins.models import Tile
from app.db import db
from app.development.models import Goal
from app.dossier.models import EvidenceKind
from app.web.formats import today
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.records import make_check_in, make_evidence, make_goal, make_measurement, make_plan
from tests.support.statements import statements

ADDRESS = "/dossier/bekwaamheidsdossier.pdf"


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


@pytest.fixture
def jet(client: CheckedClient, begeleider: Persona) -> Persona:
    log_in(client, begeleider)
    return begeleider


def test_it_holds_everything_of_hers(app: Flask, client: CheckedClient, jet: Persona, stranger: Persona) -> None:
    goal = make_goal(app, jet)
    with app.app_context():
        idea = db.session.get_one(Goal, make_goal(app, jet, "luisteren").goal_id)
        idea.state, idea.place, idea.behaviour = "idea", None, "Dit is nog maar een idee"
        db.session.commit()
    make_evidence(app, jet, EvidenceKind.FILE, title="Het verslag", goal_id=goal.goal_id)
    make_evidence(app, jet, EvidenceKind.LINK, title="De cursus")
    make_evidence(app, jet, EvidenceKind.REACTION, title="Wat de leraar <zei> & dacht #1 *2* $3$")
    make_evidence(app, stranger, title="Van een ander")
    make_measurement(app, jet)
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    name = f"bekwaamheidsdossier-{today().isoformat()}.pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Cache-Control"] == "no-store"
    text = text_of(answer.data)
    for said in ("Vertrouwelijk", jet.name, "Bekwaamheidsdossier", "bladzijde 1 van", "Ontwikkelplan",
                 "Ik vraag het in het eerste gesprek.", "Als ik binnenkom, dan vraag ik het eerst.",
                 "Twee gesprekken nabespreken", "Afgesproken niveaus", "Er is nog geen niveau afgesproken", "Bewijs",
                 "Het verslag", "Bestand: verslag.pdf", "https://www.voorbeeld.nl/cursus",
                 "Wat de leraar <zei> & dacht #1 *2* $3$", "Ik vroeg eerder door dan ik gewend was."):
        assert said in text, said
    for said in ("Van een ander", "Dit is nog maar een idee", "Scores", "Opleidingen", "Trainingen"):
        assert said not in text, said


def test_scores_are_chosen(app: Flask, client: CheckedClient, jet: Persona) -> None:
    make_measurement(app, jet, score=4)
    page = client.get("/dossier/bekwaamheidsdossier")
    assert "Zet mijn scores erbij" in page.text
    without = text_of(client.submit(page).data)
    chosen = text_of(client.get(f"{ADDRESS}?scores=y").data)
    assert "Scores per aspect" not in without
    assert "Scores per aspect" in chosen
    assert "Uit het zelfbeeld van" in chosen
    assert "4,0" in chosen


def test_who_has_nothing_gets_a_whole_paper(client: CheckedClient, jet: Persona) -> None:
    text = text_of(client.get(f"{ADDRESS}?scores=y").data)
    for said in ("Er is nog geen ontwikkelplan", "Er is nog geen niveau afgesproken", "Er is nog geen bewijs bewaard"):
        assert said in text


def test_it_can_be_read_aloud(app: Flask, client: CheckedClient, jet: Persona) -> None:
    make_evidence(app, jet)
    reader = PdfReader(io.BytesIO(client.get(ADDRESS).data))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert str(catalog["/Lang"]).startswith("nl")
    assert "Bekwaamheidsdossier van" in str(reader.metadata.title if reader.metadata else "")
    assert reader.outline


def test_it_asks_no_more_of_a_fuller_dossier(app: Flask, client: CheckedClient, jet: Persona) -> None:
    make_evidence(app, jet)
    make_goal(app, jet)
    client.get(ADDRESS)
    with statements(app) as few:
        client.get(ADDRESS)
    for number in range(8):
        make_evidence(app, jet, title=f"Gesprek {number}")
    make_goal(app, jet, "luisteren")
    with statements(app) as many:
        client.get(ADDRESS)
    assert len(many) == len(few)
    assert len(many) <= 12


def test_a_plan_stands_in_it_with_its_tussenstanden(
    app: Flask, client: CheckedClient, jet: Persona, teamleider: Persona
) -> None:
    goal = make_goal(app, jet)
    plan_id = make_plan(app, jet, teamleider)
    with app.app_context():
        found = db.session.get_one(Goal, goal.goal_id)
        found.plan_id, found.training_wish = plan_id, "Een cursus over lastige gesprekken"
        found.level_now, found.level_target = 2, 4
        db.session.commit()
    make_check_in(app, jet, teamleider, plan_id, tiles={goal.goal_id: Tile.WELL}, days_ago=90, fixed=True)
    make_check_in(app, jet, teamleider, plan_id, number=2, shown=False)
    text = text_of(client.get(ADDRESS).data)
    for said in ("Een cursus over lastige gesprekken", "Bij de start 2,", "gewenst 4,", "Tussenstanden",
                 "Tussenstand 1, ",
                 "Gaat goed: Ik vraag het in het eerste gesprek."):
        assert said in text, said
    assert "Tussenstand 2" not in text, "she shows it to nobody yet"


def test_a_short_piece_stays_on_one_page(app: Flask, client: CheckedClient, jet: Persona) -> None:
    for number in range(24):
        make_evidence(app, jet, title=f"Stuk nummer {number:02}")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(client.get(ADDRESS).data)).pages]
    there = [page for page in pages if "Wat dit laat zien" in page]
    assert len(there) > 1
    for page in there:
        assert page.count("Stuk nummer") == page.count("Wat dit laat zien")
