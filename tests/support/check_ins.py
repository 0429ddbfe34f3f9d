"""A tussenstand as the pages make it, and what is stored of it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from app.checkins.models import CheckIn
from app.db import db
from app.development.models import Plan
from tests.support.pages import CheckedClient
from tests.support.records import MadeGoal


def begun(jet: CheckedClient, plan_id: int) -> str:
    """The address of a tussenstand that she begins."""
    answer = jet.send(f"/ontwikkelplan/van/{plan_id}/tussenstand")
    assert answer.status_code == 303, answer.status_code
    return str(answer.location)


def shown(jet: CheckedClient, plan_id: int, goal: MadeGoal, **more: str) -> str:
    """The address of one that she wrote and showed."""
    address = begun(jet, plan_id)
    fields = {f"tile-{goal.goal_id}": "gaat-goed", "went_well": "Twee startgesprekken.", **more}
    assert jet.submit(jet.get(address), fields, press="show").status_code == 303
    return address


def stored(app: Flask, address: str) -> CheckIn:
    with app.app_context():
        return db.session.scalars(
            select(CheckIn).where(CheckIn.id == int(address.rsplit("/", 1)[1])).options(selectinload(CheckIn.goals))
        ).one()


def change_plan(app: Flask, plan_id: int, **values: Any) -> None:
    with app.app_context():
        db.session.execute(update(Plan).where(Plan.id == plan_id).values(**values))
        db.session.commit()
