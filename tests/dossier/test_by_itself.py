"""Documents that would do something by themselves, or get something from elsewhere, are told and not kept."""

from __future__ import annotations

import io

import pytest
from docx import Document
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from app.dossier import words
from app.dossier.uploads import Reason, Refused, judge
from tests.dossier import files

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
ODF = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
               for name in ("office", "text", "draw", "script", "table", "meta")) \
    + ' xmlns:xlink="http://www.w3.org/1999/xlink"'


def fate(content: bytes, name: str) -> Reason | None:
    """Why it is not kept; None when it is. Every reason has its words."""
    try:
        judge(content, name)
    except Refused as refused:
        assert words.why(refused)
        return refused.reason
    return None


def acting(catalog: bytes, *objects: bytes) -> bytes:
    """A PDF with this in its catalog and these objects, from number 4."""
    parts = [b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
             b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", *objects]
    made, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(b"%010d 00000 n \n" % len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    return made + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(parts) + 1, b"".join(places), len(parts) + 1, len(made))


@pytest.mark.parametrize(("catalog", "objects"), [
    (b"/OpenAction<</S 4 0 R/F(calc.exe)>>", [b"/L#61unch"]),
    (b"/OpenAction 5 0 R", [b"/L#61unch", b"<</S 4 0 R/F(calc.exe)>>"]),
    (b"/OpenAction<</S 4 0 R/J#53 5 0 R>>", [b"/J#61vaScript", b"(app.alert(1))"]),
    (b"/OpenAction<</S/URI/URI(http://elders.example/x)>>", []),
    (b"/OpenAction<</S/SubmitForm/F(http://elders.example/x)>>", []),
    (b"/OpenAction<</S/GoToR/F(//elders/x.pdf)/D[0/Fit]>>", []),
    (b"/OpenAction<</S/GoToE/F(x.pdf)/D[0/Fit]>>", []),
    (b"/OpenAction<</S/Rendition/OP 0>>", []), (b"/OpenAction<</S/Named/N/Print>>", []), (b"/OpenAction<</F(x)>>", []),
    (b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/URI/URI(http://elders.example/x)>>>>", []),
    (b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next 4 0 R>>", [b"[5 0 R]", b"<</S/URI/URI(http://elders.example/x)>>"]),
    (b"/AA<</WC<</S/SubmitForm/F(http://elders.example/x)>>>>", []),
    (b"/AA 4 0 R", [b"<</DP 5 0 R>>", b"<</S 6 0 R/URI(http://elders.example/x)>>", b"/URI"]),
    (b"/Extra 4 0 R", [b"<</Subtype/Widget/AA<</PO<</S/URI/URI(http://elders.example/x)>>>>>>"]),
    (b"/Extra 4 0 R", [b"<</Subtype/Link/A<</S/Rendition>>>>"]),
])  # fmt: skip
def test_a_pdf_does_nothing_by_itself(catalog: bytes, objects: list[bytes]) -> None:
    assert fate(acting(catalog, *objects), "a.pdf") is Reason.ACTIONS


@pytest.mark.parametrize(("catalog", "objects"), [
    (b"", []), (b"/OpenAction[3 0 R/Fit]", []), (b"/OpenAction 4 0 R", [b"[3 0 R/Fit]"]),
    (b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>", []), (b"/OpenAction null", []), (b"/AA<<>>", []),
    (b"/Extra 4 0 R", [b"<</Subtype/Link/A<</S/URI/URI(https://www.poraad.nl)>>>>"]),       # somebody has to click
])  # fmt: skip
def test_a_pdf_may_open_at_a_page_and_have_links(catalog: bytes, objects: list[bytes]) -> None:
    assert fate(acting(catalog, *objects), "a.pdf") is None


def test_actions_without_end() -> None:
    content = acting(b"/OpenAction 4 0 R", b"<</S/GoTo/D[3 0 R/Fit]/Next 4 0 R>>")
    assert fate(content, "a.pdf") is Reason.TOO_MUCH_INSIDE


def pointing(kind: str, target: str, mode: str = "External", part: str = "word/_rels/document.xml.rels") -> bytes:
    link = f'<Relationship Id="r1" Type="{OFFICE}{kind}" Target="{target}" TargetMode="{mode}"/>'
    return files.document("docx", {part: f"<Relationships>{link}</Relationships>".encode()})


@pytest.mark.parametrize(("content", "reason"), [
    (pointing("attachedTemplate", "http://elders.example/t.dotm", part="word/_rels/settings.xml.rels"), Reason.OUTSIDE),
    (pointing("attachedTemplate", "file:///C:/t.dotx"), Reason.OUTSIDE),
    (pointing("image", "\\\\elders\\s\\x.png"), Reason.OUTSIDE),
    (pointing("image", "https://x.example/"), Reason.OUTSIDE),
    (pointing("image", "&#92;&#92;elders\\s", mode="&#69;xternal"), Reason.OUTSIDE),
    (pointing("image", "http://x.example/", mode="Internal"), Reason.OUTSIDE),
    (pointing("externalLinkPath", "file:///C:/x.xlsx"), Reason.OUTSIDE),
    (pointing("hyperlink", "file:///C:/x.exe"), Reason.OUTSIDE), (pointing("hyperlink", "ms-word:x"), Reason.OUTSIDE),
    (pointing("hyperlink", "javascript:1"), Reason.OUTSIDE), (pointing("hyperlink", "\\\\elders\\x"), Reason.OUTSIDE),
    (pointing("oleObject", "mhtml:http://elders.example/x.html!x"), Reason.PARTS),
    (pointing("oleObject", "embeddings/x.bin", mode="Internal"), Reason.PARTS),
    (pointing("aFChunk", "a.mht", mode="Internal"), Reason.PARTS),
    (pointing("control", "x.xml", mode="Internal"), Reason.MACROS),
    (files.document("docx", {"word/_rels/a.xml.rels": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}), Reason.DAMAGED),
    (files.document("docx", {"word/_rels/a.xml.rels": b"<a>"}), Reason.DAMAGED),
    (files.document("docx", {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}), Reason.PARTS),
    (files.document("docx", {"word/media/image1.png": b"\xd0\xcf\x11\xe0"}), Reason.PARTS),
    (files.document("docx", {"word/media/image1.png": b"MZ\x90"}), Reason.PARTS),
    *[(files.document("docx", {f"word/a.{end}": b"x"}), Reason.PARTS)
      for end in ("mht", "lnk", "scr", "wsf", "svg", "html", "rtf", "exe", "bin", "hta", "url", "pdf")],
    (files.document("docx", {"word/a": b"x"}), Reason.PARTS),
    (files.document("docx", {"word/embeddings/a.docx": files.document("docx", {
        "word/embeddings/b.xlsx": files.workbook()})}), Reason.PARTS),
    (files.document("docx", {"word/a.xml": f'<w:p {W}><w:instrText> DDEAUTO c:\\cmd</w:instrText></w:p>'.encode()}),
     None),                                         # not where a field begins
    (files.document("docx", {"word/a.xml": (
        f'<w:p {W}><w:fldChar w:fldCharType="begin"/><w:instrText> DDE</w:instrText><w:t>x</w:t>'
        '<w:instrText>&#65;UTO c:\\cmd</w:instrText></w:p>').encode("utf-16")}), Reason.OUTSIDE),
    (files.document("docx", {"word/a.xml": f'<w:fldSimple {W} w:instr=" dde c:\\cmd"/>'.encode()}), Reason.OUTSIDE),
    (files.document("docx", {"word/a.xml": f'<w:altChunk {W}/>'.encode()}), Reason.PARTS),
    (files.document("docx", {"word/a.xml": b'<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/>'}),
     Reason.PARTS),
    (files.document("xlsx", {"xl/externalLinks/externalLink1.xml": b'<externalLink><ddeLink ddeService="cmd"/>'
                             b"</externalLink>"}), Reason.OUTSIDE),
])  # fmt: skip
def test_a_document_gets_nothing_and_carries_nothing(content: bytes, reason: Reason | None) -> None:
    assert fate(content, "bestand") is reason


@pytest.mark.parametrize(("kind", "reason"), [
    ("application/vnd.ms-office.vba&#80;roject", Reason.MACROS),
    ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", Reason.MACROS),
    ("application/vnd.openxmlformats-officedocument.oleObject", Reason.PARTS), ("text/html", Reason.PARTS),
    ("message/rfc822", Reason.PARTS), ("application/x-msdownload", Reason.PARTS), ("application/rtf", Reason.PARTS),
    ("application/vnd.ms-office.webextensiontaskpanes+xml", Reason.PARTS),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml", Reason.PARTS),
    ("image/png", None),
])  # fmt: skip
def test_what_the_parts_are_said_to_be(kind: str, reason: Reason | None) -> None:
    part, said = files.MAIN["docx"]
    types = f'<Types><Override PartName="/{part}" ContentType="{said}"/><Default Extension="a" ContentType="{kind}"/>' \
            "</Types>"
    assert fate(files.zipped({"[Content_Types].xml": types.encode(), part: b"<w/>"}), "a.docx") is reason


def test_what_takes_too_long_to_read() -> None:
    cells = {f"word/{number}.xml": b"<w>" + b"<c/>" * 900_000 + b"</w>" for number in range(4)}
    assert fate(files.document("docx", cells), "a.docx") is Reason.TOO_MUCH_INSIDE


def open_document(inside: str, more: dict[str, bytes] | None = None) -> bytes:
    return files.open_document("text", {"styles.xml": f"<office:x {ODF}>{inside}</office:x>".encode(), **(more or {})})


@pytest.mark.parametrize(("content", "reason"), [
    (open_document('<script:event-listener xlink:href="vnd.sun.star.script:x"/>'), Reason.MACROS),
    (open_document('<office:scripts><office:script script:language="ooo:Basic"/></office:scripts>'), Reason.MACROS),
    (open_document('<text:a xlink:href="macro:///Standard.M.x"/>'), Reason.MACROS),
    (open_document("", {"Object 1/Basic/Standard/M.xml": b"<x/>"}), Reason.MACROS),
    (open_document("", {"Dialogs/d.xml": b"<x/>"}), Reason.MACROS),
    (open_document('<draw:image xlink:href="http://elders.example/x.png"/>'), Reason.OUTSIDE),
    (open_document('<draw:image xlink:href="\\\\elders\\x.png"/>'), Reason.OUTSIDE),
    (open_document('<draw:image xlink:href="//elders/x.png"/>'), Reason.OUTSIDE),
    (open_document('<draw:object xlink:href="../x.ods"/>'), Reason.OUTSIDE),
    (open_document('<draw:object xlink:href="./a/../../x.ods"/>'), Reason.OUTSIDE),
    (open_document('<table:table-source xlink:href="file:///C:/x.ods"/>'), Reason.OUTSIDE),
    (open_document('<text:a xlink:href="file:///C:/x.exe"/>'), Reason.OUTSIDE),
    (open_document('<meta:template xlink:href="http://elders.example/t.ott"/>'), Reason.OUTSIDE),
    (open_document("<text:dde-connection-decl/>"), Reason.OUTSIDE),
    (open_document("<draw:plugin/>"), Reason.PARTS),
    (open_document("", {"Object 1": b"\xd0\xcf\x11\xe0"}), Reason.PARTS),
    (open_document("", {"Pictures/a.png": b"MZ"}), Reason.PARTS), (open_document("", {"a.exe": b"x"}), Reason.PARTS),
    # what every writer of such documents makes
    (open_document(
        '<text:a xlink:href="https://www.poraad.nl"/><text:a xlink:href="#hoofdstuk"/><office:scripts/>'
        '<draw:image xlink:href="Pictures/a.png"/><draw:object xlink:href="./Object 1"/><draw:object xlink:href=""/>'
        '<meta:template xlink:href="/C:/Sjablonen/brief.ott"/><meta:template xlink:href="../../brief.ott"/>',
        {"Object 1/content.xml": b"<x/>", "ObjectReplacements/Object 1": b"x", "Thumbnails/thumbnail.png": b"x",
         "Configurations2/accelerator/current.xml": b"", "Configurations2/": b"", "manifest.rdf": b"<x/>",
         "layout-cache": b"x", "Pictures/a.png": b"x"}), None),
])  # fmt: skip
def test_an_open_document_gets_nothing_and_carries_nothing(content: bytes, reason: Reason | None) -> None:
    assert fate(content, "bestand") is reason


def test_what_office_programs_write_is_kept() -> None:
    more = {
        "docProps/thumbnail.jpeg": b"x", "word/media/image1.emf": b"x", "customXml/item1.xml": b"<x/>",
        "word/fonts/font1.odttf": b"x", "xl/printerSettings/printerSettings1.bin": b"x", "[trash]/0000.dat": b"x",
        "xl/drawings/vmlDrawing1.vml": b"<br>", "word/embeddings/Microsoft_Excel_Sheet1.xlsx": files.workbook(),
        "word/_rels/document.xml.rels": (
            f'<Relationships><Relationship Type="{OFFICE}hyperlink" Target="https://www.poraad.nl" '
            f'TargetMode="External"/><Relationship Type="{OFFICE}hyperlink" Target="mailto:ib@school.example" '
            f'TargetMode="External"/><Relationship Type="{OFFICE}image" Target="media/image1.emf"/>'
            f'<Relationship Type="{OFFICE}package" Target="embeddings/Microsoft_Excel_Sheet1.xlsx"/></Relationships>'
        ).encode(),
    }
    assert fate(files.document("docx", more), "a.docx") is None


def test_what_other_libraries_write_is_kept() -> None:
    document, workbook = Document(), Workbook()
    document.add_heading("Verslag")
    document.add_picture(io.BytesIO(files.picture()))
    document.add_table(2, 2)
    sheet = workbook.active
    sheet.append([1, 2, 3])
    sheet["A1"].comment = Comment("kijk", "Noor")
    sheet["B1"].hyperlink = "https://www.poraad.nl"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, max_col=3, min_row=1))
    sheet.add_chart(chart, "E5")
    for made, name in ((document, "a.docx"), (workbook, "a.xlsx")):
        into = io.BytesIO()
        made.save(into)
        assert fate(into.getvalue(), name) is None
