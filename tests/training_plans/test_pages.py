"""The pages of the opleidingsplan, for HR."""

from __future__ import annotations

from flask import Flask

from tests.support.pages import CheckedClient
from tests.support.training_plans import Dienst

LIST = "/opleidingen/plan"
NEW = f"{LIST}/nieuw"


def at(plan_id: int, rest: str = "") -> str:
    return f"{LIST}/{plan_id}{rest}"


def test_from_nothing_to_a_plan(app: Flask, dienst: Dienst, hilde: CheckedClient) -> None:
    assert "Hier komt jullie eerste plan." in hilde.get(LIST).text
    made = hilde.submit(hilde.get(NEW), {"name": "Plan A", "budget": "€ 6.000", "hours": "40"}, to=NEW)
    assert made.status_code == 303
    page = hilde.get(made.location).text
    for said in ("Plan A", "De planner is bezig", "Leren luisteren", "Wensen ophalen"):
        assert said in page
