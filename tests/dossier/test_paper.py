"""The bekwaamheidsdossier: everything of one person on paper, scores only when she chooses so."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from pypdf import PdfReader

from app.db import db
from app.development.models import Goal
from app.dossier.models import EvidenceKind
from app.web.formats import today
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.records import make_evidence, make_goal, make_measurement
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
