"""Checking the first trainings, and giving every organisation a copy of its own, once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from app.competencies.seedfile import Problem
from app.competencies.seeding import SEED, problems_beside, read_whole
from app.db import db
from app.organisations.models import Organisation
from app.trainings import catalogue
from app.trainings.catalogue import FirstCatalogue
from app.trainings.models import Training
from app.trainings.rows import fill

TRAININGS = "trainings.yaml"


def check(folder: Path) -> list[Problem]:
    """Every problem in the file, also where it does not fit the framework. Needs no database."""
    return problems_beside(folder, TRAININGS, FirstCatalogue, catalogue.problems)


def load(folder: Path) -> None:
    """Give them to every organisation that never had any: it retires a training, and never removes one. Flushes only.

    Raises ValueError when the file has problems: check first.
    """
    first = read_first(folder)
    without = select(Organisation.id).where(Organisation.id.not_in(select(Training.organisation_id)))
    for organisation_id in db.session.scalars(without).all():
        _give(organisation_id, first)


def give_first(organisation_id: int) -> None:
    """To a new organisation. Flushes only."""
    _give(organisation_id, read_first())


def forms() -> Mapping[str, str]:
    """The forms in which a training can be given: names by code."""
    return read_first().names


@lru_cache(maxsize=4)
def read_first(folder: Path = SEED) -> FirstCatalogue:
    """The first trainings in the folder. Raises ValueError when the file has problems: check first."""
    return read_whole(folder / TRAININGS, FirstCatalogue)


def _give(organisation_id: int, first: FirstCatalogue) -> None:
    for one in first.trainings:
        training = Training(organisation_id=organisation_id)
        fill(training, one.entry)
        db.session.add(training)
    db.session.flush()
