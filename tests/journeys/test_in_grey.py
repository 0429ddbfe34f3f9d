"""The heat map of a team and the matrix of the behoefte on a phone and in grey: nothing rests on a colour alone."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.support.browser import Windows, assert_accessible, sign_in
from tests.support.builders import Persona, make_person
from tests.support.needs import measured, take_snapshot
from tests.support.teams import make_measured_team

LIGHT_OF = """found => found.map(element => {
  const paint = document.createElement("canvas").getContext("2d")
  paint.fillStyle = getComputedStyle(element).backgroundColor
  paint.fillRect(0, 0, 1, 1)
  const [red, green, blue] = paint.getImageData(0, 0, 1, 1).data
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
})"""
APART = 5       # of 255: what an eye tells from its neighbour
TO_DO = ("nu ontwikkelen", "borgen en delen", "kan later", "loslaten")


def grey(windows: Windows, scheme: str, person: Persona, address: str) -> Page:
    page = windows.open("phone", color_scheme=scheme)
    sign_in(page, person)
    page.goto(address)
    page.evaluate("document.documentElement.style.filter = 'grayscale(1)'")
    assert_accessible(page)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_heat_map_in_grey(app: Flask, windows: Windows, scheme: str) -> None:
    """Number and word stand in every cell under the name of its aspect; each tint is a step further than the last."""
    team = make_measured_team(app, 2, waves=(3.4,), work=False)
    page = grey(windows, scheme, team.lead, team.at())
    cells = page.locator(".heat tbody td")
    expect(cells).to_have_count(12)
    for cell in cells.all():
        assert re.fullmatch(r"\d,\d\s+(bijna nooit|soms|vaak|bijna altijd|altijd)", cell.inner_text())
        assert cell.get_attribute("data-l")
    light = page.locator(".legend span").evaluate_all(LIGHT_OF)
    steps = [after - before for before, after in pairwise(light)]
    assert len(steps) == 4
    assert all(step > APART for step in steps) or all(step < -APART for step in steps), light


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_matrix_in_grey(app: Flask, windows: Windows, hr: Persona, team_id: int, scheme: str) -> None:
    """The picture has numbers and the words of its panes; the table says of each aspect and subject what to do."""
    people = [make_person(app, hr.organisation_id, works_in=[team_id]).id for _ in range(6)]
    measured(app, hr.organisation_id, {person: {"VM1": 2.0, "VM2": 3.5, "AC1": 3.8, "AC2": 2.6} for person in people})
    take_snapshot(app, hr.organisation_id)
    page = grey(windows, scheme, hr, "/opleidingen/behoefte")
    picture = page.get_by_role("img", name="Belang en verschil per aspect")
    drawn = picture.locator("text").all_text_contents()
    expect(page.locator("ol.plain-list li")).to_have_text([re.compile(f"^{number}") for number in (1, 2)])
    assert {"1", "2"} <= set(drawn)
    assert {word.casefold() for word in drawn} >= set(TO_DO)
    told = page.locator("td[data-l='Wat te doen']").all_text_contents()
    assert len(told) == 6
    assert all(one.startswith(TO_DO) for one in told), told
