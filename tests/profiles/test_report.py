"""A profile to take along: the report read back as a reader of PDFs does, the table as a spreadsheet does, and who
may have them.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import openpyxl
import pytest
from flask import Flask
from openpyxl.workbook import Workbook
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, PdfObject

from app.db import db
from app.measurement.scale import Group
from app.measurement.scoring import Cell
from app.papers.spreadsheet import Table, harmless, workbook
from app.people.models import Person
from app.rounds.models import Round
from tests.profiles.made import CATALOG
from tests.profiles.released import Released, change_part, release, share, thin, told
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.pages import CheckedClient, tag_of, text_of, tree_of
from tests.support.records import make_measurement
from tests.support.statements import statements

PDF, XLSX = "/rapport.pdf", "/tabel.xlsx"
HOSTILE = (
    "<script>alert(1)</script>", '<img src="file:///etc/passwd">', "@import url(http://elders.example/x.css)",
    '</blockquote></section><h2 id="cijfers">9,9</h2>', "=1+1", "\u202eomgekeerd", "👩‍👩‍👧 مرحبا",
)  # fmt: skip
FIGURE = re.compile(r"\d,\d")


def cells() -> list[Cell]:
    """Two groups with figures, one of them capped; a panel of pupils."""
    asked, of_school = (
        [page.competency.code for page in CATALOG.asked("kern", group) if len(page.codes) > 1]
        for group in (Group.COLLEAGUE, Group.SCHOOL)
    )
    found = [thin(Group.COLLEAGUE, code, 5 + number % 4, round(2.0 + number % 9 / 4, 1), "verdeeld")
             for number, code in enumerate(asked)]
    found[0] = thin(Group.COLLEAGUE, asked[0], 4, 4.5)
    found += [thin(Group.SCHOOL, code, 6, round(3.1 + number % 3 / 10, 1)) for number, code in enumerate(of_school)]
    found += [Cell(Group.TEAM_LEAD, code, 1, 4.0) for code in asked]
    found += [thin(Group.PUPIL, theme.code, 6, 2.8) for theme in CATALOG.themes if theme.group == Group.PUPIL]
    return found


@pytest.fixture
def team(app: Flask, organisation_id: int) -> int:
    return make_team(app, organisation_id)


@pytest.fixture
def jet(app: Flask, organisation_id: int, team: int) -> Persona:
    return make_person(app, organisation_id, name="Jet <b>Bos</b> & Co", works_in=[team])


@pytest.fixture
def tom(app: Flask, organisation_id: int, team: int) -> Persona:
    return make_person(app, organisation_id, name="Tom Vos", roles=("teamleider",), leads=[team])


@pytest.fixture
def made(app: Flask, jet: Persona, tom: Persona) -> Released:
    # what is written from right to left apart: pypdf turns round the first sign of what comes after it
    written = [(Group.COLLEAGUE, 1, text) for text in HOSTILE[:5]]
    written += [(Group.COLLEAGUE, 2, text) for text in (*HOSTILE[5:], "Ga zo door")]
    raters = {Group.TEAM_LEAD: 1, Group.COLLEAGUE: 9, Group.SCHOOL: 7, Group.CLIENT: 3, Group.PUPIL: 8}
    return release(app, tom, jet, cells(), written, raters)


def pdf_of(client: CheckedClient, address: str) -> PdfReader:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.mimetype == "application/pdf"
    return PdfReader(io.BytesIO(response.data), strict=True)


def text_of_pdf(pdf: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages)


def close_up(text: str) -> str:
    """Without spaces and hyphens: where a line breaks says nothing."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def page_of(client: CheckedClient, made: Released) -> Element:
    client.send(made.at("/voorspelling"), {"decline": "1"})
    tree = tree_of(client.get(made.at()).data)
    return next(one for one in tree.iter() if tag_of(one) == "main")


def page_at(client: CheckedClient, address: str) -> Element:
    return next(one for one in tree_of(client.get(address).data).iter() if tag_of(one) == "main")


def slugs(client: CheckedClient, made: Released) -> list[str]:
    """The subjects that the page leads to, each once, in its order."""
    client.send(made.at("/voorspelling"), {"decline": "1"})
    page = page_at(client, made.at())
    table = next(one for one in page.iter("table") if "folds" in (one.get("class") or "").split())
    return [link.get("href", "").rpartition("/")[2] for link in table.iter("a")]


