"""What a page asks of the database does not grow with the dienst, nor with somebody's history."""

from __future__ import annotations

import pytest
from flask import Flask

from app.db import db
from app.rounds.models import RoundSubject
from tests.architecture.world import World, may
from tests.support.builders import make_person, make_team
from tests.support.practice import TOOLS, make_sheet
from tests.support.pulses import open_pulse
from tests.support.records import make_evidence, make_goal, make_measurement
from tests.support.rounds import make_round
from tests.support.statements import statements

MOST = 12       # for any page; a query in a loop is far beyond it


def counted(world: World, who: str) -> dict[str, list[str]]:
    """The statements of every page that this person may open."""
    client, seen = world.client(who), {}
    for rule in world.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and may(world, rule, who):
            for things in world.turns(rule, world.own):
                address = world.address(rule, things)
                client.get(address)         # what is kept per process is read once
                with statements(world.app) as asked:
                    client.get(address)
                seen[address] = asked
    return seen


def grow(app: Flask, world: World) -> None:
    """Many more of everything that a page may list."""
    jet = world.people["begeleider"]
    assert jet
    teams = [make_team(app, jet.organisation_id) for _ in range(6)]
    people = [
        make_person(app, jet.organisation_id, works_in=[teams[number % 6], teams[(number + 1) % 6]],
                    invited_only=number % 3 == 0)
        for number in range(24)
    ]
    tom = world.people["teamleider"]
    assert tom
    for state in ("choosing", "open", "released"):
        make_round(app, tom, [jet, *people], state=state)
    with app.app_context():
        for person in people:
            db.session.add(RoundSubject(organisation_id=jet.organisation_id, round_id=world.own["round_id"],
                                        person_id=person.id))
        db.session.commit()
    for _ in range(4):
        make_measurement(app, jet, "focus")
    for slug in ("luisteren", "vraag-expliciteren"):
        goal_id = make_goal(app, jet, slug).goal_id
        make_evidence(app, jet, title=f"Over {slug}", goal_id=goal_id, shown=True, slug=slug)
        open_pulse(app, jet, tom, goal_id)
    for tool in TOOLS:
        make_sheet(app, jet, tool, finished=True)


@pytest.mark.parametrize("who", ["begeleider", "teamleider", "beheerder"])
def test_no_page_asks_more_of_a_bigger_dienst(app: Flask, world: World, who: str) -> None:
    jet = world.people["begeleider"]
    assert jet
    make_measurement(app, jet, "focus")     # so that there is one to compare with
    make_evidence(app, jet, shown=True)     # so that whoever accompanies her has some to read
    small = counted(world, who)
    grow(app, world)
    big = counted(world, who)
    more = [f"{address}: {len(small[address])} → {len(big[address])}\n    " + "\n    ".join(big[address])
            for address in small if len(big[address]) > len(small[address])]
    assert not more
    costly = [f"{address}: {len(asked)}\n    " + "\n    ".join(asked)
              for address, asked in small.items() if len(asked) > MOST]
    assert not costly
