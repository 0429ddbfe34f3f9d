"""An offerte on the form and as a document: its sums, what stands on it, what does not, and who gets it."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import docx as word
import pytest
import time_machine
from flask import Flask
from pypdf import PdfReader
from werkzeug.test import TestResponse

from app.organisations.queries import organisation
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient, tree_of
from tests.support.practice import CANVAS, TOOLS, at, make_sheet
from tests.support.statements import statements

MONDAY = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
COSTS = [
    {"onderdeel": "Coaching", "uren": "12.5", "tarief": "95.00"},       # 1187.50
    {"onderdeel": "Reiskosten", "bedrag": "47.00"},
]
PAID = ["Subtotaal € 1.234,50", "Btw 21 % € 259,25", "Totaal € 1.493,75"]      # 259.245
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def said(page: TestResponse) -> str:
    """Its words, those of two cells apart."""
    return re.sub(r" (?=[.;,:!?’])", "", " ".join(" ".join(tree_of(page.data).itertext()).split()))


def offerte(app: Flask, person: Persona, **more: Any) -> int:
    answers = {"casuscode": "B7", "opdrachtgever": "De Regenboog", "kosten": COSTS,
               "invulling": [{"activiteit": "Coaching", "uren": "12.5"}], **more.pop("answers", {})}
    return make_sheet(app, person, "offerte-opbouw", answers=answers, **more).sheet_id


def pdf_of(client: CheckedClient, sheet_id: int) -> PdfReader:
    return PdfReader(io.BytesIO(client.get(at(sheet_id, "/document.pdf")).data), strict=True)


def words_of(client: CheckedClient, sheet_id: int) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf_of(client, sheet_id).pages).split())


def document_of(client: CheckedClient, sheet_id: int) -> Any:
    return word.Document(io.BytesIO(client.get(at(sheet_id, "/document.docx")).data))


def everything_in(document: Any) -> str:
    edges = [part.paragraphs[0].text for part in (document.sections[0].header, document.sections[0].footer)]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*edges, *(line.text for line in document.paragraphs), *cells]).split())


def lines_of(costs: Any) -> list[str]:
    return [" ".join(" ".join(line).split()) for line in costs["totals"]]


def name_of_dienst(app: Flask, person: Persona) -> str:
    with app.app_context():
        return organisation(person.organisation_id).name


def save(client: CheckedClient, sheet_id: int, answers: Any) -> TestResponse:
    return client.send(at(sheet_id, "/veld"), json={"page": "blad", "answers": answers},
                       headers={"Accept": "application/json"})


# --- on the form ------------------------------------------------------------------------------------------------------


def test_the_form_shows_what_it_adds_up_to(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = offerte(app, begeleider)
    for page in ("", "/lezen"):
        text = said(jet.get(at(sheet_id, page)))
        assert all(line in text for line in PAID)
    assert "Coaching 12,5 × € 95,00 € 1.187,50" in said(jet.get(at(sheet_id)))
    assert "Dat kan kloppen" not in said(jet.get(at(sheet_id)))


def test_a_new_offerte_begins_with_21_percent(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    page = jet.get(at(make_sheet(app, begeleider, "offerte-opbouw").sheet_id))
    assert "Btw 21 % € 0,00 Totaal € 0,00" in said(page)


def test_a_saved_change_answers_with_the_same_figures(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = offerte(app, begeleider, answers={"kosten": None})
    sent = [{"onderdeel": "Coaching", "uren": "12,5", "tarief": "€ 95,-"}, {"onderdeel": "", "uren": ""},
            {"onderdeel": "Reiskosten", "bedrag": "47"}]
    told = save(jet, sheet_id, {"kosten": sent}).get_json()["costs"]
    assert lines_of(told) == PAID
    assert told["lines"] == [{"name": "Coaching", "how": "12,5 × €\u00a095,00", "amount": "€\u00a01.187,50"},
                             {"name": "Reiskosten", "how": "", "amount": "€\u00a047,00"}]
    assert told["notes"] == []
    assert lines_of(save(jet, sheet_id, {"btw": "inclusief-hoog"}).get_json()["costs"]) == [
        "Exclusief btw € 1.020,25", "Btw 21 % € 214,25", "Totaal, inclusief btw € 1.234,50"]
    open_still = save(jet, sheet_id, {"btw": None}).get_json()["costs"]
    assert lines_of(open_still) == ["Subtotaal € 1.234,50"]
    assert open_still["notes"] == ["Kies hoe het met de btw zit. Dan staat hier ook het totaal."]
    assert "costs" not in save(jet, make_sheet(app, begeleider).sheet_id, {"hulpvraag": "Wat?"}).get_json()


def test_what_is_worth_another_look_is_told(app: Flask, jet: CheckedClient,
                                                              begeleider: Persona) -> None:
    sheet_id = offerte(app, begeleider, filled=True, answers={
        "kosten": [*COSTS, {"onderdeel": "Materiaal"}, {"uren": "2", "tarief": "95.00", "bedrag": "150.00"}],
        "invulling": [{"activiteit": "Coaching", "uren": "12"}],
    })
    text = said(jet.get(at(sheet_id)))
    assert "‘Materiaal’ heeft nog geen bedrag." in text
    assert "‘Rij 4’: 2 × € 95,00 is € 190,00. We rekenen met het bedrag dat je zelf schreef, € 150,00." in text
    assert "Bij ‘Invulling van de begeleiding’ staan 12 uren, bij ‘Kosten’ 14,5. Dat kan kloppen" in text
    assert "‘Materiaal’ heeft nog geen bedrag." in said(jet.get(at(sheet_id, "/afronden")))
    assert jet.send(at(sheet_id, "/afronden")).status_code == 422, "what Materiaal costs is not known"
    jet.submit(jet.get(at(sheet_id)), {"f-kosten.2.bedrag": "20"}, to=at(sheet_id), press="bewaar")
    checking = jet.get(at(sheet_id, "/afronden"))
    assert "Kijk nog even naar de kosten" in said(checking) and "Dat kan kloppen" in said(checking)
    done = jet.submit(checking, {})
    assert done.status_code == 303
    assert "Dat kan kloppen" not in words_of(jet, sheet_id)


@pytest.mark.parametrize(("typed", "told"), [
    ({"f-kosten.0.bedrag": "-10"}, "Rij 1, bedrag: Dit is minder dan nul."),
    ({"f-kosten.0.bedrag": "99999999"}, "Rij 1, bedrag: Dit is meer dan 1.000.000."),
    ({"f-kosten.0.uren": "9999", "f-kosten.0.tarief": "9999"}, "Rij 1, bedrag: Dit is meer dan 1.000.000."),
    ({"f-kosten.0.uren": "10001"}, "Rij 1, uren: Dit is meer dan 10.000."),
    ({"f-kosten.0.uren": "twee"}, "Rij 1, uren: Schrijf een getal"), ({"f-btw": "half"}, "Dit past niet bij dit blad."),
])
def test_what_cannot_be_is_refused_and_nothing_is_lost(app: Flask, jet: CheckedClient, begeleider: Persona,
                                                       typed: dict[str, str], told: str) -> None:
    sheet_id = offerte(app, begeleider, answers={"kosten": None})
    if "f-btw" in typed:
        page = jet.get(at(sheet_id))
        token = re.search(rb'name="csrf_token"[^>]*value="([^"]*)"', page.data)
        assert token
        answer = jet.post(at(sheet_id), data={"csrf_token": token[1].decode(), "m-btw": "x", **typed})
    else:
        fields = {"f-vraag": "Blijft staan", **typed}
        answer = jet.submit(jet.get(at(sheet_id)), fields, to=at(sheet_id), press="bewaar")
        assert "Blijft staan" in answer.text and all(f'value="{value}"' in answer.text for value in typed.values())
    assert answer.status_code == 422 and told in said(answer)


# --- what it took over ------------------------------------------------------------------------------------------------


def test_an_offerte_says_what_it_took_over(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    canvas = make_sheet(app, begeleider, filled=True, answers={
        "casuscode": "B7", "school": "De Regenboog", "opbrengst-leraar": "x" * 1001,
    })
    begun = jet.submit(jet.get(f"/praktijk/hulpmiddel/offerte-opbouw?blad={canvas.sheet_id}"))
    text = said(jet.get(begun.location))
    told = ("Je gaat verder op Canvas verwachtingengesprek: B7. Wat we overnamen, kun je nog veranderen. "
            "Dit namen we over: 7 onderdelen Casuscode of projectnaam Opdrachtgever De vraag, zoals samen geformuleerd "
            "Opbrengsten Rollen en bijdrage van alle betrokkenen Begin, eind en evaluatiemomenten "
            "Wat valt buiten dit voorstel?")
    assert told in text
    assert "Te lang om over te nemen: Opbrengsten. Dat staat nog op het eerdere blad." in text
    assert "Iets over wat is er straks anders voor de leerling?" in text          # what fitted came along
    jet.submit(jet.get(begun.location), {"f-vraag": "Een andere vraag"}, to=begun.location, press="bewaar")
    assert "Opdrachtgever Opbrengsten" in said(jet.get(begun.location))
    assert "Je gaat verder op" not in said(jet.get(at(canvas.sheet_id)))
    jet.submit(jet.get(at(canvas.sheet_id, "/weggooien")), to=at(canvas.sheet_id, "/weggooien"))
    assert "Je gaat verder op" not in said(jet.get(begun.location))


# --- the document -----------------------------------------------------------------------------------------------------


def test_a_finished_offerte_can_be_sent(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    with time_machine.travel(MONDAY, tick=False):
        log_in(jet, begeleider)
        sheet_id = offerte(app, begeleider, filled=True)
        jet.submit(jet.get(at(sheet_id, "/afronden")), {})
    log_in(jet, begeleider)
    dienst = name_of_dienst(app, begeleider)
    there = [*PAID, "€ 1.187,50", "12,5", "1 maart 2027", "De Regenboog", "B7", "Hoe de school daarna verder kan",
             "Wat buiten dit voorstel valt", "Waarom wij", "Geldigheid en akkoord",
             f"{begeleider.name}, {dienst}", begeleider.email, "Wij gaan akkoord met deze offerte.", "Handtekening"]
    hints = ["geen naam van het kind", "Vul uren en tarief", "mag leeg blijven", "oncept", "Niet ingevuld",
             "Btw over deze bedragen", "De opbrengsten staan vóór de uren"]
    document = document_of(jet, sheet_id)
    for text in (words_of(jet, sheet_id), everything_in(document)):
        assert [one for one in there if one not in text] == []
        assert [one for one in hints if one in text] == []
    assert "bladzijde 1 van" in words_of(jet, sheet_id)
    headings = [line.text for line in document.paragraphs if line.style.name == "Heading 1"]
    assert headings == ["De vraag", "Opbrengsten", "Invulling van de begeleiding", "Wie doet wat", "Planning", "Kosten",
                        "Hoe de school daarna verder kan", "Wat buiten dit voorstel valt", "Waarom wij",
                        "Geldigheid en akkoord", "Voor akkoord"]
    properties = document.core_properties
    assert (properties.title, properties.author) == ("Offerte B7", dienst)
    assert properties.last_modified_by == properties.author and properties.language == "nl-NL"


def test_the_pdf_can_be_read_aloud(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    found = pdf_of(jet, offerte(app, begeleider, filled=True))
    root = found.trailer["/Root"]
    assert root["/Lang"] == "nl" and root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert found.metadata and found.metadata.title == "Offerte B7 (concept)" and not found.metadata.author


def test_a_concept_says_so_and_has_no_empty_headings(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = offerte(app, begeleider)
    for text in (words_of(jet, sheet_id), everything_in(document_of(jet, sheet_id))):
        assert "Concept" in text and "Dit voorstel is nog niet definitief." in text
        assert "Handtekening" not in text
        assert "Waarom wij" not in text and "Wie doet wat" not in text and "Werkwijze" not in text
    bare = make_sheet(app, begeleider, "offerte-opbouw", answers={"casuscode": None, "opdrachtgever": None}).sheet_id
    assert "Offerte" in words_of(jet, bare)
    assert [line.text for line in document_of(jet, bare).paragraphs if line.style.name == "Heading 1"] == []
    named = jet.get(at(bare, "/document.pdf")).headers["Content-Disposition"]
    assert named.startswith('attachment; filename="offerte-concept-')


@pytest.mark.parametrize(("code", "name"), [
    ("B7", "offerte-b7-concept-2027-03-01"), ("../../etc/passwd", "offerte-etc-passwd-concept-2027-03-01"),
    ('x"; filename="y.exe', "offerte-x-filename-y-exe-concept-2027-03-01"),
    ("Éénentwintig", "offerte-eenentwintig-concept-2027-03-01"),
    ("漢字", "offerte-concept-2027-03-01"), ("x" * 300, f"offerte-{'x' * 40}-concept-2027-03-01"),
    ("a\nb", "offerte-a-b-concept-2027-03-01"),
])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_names_of_files_are_safe(app: Flask, jet: CheckedClient, begeleider: Persona, code: str, name: str) -> None:
    with time_machine.travel(MONDAY, tick=False):
        log_in(jet, begeleider)
        sheet_id = offerte(app, begeleider, answers={"casuscode": code})
        for kind, mimetype in (("pdf", "application/pdf"), ("docx", WORD_TYPE)):
            answer = jet.get(at(sheet_id, f"/document.{kind}"))
            assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.{kind}"'
            assert answer.mimetype == mimetype and answer.headers["Cache-Control"] == "no-store"


HOSTILE = ["<script>alert(1)</script>", "=1+1", "+31", "-2", "@SUM(A1)", "{{ 7*7 }}", '#read("/etc/passwd")',
           "</p></td>", "a\n\n\nb\tc", "x" * 900, "مرحبا 👩‍👩‍👧 漢"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_hostile_text_stays_text(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = offerte(app, begeleider, answers={
        "casuscode": "=1+1", "opdrachtgever": "<b>&amp;", "borging": "\n\n".join(HOSTILE),
        "opbrengsten": [{"voor-wie": text, "doel": text} for text in HOSTILE],
        "kosten": [{"onderdeel": text, "bedrag": "1.00"} for text in HOSTILE],
    })
    pressed = re.sub(r"\s+", "", words_of(jet, sheet_id))
    document = document_of(jet, sheet_id)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for text in HOSTILE[:-1]:
        assert pressed.count(re.sub(r"\s+", "", text)) >= 3, text
        assert cells.count(text.replace("\t", " ")) == 3, text
    assert cells.count(HOSTILE[-1]) == 3
    assert "Voor: <b>&amp;" in [line.text for line in document.paragraphs]
    assert "Kenmerk: =1+1" in [line.text for line in document.paragraphs]


@pytest.mark.parametrize("code", TOOLS)
def test_every_finished_sheet_can_be_taken_along(app: Flask, jet: CheckedClient, begeleider: Persona,
                                                 code: str) -> None:
    sheet_id = make_sheet(app, begeleider, code, finished=True).sheet_id
    text = words_of(jet, sheet_id)
    name = TOOLS[code].document or TOOLS[code].name
    assert name in text and "oncept" not in text
    assert name in everything_in(document_of(jet, sheet_id))
    assert ("Vertrouwelijk" in text) is (TOOLS[code].document is None)
    page = said(jet.get(at(sheet_id)))
    assert ("Neem dit blad mee" in page) is (TOOLS[code].document is None)


def test_only_she_herself_gets_it(app: Flask, client: CheckedClient, begeleider: Persona, stranger: Persona,
                                  teamleider: Persona) -> None:
    sheet_id = offerte(app, begeleider)
    for other in (stranger, teamleider):
        log_in(client, other)
        for kind in ("pdf", "docx"):
            assert client.get(at(sheet_id, f"/document.{kind}")).status_code in (403, 404)
    log_in(client, stranger)
    assert client.get(at(sheet_id, "/document.pdf")).status_code == 404
    assert client.get(at(sheet_id, "/document.docx")).status_code == 404
    assert client.get(at(9_999, "/document.pdf")).status_code == 404


def test_a_document_asks_little(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = offerte(app, begeleider, filled=True)
    with statements(app) as asked:
        jet.get(at(sheet_id, "/document.docx"))
    assert len(asked) <= 6
    assert TOOLS[CANVAS].adding is None
