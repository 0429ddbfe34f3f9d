"""A dienst in which somebody shares what was measured of her."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import func, select

from app.access import Actor
from app.db import db
from app.profiles.models import Share
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient, text_of, tree_of
from tests.support.rounds import MadeRound


@dataclass(frozen=True)
class Dienst:
    """Jet, her self-assessment and her released round; and everybody who might read along."""

    app: Flask
    jet: Persona
    own: int
    made: MadeRound
    round: int
    ans: Persona
    people: dict[str, Persona]


def readers(dienst: Dienst, measurement_id: int) -> set[str]:
    """Who may open this, through the pages."""
    found = set()
    for name, person in dienst.people.items():
        client = dienst.app.test_client()
        log_in(client, person)
        status = client.get(f"/profiel/{measurement_id}").status_code
        assert status in (200, 404), (name, status)
        if status == 200:
            found.add(name)
    return found


def share(client: CheckedClient, measurement_id: int, reader: Persona, **typed: str) -> int:
    address = f"/profiel/{measurement_id}/delen"
    return client.submit(client.get(address), {"reader": str(reader.id), **typed}, to=address).status_code


def told(client: CheckedClient, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, address
    return text_of(next(tree_of(page.data).iter("main")))


def stop(client: CheckedClient, app: Flask, measurement_id: int) -> int:
    with app.app_context():
        share_id = db.session.scalars(select(func.max(Share.id)).where(Share.measurement_id == measurement_id)).one()
    return client.send(f"/profiel/{measurement_id}/delen/{share_id}/stop").status_code


def dienst_actor(person: Persona, leads: frozenset[int] = frozenset()) -> Actor:
    return Actor(person.id, person.organisation_id, person.roles, leads)


def valid(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(func.count(Share.id)).where(Share.withdrawn_at.is_(None))).one()
