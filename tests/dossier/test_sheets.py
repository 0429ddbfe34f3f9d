"""A practice sheet as evidence: what is shown is what stood there when she kept it."""

from __future__ import annotations

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import text

from app.cli import alembic_config
from app.db import db
from app.dossier.models import EvidenceKind
from tests.dossier.acts import evidence, typed
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient, browser_of
from tests.support.practice import TOOLS, make_sheet
from tests.support.records import make_evidence

ONWARD = "onderhandelvoorbereiding"       # has a terugblik, which is filled in later
LATER = "Dit schreef ik pas na het gesprek."


@pytest.fixture
def jet(client: CheckedClient, begeleider: Persona) -> Persona:
    log_in(client, begeleider)
    return begeleider


def write_later(client: CheckedClient, sheet_id: int) -> None:
    """In the first long field of what comes after the work."""
    at = f"/praktijk/blad/{sheet_id}"
    assert client.submit(client.get(at), {later_field(): LATER}, to=at).status_code == 303


def later_field() -> str:
    return next(f"f-{one.code}" for one in TOOLS[ONWARD].fields if one.phase != "before" and one.type == "long")


def test_what_is_typed_later_is_not_shown(
    app: Flask, client: CheckedClient, jet: Persona, teamleider: Persona
) -> None:
    sheet = make_sheet(app, jet, ONWARD, finished=True)
    one = make_evidence(app, jet, EvidenceKind.SHEET, sheet_id=sheet.sheet_id, shown=True)
    address = f"/dossier/bewijs/{one}"
    told = client.get(f"/praktijk/blad/{sheet.sheet_id}").text
    assert "Dit blad is bewijs, zoals het was op" in told
    assert "Je teamleider en gesprekspartner zien het." in told
    assert "Laat de nieuwe versie zien" not in told
    write_later(client, sheet.sheet_id)
    other = browser_of(app, teamleider)
    assert LATER not in other.get(address).text
    assert "Zoals het blad was op" in other.get(address).text
    assert "Laat de nieuwe versie zien" not in other.get(address).text
    assert LATER not in client.get(address).text
    page = client.get(f"/praktijk/blad/{sheet.sheet_id}")
    assert "Wat je daarna veranderde, staat er niet in." in page.text
    assert other.send(f"{address}/nieuwe-versie").status_code in (403, 404)
    assert client.send(f"{address}/nieuwe-versie").status_code == 303
    assert LATER in other.get(address).text
    assert "Laat de nieuwe versie zien" not in client.get(address).text


def test_changing_the_words_keeps_the_sheet_as_it_was(app: Flask, client: CheckedClient, jet: Persona) -> None:
    sheet = make_sheet(app, jet, ONWARD, finished=True)
    one = make_evidence(app, jet, EvidenceKind.SHEET, sheet_id=sheet.sheet_id)
    write_later(client, sheet.sheet_id)
    assert client.submit(client.get(f"/dossier/bewijs/{one}/bewerken"), {"title": "Anders"}).status_code == 303
    assert LATER not in client.get(f"/dossier/bewijs/{one}").text
    another = make_sheet(app, jet, finished=True)
    page = client.get(f"/dossier/bewijs/{one}/bewerken")
    assert client.submit(page, {"sheet": str(another.sheet_id)}).status_code == 303
    assert "Hulpvraag in één zin" in client.get(f"/dossier/bewijs/{one}").text


def test_it_stays_when_the_sheet_is_thrown_away(
    app: Flask, client: CheckedClient, jet: Persona, teamleider: Persona
) -> None:
    sheet = make_sheet(app, jet, finished=True)
    one = make_evidence(app, jet, EvidenceKind.SHEET, sheet_id=sheet.sheet_id, shown=True, title="Mijn canvas")
    page = client.get(f"/praktijk/blad/{sheet.sheet_id}/weggooien")
    assert "Mijn canvas" in page.text
    assert "Dat blijft, met wat er toen op het blad stond" in page.text
    assert client.submit(page).status_code == 303
    assert evidence(app, one).sheet_id is None
    for reader in (client, browser_of(app, teamleider)):
        assert "Iets over hulpvraag in één zin" in reader.get(f"/dossier/bewijs/{one}").text
    assert "Het blad zelf heb je weggegooid." in client.get(f"/dossier/bewijs/{one}").text
    page = client.get(f"/dossier/bewijs/{one}/bewerken")
    assert "zoals je het bewaarde" in page.text
    assert client.submit(page, {"title": "Nog altijd"}).status_code == 303
    shown = client.get(f"/dossier/bewijs/{one}").text
    assert "Nog altijd" in shown
    assert "Iets over hulpvraag in één zin" in shown
    assert client.send(f"/dossier/bewijs/{one}/nieuwe-versie").status_code == 303
    assert "Iets over hulpvraag in één zin" in client.get(f"/dossier/bewijs/{one}").text


def test_only_a_finished_sheet_of_her_own_is_kept(app: Flask, client: CheckedClient, jet: Persona) -> None:
    sheet = make_sheet(app, jet, finished=True)
    assert client.send(f"/praktijk/blad/{sheet.sheet_id}/weggooien").status_code == 303
    refused = client.send("/dossier/nieuw/praktijkblad", typed(app, sheet=str(sheet.sheet_id)))
    assert refused.status_code == 422


def test_older_evidence_gets_what_stands_on_its_sheet(bare_app: Flask) -> None:
    with bare_app.app_context():
        command.upgrade(alembic_config(), "0005")
        day = "2026-03-12 10:00:00+00:00"
        with db.engine.begin() as connection:
            for statement in (
                "insert into organisation (id, name, demo, created_at) values (1, 'Dienst', false, :day)",
                "insert into account (id, organisation_id, email, session_version)"
                " values (1, 1, 'jet@dienst.example', 1)",
                "insert into person (id, account_id, organisation_id, name, roles, clusters, sectors, active)"
                " values (1, 1, 1, 'Jet', '[]', '[]', '[]', true)",
                "insert into practice_tool (id, code, fingerprint, position, document) values (1, 'c', 'f', 0, '{}')",
                "insert into practice_sheet (id, organisation_id, person_id, tool_id, answers, revision, created_at,"
                " changed_at) values (1, 1, 1, 1, '[7]', 1, :day, :day)",
                "insert into evidence (id, organisation_id, person_id, sheet_id, kind, title, happened_on, reflection,"
                " seen_by, text, url, created_at) values"
                " (1, 1, 1, 1, 'praktijkblad', 't', '2026-03-12', 'r', 'ik', '', '', :day),"
                " (2, 1, 1, null, 'notitie', 't', '2026-03-12', 'r', 'ik', '', '', :day)",
            ):
                connection.execute(text(statement), {"day": day} if ":day" in statement else {})
        command.upgrade(alembic_config(), "0006")
        with db.engine.begin() as connection:
            rows = connection.execute(text(
                "select tool_id, cast(answers as text), copied_at from evidence order by id"))
            (kept, none) = rows.all()
    assert (kept[0], kept[1]) == (1, "[7]")
    assert kept[2] is not None
    assert tuple(none) == (None, None, None)
