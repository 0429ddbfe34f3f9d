"""Finishing a sheet: what keeps it from that, correcting it afterwards, and beginning a new one with it."""

from __future__ import annotations

import pytest
from flask import Flask

from app.dossier.models import EvidenceKind
from app.practice.tools import CLOSING
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, text_of, tree_of
from tests.support.practice import CANVAS, make_sheet, stored_answers
from tests.support.records import make_evidence


def said(client: CheckedClient, address: str) -> str:
    return text_of(tree_of(client.get(address).data))


@pytest.mark.parametrize("tool", [CANVAS, "relatieplan"])
def test_an_evaluation_before_the_start_is_told(
    app: Flask, jet: CheckedClient, begeleider: Persona, tool: str
) -> None:
    days = {"startdatum": "2027-03-08", "evaluatiedatum": "2027-03-01"}
    at = f"/praktijk/blad/{make_sheet(app, begeleider, tool, filled=True, answers=days).sheet_id}"
    assert "De evaluatie ligt voor de start. Kies een dag na 8 maart 2027." in said(jet, f"{at}/afronden")
    assert jet.send(f"{at}/afronden").status_code == 422
    assert jet.submit(jet.get(at), {"f-evaluatiedatum": "2027-05-31"}, to=at, press="bewaar").status_code == 303
    assert jet.send(f"{at}/afronden").status_code == 303


def test_costs_without_an_amount_are_told(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    rows = [{"onderdeel": "Coaching", "uren": "4"}, {"onderdeel": "Reiskosten", "bedrag": "47.00"}]
    sheet_id = make_sheet(app, begeleider, "offerte-opbouw", filled=True, answers={"kosten": rows}).sheet_id
    at = f"/praktijk/blad/{sheet_id}"
    told = said(jet, f"{at}/afronden")
    assert "Nog één ding, dan is je blad compleet" in told
    assert "‘Coaching’ heeft nog geen bedrag." in told
    assert "‘Reiskosten’" not in told
    assert jet.send(f"{at}/afronden").status_code == 422
    assert jet.submit(jet.get(at), {"f-kosten.0.tarief": "95"}, to=at, press="bewaar").status_code == 303
    assert jet.send(f"{at}/afronden").status_code == 303


def test_a_finished_sheet_is_corrected(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    made = make_sheet(app, begeleider, finished=True)
    at = f"/praktijk/blad/{made.sheet_id}"
    shown = make_evidence(app, begeleider, EvidenceKind.SHEET, sheet_id=made.sheet_id)
    page = jet.get(at)
    assert jet.submit(page, to=f"{at}/heropenen").status_code == 303
    assert jet.submit(jet.get(at), {"f-hulpvraag": "Zonder tikfout"}, to=at, press="bewaar").status_code == 303
    assert "Zonder tikfout" not in said(jet, f"/dossier/bewijs/{shown}")
    assert "nieuwe versie" not in said(jet, at), "not before it is finished again"
    page = jet.get(f"/dossier/bewijs/{shown}/bewerken")
    assert jet.submit(page, {"title": "Anders"}).status_code == 303, "while it is being corrected"
    assert "Iets over hulpvraag" in said(jet, f"/dossier/bewijs/{shown}")
    assert jet.send(f"{at}/afronden").status_code == 303
    assert "Bewaar de nieuwe versie" in said(jet, at)
    assert jet.submit(jet.get(at), to=f"/dossier/bewijs/{shown}/nieuwe-versie").status_code == 303
    assert "Zonder tikfout" in said(jet, f"/dossier/bewijs/{shown}")


def test_a_finished_sheet_begins_a_new_one(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    made = make_sheet(app, begeleider, "relatieplan", finished=True, answers={"startdatum": "2026-01-05"})
    at = f"/praktijk/blad/{made.sheet_id}"
    before = stored_answers(app, begeleider, made.sheet_id)
    copies = [jet.submit(jet.get(at), to=f"{at}/kopie").location for _ in range(2)]
    assert copies[0] == copies[1] != at
    answers = stored_answers(app, begeleider, int(copies[0].rsplit("/", 1)[1]))
    assert answers["waarde-school"] == before["waarde-school"]
    assert answers["startdatum"] > before["startdatum"]
    assert set(before) - set(answers) <= {CLOSING}
    assert "bezig" in said(jet, "/praktijk")
    assert stored_answers(app, begeleider, made.sheet_id) == before


def test_one_wrong_cell_is_one_wrong_cell(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    rows = [{"onderdeel": "Coaching", "uren": "4", "tarief": "95.00"}, {"onderdeel": "Reiskosten", "bedrag": "47.00"}]
    made = make_sheet(app, begeleider, "offerte-opbouw", filled=True, answers={"kosten": rows})
    at = f"/praktijk/blad/{made.sheet_id}"
    assert "Bewaard om" in jet.get(at).text
    page = jet.submit(jet.get(at), {"f-kosten.1.bedrag": "veel"}, to=at, press="bewaar")
    assert page.status_code == 422
    wrong = [one.get("name") for one in tree_of(page.data).iter() if one.get("aria-invalid") == "true"]
    assert wrong == ["f-kosten.1.bedrag"]
    assert "Dit is nog niet bewaard" in page.text
    (mark,) = [one for one in tree_of(page.data).iter("span") if one.get("data-mark") is not None]
    assert mark.get("hidden") is not None, "nothing of this form was kept"
