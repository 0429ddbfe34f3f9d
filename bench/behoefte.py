"""What the behoefte costs: a dienst of 200, 2,000 and 20,000 people in teams of twenty, of whom all were measured.

    .venv-test/bin/python -m bench.behoefte

One process, no network, SQLite. `taking`: a momentopname, made by the worker, in seconds. `page`: the behoefte of the
whole dienst, processor time of one request, the median of so many; `team`: that of one team. `statements` are those of
one request, `kB` what goes over the line.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from app.accounts.models import Account
from app.assessments.models import Measurement, StoredCell
from app.competencies.queries import current_framework
from app.db import db
from app.needs import taking
from app.organisations.models import Team
from app.people.models import Membership, Person
from app.rounds.models import Round, RoundSubject
from app.web.formats import now, today
from tests.support.builders import log_in, make_organisation, make_person
from tests.support.databases import SqlitePlace
from tests.support.statements import statements

SIZES = (200, 2_000, 20_000)
TEAM_OF, TURNS = 20, 60
HEAD = ("people", "taking s", "what", "server ms", "kB", "statements", "beside the first")
GZIP = {"Accept-Encoding": "gzip"}


def main() -> int:
    print(" | ".join(HEAD))
    first: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        place = SqlitePlace(Path(folder))
        for size in SIZES:
            place.restore()
            here = make_organisation(place.app)
            fill(place.app, here, size)
            took = take(place.app, here)
            client = place.app.test_client()
            log_in(client, make_person(place.app, here, roles=["hr"]))
            for what, address in (("page", "/opleidingen/behoefte"), ("team", "/opleidingen/behoefte?team=3")):
                spent, sent, seen = asked(place.app, client, address)
                first.setdefault(what, spent)
                print(f"| {size} | {took:.1f} | {what} | {spent:.2f} | {sent / 1000:.1f} | {seen} | "
                      f"{spent / first[what]:.2f} |", flush=True)
    return 0


def fill(app: Flask, here: int, size: int) -> None:
    """Everybody a begeleider, with a released round in which people of a school scored every competency."""
    with app.app_context():
        version = current_framework()
        codes = [one.code for one in version.catalog.competencies]
        at = now()
        held = Round(organisation_id=here, name="Ronde", purpose="", state="released", closed_at=at, created_at=at,
                     framework_version_id=version.version_id, choose_until=today(), opens_on=today(),
                     closes_on=today(), reminder_days=[])
        db.session.add(held)
        db.session.flush()
        of = {"organisation_id": here}
        ids, teams = range(1, size + 1), range(1, size // TEAM_OF + 1)
        put(Team, [{**of, "id": team, "name": f"Team {team}"} for team in teams])
        put(Account, [{**of, "id": one, "email": f"{one}@dienst.example"} for one in ids])
        put(Person, [{**of, "id": one, "account_id": one, "name": f"Mens {one}", "roles": {"begeleider"},
                      "clusters": set(), "sectors": set(), "active": True} for one in ids])
        put(Membership, [{**of, "person_id": one, "team_id": 1 + one % len(teams), "leads": False} for one in ids])
        put(Measurement, [{**of, "id": one, "subject_id": one, "framework_version_id": version.version_id,
                           "question_set": "kern", "closed_at": at} for one in ids])
        put(RoundSubject, [{**of, "round_id": held.id, "person_id": one, "measurement_id": one, "released_at": at}
                           for one in ids])
        for number, code in enumerate(codes):
            put(StoredCell, [
                {**of, "measurement_id": one, "rater_group": "school", "item_code": code, "raters": 6,
                 "mean": 2 + (one * 7 + number * 3) % 25 / 10, "indicator_means": {}, "spread": 0.7} for one in ids
            ])
        db.session.commit()


def put(table: Any, rows: list[dict[str, Any]]) -> None:
    db.session.execute(insert(table), rows)


def take(app: Flask, here: int) -> float:
    begun = time.perf_counter()
    with app.app_context():
        taking.take_now(here)
        db.session.commit()
    return time.perf_counter() - begun


def asked(app: Flask, client: FlaskClient, address: str) -> tuple[float, int, int]:
    """Milliseconds of processor time, bytes, statements."""
    with statements(app) as seen:
        packed = client.get(address, headers=GZIP)
    assert packed.status_code == 200, packed.status
    spent = []
    for _ in range(TURNS):
        begun = time.process_time()
        client.get(address, headers=GZIP)
        spent.append((time.process_time() - begun) * 1000)
    return statistics.median(spent), len(packed.data), len(seen)


if __name__ == "__main__":
    sys.exit(main())
