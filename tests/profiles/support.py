"""Reports and tables of a profile read back, as a reader of PDFs and a spreadsheet do."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import openpyxl
from flask import Flask
from openpyxl.workbook import Workbook
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, PdfObject

from app.db import db
from app.measurement.scale import Group
from app.measurement.scoring import Cell
from tests.profiles.made import CATALOG, SPRING
from tests.profiles.released import Released, thin, told
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, tag_of, text_of, tree_of
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


HOSTILE_TEXT = '<script>alert("x")</script> & \'aanhaling\' {{ 7*7 }} %(x)s \u202etxet 🙂 ' + "lang" * 60
VM1 = "verwachtingen-ophalen"


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


def book_of(client: CheckedClient, address: str) -> Workbook:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Cache-Control"] == "no-store"
    assert 'filename="profiel-' in response.headers["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(response.data))


def rows(html: bytes) -> dict[str, list[str]]:
    """Every row of every table: its name with what stands in its cells."""
    found = {}
    for row in tree_of(html).iter("tr"):
        cells = [text_of(cell) for cell in row if tag_of(cell) == "td"]
        if cells:
            found[text_of(next(cell for cell in row if tag_of(cell) == "th"))] = cells
    return found


def said(html: bytes) -> list[str]:
    return [text_of(p) for p in tree_of(html).iter("p") if p.get("class") == "say"]


def links(html: bytes) -> dict[str, str]:
    return {text_of(a): a.get("href") or "" for main in tree_of(html).iter("main") for a in main.iter("a")}


def text(html: bytes) -> str:
    return text_of(next(tree_of(html).iter("main")))


def unmeasured(html: bytes) -> list[str]:
    """What the page says was not measured in this self-assessment."""
    lists = (one for one in tree_of(html).iter("ul") if one.get("class") == "plain-list")
    return [text_of(item) for one in lists for item in one]


def open_goal(person: Persona, competency: str) -> None:
    from app.competencies.queries import current_framework
    from app.development.goals.lifecycle import GoalState
    from app.development.models import Goal

    db.session.add(Goal(
        organisation_id=person.organisation_id, person_id=person.id,
        framework_version_id=current_framework().version_id, competency_code=competency, state=GoalState.OPEN, place=1,
        reason="", behaviour="", noticed_by="", if_then="", created_at=SPRING, changed_at=SPRING,
    ))
    db.session.commit()


def cost(app: Flask, client: CheckedClient, path: str) -> int:
    client.get(path)            # the framework is read once per process
    with statements(app) as seen:
        assert client.get(path).status_code == 200
    assert len(seen) <= 14, "\n".join(seen)
    return len(seen)
