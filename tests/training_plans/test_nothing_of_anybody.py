"""HR learns nothing of anybody from a plan: it is a function of the published figures.

With the same figures and other scores behind them, every page and file of HR is the same to the byte.
"""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from app.assessments.models import StoredCell
from app.db import db
from app.training_plans import solving
from tests.support.builders import make_person
from tests.support.needs import measured
from tests.support.pages import TOKEN, CheckedClient
from tests.support.training_plans import WISH, Dienst, make_training_plan

PLACES = ("", "?versie=snel", "/wensen", "/stand", "/plan.csv", "/plan.xlsx")


def others(app: Flask, seed: int) -> None:
    """Everybody scores something else."""
    drawn = random.Random(seed)
    with app.app_context():
        for cell in db.session.scalars(select(StoredCell)):
            cell.mean = drawn.randint(10, 50) / 10
        db.session.commit()


def inside(workbook: bytes) -> bytes:
    """Everything but the moment at which it was made."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return b"".join(parts.read(name) for name in sorted(parts.namelist()) if name != "docProps/core.xml")


def seen(client: CheckedClient, plan_id: int, training_ids: list[int]) -> dict[str, bytes]:
    addresses = ["/opleidingen/plan", "/opleidingen/plan/nieuw", "/voortgang"]
    addresses += [f"/opleidingen/plan/{plan_id}{rest}" for rest in PLACES]
    addresses += [f"/opleidingen/plan/{plan_id}/eigen/{training_id}" for training_id in training_ids]
    found = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        found[address] = inside(answer.data) if address.endswith(".xlsx") else TOKEN.sub(rb"\1-", answer.data)
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_other_people_behind_the_same_figures_change_nothing(app: Flask, dienst: Dienst, hilde: CheckedClient,
                                                             seed: int) -> None:
    people = [make_person(app, dienst.organisation_id, works_in=[team]) for team in dienst.teams.values()
              for _ in range(6)]
    measured(app, dienst.organisation_id, {one.id: {"V4": 2.0, "VM2": 2.5} for one in people})
    trainings = list(dienst.trainings.values())
    plan_id = make_training_plan(app, dienst.organisation_id, solved=True)
    before = seen(hilde, plan_id, trainings)
    others(app, seed)
    assert seen(hilde, plan_id, trainings) == before
    with app.app_context():     # and solved once more, on the same figures
        solving.solve(plan_id, seconds=20, beat=0.05)
    hilde.send(f"/opleidingen/plan/{plan_id}/reken", {"revision": "0"})
    with app.app_context():
        solving.solve(plan_id, seconds=20, beat=0.05)
    address = f"/opleidingen/plan/{plan_id}/plan.csv"
    assert hilde.get(address).data == before[address]
    anew = make_training_plan(app, dienst.organisation_id, replace(WISH, name="Nog een"), solved=True)
    assert hilde.get(f"/opleidingen/plan/{anew}/plan.csv").data == before[address]
