"""What the pages about a released round ask of the database, of whoever reads them, with an earlier round and many."""

from __future__ import annotations

import pytest
from flask import Flask

from app.measurement.scale import Group
from tests.profiles.made import CATALOG
from tests.profiles.released import Released, release, share, thin
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient
from tests.support.statements import statements

MOST = 12
WRITTEN = ((Group.SCHOOL, 1, "Ze luistert."), (Group.TEAM_LEAD, 2, "Stel meer vragen."))
CELLS = tuple(thin(group, "VM1", 7, 3.4) for group in (Group.COLLEAGUE, Group.SCHOOL))


@pytest.fixture
def people(app: Flask, organisation_id: int) -> dict[str, Persona]:
    team_id = make_team(app, organisation_id)
    return {
        "jet": make_person(app, organisation_id, works_in=[team_id]),
        "lead": make_person(app, organisation_id, roles=["teamleider"], leads=[team_id]),
        "ans": make_person(app, organisation_id),
    }


def pages_of(released: Released, talk_id: int, who: str) -> list[str]:
    slug = CATALOG.competency("VM1").slug
    own = ("/delen",) if who == "jet" else ()
    found = [released.at(rest) for rest in ("", f"/{slug}", "/opmerkingen", "/tabel.xlsx", *own)]
    return [*found, f"/gesprekken/{talk_id}/gids"] if who == "lead" else found


@pytest.mark.parametrize("who", ["jet", "lead", "ans"])
def test_a_page_of_a_round_asks_little_and_no_more_with_a_longer_history(
    app: Flask, client: CheckedClient, people: dict[str, Persona], who: str
) -> None:
    newest = release(app, people["lead"], people["jet"], CELLS, WRITTEN)
    before = release(app, people["lead"], people["jet"], CELLS, WRITTEN, days_ago=400)
    for one in (newest, before):
        share(app, one, people["ans"], with_comments=True)
    talk_id = make_conversation(app, people["jet"], people["lead"], part_id=newest.part_id)
    log_in(client, people[who])
    short = counted(app, client, pages_of(newest, talk_id, who))
    for days_ago in (700, 1000):
        share(app, release(app, people["lead"], people["jet"], CELLS, WRITTEN, days_ago=days_ago), people["ans"],
              with_comments=True)
    long = counted(app, client, pages_of(newest, talk_id, who))
    costly = [f"{address}: {len(asked)}\n    " + "\n    ".join(asked)
              for address, asked in short.items() if len(asked) > MOST]
    assert not costly, "\n".join(costly)
    assert {address: len(asked) for address, asked in long.items()} \
        == {address: len(asked) for address, asked in short.items()}


def counted(app: Flask, client: CheckedClient, addresses: list[str]) -> dict[str, list[str]]:
    """The statements of each page, of the second time it is opened that day."""
    seen = {}
    for address in addresses:
        assert client.get(address).status_code == 200, address
        with statements(app) as asked:
            client.get(address)
        seen[address] = asked
    return seen
