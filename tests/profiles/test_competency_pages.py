"""One competency of a self-assessment from close by."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from tests.profiles.made import AUTUMN, CATALOG, Told, measure
from tests.profiles.support import HOSTILE_TEXT, VM1, links, open_goal, rows, text
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient, text_of, tree_of


@pytest.fixture
def jet(client: CheckedClient, begeleider: Persona) -> Persona:
    log_in(client, begeleider)
    return begeleider


def test_a_competency_from_close_by(app: Flask, client: CheckedClient, jet: Persona) -> None:
    measure(app, jet, "focus", {"VM1": Told([1, 2, 2, 3])}, at=AUTUMN)
    number = measure(app, jet, "focus", {"VM1": Told([4, 2, "niet-gezien", None], "Op de Regenboog.\nIn mei.", 2)})
    page = client.get(f"/profiel/{number}/{VM1}")
    found, whole = rows(page.data), text(page.data)
    assert found["Ik vraag bij de start wat betrokkenen van de begeleiding verwachten."] == [
        "Bijna altijd", "(Nog) niet"
    ]
    assert found["Ik spreek uit wat de school zelf aan het traject moet bijdragen."] == [
        "Kan ik niet zeggenHet kwam niet voor", "Soms"
    ]
    assert found["Ik leg de uitgesproken verwachtingen kort vast."] == ["Overgeslagen", "Vaak"]
    assert "Volgens jezelf doe je dit vaak." in whole
    assert "Vorige keer, op 3 september 2025 2,0 nu 3,0, een verschil van +1,0" in whole
    assert ("Als je terugkijkt: nu denk je dat je dit de vorige keer, op 3 september 2025, ‘soms’ deed. "
            "Toen kwam je zelf op 2,0.") in whole
    assert "Verwachtingsmanagement · onderwerp 1 van 3" in whole
    assert "Op de Regenboog." in whole
    assert ("Dit zou je vaker kunnen laten zien: Ik vertel bij de start wat betrokkenen van de begeleiding kunnen "
            "verwachten. nu: soms") in whole
    assert "Een niveau is iets anders dan een score." in whole
    assert "Niveaus van verwachtingsmanagement" in whole
    assert "3 Zelfstandig" in found
    assert "Voer een startgesprek met het verwachtingencanvas" in whole      # from the library
    assert links(page.data)["Maak hier een doel van"] == \
        f"/ontwikkelplan/doelen/nieuw?competentie={VM1}&meting={number}"
    assert links(page.data)["Volgend onderwerp: Hulpvraag verhelderen en opbrengsten bepalen"] == \
        f"/profiel/{number}/vraag-expliciteren"


def test_the_look_back_stands_beside_the_last_score_of_that_competency(
    app: Flask, client: CheckedClient, jet: Persona
) -> None:
    measure(app, jet, "tweede", at=AUTUMN, rest=2)
    measure(app, jet, "focus", at=AUTUMN + dt.timedelta(days=30), rest=4)
    number = measure(app, jet, "tweede", {"VM1": Told([3, 3, 3, 3], look_back=1)})
    whole = text(client.get(f"/profiel/{number}/{VM1}").data)
    assert "de vorige keer, op 3 oktober 2025, ‘(nog) niet’ deed. Toen kwam je zelf op 4,0." in whole
    assert "Vorige keer, op 3 oktober 2025 4,0 nu 3,0, een verschil van −1,0" in whole


def test_a_competency_stands_beside_the_last_one_that_measured_it(
    app: Flask, client: CheckedClient, jet: Persona
) -> None:
    measure(app, jet, "tweede", at=AUTUMN, rest=2)
    measure(app, jet, "focus", at=AUTUMN + dt.timedelta(days=30), rest=4)
    number = measure(app, jet, "tweede", {"ZG1": Told([None] * 3)})
    assert "Vorige keer is 3 oktober 2025." in text(client.get("/profiel").data)
    found = rows(client.get("/profiel").data)
    assert found["Reflecteren en leren"][1:3] == ["–", "–niet te vergelijken"]
    close = text(client.get(f"/profiel/{number}/reflecteren").data)
    assert "Vorige keer, op 3 september 2025 2,0 nu 3,0, een verschil van +1,0" in close
    slug = CATALOG.competency("ZG1").slug
    assert "Doel van je functie 3,5 Vorige keer, op 3 september 2025 2,0" in text(
        client.get(f"/profiel/{number}/{slug}").data
    )


def test_a_competency_without_a_score_says_why(app: Flask, client: CheckedClient, jet: Persona) -> None:
    number = measure(app, jet, "focus", {"VM1": Told(["nvt", "nvt", "nvt", "nvt"])})
    whole = text(client.get(f"/profiel/{number}/{VM1}").data)
    assert "In dit zelfbeeld niet gemeten. Je krijgt een score als je op minstens de helft" in whole
    assert "Je gaf hier nog geen antwoord." in whole
    assert "Doel van je functie 3,5" in whole
    assert "0,5 zegt weinig" not in whole


def test_anchors_come_from_the_role_where_the_aspect_has_none(app: Flask, client: CheckedClient, jet: Persona) -> None:
    number = measure(app, jet, "volledig")
    whole = text(client.get(f"/profiel/{number}/afspraken-uren-vastleggen").data)
    assert "Niveaus van de rol administrateur" in whole
    assert "Legt afspraken vooral in het eigen hoofd" in whole
    assert "Een niveau is" not in text(client.get(f"/profiel/{number}/vakkennis").data)


def test_what_already_is_a_goal_says_so(app: Flask, client: CheckedClient, jet: Persona) -> None:
    number = measure(app, jet, "focus")
    with app.app_context():
        open_goal(jet, "VM1")
    assert "je werkt hieraan" in text(client.get("/profiel").data)
    page = client.get(f"/profiel/{number}/{VM1}")
    assert "Je hebt hier een doel van gemaakt." in text(page.data)
    assert "Maak hier een doel van" not in links(page.data)
    assert "Maak hier een doel van" in links(client.get(f"/profiel/{number}/vraag-expliciteren").data)


def test_what_somebody_typed_is_shown_as_typed(app: Flask, client: CheckedClient, jet: Persona) -> None:
    number = measure(app, jet, "focus", {"VM1": Told([3, 3, 3, 3], HOSTILE_TEXT)})
    page = client.get(f"/profiel/{number}/{VM1}")       # the client refuses a page with a script in it
    shown = next(text_of(quote) for quote in tree_of(page.data).iter("blockquote") if quote.get("dir") == "auto")
    assert shown == " ".join(HOSTILE_TEXT.split())
