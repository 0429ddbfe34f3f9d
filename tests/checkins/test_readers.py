"""Who sees a tussenstand."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import update

from app.db import db
from app.people.models import Membership
from tests.support.builders import Persona, make_organisation, make_person
from tests.support.check_ins import shown, stored
from tests.support.pages import CheckedClient, browser_of, told
from tests.support.records import MadeGoal


def test_for_everybody_else_it_does_not_exist(
    app: Flask, plan_id: int, goal: MadeGoal, organisation_id: int, team_id: int, jet: CheckedClient
) -> None:
    address = shown(jet, plan_id, goal)
    elsewhere = make_organisation(app, "Dienst Zuid")
    others = [make_person(app, organisation_id, works_in=[team_id]),
              make_person(app, organisation_id, roles=["hr", "beheerder"]),
              make_person(app, organisation_id, roles=["teamleider"]),
              make_person(app, elsewhere, roles=["begeleider", "teamleider", "hr", "beheerder"])]
    for person in others:
        client = browser_of(app, person)
        assert client.get(address).status_code == 404
        assert client.send(f"{address}/reactie", {"reaction": "x"}).status_code == 404
        assert client.send(address, {"went_well": "x"}).status_code == 404
        assert client.send(f"/ontwikkelplan/van/{plan_id}/tussenstand").status_code in (403, 404)
    assert jet.send(f"{address}/reactie", {"reaction": "Ikzelf."}).status_code == 404
    assert stored(app, address).reaction == ""


def test_a_gesprekspartner_reads_it_and_who_leads_her_no_longer_does_not(
    app: Flask, organisation_id: int, goal: MadeGoal, begeleider: Persona, plan_id: int, jet: CheckedClient,
    tom: CheckedClient,
) -> None:
    address = shown(jet, plan_id, goal)
    assert tom.get(address).status_code == 200
    with app.app_context():
        db.session.execute(update(Membership).where(Membership.leads).values(leads=False))
        db.session.commit()
    assert tom.get(address).status_code == 404
    assert "Er is nog niemand" not in told(jet.get(address).data)
