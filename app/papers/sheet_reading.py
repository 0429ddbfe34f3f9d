"""Reading a table that somebody sends: the first sheet of an XLSX file, or separated values. PURE.

Nothing in it is carried out or fetched. An XLSX file is read as the archive of XML that it is, in one go through each
part and no further than asked, so that a file that is far bigger than it seems does no harm.
"""

from __future__ import annotations

import csv
import enum
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from xml.parsers import expat

COLUMNS: Final = 60             # further to the right is not read
UNPACKED: Final = 12_000_000    # bytes that an XLSX file may hold
PARTS: Final = 1_000
TAGS: Final = 400_000           # in one of its parts

_PIECE: Final = 65_536
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SEPARATORS: Final = (";", ",", "\t")


class Why(enum.Enum):
    """Why nothing can be read at all."""

    EMPTY = enum.auto()
    NO_SHEET = enum.auto()      # neither an XLSX file nor text
    OLD_OR_LOCKED = enum.auto()     # a workbook of before 2007, or one with a password
    DAMAGED = enum.auto()
    TOO_BIG = enum.auto()
    TOO_MANY_ROWS = enum.auto()
    NOT_UTF8 = enum.auto()
    QUOTES = enum.auto()        # quotation marks that do not close


class Unreadable(Exception):
    """`row`: as far as it could be read."""

    def __init__(self, why: Why, row: int = 0) -> None:
        super().__init__(why.name)
        self.why, self.row = why, row


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in it. Of a formula only that it is one."""

    text: str
    formula: bool = False
    broken: bool = False        # it shows an error of the program it was made with


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: as the spreadsheet counts them. It has no cells after the last that is filled."""

    number: int
    cells: tuple[Cell, ...]


def read(data: bytes, most: int) -> list[Row]:
    """The rows in which anything stands; raises Unreadable, also when there are more than `most`."""
    if not data.strip():
        raise Unreadable(Why.EMPTY)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(Why.OLD_OR_LOCKED)
    found = _of_workbook(data) if data.startswith(b"PK\x03\x04") else _of_text(data)
    rows = list(islice((row for row in found if row.cells), most + 1))
    if not rows:
        raise Unreadable(Why.EMPTY)
    if len(rows) > most:
        raise Unreadable(Why.TOO_MANY_ROWS, rows[-1].number)
    return rows


def _row(number: int, cells: list[Cell]) -> Row:
    while cells and not cells[-1].text.strip() and not cells[-1].formula:
        cells.pop()
    return Row(number, tuple(cells))


# --- separated values -------------------------------------------------------------------------------------------------


def _of_text(data: bytes) -> Iterator[Row]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(Why.NOT_UTF8)
    if b"\0" in data:
        raise Unreadable(Why.NO_SHEET)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(Why.NOT_UTF8, data.count(b"\n", 0, error.start) + 1) from None
    lines = io.StringIO(text, newline="")
    first = next((line for line in text.splitlines() if line.strip(" ;,\t")), "")
    separator = max(_SEPARATORS, key=first.count)
    number = 0
    try:
        for number, values in enumerate(csv.reader(lines, delimiter=separator, strict=True), start=1):
            yield _row(number, [Cell(value, formula=value.startswith("=")) for value in values[:COLUMNS]])
    except csv.Error:
        raise Unreadable(Why.QUOTES, number + 1) from None


# --- an XLSX file -----------------------------------------------------------------------------------------------------


def _of_workbook(data: bytes) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = [part.file_size for part in archive.infolist()]
            if sum(sizes) > UNPACKED or len(sizes) > PARTS:
                raise Unreadable(Why.TOO_BIG)
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                raise Unreadable(Why.NO_SHEET)
            path = _first_sheet(archive)
            if path not in names:
                raise Unreadable(Why.DAMAGED)
            shared = list(_shared(archive)) if "xl/sharedStrings.xml" in names else []
            yield from _rows(archive, path, shared)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, LookupError, NotImplementedError, OSError,
            OverflowError, RuntimeError, UnicodeError, ValueError):
        raise Unreadable(Why.DAMAGED) from None