def pictures_of(page: Element) -> list[str]:
    return [one.get("aria-label", "") for one in page.iter() if one.get("role") == "img"]


def figures_of(page: Element) -> set[str]:
    """Every figure that a page says, in words and in what stands for its pictures."""
    return set(FIGURE.findall(close_up(told(page)))) | {
        figure for text in pictures_of(page) for figure in FIGURE.findall(text)
    }


def seen(element: Element) -> str:
    """The words of an element as they are seen on paper: without pictures, and without what is for ears or fingers."""
    if tag_of(element).endswith("svg") or {"vh", "no-print"} & set((element.get("class") or "").split()):
        return ""
    return (element.text or "") + "".join(seen(part) + (part.tail or "") for part in element)


def structure(pdf: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the tags, in the order in which it is read."""
    def inside(element: DictionaryObject) -> Iterator[DictionaryObject]:
        yield element
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            found = kid.get_object()
            if isinstance(found, DictionaryObject) and "/S" in found:
                yield from inside(found)

    root = pdf.trailer["/Root"]["/StructTreeRoot"]
    for one in root["/K"]:
        yield from inside(one.get_object())


def links_of(pdf: PdfReader) -> list[DictionaryObject]:
    return [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]


def scope(cell: PdfObject) -> str | None:
    found = cell.get_object()
    assert isinstance(found, DictionaryObject)
    return next((str(one["/Scope"]) for one in found.get("/A", ()) if "/Scope" in one), None)


def fonts_of(pdf: PdfReader) -> list[DictionaryObject]:
    """What every font is made of, those of the pictures too."""
    found: dict[str, DictionaryObject] = {}

    def collect(resources: PdfObject) -> None:
        held = resources.get_object()
        assert isinstance(held, DictionaryObject)
        for font in held.get("/Font", {}).values():
            of = font.get_object()
            if of["/Subtype"] == "/Type3":      # coloured emoji: drawn in the file itself
                continue
            base = of["/DescendantFonts"][0].get_object() if "/DescendantFonts" in of else of
            found[str(base["/BaseFont"])] = base["/FontDescriptor"].get_object()
        for drawn in held.get("/XObject", {}).values():
            if "/Resources" in drawn.get_object():
                collect(drawn.get_object()["/Resources"])

    for page in pdf.pages:
        collect(page["/Resources"])
    return list(found.values())


# --- the report -------------------------------------------------------------------------------------------------------


def test_the_report_can_be_read_aloud(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    pdf = pdf_of(client, made.at(PDF))
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata
    assert pdf.metadata.title == "Najaarsronde, Jet <b>Bos</b> & Co"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    kinds = {str(one["/S"]) for one in structure(pdf)}
    assert kinds >= {"/Document", "/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TD", "/Figure", "/L", "/LI", "/Link"}
    levels = [int(str(one["/S"])[2]) for one in structure(pdf) if re.fullmatch(r"/H\d", str(one["/S"]))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(fonts_of(pdf)) > 1
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts_of(pdf))


def test_its_tables_tell_the_heads_of_columns_and_of_rows(
    client: CheckedClient, jet: Persona, made: Released
) -> None:
    log_in(client, jet)
    tables = [one for one in structure(pdf_of(client, made.at(PDF))) if one["/S"] == "/Table"]
    assert len(tables) > 20
    for table in tables:
        named = [str(kid.get_object()["/S"]) for kid in table["/K"]]
        assert named[-2:] == ["/THead", "/TBody"]
        heads, body = (kid.get_object()["/K"] for kid in table["/K"][-2:])
        assert {scope(cell) for row in heads for cell in row.get_object()["/K"]} == {"/Column"}
        for row in body:
            first, *others = row.get_object()["/K"]
            assert (first.get_object()["/S"], scope(first)) == ("/TH", "/Row")
            assert {str(cell.get_object()["/S"]) for cell in others} == {"/TD"}


def test_its_pictures_say_what_those_of_the_page_say(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    named = [one.get("aria-label") for one in page_of(client, made).iter() if one.get("role") == "img"]
    figures = [one for one in structure(pdf_of(client, made.at(PDF))) if one["/S"] == "/Figure"]
    assert all(one.get("/Alt") for one in figures)
    told_there = [str(one["/Alt"]) for one in figures]
    assert named
    assert [one for one in told_there if one in named] == named
    assert {one for one in told_there if one not in named} >= {"ruit:", "rondje:", "licht vlak:"}
    close_by = [text for slug in slugs(client, made) for text in pictures_of(page_at(client, made.at(f"/{slug}")))]
    of_others = [one for one in close_by if "; " in one]        # of herself alone, the figure stands in the table
    assert len(of_others) > 5
    assert [one for one in of_others if one not in told_there] == []


def test_its_figures_are_those_of_the_page(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    page = page_of(client, made)
    rows = [close_up(seen(row)) for row in page.iter("tr")]
    report_text = text_of_pdf(pdf_of(client, made.at(PDF)))
    there = close_up(report_text)
    assert len(rows) > 30
    assert [row for row in rows if row not in there] == []
    assert "4,5ofhoger" in there
    sentences = [close_up(seen(one)) for one in page.iter("p") if "say" in (one.get("class") or "").split()]
    assert sentences
    assert all(one in there for one in sentences)
    explained, close_by = there.rindex("Scoreenniveau"), there.rindex("Peronderwerp")
    assert set(FIGURE.findall(there[:close_by])) <= figures_of(page)
    every = [page, *(page_at(client, made.at(f"/{slug}")) for slug in slugs(client, made))]
    assert set(FIGURE.findall(there[:explained])) <= set().union(*map(figures_of, every))


def test_each_subject_from_close_by_is_that_of_its_page(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    known = slugs(client, made)
    there = close_up(text_of_pdf(pdf_of(client, made.at(PDF))))
    assert len(known) > 10
    for slug in known:
        page = page_at(client, made.at(f"/{slug}"))
        assert close_up(seen(next(page.iter("h1")))) in there
        rows = [row for table in page.iter("table") if "anchors" not in (table.get("class") or "").split()
                for row in table.iter("tr")]
        assert [text for row in rows if (text := close_up(seen(row))) not in there] == [], slug
        said = [close_up(seen(one)) for one in page.iter("p") if "say" in (one.get("class") or "").split()]
        assert [one for one in said if one not in there] == [], slug


def test_every_page_says_what_it_is(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    response = client.get(made.at(PDF))
    assert response.headers["Cache-Control"] == "no-store"
    assert re.fullmatch(rf'attachment; filename="profiel-\d{{4}}-\d\d-\d\d-{made.measurement_id}\.pdf"',
                        response.headers["Content-Disposition"])
    pdf = PdfReader(io.BytesIO(response.data))
    for number, page in enumerate(pdf.pages, 1):
        text = page.extract_text()
        assert "Vertrouwelijk" in text
        assert f"bladzijde {number} van {len(pdf.pages)}" in text
        assert "Najaarsronde" in text
        assert page.mediabox.width == pytest.approx(595.3, abs=1)
        assert page.mediabox.height == pytest.approx(841.9, abs=1)
    title, chapters = pdf.outline
    assert title["/Title"] == "Najaarsronde"
    titles = [str(one["/Title"]) for one in chapters if not isinstance(one, list)]
    assert titles[-4:] == ["Per onderwerp", "Niveaus", "In eigen woorden", "Zo lees je dit"]
    assert "Dezelfde cijfers in een tabel" in titles
    contents = close_up(pdf.pages[0].extract_text())
    for number, text in enumerate(titles):
        page = pdf.get_destination_page_number([one for one in chapters if not isinstance(one, list)][number]) + 1
        assert re.search(rf"{re.escape(close_up(text))}\.*{page}(?!\d)", contents), text


def test_it_begins_with_the_words_and_asks_for_no_press(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    pages = [page.extract_text() for page in pdf_of(client, made.at(PDF)).pages]
    first = close_up(pages[0])
    assert first.index("Voorhetgesprek") < first.index("Inwoorden") < first.rindex("Inwoorden")
    said = close_up("".join(pages)).rpartition("Scoreenniveau")[0]
    asked = ("Bekijk de cijfers", "Hoe we dat rekenen", "Hoe zeker is het", "Wat de zes vakken zeggen", "Maak hier een")
    assert [words for words in asked if close_up(words) in said] == []


def test_a_subject_stays_on_one_page(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    pdf = pdf_of(client, made.at(PDF))
    pages = [close_up(page.extract_text()) for page in pdf.pages]
    begins = {
        str(name).removeprefix("onderwerp-"): pdf.get_destination_page_number(place)
        for name, place in pdf.named_destinations.items() if str(name).startswith("onderwerp-")
    }  # fmt: skip
    assert len(begins) > 10
    assert len(set(begins.values())) <= 0.7 * len(begins)
    for slug, number in begins.items():
        assert number is not None
        rows = [close_up(seen(row)) for table in page_at(client, made.at(f"/{slug}")).iter("table")
                if "anchors" not in (table.get("class") or "").split() for row in table.iter("tr")]
        assert rows
        assert [row for row in rows if row not in pages[number]] == [], slug


def test_anchors_are_there_once_a_niveau_was_agreed(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    assert "Erisnoggeenniveauafgesproken." in close_up(text_of_pdf(pdf_of(client, made.at(PDF))))


def test_what_people_wrote_stays_text(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    pdf = pdf_of(client, made.at(PDF))
    there = close_up(text_of_pdf(pdf))
    for text in HOSTILE[:5]:
        assert close_up(text) in there
    assert not pdf.attachments
    assert "/AA" not in pdf.trailer["/Root"]
    assert "/OpenAction" not in pdf.trailer["/Root"]
    assert links_of(pdf)
    assert all("/A" not in link for link in links_of(pdf))      # only within the report


def test_its_links_lead_to_the_same_within_it(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    pdf = pdf_of(client, made.at(PDF))
    names = {str(name) for name in pdf.named_destinations}
    assert {f"onderwerp-{slug}" for slug in slugs(client, made)} <= names
    assert {"eigen-woorden", "uitleg", "uitleg-zeker", "cijfers"} <= names
    assert all(str(link["/Dest"]) in names for link in links_of(pdf))


def test_what_it_is_made_with_is_loaded_when_one_is_asked_for() -> None:
    asked = "import app, sys; assert 'xlsxwriter' not in sys.modules"
    subprocess.run([sys.executable, "-c", asked], check=True)


# --- the table --------------------------------------------------------------------------------------------------------


def book_of(client: CheckedClient, address: str) -> Workbook:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Cache-Control"] == "no-store"
    assert 'filename="profiel-' in response.headers["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(response.data))


def test_the_table_holds_the_figures_of_the_page(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    page = page_of(client, made)
    book = book_of(client, made.at(XLSX))
    assert book.sheetnames == ["Scores", "Rollen", "Ouders en leerlingen", "Zo lees je dit"]
    rows = list(book["Scores"].iter_rows(values_only=True))
    assert rows[0][:4] == ("Aspect", "Onderwerp", "Wie", "Score")
    tables = [table for table in page.iter("table") if "folds" in (table.get("class") or "").split()]
    heads = [text_of(one) for one in tables[0].iter("th") if one.get("scope") == "col"]
    shown = {}
    for row in tables[0].iter("tr"):
        named = [one for one in row if one.get("scope") in ("row", "rowgroup")]
        if named:
            name = told(named[0]).split("  ")[0]
            for head, cell in zip(heads[1:], [one for one in row if tag_of(one) == "td"], strict=True):
                shown[name, head] = told(cell)
    compared = 0
    for aspect, subject, who, score, people, *_ in rows[1:]:
        name = aspect if subject == "(het aspect)" else subject
        found = [text for (at, head), text in shown.items() if at.startswith(str(name)) and head == who]
        assert len(found) == 1, (name, who)
        written = score if isinstance(score, str) else f"{score:.1f}".replace(".", ",")
        assert found[0].startswith(written)
        assert people is None or f"{people} mens" in found[0]
        compared += 1
    assert compared == sum(1 for (_, head), text in shown.items()
                           if head not in ("Verschil", "Doel") and text.startswith(tuple("12345")))
    assert rows[0][8] == "Rust op"
    assert {bool(re.fullmatch(r"\d van \d", row[8] or "")) is (row[1] == "(het aspect)") for row in rows[1:]} == {True}
    pupils = list(book["Ouders en leerlingen"].iter_rows(values_only=True))
    assert pupils[1][0] == "Leerlingen"
    assert pupils[1][2:5] == ("2,8 of hoger", 3, 6)


def test_no_figure_is_more_precise_than_the_page(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    numbers = [cell.value for sheet in book_of(client, made.at(XLSX)) for row in sheet for cell in row
               if isinstance(cell.value, int | float)]
    assert len(numbers) > 100
    assert all(round(number, 1) == number for number in numbers)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1"])
def test_no_text_is_a_formula(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(text, [Table("Een", (text, "Twee"), ((text, 3.4), (None, 2)))])))
    cells_there = [cell for row in book["Een"] for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells_there} == {"s", "n"}
    assert not [cell for cell in cells_there if str(cell.value).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    assert book["Een"]["B2"].value == 3.4


def test_text_stays_as_it_was_where_it_harms_nobody() -> None:
    assert [harmless(text) for text in ("Jet – 4,5 of hoger", "a=b", "", "a\x00b\u202ec")] \
        == ["Jet – 4,5 of hoger", "a=b", "", "abc"]
    assert len(harmless("x" * 40_000)) < 32_768


def test_a_name_that_is_a_formula(app: Flask, client: CheckedClient, jet: Persona, made: Released) -> None:
    with app.app_context():
        db.session.get_one(Person, jet.id).name = "=HYPERLINK(1)"
        db.session.get_one(Round, made.round_id).name = "+SOM(A1)"
        db.session.commit()
    log_in(client, jet)
    kinds = {cell.data_type for sheet in book_of(client, made.at(XLSX)) for row in sheet for cell in row}
    assert "f" not in kinds


# --- who may have them ------------------------------------------------------------------------------------------------


def test_who_may_have_them(
    app: Flask, client: CheckedClient, organisation_id: int, jet: Persona, tom: Persona, made: Released
) -> None:
    colleague = make_person(app, organisation_id)
    nobody = [make_person(app, organisation_id, roles=[role]) for role in ("hr", "beheerder", "teamleider")]
    for person in (colleague, *nobody):
        log_in(client, person)
        assert [client.get(made.at(kind)).status_code for kind in (PDF, XLSX)] == [404, 404]
    share(app, made, colleague, with_comments=False)
    for person, comments in ((jet, True), (tom, True), (colleague, False)):
        log_in(client, person)
        there = close_up(text_of_pdf(pdf_of(client, made.at(PDF))))
        assert ("=1+1" in there) is comments
        assert "Scores" in book_of(client, made.at(XLSX)).sheetnames
    log_in(client, jet)
    page = client.get(made.at("/delen")).text
    assert "Tom Vos" in page        # who read it, by a file too
    change_part(app, made, comments_kept=True)
    log_in(client, tom)
    assert "=1+1" not in close_up(text_of_pdf(pdf_of(client, made.at(PDF))))


@pytest.mark.parametrize("values", [{"released_at": None, "lead_reads_from": None}, {"measurement_id": None}])
def test_a_round_that_is_not_released_has_none(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona, made: Released, values: dict[str, None]
) -> None:
    change_part(app, made, **values)
    for person in (jet, tom):
        log_in(client, person)
        assert [client.get(made.at(kind)).status_code for kind in (PDF, XLSX)] == [404, 404]


def test_of_a_self_assessment_too(app: Flask, client: CheckedClient, jet: Persona, tom: Persona) -> None:
    number = make_measurement(app, jet)
    log_in(client, jet)
    pdf = pdf_of(client, f"/profiel/{number}{PDF}")
    rows = [close_up(seen(row)) for row in tree_of(client.get(f"/profiel/{number}").data).iter("tr")]
    there = close_up(text_of_pdf(pdf))
    assert len(rows) > 10
    assert [row for row in rows if row not in there] == []
    assert book_of(client, f"/profiel/{number}{XLSX}").sheetnames == ["Scores", "Rollen", "Zo lees je dit"]
    log_in(client, tom)
    assert client.get(f"/profiel/{number}{PDF}").status_code == 404


def test_they_ask_little_of_the_database(app: Flask, client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    for kind in (PDF, XLSX):
        client.get(made.at(kind))
        with statements(app) as asked:
            client.get(made.at(kind))
        assert len(asked) <= 13      # as the page of a round, and what people wrote
