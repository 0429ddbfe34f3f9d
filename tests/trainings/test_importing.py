"""The aanbod from a file: looked at first, and then done whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import openpyxl
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from app.db import db
from app.papers.spreadsheet import separated
from app.trainings import columns, comparing, seeding, services
from app.trainings.entries import Entry
from tests.support.at_once import together
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of, tree_of
from tests.support.records import actor_of
from tests.support.trainings import ENTRY, make_training, trainings_of

FILE = "/opleidingen/aanbod/bestand"
DO = f"{FILE}/doe"
XLSX, CSV = "/opleidingen/aanbod/aanbod.xlsx", "/opleidingen/aanbod/aanbod.csv"
STORED = replace(ENTRY, code="doorvragen-zonder-verhoor")
BORDER = "--between-the-fields-of-a-form"
HEAD = ";".join(columns.NAMES.values())


def csv_of(entries: Sequence[Entry]) -> bytes:
    return separated(columns.table("Aanbod", entries, seeding.forms()))


def send(browser: CheckedClient, data: bytes, name: str = "aanbod.csv") -> TestResponse:
    """As a browser does; made by hand, since the client would keep a big file on disk."""
    head = f'--{BORDER}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + data + f"\r\n--{BORDER}--\r\n".encode()
    return browser.post(FILE, data=body, content_type=f"multipart/form-data; boundary={BORDER}",
                        headers={"X-CSRFToken": browser.csrf_token()})


def say(page: TestResponse) -> str:
    (main,) = tree_of(page.data).iter("main")
    return " ".join(" ".join(main.itertext()).split())


def test_looking_and_then_doing(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    make_training(app, organisation_id)
    make_training(app, organisation_id, title="Blijft zoals het is")
    before = trainings_of(app, organisation_id)
    page = send(hilde, csv_of([replace(STORED, hours=20, cost_person=None), replace(ENTRY, title="Helemaal nieuw")]))
    said = say(page)
    assert page.status_code == 200
    assert "1 nieuwe opleiding, 1 opleiding verandert." in said and "Helemaal nieuw" in said
    assert "Uren 12 20" in said and "Kosten per persoon €\u00a0450 (leeg)".replace("\u00a0", " ") in said
    assert "1 opleiding staat niet in je bestand, en blijft zoals ze is" in said
    assert trainings_of(app, organisation_id) == before, "nothing happens by looking"
    answer = hilde.submit(page, to=DO)
    assert answer.status_code == 303
    assert "2 opleidingen zijn bijgewerkt." in hilde.get(answer.location).text
    stored = {entry.code: entry for entry in trainings_of(app, organisation_id)}
    assert stored[STORED.code] == replace(STORED, hours=20, cost_person=None)
    assert stored["helemaal-nieuw"] == replace(ENTRY, title="Helemaal nieuw", code="helemaal-nieuw")
    assert len(stored) == 3
    again = hilde.submit(page, to=DO)       # a double click, or the page of before
    assert "Alles stond er al zo." in hilde.get(again.location).text
    assert len(trainings_of(app, organisation_id)) == 3
    assert "Er verandert niets." in send(hilde, csv_of([replace(ENTRY, title="Helemaal nieuw")])).text


@pytest.mark.parametrize("address", [XLSX, CSV])
def test_what_is_taken_along_changes_nothing(app: Flask, offering: int, hilde: CheckedClient, address: str) -> None:
    make_training(app, offering, retired=True, title="=1+1", provider="'@jet", description="- een\n- twee; \"drie\"")
    taken = hilde.get(address)
    assert "attachment" in taken.headers["Content-Disposition"] and taken.headers["Cache-Control"] == "no-store"
    page = send(hilde, taken.data)
    assert page.status_code == 200 and "Er verandert niets." in page.text


def test_the_workbook_explains_itself_and_works(app: Flask, offering: int, hilde: CheckedClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(hilde.get(XLSX).data))
    assert book.sheetnames == ["Aanbod", "Uitleg", "Onderwerpen"]
    sheet = book["Aanbod"]
    assert sheet.max_row == 26
    sheet["E2"], into = 33, io.BytesIO()
    book.save(into)
    page = send(hilde, into.getvalue(), "aanbod.xlsx")
    assert "1 opleiding verandert." in say(page)
    assert hilde.submit(page, to=DO).status_code == 303
    assert sum(entry.hours == 33 for entry in trainings_of(app, offering)) == 1


def test_no_cell_is_a_formula(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    make_training(app, organisation_id, title="=HYPERLINK(1)", provider="+1", afterwards="@x")
    book = openpyxl.load_workbook(io.BytesIO(hilde.get(XLSX).data))
    assert "f" not in {cell.data_type for sheet in book for row in sheet for cell in row}
    assert ";'=HYPERLINK(1);" in hilde.get(CSV).text


def test_an_empty_aanbod_still_gives_the_columns(hilde: CheckedClient) -> None:
    assert hilde.get(CSV).data.decode("utf-8-sig").strip() == HEAD
    assert hilde.get(XLSX).status_code == 200


def test_every_problem_is_told_with_its_row_and_column(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    lines = csv_of([STORED] * 4).decode("utf-8-sig").split("\r\n")
    del lines[-1]
    lines[2] = lines[2].replace("V4, VM2", "V4, XX9").replace(";12;2400;", ";twaalf;-2400;")
    lines[4] = lines[4].replace("Bureau Noord", "=SOM(A1)")
    lines.insert(4, ";" * 14)       # an empty row counts as a spreadsheet counts it
    page = send(hilde, "\r\n".join(lines).encode())
    assert page.status_code == 422
    said = say(page)
    for part in ("Regel 3, kolom ‘onderwerpen’: Het onderwerp ‘XX9’", "Regel 3, kolom ‘uren’: ‘twaalf’ is geen heel",
                 "Regel 3, kolom ‘kosten per groep’: Schrijf een getal van 0 tot en met 1.000.000.",
                 "kolom ‘code’: Deze opleiding staat ook op regel 2.", "Er is niets veranderd."):
        assert part in said
    assert "Wat er in de andere regels staat 1 nieuwe opleiding." in said and "Neem dit over" not in page.text
    assert "Regel 7, kolom ‘aanbieder’: Hier staat een formule." in said or "Regel 6, kolom ‘aanbieder’" in said
    assert trainings_of(app, organisation_id) == []


def test_thousands_of_problems_stay_readable(hilde: CheckedClient) -> None:
    page = send(hilde, (HEAD + "\n" + "x\n" * 2_000).encode())
    assert page.status_code == 422 and "meer." in page.text and len(page.data) < 60_000


@pytest.mark.parametrize(("data", "told"), [
    (b"", "Kies een bestand."),
    (b"\n\n", "Dit bestand is leeg."),
    (HEAD.encode(), "Onder de kop staat geen enkele opleiding."),
    (b"zomaar een tekst,\nmet een komma", "Dit is geen rekenblad met opleidingen"),
    (b"titel;uren\nx;1", "De kolom ‘vorm’ ontbreekt."),
    (b"titel,titel\nx,1", "De kolom ‘titel’ staat er twee keer in."),
    (HEAD.encode() + b"\ncaf\xe9", "Op regel 2 staan tekens die we niet kunnen lezen."),
    (b"\x89PNG\r\n\x1a\n\0\0", "Dit is geen rekenblad."),
    (b"PK\x03\x04xxx", "Dit bestand is beschadigd"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "er zit een wachtwoord op"),
    (HEAD.encode() + b'\n"x', "aanhalingstekens die niet kloppen"),
    (HEAD.encode() + b"\nx" * 10_000, "meer dan 2.000 opleidingen"),
])  # fmt: skip
def test_what_is_no_such_file_is_told(app: Flask, organisation_id: int, hilde: CheckedClient, data: bytes,
                                      told: str) -> None:
    page = send(hilde, data)
    assert page.status_code == 422 and told in page.text
    assert trainings_of(app, organisation_id) == []


@pytest.mark.parametrize("data", [b"zomaar, een tekst", b"%PDF-1.7\xe9\xff", HEAD.encode()])
def test_what_is_only_called_a_workbook_is_told_once(hilde: CheckedClient, data: bytes) -> None:
    page = send(hilde, data, "Aanbod.XLSX")
    assert page.status_code == 422 and "Dit is geen rekenblad." in page.text and "ontbreekt" not in page.text


def test_without_a_file_or_with_too_much(hilde: CheckedClient) -> None:
    assert "Kies een bestand." in hilde.send(FILE, {}).text
    assert "Kies een bestand." in hilde.send(FILE, {"file": "no file"}).text
    assert send(hilde, b"x" * 2_100_000).status_code == 413


def test_two_thousand_are_taken(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    page = send(hilde, csv_of([replace(ENTRY, title=f"Opleiding {n}", code=f"o-{n}") for n in range(2_000)]))
    assert "2000 nieuwe opleidingen." in say(page)
    assert hilde.submit(page, to=DO).status_code == 303
    assert len(trainings_of(app, organisation_id)) == 2_000


def test_a_file_with_more_text_than_can_be_carried(hilde: CheckedClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MOST", 100)
    page = send(hilde, csv_of([ENTRY]))
    assert page.status_code == 422 and "te veel tekst" in page.text


# --- between looking and doing ----------------------------------------------------------------------------------------


def test_what_was_changed_meanwhile_is_looked_at_again(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    one = make_training(app, organisation_id)
    page = send(hilde, csv_of([replace(STORED, hours=20), replace(ENTRY, title="Nieuw")]))
    edit = f"/opleidingen/aanbod/{one}/bewerken"
    assert hilde.submit(hilde.get(edit), {"hours": "30"}, to=edit).status_code == 303
    answer = hilde.submit(page, to=DO)
    assert answer.status_code == 409 and "intussen veranderd" in answer.text and "Uren 30 20" in say(answer)
    assert trainings_of(app, organisation_id) == [replace(STORED, hours=30)], "nothing half"
    assert hilde.submit(answer, to=DO).status_code == 303
    assert len(trainings_of(app, organisation_id)) == 2


@pytest.mark.parametrize("damage", [
    lambda carried, proof: {}, lambda carried, proof: {"carried": carried},
    lambda carried, proof: {"carried": carried[:-4] + "AAAA", "proof": proof},
    lambda carried, proof: {"carried": carried, "proof": "é" * 43},
    lambda carried, proof: {"carried": "", "proof": proof},
])  # fmt: skip
def test_what_we_did_not_make_is_not_done(app: Flask, organisation_id: int, hilde: CheckedClient,
                                          damage: object) -> None:
    page = send(hilde, csv_of([ENTRY]))
    fields = {one.get("name"): one.get("value", "") for one in tree_of(page.data).iter("input")}
    assert callable(damage)
    answer = hilde.send(DO, damage(fields["carried"], fields["proof"]))
    assert answer.status_code == 422 and "Kies het bestand nog een keer" in answer.text
    assert trainings_of(app, organisation_id) == []


def test_what_another_organisation_looked_at_is_not_done(app: Flask, stranger: Persona, hilde: CheckedClient) -> None:
    page = send(hilde, csv_of([ENTRY]))
    fields = {one.get("name"): one.get("value", "") for one in tree_of(page.data).iter("input")}
    elsewhere = browser_of(app, stranger)
    data = {"carried": fields["carried"], "proof": fields["proof"]}
    assert elsewhere.send(DO, data).status_code in (403, 422)
    assert trainings_of(app, stranger.organisation_id) == []


def test_done_twice_at_the_same_moment_is_done_once(app: Flask, organisation_id: int, hr: Persona) -> None:
    carried = comparing.unpack(comparing.pack(comparing.compare((), (STORED,))))

    def do() -> None:
        with app.app_context():
            services.apply(actor_of(hr), carried)
            db.session.commit()

    together(*(partial(do) for _ in range(3)))
    assert trainings_of(app, organisation_id) == [STORED]


def test_a_hostile_text_is_only_text(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    make_training(app, organisation_id)
    hostile = "<script>alert(1)</script>"
    page = send(hilde, csv_of([replace(STORED, title=hostile, provider=hostile, description=hostile)]))
    assert page.status_code == 200 and hostile not in page.text
    assert hilde.submit(page, to=DO).status_code == 303
    assert hostile not in hilde.get("/opleidingen/aanbod").text
    assert hostile not in send(hilde, f"{hostile}\n{HEAD}".encode()).text


CELLS = st.text(max_size=12) | st.sampled_from(["VM1", "12", "-1", "=1+1", '"', ";", "training", "\n", "1e999", "ja"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(lines=st.lists(st.lists(CELLS, max_size=16), max_size=5), raw=st.binary(max_size=60), headed=st.booleans())
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_file_whatever_breaks_it_or_changes_anything(app: Flask, organisation_id: int, hilde: CheckedClient,
                                                        lines: list[list[str]], raw: bytes, headed: bool) -> None:
    body = "\n".join(";".join(line) for line in lines).encode("utf-8", "surrogatepass") + raw
    page = send(hilde, (HEAD.encode() + b"\n" if headed else b"") + body)
    assert page.status_code in (200, 422)
    assert trainings_of(app, organisation_id) == []
