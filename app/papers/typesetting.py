"""From markup to a PDF (PDF/UA-1), by Typst: in memory, with nothing to open but the fonts of the machine.

PURE. What people wrote goes in as values, never as source, so there is nothing in it to run.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Container
from functools import lru_cache
from pathlib import Path
from typing import Final

import typst

from app.papers.columns import BESIDE, ROOM, SIZE, SMALL, columns
from app.papers.markup import Element, breakable, read
from app.papers.paper import Paper
from app.papers.pictures import taken_out
from app.papers.tags import with_row_heads

STANDARD: Final = "ua-1"
UNKNOWN: Final = "□"            # stands for a character that no font on this machine has
_HERE: Final = Path(__file__).parent            # all that Typst may open
_SOURCE: Final = _HERE / "paper.typ"
_LONG: Final = 1500             # characters; what is longer may be broken over pages
_MANY_LINES: Final = 20
_TRIES: Final = 4
_KEPT: Final = 10               # papers that Typst remembers
_REFUSED: Final = re.compile(r"^error: .*?`\"((?:\\.|[^\"\\])*)\"`", re.M)
_WRITTEN: Final = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|(.))")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_STRONG: Final = re.compile(r"[^\W\d_]")
_FROM_RIGHT: Final = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_one_at_a_time = threading.Lock()      # a paper takes a core, and some memory


def pdf(paper: Paper) -> bytes:
    """The paper as a file. A character that no font has becomes □, so that a paper is always made."""
    drawn, drawings = taken_out(paper.markup, paper.swatches)
    tree = read(_CONTROLS.sub("", drawn), paper.place)
    edges = paper.running
    narrow = {id(table) for one in tree.of("div") if "drawn" in one.look and len(one.inside) > 1
              for table in one.of("table")}
    dense = {id(table) for one in tree.of("section") if "subject" in one.look for table in one.of("table")}
    given = json.dumps({
        "title": paper.title,
        "running": {name: breakable(getattr(edges, name)) for name in edges.__slots__},
        "tree": tree,
        "pictures": [_CONTROLS.sub("", one) for one in drawings],
    }, default=lambda one: _plain(one, narrow, dense))  # fmt: skip
    heads = [_rows_begin_with_heads(table) for table in tree.of("table")]
    with _one_at_a_time:
        try:
            made = _set(given)
        finally:
            _forget()
    return with_row_heads(made, heads)


def _set(given: str) -> bytes:
    for _ in range(_TRIES):
        try:
            return _compiled(given)
        except typst.TypstError as refused:
            missing = {_unwritten(one) for one in _REFUSED.findall(refused.diagnostic)}
            known = json.loads(given)
            less = _without(known, {character for text in missing for character in text if ord(character) > 0x7E})
            if less == known:
                raise
            given = json.dumps(less)
    return _compiled(json.dumps(_without(json.loads(given), None)))


def _compiled(given: str) -> bytes:
    return typst.compile(       # type: ignore[type-var]  # its types ask the source and the folders to be of one kind
        _source(), root=_HERE, package_path=_HERE, package_cache_path=_HERE, font_paths=_fonts(),
        sys_inputs={"paper": given}, pdf_standards=[STANDARD],
    )  # fmt: skip


def _forget() -> None:
    """Lets go of what Typst keeps of a paper in case it comes again, a hundred MB: it is dropped after ten others."""
    for _ in range(_KEPT):
        typst.compile(b"", font_paths=_fonts())


@lru_cache(maxsize=1)
def _source() -> bytes:
    return _SOURCE.read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The machine's fonts after Typst's own, which are always there; looked for once."""
    return typst.Fonts()



def _plain(one: object, narrow: Container[int], dense: Container[int]) -> object:
    """An element as plain values, with what its kind needs beside its words.

    `narrow`: the tables beside a picture; `dense`: those in small letters.
    """
    if not isinstance(one, Element):
        raise TypeError(type(one))
    plain: dict[str, object] = {"tag": one.tag, "look": one.look, **one.given, "inside": one.inside}
    if one.tag == "table":
        found = columns(one, BESIDE if id(one) in narrow else ROOM, SMALL if id(one) in dense else SIZE)
        plain |= {"columns": found.wide, "size": found.size, "broken": found.broken}
    if one.tag == "blockquote":
        text = one.text()
        plain["whole"] = len(text) < _LONG and len(one.of("br")) < _MANY_LINES
        first = _STRONG.search(text)
        plain["right"] = bool(first and _FROM_RIGHT.match(first[0]))
    return plain


def _rows_begin_with_heads(table: Element) -> bool:
    rows = [[cell for cell in row.inside if isinstance(cell, Element)]
            for body in table.of("tbody") for row in body.of("tr")]
    return bool(rows) and all(row and row[0].tag == "th" for row in rows)


def _unwritten(told: str) -> str:
    """A text as Typst writes it in a message, read back."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], told)


def _without(value: object, missing: set[str] | None) -> object:
    """The same values without some characters; without every letter that is not Latin for None."""
    if isinstance(value, str):
        return "".join(UNKNOWN if _lacking(one, missing) else one for one in value)
    if isinstance(value, list):
        return [_without(one, missing) for one in value]
    if isinstance(value, dict):
        return {name: _without(one, missing) for name, one in value.items()}
    return value


def _lacking(character: str, missing: set[str] | None) -> bool:
    return character > "\u024f" and not "\u2010" <= character <= "\u2026" if missing is None else character in missing
