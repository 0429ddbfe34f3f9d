"""The report of a profile, read back as a reader of PDFs does."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from itertools import pairwise

import pytest
from pypdf import PdfReader

from tests.profiles.released import Released
from tests.profiles.support import (
    FIGURE,
    HOSTILE,
    PDF,
    close_up,
    figures_of,
    fonts_of,
    links_of,
    page_at,
    page_of,
    pdf_of,
    pictures_of,
    scope,
    seen,
    slugs,
    structure,
    text_of_pdf,
)
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)      # what is asked here is of the paper


@ON_SQLITE
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


@ON_SQLITE
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


@ON_SQLITE
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


@ON_SQLITE
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


@ON_SQLITE
def test_it_begins_with_the_words_and_asks_for_no_press(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    pages = [page.extract_text() for page in pdf_of(client, made.at(PDF)).pages]
    first = close_up(pages[0])
    assert first.index("Voorhetgesprek") < first.index("Inwoorden") < first.rindex("Inwoorden")
    said = close_up("".join(pages)).rpartition("Scoreenniveau")[0]
    asked = ("Bekijk de cijfers", "Hoe we dat rekenen", "Hoe zeker is het", "Wat de zes vakken zeggen", "Maak hier een")
    assert [words for words in asked if close_up(words) in said] == []


@ON_SQLITE
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


@ON_SQLITE
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


@ON_SQLITE
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
