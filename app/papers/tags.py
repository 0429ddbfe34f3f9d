"""The tags of tables, made whole: a row's own heading is told as one.

PURE. Typst tells the heads of columns and cannot be asked to tell those of rows: its function for that is not among
what the Python package offers. The file holds its tags as plain objects, with their places listed at its end, so they
are changed where they stand, byte for byte as long as before. What looks otherwise than expected stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_LISTED: Final = re.compile(rb"(\d{10}) \d{5} n")
_CELL: Final = re.compile(
    rb"\d+ 0 obj\n<</Type/StructElem/S/T(?P<kind>D)/P \d+ 0 R/A\[<</O/Table"
    rb"(?P<heads>/Headers\[\(U(?P<table>\d+)x(?P<column>\d+)y\d+\)\])>>"
)


def with_row_heads(made: bytes, tables: Sequence[bool]) -> bytes:
    """The file in which the first cell of every row is its heading, for those tables that are True, in their order.

    Their other cells no longer name the heads of their columns: every head says what it is over, a column or a row.
    """
    changed = bytearray(made)
    for listed in _LISTED.finditer(made, made.rfind(b"\nxref\n")):
        cell = _CELL.match(made, int(listed[1]))
        if cell is None or not tables[int(cell["table"]) - 1]:
            continue
        start, end = cell.span("heads")
        first = cell["column"] == b"0"
        changed[start:end] = (b"/Scope/Row" if first else b"").ljust(end - start)
        if first:
            changed[slice(*cell.span("kind"))] = b"H"
    return bytes(changed)
