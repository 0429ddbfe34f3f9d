"""Sending, declining and coming back, without a browser."""

from __future__ import annotations

import re
import threading
import time

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.measurement.scale import Group
from app.rating import drafts, queries
from app.rating.models import Draft
from app.rounds.invitations import State
from app.rounds.models import Invitation, Round, RoundSettings
from tests.rating import acts
from tests.rating.behind import ONE_OF_EACH, change, change_round, token_of, words
from tests.support.builders import Persona
from tests.support.pages import CheckedClient
from tests.support.rounds import MadeRound, make_round


@pytest.fixture
def made(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    return make_round(app, teamleider, [begeleider], ONE_OF_EACH)


@pytest.mark.parametrize("group", [str(group) for group in ONE_OF_EACH])
def test_sending_once(app: Flask, client: CheckedClient, made: MadeRound, group: str) -> None:
    token = token_of(made, group)
    assert client.get(f"/b/{token}/verstuur").location == f"/b/{token}/overzicht"
    empty = client.post(f"/b/{token}/verstuur")
    assert empty.status_code == 422 and "nog niets ingevuld" in empty.text
    codes = acts.codes_of(app, token)
    acts.save(app, token, {codes[0]: 3, codes[1]: "geen-reden", "open-2": "Ga zo door."})
    overview = client.get(f"/b/{token}/overzicht")
    assert ("ziet dat het van jou komt" in overview.text) is (group == "teamleider")
    thanks = client.submit(overview, to=f"/b/{token}/verstuur")
    assert thanks.status_code == 200
    if group == "leerling":
        assert words(thanks).startswith("Klaar! Dank je wel.")
    else:
        assert re.search(r"\b[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}\b", words(thanks))
        assert "één zin met een antwoord" in words(thanks) and "één tekst in eigen woorden" in words(thanks)
    assert "Ga zo door" not in thanks.text
    for again in (client.get(f"/b/{token}"), client.get(f"/b/{token}/1"), client.get(f"/b/{token}/overzicht"),
                  client.post(f"/b/{token}/verstuur"), client.post(f"/b/{token}/1", data={"revision": "0"}),
                  client.post(f"/b/{token}/liever-niet", data={"reden": "geen-tijd"})):
        assert again.status_code == 410 and "al verstuurd" in again.text and "Ga zo door" not in again.text
    reopened = client.get(f"/b/{token}/verstuur")       # a phone that comes back to the page of thanks
    assert reopened.status_code == 410 and "al verstuurd" in reopened.text
    script = client.post(f"/b/{token}/antwoord", json={"page": "1", "answers": {codes[0]: 1}},
                         headers={"Accept": "application/json"})
    assert script.status_code == 410 and script.json["error"] == "sent"


def test_rather_not(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    token = token_of(made, "school")
    acts.save(app, token, {"open-1": "weg ermee"})
    page = client.get(f"/b/{token}/liever-niet")
    assert "Jet ziet dat je liever niet meedoet, en wat je hieronder kiest." in words(page)
    assert client.submit(page, to=f"/b/{token}/liever-niet").status_code == 422
    assert client.post(f"/b/{token}/liever-niet", data={"reden": "zomaar"}).status_code == 400
    thanks = client.submit(page, {"reden": "geen-tijd"}, to=f"/b/{token}/liever-niet")
    assert thanks.status_code == 200 and "We vragen het je in deze ronde niet meer" in thanks.text
    with app.app_context():
        row = db.session.get_one(Invitation, made.invitation_ids[list(ONE_OF_EACH).index(Group.SCHOOL)])
        assert (row.state, row.decline_reason) == (State.DECLINED, "geen-tijd")
    for rest in ("", "/1"):
        assert client.get(f"/b/{token}{rest}").status_code == 410
    assert client.post(f"/b/{token}/liever-niet", data={"reden": "geen-tijd"}).status_code == 410
    parent = client.post(f"/b/{token_of(made, 'ouder')}/liever-niet")
    assert parent.status_code == 200 and "Wij vragen het u" in parent.text


def test_who_declined_by_mistake_comes_back(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    """While the round runs, by her own link; nobody else's no is undone."""
    token, parent = token_of(made, "collega"), token_of(made, "ouder")
    with app.app_context():
        db.session.add(RoundSettings(organisation_id=db.session.get_one(Round, made.round_id).organisation_id,
                                     contact="Bea Jansen, 020 123 45 67"))
        db.session.commit()
    client.post(f"/b/{token}/liever-niet", data={"reden": "geen-tijd"})
    client.post(f"/b/{parent}/liever-niet")
    for rest in ("", "/1", "/overzicht", "/liever-niet"):
        told = client.get(f"/b/{token}{rest}")
        assert told.status_code == 410 and "Met deze link is gezegd: liever niet." in told.text
        assert "Bea Jansen, 020 123 45 67" in told.text and "ingetrokken" not in told.text
    back = client.submit(told, to=f"/b/{token}/toch-wel")
    assert (back.status_code, back.location) == (303, f"/b/{token}")
    assert client.get(f"/b/{token}").status_code == 200 and client.get(f"/b/{parent}").status_code == 410
    with app.app_context():
        row = db.session.get_one(Invitation, made.invitation_ids[list(ONE_OF_EACH).index(Group.COLLEAGUE)])
        assert (row.state, row.decline_reason, row.answered) == (State.APPROVED, None, False)
    assert client.post(f"/b/{token}/toch-wel").status_code == 303, "pressed twice"
    change(app, made, "school", state=State.REMOVED)
    assert client.post(f"/b/{token_of(made, 'school')}/toch-wel").status_code == 410
    change_round(app, made, state="closed")
    told = client.post(f"/b/{parent}/toch-wel")
    assert told.status_code == 410 and "toch-wel" not in told.text
    with app.app_context():
        row = db.session.get_one(Invitation, made.invitation_ids[list(ONE_OF_EACH).index(Group.PARENT)])
        assert row.state == State.DECLINED


def test_who_came_to_lead_her_does_not_come_back(app: Flask, client: CheckedClient, made: MadeRound,
                                                 teamleider: Persona) -> None:
    token = token_of(made, "collega")
    change(app, made, "collega", state=State.DECLINED, email=teamleider.email)
    told = client.post(f"/b/{token}/toch-wel")
    assert told.status_code == 410 and "ingetrokken" in told.text
    assert "liever niet" in client.get(f"/b/{token}").text


def test_what_is_saved_while_somebody_declines_is_thrown_away_too(app: Flask, client: CheckedClient,
                                                                 made: MadeRound) -> None:
    token = token_of(made, "school")
    declined: list[int] = []
    other = threading.Thread(target=lambda: declined.append(
        client.post(f"/b/{token}/liever-niet", data={"reden": "geen-tijd"}).status_code))
    with app.app_context():
        drafts.save(queries.find(token), {"open-1": "weg ermee"})      # on another device; not yet committed
        other.start()
        time.sleep(0.5)
        db.session.commit()
    other.join(timeout=30)
    assert declined == [200]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Draft)) == 0