@dataclass(slots=True)
class _Event:
    """A tag that begins (`attributes`) or ends; its name is without its namespace. `text`: what stood in it."""

    name: str
    attributes: dict[str, str] | None
    text: str = ""


def _events(archive: zipfile.ZipFile, path: str) -> Iterator[_Event]:
    found: list[_Event] = []
    texts: list[str] = []
    tags = 0
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal tags
        tags += 1
        if tags > TAGS:
            raise Unreadable(Why.TOO_BIG)
        texts.clear()
        found.append(_Event(name.rpartition(" ")[2], attributes))

    def end(name: str) -> None:
        found.append(_Event(name.rpartition(" ")[2], None, "".join(texts)))
        texts.clear()

    def doctype(*_about: Any) -> None:
        raise ValueError("a spreadsheet has no document type")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = texts.append, doctype
    with archive.open(path) as part:
        while piece := part.read(_PIECE):
            parser.Parse(piece, False)
            yield from found
            found.clear()
    parser.Parse(b"", True)
    yield from found


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """Where it lies, of those that are to be seen."""
    sheets = [one.attributes for one in _events(archive, "xl/workbook.xml") if one.name == "sheet" and one.attributes]
    shown = [sheet for sheet in sheets if sheet.get("state", "visible") == "visible"]
    if not shown:
        raise Unreadable(Why.NO_SHEET)
    wanted = next((value for name, value in shown[0].items() if name.endswith(" id")), "")
    for one in _events(archive, "xl/_rels/workbook.xml.rels"):
        if one.attributes and one.attributes.get("Id") == wanted:
            target = one.attributes.get("Target", "")
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    raise Unreadable(Why.DAMAGED)


def _shared(archive: zipfile.ZipFile) -> Iterator[str]:
    said: list[str] = []
    aside = 0       # how to pronounce it is no part of a text
    for one in _events(archive, "xl/sharedStrings.xml"):
        if one.name == "rPh":
            aside += 1 if one.attributes is not None else -1
        elif one.name == "t" and one.attributes is None and not aside:
            said.append(one.text)
        elif one.name == "si" and one.attributes is None:
            yield _unescaped("".join(said))
            said.clear()


def _rows(archive: zipfile.ZipFile, path: str, shared: list[str]) -> Iterator[Row]:
    number, cells, at, kind = 0, list[Cell](), -1, "n"
    value, said, formula = "", list[str](), False
    for one in _events(archive, path):
        begins = one.attributes
        if one.name == "row":
            if begins is None:
                yield _row(number, cells)
            else:
                number, cells, at = int(begins.get("r", number + 1)), [], -1
        elif one.name == "c" and begins is not None:
            at, kind = _place(begins.get("r", ""), at + 1), begins.get("t", "n")
            value, said, formula = "", [], False
        elif one.name == "c" and at < COLUMNS:
            cells += [Cell("")] * (at + 1 - len(cells))
            cells[at] = _cell(kind, value, said, shared, formula)
        elif one.name == "f":
            formula = True
        elif one.name == "v" and begins is None:
            value = one.text
        elif one.name == "t" and begins is None:
            said.append(one.text)


def _place(reference: str, otherwise: int) -> int:
    """The column of a cell, from 0."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return otherwise
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _cell(kind: str, value: str, said: list[str], shared: list[str], formula: bool) -> Cell:
    if formula:
        return Cell("", formula=True)
    if kind == "s":
        return Cell(shared[int(value)] if value else "")
    if kind == "inlineStr":
        return Cell(_unescaped("".join(said)))
    if kind == "e":
        return Cell(value, broken=True)
    if kind == "b":
        return Cell("ja" if value == "1" else "nee")
    return Cell(_unescaped(value) if kind == "str" else _number(value))


def _number(text: str) -> str:
    """As people write it: 10.0 is 10, and 1.5 is 1,5."""
    if not text.strip():
        return ""
    number = float(text)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else str(number).replace(".", ",")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
