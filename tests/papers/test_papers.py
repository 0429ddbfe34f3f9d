"""Papers, from markup to the file: what is on them, what a reader of PDFs hears, and what cannot get in or out."""

from __future__ import annotations

import io
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from html import escape

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.papers import Paper, Running, pdf, typesetting
from app.papers.columns import PADDING, ROOM, columns
from app.papers.markup import Element, read
from app.papers.pictures import taken_out
from app.papers.tags import with_row_heads

RUNNING = Running("Vertrouwelijk", "Jet Bos", "Najaarsronde", "bladzijde", "van")
TABLE = (
    '<table><caption>Wie wat zag</caption><thead><tr><th scope="col">Wie</th><th scope="col" class="num">Score</th>'
    "</tr></thead><tbody>{rows}</tbody></table>"
)  # fmt: skip
ROW = '<tr><th scope="row">Rij {0}</th><td class="num">{0}</td></tr>'


def made(markup: str, title: str = "Een blad") -> PdfReader:
    paper = Paper(title, f"<h1>{escape(title)}</h1>{markup}", RUNNING)
    return PdfReader(io.BytesIO(pdf(paper)), strict=True)


def text_of(found: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in found.pages)


def tags(found: PdfReader) -> Iterator[DictionaryObject]:
    def inside(element: DictionaryObject) -> Iterator[DictionaryObject]:
        yield element
        for kid in element.get("/K", []):
            one = kid.get_object()
            if isinstance(one, DictionaryObject) and "/S" in one:
                yield from inside(one)

    for one in found.trailer["/Root"]["/StructTreeRoot"]["/K"]:
        yield from inside(one.get_object())


# --- what is on it ----------------------------------------------------------------------------------------------------


