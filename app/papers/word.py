"""The same paper as a Word document (DOCX), to go on writing in.

PURE. Headings, lists, tables with their head, and words; no drawings. What people wrote goes in as text, so there is
nothing in it to run. The language is Dutch, and it says nobody's name but the one that it is given.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from app.papers.columns import PADDING, ROOM, columns
from app.papers.markup import BREAK, Element, read
from app.papers.paper import Paper

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

LANGUAGE: Final = "nl-NL"
FONT: Final = "Arial"             # as wide as the letters that columns are counted with
BLUE, SOFT, TINT, LINE = "0E2F57", "4B596A", "F2F6FB", "B4BFCB"
_HEADINGS: Final = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3"}
_SIZES: Final = {"Normal": 10, "Title": 26, "Heading 1": 14, "Heading 2": 11, "Heading 3": 10}
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHORT: Final = 12                  # rows; a table that is no longer stays on one page
_MARGIN, _EDGE = 51.0, 70.0         # points beside the text, and above and below it


def docx(paper: Paper, author: str, moment: dt.datetime) -> bytes:
    """The paper as a file. `author`: what its properties name as whoever made it."""
    from docx import Document as Begun

    document = Begun()
    _properties(document, paper.title, author, moment)
    _language(document)
    _styles(document)
    _page(document, paper)
    _blocks(document, read(_clean(paper.markup)).inside)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)


# --- what is on it ----------------------------------------------------------------------------------------------------


def _blocks(into: Document | _Cell, parts: Sequence[Element | str]) -> None:
    for one in parts:
        if isinstance(one, Element):
            _block(into, one)


def _block(into: Document | _Cell, one: Element) -> None:
    if one.tag == "table":
        _table(into, one)
    elif one.tag in ("ul", "ol"):
        for item in one.of("li"):
            _words(into.add_paragraph(style="List Bullet" if one.tag == "ul" else "List Number"), item.inside)
    elif one.tag == "dl":
        _pairs(into, one)
    elif one.tag in _HEADINGS:
        _words(into.add_paragraph(style=_HEADINGS[one.tag]), one.inside)
    elif one.tag in ("p", "blockquote", "summary"):
        _words(into.add_paragraph(style="Quote" if one.tag == "blockquote" else None), one.inside, one.look)
    else:
        _blocks(into, one.inside)


def _pairs(into: Document | _Cell, one: Element) -> None:
    """Each word with what it means, on a line of its own."""
    from docx.shared import Pt

    for term, meaning in zip(one.of("dt"), one.of("dd"), strict=True):
        line = into.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        _words(line, (Element("b", inside=(term.text(), ": ")), *meaning.inside))


def _words(paragraph: Paragraph, parts: Sequence[Element | str], look: Sequence[str] = (), *,
           strong: bool = False) -> None:
    from docx.shared import RGBColor

    for one in parts:
        if isinstance(one, str):
            run = paragraph.add_run(one.replace(BREAK, ""))
            run.bold = strong or "strong" in look or None
            if {"quiet", "kick"} & set(look):
                run.font.color.rgb = RGBColor.from_string(SOFT)
        elif one.tag == "br":
            paragraph.add_run().add_break()
        else:
            _words(paragraph, one.inside, (*look, *one.look), strong=strong or one.tag in ("b", "strong"))


def _table(into: Document | _Cell, one: Element) -> None:
    """A table whose head comes back on every page, and whose rows stay whole."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    heads = len([row for head in one.of("thead") for row in head.of("tr")])
    rows = [[cell for cell in row.inside if isinstance(cell, Element)] for row in one.of("tr")]
    found = columns(one)
    wide = [width * ROOM / sum(found.wide) for width in found.wide]
    made = into.add_table(len(rows), len(wide))
    made.style, made.autofit = "Table Grid", False
    _lines(made._tbl.tblPr)
    for at, cells in enumerate(rows):
        _row(made.rows[at]._tr, head=at < heads)
        place = 0
        for cell in cells:
            over = int(cell.given.get("colspan", "1"))
            box = made.cell(at, place)
            if over > 1:
                box = box.merge(made.cell(at, place + over - 1))
            box.width = Pt(sum(wide[place:place + over]))
            line = box.paragraphs[0]
            line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
            line.paragraph_format.keep_with_next = at + 1 < len(rows) <= _SHORT
            if "num" in cell.look:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _words(line, cell.inside, cell.look, strong=at < heads or cell.tag == "th")
            for run in line.runs:
                run.font.size = Pt(found.size)
            if at < heads:
                _shade(box._tc.get_or_add_tcPr())
            place += over
    for column, width in zip(made.columns, wide, strict=True):
        column.width = Pt(width)
    after = into.add_paragraph().paragraph_format       # Word asks for one behind a table
    after.space_after, after.line_spacing = Pt(0), Pt(2)


