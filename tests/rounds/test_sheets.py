"""Sheets for people without an address, and who sees no link."""

from __future__ import annotations

import segno
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.rounds import links
from app.rounds.models import Invitation
from tests.rounds.choice import approve
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient


def test_sheets_are_approved_printed_and_counted_from_five_on(app: Flask, tom: CheckedClient, running: int) -> None:
    page = tom.get(f"/rondes/mensen/{running}")
    for wrong in ("", "0", "61", "x", "-3", "9" * 30):
        refused = tom.submit(page, {"kind": "leerling", "count": wrong}, to=f"/rondes/mensen/{running}/bladen")
        assert refused.status_code == 422, wrong
    assert tom.submit(page, {"kind": "leerling", "count": "5"},
                      to=f"/rondes/mensen/{running}/bladen").status_code == 303
    few = approve(tom, running)
    assert few.status_code == 422
    assert "Leerlingen: vraag er nog 1 bij, of niemand." in few.text
    tom.submit(page, {"kind": "leerling-kort-14", "count": "3"}, to=f"/rondes/mensen/{running}/bladen")
    tom.submit(page, {"kind": "ouder", "count": "4"}, to=f"/rondes/mensen/{running}/bladen")
    assert tom.send(f"/rondes/mensen/{running}/bladen/weg", {"kind": "ouder"}).status_code == 303
    assert approve(tom, running).status_code == 303
    sheets = tom.get(f"/rondes/mensen/{running}/bladen")
    assert sheets.headers["Cache-Control"] == "no-store"
    assert sheets.headers["Referrer-Policy"] == "no-referrer"
    assert sheets.text.count("Wat vind jij van Jet?") == 8
    assert sheets.text.count('class="segno"') == 8
    assert all(code in sheets.text for code in codes_of(app, running))
    assert "Op school stellen wij uw kind 8 korte vragen" in sheets.text
    with app.app_context():
        found = db.session.scalars(select(Invitation).where(Invitation.email.is_(None))).all()
        assert {one.question_set for one in found} == {"beleving", "beleving-kort"}
        assert {one.invited_on is None for one in found} == {False}
        fifth = found[4].id
        for one in found[:4]:
            one.answered = True
        db.session.commit()
    assert "nog geen vijf bladen gebruikt" in tom.get(f"/rondes/mensen/{running}").text
    with app.app_context():
        db.session.get_one(Invitation, fifth).answered = True
        db.session.commit()
    assert "Leerlingen: 5 bladen gebruikt." in tom.get(f"/rondes/mensen/{running}").text


def codes_of(app: Flask, part_id: int) -> list[str]:
    """The square codes of the links on paper, drawn apart."""
    with app.app_context():
        return [segno.make(links.address(one.public_id, one.renewal), error="m", micro=False)
                .svg_inline(scale=4, border=4, dark="#000", light="#fff")
                for one in db.session.scalars(select(Invitation).where(
                    Invitation.round_subject_id == part_id, Invitation.email.is_(None)))]


def test_no_page_of_hers_holds_a_link(app: Flask, client: CheckedClient, begeleider: Persona, teamleider: Persona,
                                      running: int) -> None:
    log_in(client, teamleider)
    client.send(f"/rondes/mensen/{running}/bladen", {"kind": "leerling", "count": "6"})
    approve(client, running)
    with app.app_context():
        secrets = [part for one in db.session.scalars(select(Invitation))
                   for part in (one.public_id, links.token(one.public_id, one.renewal))]
    shown = client.get(f"/rondes/mensen/{running}").text
    log_in(client, begeleider)
    shown += client.get(f"/feedback/{running}").text + client.get(f"/feedback/{running}/mensen").text
    assert not [secret for secret in secrets if secret in shown]
    assert client.get(f"/rondes/mensen/{running}/bladen").status_code == 404
