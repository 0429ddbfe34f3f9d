"""The first trainings: the file is whole, each fault is told with its place, and every organisation gets them once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import cli
from app.competencies.seeding import FRAMEWORK
from app.db import db
from app.organisations import services as organisations
from app.trainings import seeding
from app.trainings.seeding import TRAININGS
from tests.support.builders import make_organisation
from tests.support.seeds import Edit, change, faults, seeds
from tests.support.trainings import ENTRY, make_training, trainings_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return seeds(tmp_path, FRAMEWORK, TRAININGS)


def first(**values: object) -> Edit:
    return lambda document: document["trainings"][0].update(values)


def test_the_file_is_whole() -> None:
    assert not seeding.check(cli.SEED)
    catalogue = seeding.read_first()
    assert len(catalogue.trainings) == 25
    assert {one.form for one in catalogue.trainings} == set(catalogue.names), "every form is used"


@pytest.mark.parametrize(("edit", "place", "message"), [
    (first(form="zwemmen"), "trainings startgesprek › form", "zwemmen bestaat niet"),
    (first(competencies=["XX9"]), "trainings startgesprek › competencies", "XX9 bestaat niet in het raamwerk"),
    (first(competencies=["VM1", "VM1"]), "trainings startgesprek › competencies", "VM1 staat er twee keer in"),
    (first(competencies=[]), "trainings startgesprek › competencies", "mag niet leeg zijn"),
    (first(from_level=4), "trainings startgesprek › to_level", "mag niet lager zijn dan from_level (4)"),
    (first(to_level=6), "trainings startgesprek › to_level", "is te groot"),
    (first(hours=0), "trainings startgesprek › hours", "is te klein"),
    (first(hours=401), "trainings startgesprek › hours", "is te groot"),
    (first(costs={"per_group": None, "per_person": None}), "trainings startgesprek › costs", "er is geen enkele prijs"),
    (first(costs={"per_group": -1, "per_person": None}), "trainings startgesprek › costs › per_group", "is te klein"),
    (first(places={"least": 9, "most": 8}), "trainings startgesprek › places › most",
     "mag niet lager zijn dan least (9)"),
    (first(title=""), "trainings startgesprek › title", "lege tekst"),
    (first(title="Van klacht naar hulpvraag naar opbrengst"), "trainings",
     "de titel ‘Van klacht naar hulpvraag naar opbrengst’ komt vaker voor"),
    (first(code="Start.Gesprek"), "trainings Start.Gesprek › code",
     "mag alleen kleine letters, cijfers en streepjes hebben"),
    (first(code="netwerken"), "trainings netwerken", "code komt vaker voor"),
    (first(dagdelen=2), "trainings startgesprek › dagdelen", "onbekende sleutel"),
    (lambda document: document.pop("forms"), "forms", "ontbreekt"),
])  # fmt: skip
def test_each_fault_is_told_with_its_place(folder: Path, edit: Edit, place: str,
                                           message: str) -> None:
    change(folder / TRAININGS, edit)
    assert f"{place}: {message}" in faults(seeding.check(folder), TRAININGS)


def test_seed_check_looks_at_it(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["seed", "check"])
    assert answer.exit_code == 0, answer.output
    assert seeding in cli.SEEDED


def test_a_new_organisation_begins_with_them(app: Flask) -> None:
    with app.app_context():
        made = organisations.create("Dienst Oost").id
        db.session.commit()
    there = trainings_of(app, made)
    assert there == sorted((one.entry for one in seeding.read_first().trainings), key=lambda entry: entry.code)


def test_loading_gives_them_once_and_to_who_never_had_any(app: Flask) -> None:
    empty, own = make_organisation(app, "Dienst West"), make_organisation(app, "Dienst Oost")
    make_training(app, own)
    for _ in range(2):
        with app.app_context():
            seeding.load(cli.SEED)
            db.session.commit()
    assert len(trainings_of(app, empty)) == 25
    assert [entry.title for entry in trainings_of(app, own)] == [ENTRY.title]


def test_what_an_organisation_changed_stays(app: Flask) -> None:
    own = make_organisation(app, "Dienst Oost")
    make_training(app, own, retired=True, hours=9)
    with app.app_context():
        seeding.load(cli.SEED)
        db.session.commit()
    assert trainings_of(app, own) == [replace(ENTRY, code="doorvragen-zonder-verhoor", retired=True, hours=9)]