def test_a_paper_is_told_as_what_it_is() -> None:
    found = made(
        '<p>Een <b>woord</b>.</p><h2 id="een">Eén</h2><ul><li>dit</li><li>dat</li></ul><ol><li>eerst</li></ol>'
        '<blockquote class="typed">Zo.</blockquote><p><a href="#een">naar één</a></p>'
        + TABLE.format(rows=ROW.format(1)), "Titel & <b>",
    )  # fmt: skip
    root = found.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("nl", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert found.metadata
    assert found.metadata.title == "Titel & <b>"
    kinds = [str(one["/S"]) for one in tags(found)]
    assert set(kinds) >= {"/Document", "/H1", "/H2", "/P", "/L", "/LI", "/BlockQuote", "/Link", "/Table", "/Caption"}
    assert kinds.count("/LI") == 3


def test_every_page_says_whose_it_is_and_which() -> None:
    found = made("<p>woord</p>" * 100)
    assert len(found.pages) > 1
    for number, page in enumerate(found.pages, 1):
        text = page.extract_text()
        assert all(word in text for word in ("Vertrouwelijk", "Jet Bos", "Najaarsronde"))
        assert f"bladzijde {number} van {len(found.pages)}" in text


def test_the_head_of_a_table_is_on_every_page_of_it_and_its_rows_stay_whole() -> None:
    rows = "".join(f'<tr><th scope="row">begin {n}<br>midden<br>eind {n}</th><td class="num">{n}</td></tr>'
                   for n in range(60))
    pages = [page.extract_text() for page in made(TABLE.format(rows=rows)).pages]
    assert len(pages) > 2
    assert all("Wie Score" in page for page in pages)
    for number in range(60):
        (page,) = [one for one in pages if re.search(rf"begin {number}\b", one)]
        assert re.search(rf"eind {number}\b", page)


def test_a_remark_is_broken_over_pages_only_when_it_fits_on_none() -> None:
    short = "".join(f'<blockquote class="typed">begin{n} {"woord " * 40}eind{n}</blockquote>' for n in range(40))
    pages = [page.extract_text() for page in made(short).pages]
    assert len(pages) > 2
    for number in range(40):
        assert len([page for page in pages if re.search(rf"(begin|eind){number}\b", page)]) == 1
    long = text_of(made(f'<blockquote class="typed">begin\n{"x&#10;" * 300}eind</blockquote>'))
    assert long.count("\nx") == 300
    assert "eind" in long


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script>", '#import "@preview/x:1.0.0": y', '#read("/etc/passwd")',
    "$x^2$ *sterk* _schuin_ `code`", "@verwijzing <label> \\ // niets", "= kop", "- lijst", "[inhoud] {code}",
    "--- ... ~ 'a' \"b\"",
])  # fmt: skip
def test_text_stays_text(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    found = made(f'<p>{escaped}</p><blockquote class="typed">{escaped}</blockquote>', "Titel")
    there = re.sub(r"\s+", "", text_of(found))
    assert there.count(re.sub(r"\s+", "", text)) == 2


@pytest.mark.parametrize(("text", "shown"), [
    ("مرحبا", "مرحبا"), ("👩‍👩‍👧", "👩"), ("žluťoučký", "žluťoučký"), ("a\u0000b\u001bc", "abc"), ("\ufdd0x", "□x"),
    ("\u0378", "□"), ("漢", "[漢□]"), ("\U0010fffd", ""), ("\ud800z", "z"), ("\u202eom\u202c en terug", "terug"),
])  # fmt: skip
def test_a_paper_is_made_whatever_the_script(text: str, shown: str) -> None:
    found = made(f'<blockquote class="typed">{text}</blockquote>')
    assert re.search(shown, text_of(found))


def test_a_paper_is_made_on_a_machine_without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_fonts", lambda: typst.Fonts(include_system_fonts=False))
    found = made("<p>Zó: 3,4 – ‘goed’ • 👩 漢字</p>" + TABLE.format(rows=ROW.format(1)))
    assert "Zó: 3,4 – ‘goed’ • □ □□" in text_of(found)
    assert b"pdfuaid:part" in found.trailer["/Root"]["/Metadata"].get_data()


# --- what is heard ----------------------------------------------------------------------------------------------------


def scopes(found: PdfReader) -> list[tuple[str, str]]:
    cells = [one for one in tags(found) if one["/S"] in ("/TH", "/TD")]
    return [(str(one["/S"]), "".join(str(part.get("/Scope", "")) for part in one["/A"])) for one in cells]


def test_rows_have_their_head_where_the_markup_says_so() -> None:
    without = TABLE.format(rows='<tr><td>a</td><td class="num">1</td></tr>')
    found = made(TABLE.format(rows=ROW.format(1) + ROW.format(2)) + without)
    heads = [("/TH", "/Column"), ("/TH", "/Column")]
    row = [("/TH", "/Row"), ("/TD", "")]
    assert scopes(found) == [*heads, *row, *row, *heads, ("/TD", ""), ("/TD", "")]


def test_the_heads_of_rows_change_the_file_nowhere_else() -> None:
    plain = pdf(Paper("T", "<h1>T</h1>" + TABLE.format(rows='<tr><td>S/TD</td><td class="num">1</td></tr>'), RUNNING))
    changed = with_row_heads(plain, [True])
    assert len(changed) == len(plain)
    assert changed != plain
    assert with_row_heads(plain, [False]) == plain
    places = [at for at, (old, new) in enumerate(zip(plain, changed, strict=True)) if old != new]
    assert all(plain.rfind(b"/StructElem", 0, at) > plain.rfind(b"endobj", 0, at) for at in places)
    assert with_row_heads(b"%PDF-1.7\nniets", [True]) == b"%PDF-1.7\nniets"


def test_a_picture_says_what_its_drawing_says() -> None:
    drawing = ('<svg class="chart" viewBox="0 0 40 20" role="img" aria-label="Wat &quot;ik&quot; zie">'
               '<path class="mo" d="M1 1l5 5"/><text x="5" y="15">3,4</text></svg>')
    found = made(f"<p>Zie:</p><figure>{drawing}</figure>")
    assert [str(one["/Alt"]) for one in tags(found) if one["/S"] == "/Figure"] == ['Wat "ik" zie']
    assert "3,4" in text_of(found)


def test_a_figure_in_a_picture_is_not_struck_through() -> None:
    """White is drawn around its letters before they are, and it is read once."""
    def drawing(look: str) -> str:
        return (f'<figure><svg class="chart" viewBox="0 0 40 20" aria-label="x"><path class="axis" d="M0 10H40"/>'
                f'<text class="{look}" x="5" y="15">3,4</text></svg></figure>')
    plain, kept_free = (made(drawing(look)) for look in ("vo", "vo halo"))
    assert text_of(kept_free).count("3,4") == text_of(plain).count("3,4") == 1
    outlined, letters = (found.pages[0].get_contents().get_data() for found in (kept_free, plain))  # type: ignore[union-attr]
    assert len(re.findall(rb"\bS\b", outlined)) == len(re.findall(rb"\bS\b", letters)) + 3
    assert outlined.rfind(b"\nS\n") < outlined.rfind(b"(")


def test_a_drawing_without_a_name_says_nothing_and_the_same_one_is_there_once() -> None:
    swatch = '<svg viewBox="0 0 40 20" aria-hidden="true"><path class="lo" d="M0 1"/><path class="mo" d="M1 1"/></svg>'
    icon = '<svg viewBox="0 0 4 4" class="ic"><use href="#x"/></svg>'
    shown, drawings = taken_out(f"{icon}{swatch}{swatch}", {"mo": "ruit:"})
    assert shown == '<img class="swatch" src="0" wide="40" alt="ruit:">' * 2
    assert len(drawings) == 1
    assert drawings[0].endswith('<path class="mo" d="M1 1"/></svg>')


# --- what cannot get in or out ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [
    '#read("/etc/passwd")', '#read("../config.py")', '#read("/../config.py")', '#image("/etc/hostname")',
    '#import "@preview/cetz:0.3.0"', '#import "@local/x:0.1.0"',
])  # fmt: skip
def test_nothing_else_can_be_opened(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    monkeypatch.setattr(typesetting, "_source", source.encode)
    with pytest.raises(typst.TypstError):
        typesetting._compiled("{}")


@pytest.mark.parametrize("address", [
    "file:///etc/passwd", "/etc/passwd", "pictures.css", "../config.py", "http://127.0.0.1:{port}/x.svg",
])  # fmt: skip
def test_a_drawing_fetches_nothing(address: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        link = f'<image href="{address.format(port=server.getsockname()[1])}" width="9" height="9"/>'
        with pytest.raises(typst.TypstError):
            made(f'<figure><svg viewBox="0 0 9 9" aria-label="x">{link}</svg></figure>')
        with pytest.raises(TimeoutError):
            server.accept()


# --- the markup -------------------------------------------------------------------------------------------------------


def told(one: Element) -> str:
    """A tree in short: p(word b(word))."""
    inside = " ".join(part.strip() if isinstance(part, str) else told(part) for part in one.inside)
    return f"{one.tag}({inside})"


@pytest.mark.parametrize(("markup", "tree"), [
    ("<p> een  <b> twee</b> </p>", "div(p(een b(twee)))"),
    ("los <b>woord</b><p>blok</p>", "div(p(los b(woord)) p(blok))"),
    ('<nav>weg</nav><p class="vh">weg</p><p>a<span class="vh">weg</span></p><script>weg</script>', "div(p(a))"),
    ('<div class="no-print"><p>weg</p></div><form><p>weg</p></form>', "div()"),
    ('<table><caption class="once">weg</caption><tr><td>a</td></tr></table><p><a class="no-print">weg</a></p>',
     "div(table(tr(td(p(a)))))"),
    ("<h2>a</h2><h4>b</h4><h3>c</h3>", "div(h1(a) h2(b) h3(c))"),
    ('<blockquote class="typed">een\n\n twee</blockquote>', "div(blockquote(een br()  br() twee))"),
    ("<ul><li>a</li> <li><p>b</p></li></ul>", "div(ul(li(p(a)) li(p(b))))"),
])  # fmt: skip
def test_what_is_read(markup: str, tree: str) -> None:
    assert told(read(markup)) == tree


def test_a_link_leads_to_what_is_there_and_an_id_stands_once() -> None:
    tree = read(
        '<p id="a">een</p><p id="a">twee</p><p><a href="#a">x</a><a href="#b">x</a><a href="/c">x</a>'
        '<a href="/a">x</a></p>',
        {"/a": "a"}.get,
    )  # fmt: skip
    assert [one.given.get("id") for one in tree.inside if isinstance(one, Element)] == ["a", None, None]
    assert [one.given.get("to") for one in tree.of("a")] == ["a", None, None, "a"]


def test_a_link_may_be_left_out_with_its_words() -> None:
    tree = read('<p>Zo. <a href="/uitleg">Hoe dan?</a></p><p><a href="/uitleg">Hoe dan?</a></p>', {"/uitleg": ""}.get)
    assert told(tree) == "div(p(Zo.))"


def test_markup_that_does_not_close_is_refused() -> None:
    with pytest.raises(ValueError, match="closes"):
        read("<div><p>a</div>")


@pytest.mark.parametrize(("heads", "cells", "broken"), [
    (("Onderwerp", "Score"), ("Een heel lange zin die over meer regels loopt " * 4, "3,4"), False),
    (("Onderwerp", *["Opdrachtgever"] * 8), ("a", *["1"] * 8), True),
    (("A", "B"), ("x" * 300, "1"), False),
])  # fmt: skip
def test_columns_fit_and_break_words_only_when_they_must(
    heads: tuple[str, ...], cells: tuple[str, ...], broken: bool
) -> None:
    head = "".join(f'<th scope="col" class="{"num" if at else ""}">{one}</th>' for at, one in enumerate(heads))
    body = "".join(f'<td class="{"num" if at else ""}">{one}</td>' for at, one in enumerate(cells))
    (table,) = read(f"<table><thead><tr>{head}</tr></thead><tbody><tr>{body}</tr></tbody></table>").of("table")
    found = columns(table)
    assert len(found.wide) == len(heads)
    assert sum(found.wide) <= ROOM + 1
    assert min(found.wide) > PADDING
    assert found.broken is broken


def test_a_word_that_no_line_has_room_for_is_broken() -> None:
    found = made(f'<blockquote class="typed">{"W" * 900}</blockquote>' + TABLE.format(rows=ROW.format("x" * 300)))
    assert text_of(found).replace("Wie", "").count("W") == 900
    assert text_of(found).count("x") == 600
    assert max(len(line) for line in text_of(found).splitlines()) < 120


def test_nothing_heavy_is_brought_in_at_the_start() -> None:
    """Whatever is imported is imported with the rooms, before an application is made."""
    heavy = {"typst", "docx", "pypdf", "xlsxwriter", "openpyxl", "PIL", "lxml", "numpy"}
    asked = f"import sys, app; assert not (there := {heavy} & set(sys.modules)), there"
    subprocess.run([sys.executable, "-c", asked], check=True)
