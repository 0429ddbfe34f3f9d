"""What the page of a team says in words: of whom what changed, by name, and no surer than the figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import update

from app.assessments.models import StoredCell
from app.db import db
from app.measurement.growth import Word, word_of
from app.measurement.uncertainty import Band
from app.team.changes import Change
from app.team.standing import Shows, standing
from app.web.formats import today
from tests.profiles.released import change_part, release
from tests.support.builders import Persona, make_person
from tests.support.pages import CheckedClient, browser_of, text_of, tree_of
from tests.support.teams import RADAR, MadeTeam, cells, make_measured_team
from tests.team.test_standing import measured

SYSTEM = RADAR.index("systeeminzicht")


def told(client: CheckedClient, address: str) -> list[str]:
    """The lines under the heading, from top to bottom; none where it does not stand there."""
    answer = client.get(address)
    assert answer.status_code == 200
    sections = tree_of(answer.data).iter("section")
    section = next(one for one in sections if one.get("aria-labelledby") == "zelf-en-anderen")
    children = list(section)
    heading = next((place for place, one in enumerate(children) if one.get("id") == "veranderd"), None)
    return [] if heading is None else [text_of(line) for line in children[heading + 2].iter("li")]


def measure(app: Flask, team: MadeTeam, person: Persona, *means: float, aspects: Sequence[str] = RADAR) -> None:
    """The newest first; `aspects`: what the others saw before."""
    for wave in reversed(range(len(means))):
        seen = cells(means[wave], aspects=aspects if wave else RADAR)
        release(app, team.lead, person, seen, days_ago=10 + 200 * wave)


@pytest.mark.parametrize(("error", "word", "reach"), [
    ("0.375", Word.SEEMS_TO_GROW, Band(0.0, 1.0)), ("0.25", Word.VISIBLE_GROWTH, Band(0.2, 0.8)),
    ("0.4", Word.NO_CLEAR_DIFFERENCE, Band(0.0, 1.0)),
])  # fmt: skip
def test_between_what_a_change_lies(error: str, word: Word, reach: Band) -> None:
    """3.3 (SE .28) → 3.8 (SE .25), and what is surer and less sure: 0.5 ± 1.28·SE_Δ (measurement.md §6)."""
    assert word_of(Fraction("0.5"), float(error)) is word
    assert Change(word, Fraction("0.5"), float(error), Fraction("3.8"), (0.28, 0.25), 10).reach == reach


def test_what_changed_stands_by_its_word_growth_first() -> None:
    now = [*cells(4.0, aspects=RADAR[:2]), *cells(2.5, aspects=RADAR[2:3]), *cells(3.1, aspects=RADAR[3:])]
    found = standing(measured(now), measured(cells(3.1))).changed(Shows.ASPECTS, reversed(RADAR))
    assert {word: [code for code, _ in of] for word, of in found.items()} == {
        Word.VISIBLE_GROWTH: [RADAR[1], RADAR[0]],
        Word.NO_CLEAR_DIFFERENCE: [RADAR[5], RADAR[4], RADAR[3]],
        Word.VISIBLY_LESS: [RADAR[2]],
    }
    assert list(found) == [Word.VISIBLE_GROWTH, Word.NO_CLEAR_DIFFERENCE, Word.VISIBLY_LESS]


def test_everybody_by_name_with_what_changed(app: Flask) -> None:
    team = make_measured_team(app, 5, waves=(), work=False)
    amira, bas, carla, daan, esther = team.people
    measure(app, team, esther, 3.4, 2.9)
    measure(app, team, daan, 2.6, 3.4)
    measure(app, team, carla, 3.4, 3.4)
    measure(app, team, bas, 3.4)
    measure(app, team, amira, 3.4, 2.9, aspects=RADAR[SYSTEM:SYSTEM + 1])
    make_person(app, team.organisation_id, works_in=[team.id], name="Fenna van 't Hof")      # never measured
    lead = browser_of(app, team.lead)
    lines = told(lead, team.at())
    assert [line.split(". ")[0] for line in lines] == [
        amira.name, daan.name, esther.name, "Geen duidelijk verschil, voor zover te vergelijken",
        "Nog niets om mee te vergelijken"]
    assert lines[0] == (f"{amira.name}. Lijkt te groeien, nog onzeker: Systeeminzicht (+0,5, tussen +0,1 en +0,9).")
    assert lines[1].startswith(f"{daan.name}. Minder vaak gezien dan vorige keer: ")
    assert "Zakelijk gevoel (−0,8, tussen −1,1 en −0,5)" in lines[1] and lines[2].count("+0,5, tussen") == 6
    assert lines[3:] == [f"Geen duidelijk verschil, voor zover te vergelijken. {carla.name}.",
                         f"Nog niets om mee te vergelijken. {bas.name}."]
    for order in ("meting", "gesprek", "score"):
        assert told(lead, team.at(f"?volgorde={order}")) == lines
    of_roles = told(lead, team.at("?toon=rollen"))
    assert "Netwerker (+0,5, tussen" in next(line for line in of_roles if line.startswith(esther.name))
    assert of_roles[-1] == lines[-1]


def test_of_what_may_not_be_read_no_word_is_said(app: Flask) -> None:
    """Not of the newest, and so not of what changed; whatever its figures are, it reads the same."""
    team = make_measured_team(app, 3, work=False)
    shut = team.rounds[team.people[1].id][0]
    change_part(app, shut, lead_reads_from=today() + dt.timedelta(days=11))
    lead = browser_of(app, team.lead)
    page = lead.get(team.at()).data
    lines = told(lead, team.at())
    assert [line.split(". ")[0] for line in lines] == [
        team.people[0].name, team.people[2].name, "Nog niets om mee te vergelijken"]
    assert lines[2].endswith(f"{team.people[1].name}.")
    with app.app_context():
        db.session.execute(update(StoredCell).where(StoredCell.measurement_id == shut.measurement_id).values(mean=1.7))
        db.session.commit()
    assert lead.get(team.at()).data == page


def test_without_an_earlier_round_of_anybody_there_are_no_words(app: Flask) -> None:
    team = make_measured_team(app, 2, waves=(3.4,), work=False)
    assert told(browser_of(app, team.lead), team.at()) == []
