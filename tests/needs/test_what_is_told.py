"""How the pages of the behoefte speak of figures that are made of parts: what they add up, and of when."""

from __future__ import annotations

import csv
import io

from flask import Flask

from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.needs import measured, take_snapshot
from tests.support.pages import CheckedClient, text_of, tree_of

BEHOEFTE = "/opleidingen/behoefte"
VM1 = "Verwachtingen en wensen ophalen"


def people_of(app: Flask, organisation_id: int, team_id: int, count: int) -> list[int]:
    return [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(count)]


def said(client: CheckedClient, address: str = BEHOEFTE) -> str:
    return text_of(tree_of(client.get(address).data))


def line(client: CheckedClient, snapshot_id: int | None) -> list[str]:
    """What the spreadsheet says of VM1."""
    text = client.get(f"{BEHOEFTE}/{snapshot_id}/tabel.csv").data.decode("utf-8-sig")
    return next(row for row in csv.reader(io.StringIO(text), delimiter=";") if row[1] == VM1)


def test_a_total_that_adds_up_words_is_about(
    app: Flask, client: CheckedClient, hr: Persona, team_id: int
) -> None:
    other = make_team(app, hr.organisation_id, "Team Zuid")
    all_of_them = people_of(app, hr.organisation_id, team_id, 8)
    half = people_of(app, hr.organisation_id, other, 6)
    measured(app, hr.organisation_id, {person: {"VM1": 2.0} for person in (*all_of_them, *half[:3])}
             | {person: {"VM1": 4.5} for person in half[3:]})
    taken = take_snapshot(app, hr.organisation_id)
    log_in(client, hr)
    page = said(client)
    assert "ongeveer 11 van 14" in page
    assert "Ongeveer: het getal telt groepen op" in page
    assert line(client, taken)[2] == "ongeveer 11 van 14"
    of_team = said(client, f"{BEHOEFTE}?team={other}")
    assert "3 van 6" in of_team
    assert "ngeveer" not in of_team.replace("op ongeveer dezelfde plaats", "")