def _lines(properties: Any) -> None:
    """Thin lines between the rows, and as little room beside the words as was counted; in the order of the schema."""
    borders = _child(properties, "w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        drawn = "single" if edge in ("bottom", "insideH") else "nil"
        _child(borders, f"w:{edge}", {"w:val": drawn, "w:sz": "4", "w:space": "0", "w:color": LINE})
    margins = _child(properties, "w:tblCellMar")
    for edge in ("left", "right"):
        _child(margins, f"w:{edge}", {"w:w": str(int(PADDING * 10)), "w:type": "dxa"})
    order = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]
    properties[:] = sorted(properties, key=lambda one: order.index(one.tag.rpartition("}")[2]))


def _row(row: Any, *, head: bool) -> None:
    properties = row.get_or_add_trPr()
    _child(properties, "w:cantSplit")
    if head:
        _child(properties, "w:tblHeader")


def _shade(properties: Any) -> None:
    _child(properties, "w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": TINT})


# --- what it looks like, and what it says of itself -------------------------------------------------------------------


def _properties(document: Document, title: str, author: str, moment: dt.datetime) -> None:
    found, at = document.core_properties, moment.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    found.title, found.author, found.last_modified_by = (_clean(text)[:255] for text in (title, author, author))
    found.created, found.modified, found.language, found.revision = at, at, LANGUAGE, 1
    found.comments = found.subject = found.keywords = found.category = ""


def _language(document: Document) -> None:
    from docx.oxml.ns import qn

    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), LANGUAGE)
    for name, key, value in (
        ("w:themeFontLang", "w:val", LANGUAGE), ("w:decimalSymbol", "w:val", ","), ("w:listSeparator", "w:val", ";"),
        ("w:zoom", "w:percent", "100"),
    ):  # fmt: skip
        for one in document.settings.element.iter(qn(name)):
            one.set(qn(key), value)
    for one in document.settings.element.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")
    package = document.part.package
    for number, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):         # of the empty file that every document begins with
            del package.rels[number]


def _styles(document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in _SIZES.items():
        style: Any = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{kind}"), FONT)
        style.font.size = Pt(size)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(BLUE)
            style.font.bold = True


def _page(document: Document, paper: Paper) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    section, edges = document.sections[0], paper.running
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Pt(_MARGIN)
    section.top_margin = section.bottom_margin = Pt(_EDGE)
    for edge in (section.header, section.footer):
        line = edge.paragraphs[0]
        line.style.paragraph_format.tab_stops.clear_all()
        line.paragraph_format.tab_stops.add_tab_stop(Pt(ROOM), WD_TAB_ALIGNMENT.RIGHT)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    _words(head, (Element("b", inside=(_clean(edges.secret),)), f"\t{_clean(edges.whose)}"), ("quiet",))
    _words(foot, (f"{_clean(edges.moment)}\t{edges.leaf} ",), ("quiet",))
    _counted(foot, "PAGE")
    _words(foot, (f" {edges.of} ",), ("quiet",))
    _counted(foot, "NUMPAGES")


def _counted(paragraph: Paragraph, what: str) -> None:
    """A number that Word fills in."""
    field = _child(paragraph._p, "w:fldSimple", {"w:instr": what})
    run = _child(field, "w:r")
    _child(_child(run, "w:rPr"), "w:color", {"w:val": SOFT})
    _child(run, "w:t").text = "1"


def _child(parent: Any, name: str, given: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: Any = OxmlElement(name)
    for key, value in (given or {}).items():
        made.set(qn(key), value)
    parent.append(made)
    return made
