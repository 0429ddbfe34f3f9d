"""The device that pupils pass on."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from app.db import db
from app.measurement.scale import Group
from app.rounds import links
from app.rounds.models import Invitation
from tests.rating.behind import change_round, words
from tests.support.builders import Persona
from tests.support.pages import CheckedClient
from tests.support.rounds import MadeRound, make_round


@pytest.fixture
def sheets(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    """Three sheets, and one pupil who got a mail."""
    made = make_round(app, teamleider, [begeleider], {Group.PUPIL: 4, Group.PARENT: 1})
    with app.app_context():
        db.session.execute(update(Invitation).where(Invitation.id.in_(made.invitation_ids[:3])).values(email=None))
        db.session.commit()
    return made


def device_of(app: Flask, made: MadeRound) -> str:
    with app.app_context():
        return links.class_token(made.part_ids[0])


def test_one_device_goes_from_child_to_child(app: Flask, client: CheckedClient, sheets: MadeRound) -> None:
    device = f"/b/klas/{device_of(app, sheets)}"
    page = client.get(device)
    assert page.status_code == 200 and "Jet is er zelf niet bij." in words(page)
    said = words(page)
    unconfirmed = client.submit(page, to=device)
    assert unconfirmed.status_code == 422 and "Bevestig eerst dat je niet Jet bent." in words(unconfirmed)
    opened: list[str] = []
    for _ in range(3):
        response = client.post(device, data={"niet_zelf": "ja"})
        assert response.status_code == 302
        token = response.location.removeprefix("/b/").split("?")[0]
        assert token in sheets.tokens[:3] and token not in opened
        opened.append(token)
        first = client.get(response.location)
        assert "klas=" in first.text and "Ga verder" not in first.text
        saved = client.post(f"/b/{token}/antwoord?klas={device[8:]}", json={"page": "1", "answers": {"V4.1": 2}})
        assert saved.status_code == 200
        sent = client.post(f"/b/{token}/verstuur?klas={device[8:]}")
        assert "Geef het apparaat aan het volgende kind." in words(sent)
        assert client.get(f"/b/{token}/overzicht?klas={device[8:]}").status_code == 410
        assert len(opened) == 3 or words(client.get(device)) == said, "how many answered is seen from five on"
    assert "Alle bladen zijn gebruikt" in words(client.get(device))
    none = client.post(device, data={"niet_zelf": "ja"})
    assert none.status_code == 409 and "Alle bladen zijn gebruikt" in words(none)


def test_a_device_of_another_class_is_no_device(app: Flask, client: CheckedClient, sheets: MadeRound) -> None:
    for token, query in ((sheets.tokens[0], "klas=1.x"), (sheets.tokens[4], f"klas={device_of(app, sheets)}")):
        assert "klas=" not in client.get(f"/b/{token}?{query}").text
    assert client.get("/b/klas/1." + "a" * 43).status_code == 404


@pytest.mark.parametrize(("state", "told"), [
    ("closed", "gesloten"), ("released", "gesloten"), ("aborted", "ingetrokken"), ("choosing", "nog niet begonnen"),
])
def test_a_device_needs_a_round_that_is_open(app: Flask, client: CheckedClient, sheets: MadeRound, state: str,
                                             told: str) -> None:
    change_round(app, sheets, state=state)
    device = f"/b/klas/{device_of(app, sheets)}"
    for response in (client.get(device), client.post(device, data={"niet_zelf": "ja"})):
        assert response.status_code == 410 and told in response.text
