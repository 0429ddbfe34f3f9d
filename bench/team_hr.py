"""What the pages for a teamleider and hr cost: the team page and the coverage of roles for 5, 12 and 50 people.

    .venv-test/bin/python -m bench.team_hr

One process, no network, SQLite: processor time of one request, the median of so many. Everybody was measured twice, by
seven colleagues and six people of schools, has a running plan, a fixed conversation and a round that runs. `first` is
the page made anew, with nothing of its people kept in the process. `x bare` divides by a plain Flask page of the size
of that answer, compressed in the same way, in the same process. `statements` are those of one request.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app.team import words
from app.team.standing import standing
from bench.profile import Asked, bare, keep, median
from tests.support.builders import log_in, make_organisation, make_person, make_team
from tests.support.databases import SqlitePlace
from tests.support.rounds import make_round
from tests.support.statements import statements
from tests.support.teams import make_measured_team

PEOPLE = (5, 12, 50)
TURNS, SLOW_TURNS = 25, 7
HEAD = ("page", "people", "server ms", "kB", "x bare", "statements")
GZIP = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of one dienst, and who asks for it."""

    name: str
    people: int
    client: FlaskClient
    address: str
    before: Callable[[], None] = keep
    turns: int = TURNS


def main() -> int:
    print("| " + " | ".join(HEAD) + " |\n|" + "---|" * len(HEAD))
    with tempfile.TemporaryDirectory() as folder:
        place = SqlitePlace(Path(folder))
        for people in PEOPLE:
            place.restore()
            for page in team_pages(place.app, people):
                row(place.app, page)
    return 0


def forget() -> None:
    """What was made of the people of a team is made anew."""
    standing.cache_clear()
    words.cells.cache_clear()


def team_pages(app: Flask, people: int) -> Iterator[Page]:
    here = make_organisation(app)
    team_id = make_team(app, here)
    lead = make_person(app, here, roles=["teamleider"], leads=[team_id])
    team = make_measured_team(app, people, lead=lead, team_id=team_id, own_view=True)
    make_round(app, lead, team.people)
    client = app.test_client()
    log_in(client, lead)
    yield Page("team", people, client, team.at())
    yield Page("team, first", people, client, team.at(), forget, SLOW_TURNS)
    yield Page("team, onderwerpen", people, client, team.at("?toon=onderwerpen"))
    yield Page("roles of the team", people, client, team.at("/rollen"))


def row(app: Flask, page: Page) -> None:
    """Measures and prints one line."""
    size = len(page.client.get(page.address).data)
    with statements(app) as seen:
        packed = page.client.get(page.address, headers=GZIP)
    assert packed.status_code == 200, packed.status
    spent = median(lambda: page.client.get(page.address, headers=GZIP),
                   Asked(page.name, page.address, page.before, page.turns))
    plain = bare(size)
    base = median(lambda: plain.get("/", headers=GZIP), Asked("bare", "/", keep, page.turns))
    figures = (f"{spent:.1f}", f"{len(packed.data) / 1000:.1f}", f"{spent / base:.1f}", str(len(seen)))
    print(f"| {page.name} | {page.people} | " + " | ".join(figures) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
