"""What is proposed as a goal: on the page of the plan, on a page of its own, and in the form that it leads to."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.development.goals.lifecycle import Step
from app.development.models import SetAside
from app.measurement.scale import Group
from app.web.formats import now
from tests.development.support import (
    MEANS,
    NEW,
    PLAN,
    VM1,
    fill_places,
    form_data,
    goals_in,
    make_goal,
    measure,
    read,
)
from tests.profiles.released import release, rich
from tests.support.builders import Persona
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient, told, tree_of
from tests.support.records import make_plan
from tests.support.statements import statements


def test_an_empty_plan_shows_what_could_become_a_goal(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    assert "Na je eerste zelfbeeld staan hier voorstellen" in read(jet, f"{PLAN}/voorstel")
    measure(app, begeleider, {"V1": 2.9, "VM1": 2.9, "ON1": 4.6})
    page = read(jet)
    assert page.index("Verwachtingen en wensen ophalen") < page.index("Voorstel, omdat")
    assert "alleen zelfbeeld" in page and "Onderhandeling voorbereiden" not in page


@pytest.mark.parametrize("goals", [1, 2])
def test_while_there_is_room_the_plan_proposes_in_short(
    app: Flask, jet: CheckedClient, begeleider: Persona, goals: int
) -> None:
    measure(app, begeleider, {"VM1": 2.4, "V1": 2.9, "ON1": 2.6, "RM1": 2.2, "V2": 2.1})
    for number in range(goals):
        make_goal(app, begeleider, behaviour=f"Doel {number}")
    page = jet.get(PLAN)
    words = told(page.data)
    assert "Ruimte voor nog een doel?" in words and words.count("Voorstel, omdat") == 3
    section = next(one for one in tree_of(page.data).iter("details") if one.get("id") == "voorstel")
    links = [a.attrib["href"] for a in section.iter("a")]
    assert links[-1] == f"{PLAN}/voorstel" and VM1 not in "".join(links)       # she has a goal for that
    there = jet.get(f"{PLAN}/voorstel").text
    for link in links[:-1]:
        address, _hash, anchor = link.partition("#")
        assert address == f"{PLAN}/voorstel" and f'id="{anchor}"' in there


def test_a_full_plan_proposes_nothing(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    measure(app, begeleider, {"V1": 2.9})
    [first, *_others] = fill_places(app, begeleider)
    page = jet.get(PLAN)
    assert "Voorstel, omdat" not in told(page.data) and "bewaren we als idee" in read(jet)
    jet.send(f"{PLAN}/doelen/{first}/zet-stil")
    assert "Ruimte voor nog een doel?" in read(jet)


def test_a_plan_that_stands_still_proposes_too(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    measure(app, begeleider, {"V1": 2.9})
    make_goal(app, begeleider, steps=(Step.PAUSE,))
    assert "Een voorstel uit je profiel" in read(jet)


def test_without_anything_to_propose_the_way_to_all_stays(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    make_goal(app, begeleider)
    assert "Voorstellen uit je profiel" in read(jet)
    measure(app, begeleider, {"V1": 2.9})
    jet.send(f"{PLAN}/voorstel/vakkennis/niet-nu")
    assert "Voorstel, omdat" not in read(jet) and "Voorstellen uit je profiel" in read(jet)


@pytest.mark.parametrize("shown", [False, True])
def test_proposing_beside_goals_keeps_the_page_cheap(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona, shown: bool
) -> None:
    release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 2.8, MEANS)], own_view=False)
    make_conversation(app, begeleider, teamleider, fixed_at=now())
    make_goal(app, begeleider, "netwerken")
    make_plan(app, begeleider, teamleider, shown=shown, running=shown)
    assert "Voorstel, omdat anderen" in read(jet)
    with statements(app) as seen:
        jet.get(PLAN)
    assert len(seen) <= 12, "\n".join(seen)


def test_a_form_begins_with_the_niveau_that_was_agreed(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    make_conversation(app, begeleider, teamleider, fixed_at=now(), levels={"verwachtingsmanagement": 4})
    form = tree_of(jet.get(f"{NEW}?competentie={VM1}").data)
    chosen = [(box.attrib["name"], box.attrib["value"]) for box in form.iterfind(".//input[@type='radio']")
              if "checked" in box.attrib]
    assert chosen == [("level_now", "4")]


def test_a_proposal_becomes_a_goal(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    measure(app, begeleider, {"VM1": 2.4, "V1": 2.9})
    page = jet.get(f"{PLAN}/voorstel")
    link = next(a.attrib["href"] for a in tree_of(page.data).iter("a") if "actie=" in a.attrib.get("href", ""))
    form = jet.get(link)
    ticked = [box.attrib["value"] for box in tree_of(form.data).iterfind(".//input[@name='library']")
              if "checked" in box.attrib]
    assert 2 <= len(ticked) <= 3
    answer = jet.submit(form, form_data(library=ticked))
    assert answer.status_code == 303
    [goal] = goals_in(app, begeleider)
    assert {action.library_code for action in goal.actions} >= set(ticked)
    assert "Verwachtingen en wensen ophalen" not in read(jet, f"{PLAN}/voorstel")


@pytest.mark.parametrize("query", ["actie=bestaat-niet", "actie=" + "x" * 3000, "&".join(["actie=vm-meekijken"] * 500),
                                   "actie=%01"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_any_actions_in_the_address_are_answered(jet: CheckedClient, query: str) -> None:
    assert jet.get(f"{NEW}?competentie={VM1}&{query}").status_code == 200


def test_not_now_is_remembered(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    measure(app, begeleider, {"VM1": 2.4, "V1": 2.9})
    for _ in range(2):
        assert jet.send(f"{PLAN}/voorstel/{VM1}/niet-nu").status_code == 303
    assert "Niet nu: één onderwerp" in read(jet, f"{PLAN}/voorstel")
    assert "Verwachtingen en wensen ophalen" not in read(jet)
    with app.app_context():
        [row] = db.session.scalars(select(SetAside)).all()
        assert (row.competency_code, row.until.month, row.until.day) == ("VM1", 7, 31)
    assert jet.send(f"{PLAN}/voorstel/{VM1}/toch-wel").status_code == 303
    assert "Niet nu" in read(jet, f"{PLAN}/voorstel") and "één onderwerp" not in read(jet, f"{PLAN}/voorstel")
    assert jet.send(f"{PLAN}/voorstel/bestaat-niet/niet-nu").status_code == 404
