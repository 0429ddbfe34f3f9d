"""A begeleider shares what she thinks of her work with a colleague, sees that it was read, and takes it back; and a
teamleider releases a profile and plans to talk about it.
"""

from __future__ import annotations

import datetime as dt

from flask import Flask
from playwright.sync_api import expect

from app.measurement.scale import Group
from app.web.formats import today
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona, make_person
from tests.support.records import make_measurement
from tests.support.rounds import give_measurement, make_round


def test_a_self_assessment_is_shared_read_and_taken_back(
    app: Flask, windows: Windows, begeleider: Persona, organisation_id: int, team_id: int
) -> None:
    ans = make_person(app, organisation_id, works_in=[team_id], name="Ans Bos")
    own = make_measurement(app, begeleider, "focus")
    jet = windows.open("phone")
    sign_in(jet, begeleider)
    jet.goto(f"/profiel/{own}")
    expect(jet.get_by_text("alleen jij leest dit")).to_be_visible()
    follow(jet.get_by_role("link", name="Deel dit met een collega"))
    assert_accessible(jet)
    jet.get_by_role("button", name="Deel dit").click()
    expect(jet.get_by_role("alert")).to_contain_text("Kies een collega")
    assert_accessible(jet)
    jet.get_by_label("Met wie?").select_option("Ans Bos")
    jet.get_by_role("button", name="Deel dit").click()
    expect(jet.get_by_role("status")).to_contain_text("Gedeeld.")
    assert_accessible(jet)

    colleague = windows.open("desktop")
    sign_in(colleague, ans)
    follow(colleague.get_by_role("link", name="Jet de Vries deelt een profiel met je"))
    assert_accessible(colleague)
    colleague.get_by_role("link", name="Jet de Vries").click()
    expect(colleague.get_by_text("Je leest het zelfbeeld van Jet de Vries.")).to_be_visible()
    assert_accessible(colleague)
    follow(colleague.get_by_role("table").first.get_by_role("link").first)
    expect(colleague.get_by_text("Je leest het zelfbeeld van Jet de Vries.")).to_be_visible()
    assert_accessible(colleague)

    jet.goto(f"/profiel/{own}")
    read_by = jet.get_by_role("region", name="Gelezen door")
    expect(read_by).to_contain_text("Ans Bos")
    assert_accessible(jet)
    read_by.get_by_role("link", name="Je deelt dit met één collega").click()
    jet.get_by_role("button", name="Stop met delen met Ans Bos").click()
    expect(jet.get_by_role("status")).to_contain_text("Je deelt dit niet meer.")
    assert colleague.goto(f"/profiel/{own}").status == 404      # type: ignore[union-attr]
    colleague.goto("/gedeeld")
    expect(colleague.get_by_text("Niemand deelt nu een profiel met je.")).to_be_visible()
    assert_accessible(colleague)


def test_a_profile_is_released_and_its_conversation_planned(
    app: Flask, windows: Windows, teamleider: Persona, begeleider: Persona
) -> None:
    made = make_round(app, teamleider, [begeleider], state="closed", opened_days_ago=40)
    give_measurement(app, made, groups=[Group.SELF, Group.COLLEAGUE], released=False)
    tom = windows.open("phone")
    sign_in(tom, teamleider)
    tom.get_by_role("link", name="Geef het profiel vrij").click()
    expect(tom.get_by_text("te weinig", exact=True)).to_be_visible()
    assert_accessible(tom)
    tom.get_by_label("Dag").fill((today() + dt.timedelta(days=7)).isoformat())
    tom.get_by_role("button", name="Geef het profiel vrij").click()
    expect(tom.get_by_role("alert")).to_contain_text("Kies ook een tijd.")
    assert_accessible(tom)
    tom.get_by_label("Tijd").fill("14:30")
    tom.get_by_role("button", name="Geef het profiel vrij").click()
    expect(tom.get_by_role("status")).to_contain_text("is vrijgegeven")
    assert_accessible(tom)
    with tom.expect_download() as download:
        tom.get_by_role("link", name="Zet het in je agenda").click()
    assert download.value.suggested_filename == "nabespreking.ics"

    jet = windows.open("desktop")
    sign_in(jet, begeleider)
    expect(jet.get_by_text("voordat je het met Tom Bakker bespreekt")).to_be_visible()
    assert_accessible(jet)
    jet.goto(f"/feedback/{made.part_ids[0]}")
    assert_accessible(jet)
    jet.get_by_role("link", name="Wie leest mee").click()
    expect(jet.get_by_text("Ik houd de opmerkingen voor mezelf")).to_be_visible()
    assert_accessible(jet)
