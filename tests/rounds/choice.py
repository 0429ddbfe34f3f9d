"""What tests of approving whom somebody asks do over and over."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.db import db
from app.measurement.scale import Group
from app.messages.models import Message
from app.rounds.models import Invitation
from tests.support.pages import CheckedClient

ENOUGH = {Group.COLLEAGUE: 4, Group.SCHOOL: 6}


def people(app: Flask, part_id: int) -> dict[str, str]:
    with app.app_context():
        return {one.name: one.state for one in db.session.scalars(
            select(Invitation).where(Invitation.round_subject_id == part_id).order_by(Invitation.id))}


def id_of(app: Flask, name: str) -> int:
    with app.app_context():
        return db.session.scalars(select(Invitation.id).where(Invitation.name == name)).one()


def letters(app: Flask) -> list[str]:
    with app.app_context():
        return [m.recipient for m in db.session.scalars(select(Message).order_by(Message.id))
                if m.template.startswith("ask_")]


def approve(client: CheckedClient, part_id: int) -> TestResponse:
    page = client.get(f"/rondes/mensen/{part_id}")
    return client.submit(page, to=f"/rondes/mensen/{part_id}/goed")
