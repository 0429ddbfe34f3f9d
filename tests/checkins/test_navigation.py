"""Which entry of the main navigation is marked on pages about a plan, a tussenstand and a korte vraag."""

from __future__ import annotations

from flask import Flask

from tests.support.builders import Persona
from tests.support.check_ins import shown
from tests.support.pages import CheckedClient, told, tree_of
from tests.support.pulses import begin_pulse
from tests.support.records import MadeGoal


def marked(client: CheckedClient, address: str) -> list[str]:
    """The entries that say that one is there."""
    page = client.get(address)
    assert page.status_code == 200, address
    return ["".join(link.itertext()).strip() for nav in tree_of(page.data).iter("nav") for link in nav.iter("a")
            if link.get("aria-current") in ("page", "true")]


def test_the_entry_of_the_plan_is_marked(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, jet: CheckedClient, tom: CheckedClient
) -> None:
    address = shown(jet, plan_id, goal)
    assert "Ontwikkelplan" in marked(jet, address)
    for theirs in (address, f"/ontwikkelplan/van/{plan_id}", f"/dossier/van/{begeleider.id}"):
        assert "Gesprekken" in marked(tom, theirs)
    pulse = begin_pulse(app, begeleider, goal.goal_id)
    for part in ("", "/mensen"):
        found = marked(jet, f"/feedback/{pulse.part_id}{part}")
        assert "Ontwikkelplan" in found and "Metingen" not in found


def test_what_she_shows_has_a_way_back(begeleider: Persona, plan_id: int, tom: CheckedClient) -> None:
    assert 'href="/gesprekken"' in tom.get(f"/dossier/van/{begeleider.id}").text.split("<main")[1]


def test_after_she_showed_it_she_is_not_asked_to_begin(plan_id: int, goal: MadeGoal, jet: CheckedClient) -> None:
    page = told(jet.get(shown(jet, plan_id, goal)).data)
    assert "Tom leest mee." in page and "Kijk in tien minuten" not in page
