"""Files that somebody sends as a table: what is read of them, and what is said of those that are none."""

from __future__ import annotations

import codecs
import contextlib
import io
import time
import zipfile
from collections.abc import Iterable, Mapping

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.papers.sheet_reading import COLUMNS, Row, Unreadable, Why, read
from app.papers.spreadsheet import Table, as_written, harmless, separated, workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>')
RELATIONS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
             '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>')


def texts(rows: Iterable[Row]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows]


def book(rows: Iterable[Iterable[object]]) -> bytes:
    made, into = openpyxl.Workbook(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    made.save(into)
    return into.getvalue()


def archive(sheet: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """An XLSX file with just what is needed, and with this sheet."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in {"xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": RELATIONS,
                           "xl/worksheets/sheet1.xml": sheet, **(parts or {})}.items():
            made.writestr(name, text)
    return into.getvalue()


def sheet(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def why(data: bytes, most: int = 100) -> Why:
    with pytest.raises(Unreadable) as told:
        read(data, most)
    return told.value.why


def test_a_workbook_as_programs_make_it() -> None:
    found = read(book([["a", 1, 2.5, True], [], [None, "é\nb", None, None, "z"]]), 10)
    assert texts(found) == [["a", "1", "2,5", "ja"], ["", "é\nb", "", "", "z"]]
    assert [row.number for row in found] == [1, 3]
    table = Table("A", ("x", "y"), (("=1+1", 3), ("'=1", None)))
    assert texts(read(workbook("t", [table]), 10)) == [["x", "y"], ["'=1+1", "3"], ["''=1"]]


def test_a_formula_is_one_and_nothing_else() -> None:
    found = read(book([["=1+1", '=HYPERLINK("http://x.example")', "-1"]]), 10)[0]
    assert [(cell.text, cell.formula) for cell in found.cells] == [("", True), ("", True), ("-1", False)]
    assert [cell.formula for cell in read(b"a;=1+1\n", 10)[0].cells] == [False, True]


def test_what_other_programs_write() -> None:
    rows = ('<row><c t="inlineStr"><is><t>een</t></is></c><c t="str"><v>twee</v></c><c t="e"><v>#REF!</v></c></row>'
            '<row r="5"><c r="C5" t="s"><v>0</v></c><c r="D5"/></row>')
    shared = f'<sst xmlns="{MAIN}"><si><r><t>ri</t></r><r><t>jk_x0041_</t></r><rPh><t>weg</t></rPh></si></sst>'
    found = read(archive(sheet(rows), {"xl/sharedStrings.xml": shared}), 10)
    assert texts(found) == [["een", "twee", "#REF!"], ["", "", "rijkA"]]
    assert found[0].cells[2].broken and found[1].number == 5


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_values_between_any_of_three(separator: str, mark: bytes) -> None:
    text = separator.join(["a", '"b\r\nc"', "d"]) + "\r\n\r\n" + separator.join(["", "", ""]) + "\r\né\r\n"
    found = read(mark + text.encode(), 10)
    assert texts(found) == [["a", "b\r\nc", "d"], ["é"]]
    assert [row.number for row in found] == [1, 4]


@given(st.lists(st.tuples(st.text(max_size=40), st.integers(-10**6, 10**6)), min_size=1, max_size=8))
def test_what_is_written_is_read_back(rows: list[tuple[str, int]]) -> None:
    kept = [("".join(c for c in text if c == "\n" or c.isprintable()), number) for text, number in rows]
    table = Table("A", ("tekst", "getal"), tuple(kept))
    for data in (workbook("t", [table]), separated(table)):
        found = read(data, 20)[1:]
        assert [(as_written(row.cells[0].text), int(row.cells[1].text)) for row in found] == kept


@given(st.text(max_size=30))
def test_made_harmless_and_undone(text: str) -> None:
    kept = "".join(c for c in text if c in "\n\t" or c.isprintable())
    assert as_written(harmless(kept)) == kept
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(("data", "told"), [
    (b"", Why.EMPTY),
    (b" \r\n;;;\r\n", Why.EMPTY),
    (b"a;b\n\xff\xfe\n", Why.NOT_UTF8),
    ("a;b".encode("utf-16"), Why.NOT_UTF8),
    (b"a\0b", Why.NO_SHEET),
    (b"%PDF-1.7\0", Why.NO_SHEET),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Why.OLD_OR_LOCKED),
    (b'a;"b\n', Why.QUOTES),
    (b'a;"b"c"\n', Why.QUOTES),
    (b'a;"' + b"x" * 200_000 + b'"\n', Why.QUOTES),
    (b"PK\x03\x04 and no more", Why.DAMAGED),
    (book([["a"]])[:-200], Why.DAMAGED),
    (book([[]]), Why.EMPTY),
    (archive("<nothing", {}), Why.DAMAGED),
    (archive(sheet(""), {"xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets/></workbook>'}), Why.NO_SHEET),
    (archive(sheet(""), {"xl/_rels/workbook.xml.rels": "<Relationships/>"}), Why.DAMAGED),
    (archive(sheet('<row><c t="s"><v>7</v></c></row>')), Why.DAMAGED),
    (archive(sheet('<row r="zeven"><c><v>1</v></c></row>')), Why.DAMAGED),
    (archive(sheet('<row><c><v>1e</v></c></row>')), Why.DAMAGED),
    (archive('<!DOCTYPE x [<!ENTITY a "b">]>' + sheet('<row><c t="str"><v>&a;</v></c></row>')), Why.DAMAGED),
])  # fmt: skip
def test_what_cannot_be_read_is_told(data: bytes, told: Why) -> None:
    assert why(data) is told


def test_a_word_file_is_no_sheet() -> None:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as made:
        made.writestr("word/document.xml", "<x/>")
    assert why(into.getvalue()) is Why.NO_SHEET


def test_the_row_with_the_broken_letters_is_named() -> None:
    with pytest.raises(Unreadable) as told:
        read(b"a;b\nc;d\ne;\xe9\n", 10)
    assert told.value.row == 3


def test_more_rows_than_asked() -> None:
    assert why(b"a\n" * 101) is Why.TOO_MANY_ROWS
    assert why(book([["a"]] * 101)) is Why.TOO_MANY_ROWS
    assert len(read(b"\n\na\n" * 100, 100)) == 100


def test_a_file_that_is_far_bigger_than_it_seems() -> None:
    bomb = archive(sheet(""), {"xl/media/one.bin": b"\0" * 13_000_000})
    assert len(bomb) < 100_000 and why(bomb) is Why.TOO_BIG
    many = archive(sheet(""), {f"xl/{number}.xml": "" for number in range(1_100)})
    assert why(many) is Why.TOO_BIG


@pytest.mark.parametrize("inside", ["<row>" + "<c/>" * 1_000_000 + "</row>", "<row/>" * 1_000_000,
                                    "<row><c><is>" + "<t/>" * 1_000_000 + "</is></c></row>"])
def test_more_tags_than_any_table_has(inside: str) -> None:
    assert why(archive(sheet(inside)), 2_000) is Why.TOO_BIG


def test_a_sheet_as_wide_and_as_long_as_they_come() -> None:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in (1, 500, 1_048_576))
    began = time.perf_counter()
    assert why(archive(sheet(rows))) is Why.EMPTY, "nothing stands where we look"
    assert time.perf_counter() - began < 2
    assert len(read(("a;" * 5_000).encode(), 10)[0].cells) == COLUMNS


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", codecs.BOM_UTF8]))
def test_any_bytes_are_read_or_refused(data: bytes, begin: bytes) -> None:
    with contextlib.suppress(Unreadable):
        read(begin + data, 50)


@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(archive(sheet('<row r="1"><c r="A1" t="str"><v>een</v></c><c><f>1</f></c></row>')))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=6)):
        whole[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unreadable):
        read(bytes(whole), 50)


@given(st.text(alphabet="<>/rowcvftis \"='A1é&;#x0", max_size=120))
def test_any_xml_is_read_or_refused(inside: str) -> None:
    with contextlib.suppress(Unreadable):
        read(archive(sheet(inside)), 50)
