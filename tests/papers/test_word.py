"""Papers as Word documents: read back, and looked at as the parts that Word itself needs."""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import zipfile
from html import escape
from xml.etree import ElementTree

import docx as reader
import pytest
from docx.document import Document

from app.papers import Paper, Running, docx

RUNNING = Running("Offerte", "De Brug", "Offerte B7", "bladzijde", "van")
MOMENT = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
TABLE = ('<table><thead><tr><th scope="col">Wat</th><th scope="col" class="num">Bedrag</th></tr></thead><tbody>'
         '<tr><td>{0}</td><td class="num">€ 1.234,50</td></tr>'
         '<tr><td colspan="2">Alles samen</td></tr></tbody></table>')
HOSTILE = ["<script>alert(1)</script>", "=1+1", "+cmd", "-2", "@SUM(A1)", "{{ 7*7 }}", "&lt;w:p/&gt;", "]]>",
           "\u202eom", "x" * 3000, "👩‍👩‍👧 مرحبا", "<w:fldSimple w:instr=\"DDEAUTO\"/>"]


def made(markup: str, title: str = "Offerte B7", author: str = "De Brug") -> bytes:
    return docx(Paper(title, markup, RUNNING), author, MOMENT)


def opened(data: bytes) -> Document:
    return reader.Document(io.BytesIO(data))


def test_what_is_read_back() -> None:
    found = opened(made(
        "<h1>Offerte</h1><dl><dt>Voor</dt><dd>De Regenboog</dd></dl><h2>De vraag</h2><p>Eén<br>twee <b>vet</b>.</p>"
        "<ul><li>dit</li></ul><ol><li>eerst</li></ol><section><h3>Dieper</h3></section><blockquote>Zo.</blockquote>"
        + TABLE.format("Les")
    ))  # fmt: skip
    told = [(line.style.name, line.text) for line in found.paragraphs if line.style and line.text]
    assert told == [
        ("Title", "Offerte"), ("Normal", "Voor: De Regenboog"), ("Heading 1", "De vraag"), ("Normal", "Eén\ntwee vet."),
        ("List Bullet", "dit"), ("List Number", "eerst"), ("Heading 2", "Dieper"), ("Quote", "Zo."),
    ]  # fmt: skip
    (table,) = found.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Wat", "Bedrag"], ["Les", "€ 1.234,50"], ["Alles samen", "Alles samen"]]
    heads = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
    assert heads == [True, False, False]
    assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows)


def test_what_it_says_of_itself() -> None:
    found = opened(made("<h1>Offerte</h1>"))
    properties = found.core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == ("Offerte B7", "De Brug", "De Brug")
    assert (properties.language, properties.comments, properties.revision) == ("nl-NL", "", 1)
    assert properties.created == properties.modified == MOMENT
    section = found.sections[0]
    assert section.page_width and round(section.page_width.mm) == 210
    assert section.header.paragraphs[0].text == "Offerte\tDe Brug"
    assert section.footer.paragraphs[0].text.startswith("Offerte B7\tbladzijde ")
    counted = [one.get(f"{W}instr") for one in section.footer._element.iter(f"{W}fldSimple")]
    assert counted == ["PAGE", "NUMPAGES"]


def test_it_is_dutch_throughout() -> None:
    with zipfile.ZipFile(io.BytesIO(made("<p>x</p>"))) as parts:
        styles = ElementTree.fromstring(parts.read("word/styles.xml"))
    assert {one.get(f"{W}val") for one in styles.iter(f"{W}lang")} == {"nl-NL"}


def test_every_part_is_what_word_needs() -> None:
    """As any reader of a package would: each part has a type, each relation leads to a part, each XML can be read."""
    with zipfile.ZipFile(io.BytesIO(made("<h1>x</h1>" + TABLE.format("Les")))) as parts:
        assert parts.testzip() is None
        names = set(parts.namelist())
        assert len(names) == len(parts.namelist())
        types = ElementTree.fromstring(parts.read("[Content_Types].xml"))
        endings = {one.get("Extension") for one in types.iter(f"{TYPES}Default")}
        told = {str(one.get("PartName")).lstrip("/") for one in types.iter(f"{TYPES}Override")}
        assert told <= names
        assert all(name in told or name.rsplit(".", 1)[-1] in endings for name in names - {"[Content_Types].xml"})
        for name in names:
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))
            if name.endswith(".rels"):
                folder = posixpath.dirname(posixpath.dirname(name))
                for relation in ElementTree.fromstring(parts.read(name)).iter(RELATIONS):
                    assert relation.get("TargetMode") != "External"
                    target = posixpath.normpath(posixpath.join(folder, str(relation.get("Target"))))
                    assert target.lstrip("/") in names
        assert not [name for name in names if "thumbnail" in name or "vba" in name.lower()]


def test_cells_are_whole() -> None:
    """Word refuses a cell without a paragraph, and a table that nothing follows in a cell."""
    with zipfile.ZipFile(io.BytesIO(made(TABLE.format("")))) as parts:
        document = ElementTree.fromstring(parts.read("word/document.xml"))
    for row in document.iter(f"{W}tr"):
        spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc")]
        assert sum(1 if span is None else int(str(span.get(f"{W}val"))) for span in spans) == 2
        assert all(list(cell)[-1].tag == f"{W}p" for cell in row.iter(f"{W}tc"))
    for properties in document.iter(f"{W}tcPr"):
        order = [f"{W}tcW", f"{W}gridSpan", f"{W}shd"]
        assert [one.tag for one in properties] == sorted((one.tag for one in properties), key=order.index)
    body = document.find(f"{W}body")
    assert body is not None and [one.tag for one in body][-1] == f"{W}sectPr"


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    data = made(f"<h1>{escape(text)}</h1><p>{escape(text)}</p>{TABLE.format(escape(text))}", text, text)
    found = opened(data)
    assert [line.text for line in found.paragraphs if line.text] == [text, text]
    assert found.tables[0].cell(1, 0).text == text
    assert found.core_properties.author == text[:255]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        body = ElementTree.fromstring(parts.read("word/document.xml"))
    assert not list(body.iter(f"{W}fldSimple")) and not list(body.iter(f"{W}instrText"))


def test_what_xml_cannot_hold_is_left_out() -> None:
    found = opened(made("<p>a\u0000b\u000bc\ud800\ufffed</p>", "a\u0001b"))
    assert found.paragraphs[0].text == "abcd"
    assert found.core_properties.title == "ab"
