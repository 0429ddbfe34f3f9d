"""The profile as its maker sees it, and that nobody else does."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm.attributes import flag_modified

from app.assessments.models import SelfAssessment, StoredCell
from app.competencies.models import FrameworkVersion
from app.db import db
from tests.profiles.made import AUTUMN, SPRING, Told, measure
from tests.profiles.support import VM1, cost, links, rows, said, text, unmeasured
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient, text_of, tree_of


@pytest.fixture
def jet(client: CheckedClient, begeleider: Persona) -> Persona:
    log_in(client, begeleider)
    return begeleider


def test_before_the_first_self_assessment_the_page_says_how_to_start(client: CheckedClient, jet: Persona) -> None:
    page = client.get("/profiel")
    assert "Hier komt je profiel. Het begint met je zelfbeeld: ongeveer 12 minuten." in text(page.data)
    assert links(page.data)["Begin met mijn zelfbeeld"] == "/zelfbeeld"


def test_the_numbers_on_the_page_are_those_of_the_rules(app: Flask, client: CheckedClient, jet: Persona) -> None:
    measure(app, jet, "tweede", {
        "VM1": Told([4, 5, 4, 4]),                      # 4,25 → 4,3
        "VM2": Told([4, 3, "nvt", None]),               # half answered: 3,5
        "VM3": Told([5, "nvt", "niet-gezien", None]),   # too little: not measured
        "AC3": Told([1, 1, 2, 2]),                      # 1,5, and the largest need: (3,0 − 1,5) × 4
    })
    page = client.get("/profiel")
    found = rows(page.data)
    assert found["Verwachtingen en wensen ophalen"] == ["4,3", "3,5", "Op of boven je doel"]
    assert found["Hulpvraag verhelderen en opbrengsten bepalen"] == ["3,5", "3,5", "Op of boven je doel"]
    assert found["Begeleiding op maat inrichten en afbakenen"] == ["–", "3,5", "Niet gemeten"]
    assert found["Verwachtingsmanagement 2 van 3 gemeten"] == ["3,9", "3,5", "Op of boven je doel"]
    assert found["Professionele offerte opstellen"] == ["1,5", "3,0", "Hier is ruimte"]
    assert found["Acquisitievaardigheden"] == ["2,5", "3,3", "Hier is ruimte"]      # (3 + 3 + 1,5) / 3; 10 / 3
    # AC1–AC3, and VM1, ON1, ZG1 half: (7,5 + 10,3 / 2) / 4,5 = 2,811
    assert found["Acquisiteur 6 van 7 gemeten"][0] == "2,8"
    assert found["Tweede professionaliteit"][0] == "3,1"
    assert said(page.data) == [
        "Volgens jezelf laat je verwachtingsmanagement het vaakst zien.",
        "De ruimte die het zwaarst weegt in je functie, zie je bij professionele offerte opstellen: "
        "jij 1,5, je doel 3,0.",
    ]
    assert "20 van 21 onderwerpen gemeten · alleen jij leest dit" in text(page.data)
    assert "‘7 van 13 gemeten’ bij een rol: van de 13 onderwerpen" in text(page.data)
    assert "niet te vergelijken" not in text(page.data)
    assert "Hoe zwaar ruimte weegt: het verschil met je doel, keer het belang" in text(page.data)
    assert unmeasured(page.data) == ["Vakmanschap", "Werken met gegevens"]
    assert "Verwachtingsmanagement 3,9; " in page.text      # the picture as it is told


def test_beside_an_earlier_one_every_difference_is_told(app: Flask, client: CheckedClient, jet: Persona) -> None:
    measure(app, jet, "tweede", {"VM1": Told([2, 2, 2, 2]), "VM2": Told([4, 4, 4, 3]), "SI1": Told(["nvt", "nvt", 1])},
            at=AUTUMN)
    measure(app, jet, "tweede", {"VM1": Told([3, 3, 3, 3]), "VM2": Told([3, 3, 3, 3])})
    page = client.get("/profiel")
    found = rows(page.data)
    assert found["Verwachtingen en wensen ophalen"] == ["3,0", "2,0", "+1,0", "3,5", "Hier is ruimte"]
    assert found["Hulpvraag verhelderen en opbrengsten bepalen"] == ["3,0", "3,8", "−0,8", "3,5", "Hier is ruimte"]
    assert found["Begeleiding op maat inrichten en afbakenen"][:3] == ["3,0", "3,0", "gelijk"]
    assert found["Klantengroepen en belangen doorzien"][:3] == ["3,0", "–", "–niet te vergelijken"]
    assert found["Systeeminzicht"][:3] == ["3,0", "–", "–niet te vergelijken"]      # two competencies then, three now
    assert said(page.data)[-1] == ("Sinds 3 september 2025 zie je verwachtingen en wensen ophalen vaker bij jezelf: "
                                   "toen 2,0, nu 3,0.")


def test_it_is_compared_with_the_last_one_whatever_it_asked(app: Flask, client: CheckedClient, jet: Persona) -> None:
    measure(app, jet, "tweede", at=AUTUMN, rest=2)
    measure(app, jet, "focus", at=AUTUMN + dt.timedelta(days=30), rest=4)
    measure(app, jet, "tweede", at=SPRING)
    assert "Vorige keer is 3 oktober 2025." in text(client.get("/profiel").data)


def test_with_only_another_set_before_the_reasons_are_told(app: Flask, client: CheckedClient, jet: Persona) -> None:
    measure(app, jet, "focus", at=AUTUMN, rest=4)
    number = measure(app, jet, "tweede", at=SPRING)
    found = rows(client.get("/profiel").data)
    assert found["Verwachtingen en wensen ophalen"][:3] == ["3,0", "4,0", "−1,0"]
    assert found["Reflecteren en leren"][1:3] == ["–", "–niet te vergelijken"]
    close = client.get(f"/profiel/{number}/reflecteren")
    assert "Vorige keer Dit onderwerp heb je niet eerder gemeten." in text(close.data)
    assert text(client.get("/profiel").data).count("niet te vergelijken met 3 september 2025. Toen heb je") == 2


def test_changed_wording_is_not_compared(app: Flask, client: CheckedClient, jet: Persona) -> None:
    measure(app, jet, "focus", at=AUTUMN, rest=4)
    with app.app_context():
        version = db.session.scalars(select(FrameworkVersion).where(FrameworkVersion.current)).one()
        document = dict(version.document)
        document["competencies"] = [
            {**c, "indicators": [{**i, "self": f"{i['self']} Echt."} for i in c["indicators"]]} if c["code"] == "VM1"
            else c for c in document["competencies"]
        ]
        version.current = False
        db.session.flush()
        db.session.add(FrameworkVersion(version=version.version, revision=version.revision + 1, digest="anders",
                                        document=document, loaded_at=SPRING, current=True))
        db.session.commit()
    number = measure(app, jet, "focus", at=SPRING)
    page = client.get("/profiel")
    assert rows(page.data)["Verwachtingen en wensen ophalen"][1:3] == ["–", "–niet te vergelijken"]
    assert rows(page.data)["Relaties opbouwen en verdiepen"][1:3] == ["4,0", "−1,0"]
    close = client.get(f"/profiel/{number}/{VM1}")
    assert "Niet te vergelijken: de zinnen zijn sinds de vorige keer veranderd." in text(close.data)
    assert "Echt." in text(close.data)


def test_an_earlier_one_stays_readable(app: Flask, client: CheckedClient, jet: Persona) -> None:
    first = measure(app, jet, "focus", at=AUTUMN, rest=4)
    second = measure(app, jet, "tweede", at=SPRING)
    newest = client.get("/profiel")
    assert "Zelfbeeld van 12 maart 2026" in text(newest.data)
    assert links(newest.data)["Zelfbeeld van 3 september 2025"] == f"/profiel/{first}"
    page = client.get(f"/profiel/{first}")
    assert "Zelfbeeld van 3 september 2025" in text(page.data)
    assert links(page.data)["Zelfbeeld van 12 maart 2026"] == f"/profiel/{second}"
    assert rows(page.data)["Verwachtingen en wensen ophalen"] == ["4,0", "3,5", "Op of boven je doel"]


def test_another_picture_has_an_address(app: Flask, client: CheckedClient, jet: Persona) -> None:
    number = measure(app, jet, "tweede")
    page = client.get("/profiel")
    assert "De zes aspecten van de tweede professionaliteit" in text(page.data)
    address = links(page.data)["De zes rollen van de tweede professionaliteit"]
    assert address == f"/profiel/{number}?plaatje=rollen-tweede#beeld"
    assert "De zes rollen van de eerste professionaliteit" not in links(page.data)
    assert '<h2 id="beeld">De zes rollen van de tweede professionaliteit</h2>' in client.get(address).text
    assert '<h2 id="beeld">De zes aspecten' in client.get(f"/profiel/{number}?plaatje=%01onzin").text


def test_a_focus_measurement_shows_the_twelve_subjects(app: Flask, client: CheckedClient, jet: Persona) -> None:
    measure(app, jet, "focus")
    page = client.get("/profiel")
    assert '<h2 id="beeld">De twaalf onderwerpen van de vier focusgebieden</h2>' in page.text
    assert page.text.count("data-chart") == 2


def test_with_too_little_for_a_radar_the_dot_plot_stands_alone(
    app: Flask, client: CheckedClient, jet: Persona
) -> None:
    measure(app, jet, "tweede", {"VM1": Told([3, 3, 3, 3]), "VM2": Told([3, 3, 3, 3])}, rest=None)
    page = client.get("/profiel")
    assert '<h2 id="beeld">Wat je hebt gemeten</h2>' in page.text
    assert page.text.count("data-chart") == 1


def test_what_this_one_left_out_is_found_where_it_was_measured(
    app: Flask, client: CheckedClient, jet: Persona
) -> None:
    measure(app, jet, "tweede", at=AUTUMN)
    latest = measure(app, jet, "tweede", {"SI1": Told([None] * 3), "SI2": Told([None] * 3), "SI3": Told([None] * 3)},
                     at=AUTUMN + dt.timedelta(days=1))
    measure(app, jet, "focus")
    page = client.get("/profiel")
    assert unmeasured(page.data) == [
        "Vakmanschap", "Systeeminzicht: wel in je zelfbeeld van 3 september 2025",
        "Zakelijk gevoel: wel in je zelfbeeld van 4 september 2025",
        "Houding, communicatie en reflectie: wel in je zelfbeeld van 4 september 2025", "Werken met gegevens",
    ]
    assert links(page.data)["wel in je zelfbeeld van 4 september 2025"] == f"/profiel/{latest}#cijfers"


def test_with_little_measured_the_page_says_so_and_opens_what_there_is(
    app: Flask, client: CheckedClient, jet: Persona
) -> None:
    measure(app, jet, "tweede", {"AC1": Told([3] * 4)}, rest=None)
    page = client.get("/profiel")
    assert said(page.data) == [
        "Je hebt 1 van de 21 onderwerpen gemeten. Dat is te weinig om te zeggen wat eruit springt."
    ]
    found = rows(page.data)
    assert found["Acquisitievaardigheden 1 van 3 gemeten"] == ["–", "3,3", "Te weinig gemeten"]
    assert found["Verwachtingsmanagement"] == ["–", "3,5", "Niet gemeten"]
    opened = [group for group in tree_of(page.data).iter("tbody") if group.get("data-open") is not None]
    assert [text_of(next(group.iter("th"))) for group in opened] == ["Acquisitievaardigheden 1 van 3 gemeten"]


def test_on_paper_it_says_whose_it_is_and_of_which_day(app: Flask, client: CheckedClient, jet: Persona) -> None:
    number = measure(app, jet, "focus")
    log_in(client, jet)
    with time_machine.travel(SPRING + dt.timedelta(days=1), tick=False):
        log_in(client, jet)
        for path in (f"/profiel/{number}", f"/profiel/{number}/{VM1}"):
            assert "Van Jet de Vries, afgedrukt op 13 maart 2026" in text(client.get(path).data)


def test_nothing_is_recomputed_from_answers(app: Flask, client: CheckedClient, jet: Persona) -> None:
    number = measure(app, jet, "focus", {"VM1": Told([4, 4, 4, 4])})
    with app.app_context():
        assessment = db.session.scalars(select(SelfAssessment)).one()
        assert assessment.answers is not None
        assessment.answers.update({"VM1.1": 1, "VM1.2": 1, "VM1.3": 1})
        flag_modified(assessment, "answers")
        db.session.execute(update(StoredCell).where(StoredCell.item_code == "VM2").values(mean=2.2))
        db.session.commit()
    found = rows(client.get("/profiel").data)
    assert found["Verwachtingen en wensen ophalen"][0] == "4,0"
    assert found["Hulpvraag verhelderen en opbrengsten bepalen"][0] == "2,2"
    assert "Jij, op 12 maart 2026 4,0" in text(client.get(f"/profiel/{number}/{VM1}").data)


@pytest.mark.parametrize("end", ["", f"/{VM1}", "?plaatje=focus"])
def test_a_profile_is_its_makers_alone(
    app: Flask, client: CheckedClient, begeleider: Persona, team_id: int, stranger: Persona, end: str
) -> None:
    number = measure(app, begeleider, "focus")
    everything = ["begeleider", "teamleider", "hr", "beheerder"]
    colleague = make_person(app, begeleider.organisation_id, roles=everything, leads=[team_id])
    for somebody in (colleague, stranger):
        log_in(client, somebody)
        assert client.get(f"/profiel/{number}{end}").status_code == 404
    log_in(client, begeleider)
    assert client.get(f"/profiel/{number}{end}").status_code == 200


@pytest.mark.parametrize("path", [
    "/profiel/999", "/profiel/0", "/profiel/99999999999999999999", "/profiel/x", f"/profiel/999/{VM1}",
    "/profiel/{number}/onzin", "/profiel/{number}/reflecteren",
])
def test_what_does_not_exist_is_a_404(app: Flask, client: CheckedClient, jet: Persona, path: str) -> None:
    number = measure(app, jet, "focus")
    assert client.get(path.format(number=number)).status_code == 404


def test_who_has_no_profile_is_refused(client: CheckedClient, teamleider: Persona) -> None:
    assert client.get("/profiel").location.startswith("/inloggen")
    log_in(client, teamleider)
    assert client.get("/profiel").status_code == 403


def test_a_page_costs_the_same_however_much_was_measured(app: Flask, client: CheckedClient, jet: Persona) -> None:
    measure(app, jet, "focus", rest=2, at=AUTUMN - dt.timedelta(days=1))
    few = measure(app, jet, "focus", {"VM1": Told([3] * 4), "VM2": Told([3] * 4)}, rest=None, at=AUTUMN)
    whole = cost(app, client, f"/profiel/{few}")
    close = cost(app, client, f"/profiel/{few}/{VM1}")
    for day in range(6):
        measure(app, jet, "volledig", at=SPRING + dt.timedelta(days=day))
    many = measure(app, jet, "volledig", at=SPRING + dt.timedelta(days=9))
    assert cost(app, client, f"/profiel/{many}") == whole
    assert cost(app, client, f"/profiel/{many}/{VM1}") == close


def test_the_page_is_light(app: Flask, client: CheckedClient, jet: Persona) -> None:
    measure(app, jet, "volledig", at=AUTUMN, rest=2)
    measure(app, jet, "volledig", at=SPRING)
    assert len(client.get("/profiel?plaatje=focus").data) < 120_000
