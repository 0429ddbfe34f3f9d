"""The guess before a round is read: who is asked for it, what it keeps, and where it leads."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

import pytest
from flask import Flask

from app.assessments.models import Measurement
from app.db import db
from app.profiles.models import Guess
from app.rounds.models import Round
from app.web.formats import date
from tests.profiles.made import CATALOG
from tests.profiles.released import (
    LEAST,
    SIX,
    change_part,
    figures_in,
    main_of,
    read,
    release,
    seen,
    share,
    told,
)
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient
from tests.support.records import make_measurement


def test_before_she_reads_she_may_guess(app: Flask, client: CheckedClient, jet: Persona, tom: Persona) -> None:
    made = release(app, tom, jet, seen(), guess_first=True)
    log_in(client, jet)
    page = read(client, made)
    assert "Voorspel eerst" in page and "Liever meteen lezen" in page
    assert not figures_in(page)
    asked = client.get(made.at())
    assert asked.status_code == 303
    done = client.submit(client.get(asked.location), LEAST, to=asked.location)
    assert (done.status_code, done.location) == (303, made.at())
    page = read(client, made)
    assert "Wat je verwachtte" in page
    assert "Eén van de drie die je noemde, staat ook bij anderen bovenaan." in page or "van de drie die je" in page
    assert "Relatiemanagement (4,2)" in page
    again = client.send(made.at("/voorspelling"), {"seen_most": list(SIX[3:]), "largest_difference": SIX[5]})
    assert again.status_code == 303     # made before reading, and so it stays
    with app.app_context():
        kept = db.session.get_one(Guess, made.measurement_id)
        assert (kept.seen_most, kept.largest_difference, kept.declined) == (list(SIX[:3]), SIX[1], False)


def test_she_may_rather_read_at_once(app: Flask, client: CheckedClient, jet: Persona, tom: Persona) -> None:
    made = release(app, tom, jet, seen(), guess_first=True)
    log_in(client, jet)
    assert client.send(made.at("/voorspelling"), {"decline": "1"}).status_code == 303
    page = read(client, made)
    assert "Voorspel eerst" not in page and "Wat je verwachtte" not in page


@pytest.mark.parametrize("fields", [
    {}, {"seen_most": list(SIX[:2]), "largest_difference": SIX[0]},
    {"seen_most": list(SIX[:4]), "largest_difference": SIX[0]}, {"seen_most": list(SIX[:3])},
    {"seen_most": ["onzin", *SIX[:2]], "largest_difference": SIX[0]},
    {"seen_most": [SIX[0]] * 3, "largest_difference": SIX[0]},
    {"seen_most": list(SIX[:3]), "largest_difference": "HC1"},
])
def test_a_guess_that_is_none_is_asked_again(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona, fields: dict[str, object]
) -> None:
    made = release(app, tom, jet, seen(), guess_first=True)
    log_in(client, jet)
    assert client.send(made.at("/voorspelling"), fields).status_code == 422
    with app.app_context():
        assert db.session.get(Guess, made.measurement_id) is None


EVERYWHERE = ("", "/relaties-verdiepen", "/opmerkingen", "/tabel.xlsx", "?plaatje=focus&erbij=school", "/rapport.pdf")


def test_every_address_of_a_round_waits_for_the_guess_and_is_gone_to_after_it(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = release(app, tom, jet, seen(), guess_first=True)
    log_in(client, jet)
    for address in (*(made.at(rest) for rest in EVERYWHERE), "/profiel"):
        asked = client.get(address)
        assert asked.status_code == 303, address
        assert asked.location.startswith(made.at("/voorspelling?naar=")), address
        assert "Liever meteen lezen" in client.get(asked.location).get_data(as_text=True)
    asked = client.get(made.at("?plaatje=focus&erbij=school"))
    gone = client.submit(client.get(asked.location), {"decline": "1"}, to=asked.location)
    assert (gone.status_code, gone.location) == (303, made.at("?plaatje=focus&erbij=school"))
    for rest in EVERYWHERE[:-1]:
        assert client.get(made.at(rest)).status_code == 200, rest
    assert client.get(made.at("/voorspelling")).location == made.at()       # she was asked once


@pytest.mark.parametrize("going", ["https://elders.example/", "//elders.example", "/\\elders.example", "profiel", ""])
def test_after_the_guess_she_stays_on_this_site(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona, going: str
) -> None:
    made = release(app, tom, jet, seen(), guess_first=True)
    log_in(client, jet)
    to = made.at("/voorspelling?" + urlencode({"naar": going}))
    assert client.send(to, {"decline": "1"}).location == made.at()


def test_who_reads_along_and_where_there_is_nothing_to_guess_nobody_waits(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona, organisation_id: int
) -> None:
    rosa = make_person(app, organisation_id, name="Rosa Mol")
    made = release(app, tom, jet, seen(), guess_first=True)
    share(app, made, rosa, with_comments=True)
    for reader in (tom, rosa):
        log_in(client, reader)
        assert {client.get(made.at(rest)).status_code for rest in EVERYWHERE[:-1]} == {200}
    few = [one for one in seen() if CATALOG.competency(one.competency_code).aspect in SIX[:3]]
    little = release(app, tom, jet, few, guess_first=True, days_ago=2)
    log_in(client, jet)
    for rest in ("", "/opmerkingen", "/tabel.xlsx"):
        assert client.get(little.at(rest)).status_code == 200, rest
    assert client.get(little.at("/voorspelling")).location == little.at()


def test_without_her_own_view_only_the_others_are_guessed(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    made = release(app, tom, jet, seen(), guess_first=True, own_view=False)
    log_in(client, jet)
    asked = client.get(made.at())
    form = client.get(asked.location)
    assert "Welke drie aspecten" in form.text and "jouw kijk" not in form.text
    done = client.submit(form, {"seen_most": [SIX[5], SIX[3], SIX[0]]}, to=asked.location)
    assert (done.status_code, done.location) == (303, made.at())
    page = read(client, made)
    assert "Twee van de drie die je noemde, staan ook bij anderen bovenaan." in page
    assert "het verschil het grootst" not in page and "niet te zeggen" not in page


def test_of_an_earlier_round_she_guesses_nothing_any_more(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    earlier = release(app, tom, jet, seen(), guess_first=True, days_ago=300)
    later = release(app, tom, jet, seen(), guess_first=True)
    log_in(client, jet)
    assert client.get(later.at()).status_code == 303
    assert client.get(earlier.at()).status_code == 200
    assert client.get(earlier.at("/voorspelling")).location == earlier.at()
    assert client.send(earlier.at("/voorspelling"), LEAST).location == earlier.at()
    with app.app_context():
        assert db.session.get(Guess, earlier.measurement_id) is None


def test_the_day_it_closed_is_the_same_everywhere(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona
) -> None:
    """Answers are taken through a day, and the round is closed in the night after it."""
    made = release(app, tom, jet, seen())
    with app.app_context():
        closed_at = db.session.get_one(Measurement, made.measurement_id).closed_at
        planned = db.session.get_one(Round, made.round_id)
        planned.closed_at, planned.closes_on = closed_at, closed_at.date() - dt.timedelta(days=1)
        db.session.commit()
    with app.test_request_context():
        said = f"esloten op {date(closed_at)}"
    log_in(client, jet)
    assert said in read(client, made) and said in told(main_of(client, f"/feedback/{made.part_id}"))
    log_in(client, tom)
    assert said in told(main_of(client, f"/rondes/mensen/{made.part_id}"))


def test_nobody_guesses_for_her(app: Flask, client: CheckedClient, jet: Persona, tom: Persona) -> None:
    made = release(app, tom, jet, seen(), guess_first=True)
    own = make_measurement(app, jet, "focus")
    log_in(client, tom)
    assert client.send(made.at("/voorspelling"), {"decline": "1"}).status_code == 404
    assert "Voorspel eerst" not in read(client, made)
    log_in(client, jet)
    assert client.send(f"/profiel/{own}/voorspelling", {"decline": "1"}).status_code == 404
    change_part(app, made, released_at=None)
    assert client.send(made.at("/voorspelling"), {"decline": "1"}).status_code == 404
