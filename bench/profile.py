"""What reading a profile costs: 5, 12 and 40 raters, and 1, 5 and 10 rounds of the same person.

    .venv-test/bin/python -m bench.profile

One process, no network, SQLite: processor time of one request, the median of so many. `page` is the profile as its
process has kept it, `first` the same page made anew. `report` and `table` are always made anew. `x bare` divides by a
plain Flask page of the size of that answer, compressed in the same way, in the same process. `statements` are those of
one request.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import reload
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app.measurement.scale import Group
from app.measurement.scoring import Cell
from app.profiles import round_page
from tests.profiles.made import CATALOG
from tests.profiles.released import Released, release
from tests.support.builders import Persona, log_in, make_organisation, make_person, make_team
from tests.support.databases import SqlitePlace
from tests.support.pages import CheckedClient
from tests.support.statements import statements

SIZES = ((5, 1), (12, 1), (40, 1), (12, 5), (12, 10))        # raters, rounds
TURNS, SLOW_TURNS = 25, 5
HEAD = ("raters", "rounds", "what", "server ms", "kB", "x bare", "statements")
GZIP = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to ask for; `before` makes the process forget what it kept."""

    what: str
    address: str
    before: Callable[[], None]
    turns: int


def main() -> int:
    print(" | ".join(HEAD))
    with tempfile.TemporaryDirectory() as folder:
        place = SqlitePlace(Path(folder))
        for raters, rounds in SIZES:
            place.restore()
            client, made = reader(place.app, raters, rounds)
            for asked in (
                Asked("page", made.at(), keep, TURNS), Asked("first", made.at(), forget, TURNS),
                Asked("report", made.at("/rapport.pdf"), forget, SLOW_TURNS),
                Asked("table", made.at("/tabel.xlsx"), forget, TURNS),
            ):  # fmt: skip
                row(place.app, client, asked, raters, rounds)
    return 0


def keep() -> None:
    """What was made stays."""


def forget() -> None:
    for kept in (round_page.body, round_page.made):
        kept.cache_clear()


def reader(app: Flask, raters: int, rounds: int) -> tuple[FlaskClient, Released]:
    """The subject, signed in, and the newest of her rounds, half a year apart."""
    here = make_organisation(app)
    team = make_team(app, here)
    jet = make_person(app, here, works_in=[team])
    tom = make_person(app, here, roles=["teamleider"], leads=[team])
    for number in reversed(range(rounds)):
        made = one_round(app, tom, jet, raters, number)
    app.test_client_class = CheckedClient
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    log_in(client, jet)
    app.test_client_class = None
    plain = app.test_client()
    log_in(plain, jet)
    return plain, made


def one_round(app: Flask, organiser: Persona, subject: Persona, raters: int, number: int) -> Released:
    counts = {Group.COLLEAGUE: (raters + 1) // 2 if raters > 5 else raters, Group.SCHOOL: raters // 2}
    cells = [
        Cell(group, page.competency.code, count, round(2.5 + (at + number) % 8 / 5, 1), {}, 0.7,
             "verdeeld" if count >= 5 else None)
        for group, count in counts.items() if count >= 3
        for at, page in enumerate(CATALOG.asked("kern", group)) if len(page.codes) > 1
    ]  # fmt: skip
    return release(app, organiser, subject, cells, raters=counts, own_view=number == 0, days_ago=5 + 190 * number)


def row(app: Flask, client: FlaskClient, asked: Asked, raters: int, rounds: int) -> None:
    size = len(client.get(asked.address).data)
    with statements(app) as seen:
        packed = client.get(asked.address, headers=GZIP)
    assert packed.status_code == 200, packed.status
    spent = median(lambda: client.get(asked.address, headers=GZIP), asked)
    plain = bare(size)
    base = median(lambda: plain.get("/", headers=GZIP), asked)
    figures = (f"{spent:.2f}", f"{len(packed.data) / 1000:.1f}", f"{spent / base:.1f}", str(len(seen)))
    print(f"| {raters} | {rounds} | {asked.what} | " + " | ".join(figures) + " |", flush=True)


def median(work: Callable[[], object], asked: Asked) -> float:
    """Milliseconds of processor time."""
    spent = []
    for _ in range(asked.turns):
        asked.before()
        begun = time.process_time()
        work()
        spent.append((time.process_time() - begun) * 1000)
    return statistics.median(spent)


def bare(size: int) -> FlaskClient:
    from bench import bare as page

    os.environ["BARE_BYTES"] = str(size)
    return reload(page).app.test_client()


if __name__ == "__main__":
    sys.exit(main())
