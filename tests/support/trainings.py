"""Puts trainings in the database, committed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import db
from app.trainings import seeding
from app.trainings.entries import Entry, free_code
from app.trainings.models import Training
from app.trainings.rows import entry_of, fill

ENTRY = Entry(
    code="", title="Doorvragen zonder verhoor", form="training", provider="Bureau Noord",
    description="Je oefent doorvragen.\nMet een acteur.", afterwards="Vraag een collega mee te kijken.", hours=12,
    cost_group=2400, cost_person=450, places_min=6, places_max=12, level_from=2, level_to=4,
    competencies=("V4", "VM2"),
)  # fmt: skip


def make_training(app: Flask, organisation_id: int, **others: Any) -> int:
    """One more training of an organisation, like ENTRY but for `others`."""
    with app.app_context():
        taken = set(db.session.scalars(select(Training.code).where(Training.organisation_id == organisation_id)))
        entry = replace(ENTRY, **others)
        training = Training(organisation_id=organisation_id)
        fill(training, replace(entry, code=entry.code or free_code(entry.title, taken)))
        db.session.add(training)
        db.session.commit()
        return training.id


def give_first_trainings(app: Flask, organisation_id: int) -> None:
    """Those that every new organisation begins with."""
    with app.app_context():
        seeding.give_first(organisation_id)
        db.session.commit()


def trainings_of(app: Flask, organisation_id: int) -> list[Entry]:
    """All that is stored, by code."""
    with app.app_context():
        rows = db.session.scalars(select(Training).where(Training.organisation_id == organisation_id)
                                  .options(selectinload(Training.competencies)).order_by(Training.code))
        return [entry_of(row) for row in rows]
