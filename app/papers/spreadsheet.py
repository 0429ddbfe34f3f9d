"""Tables as a spreadsheet, or as comma-separated values, that nothing in it can turn into a program. PURE."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Value: TypeAlias = str | float | None

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell may not begin with: some programs take what follows for a formula, also in text, or once it is saved
as another kind of file."""

_KEPT: Final = re.compile(r"'+[=+\-@\t\r\n]")        # what `harmless` may have made
_LONGEST: Final = 32_767        # characters of one cell
_WIDTHS: Final = (8, 60)        # of a column, in characters


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: a head and rows of the same width. `name` may have 31 characters. Figures have one decimal at most."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def harmless(text: str) -> str:
    """The text as a spreadsheet shows it and never counts with: an apostrophe goes before what could be a formula."""
    kept = "".join(character for character in text if character in "\n\t" or character.isprintable())[:_LONGEST - 1]
    return f"'{kept}" if kept.startswith(DANGEROUS) or _KEPT.match(kept) else kept


def as_written(text: str) -> str:
    """What `harmless` made of a text, undone."""
    return text[1:] if _KEPT.match(text) else text


def separated(table: Table) -> bytes:
    """One table as values between semicolons, as a Dutch spreadsheet program opens them: UTF-8 with its mark."""
    into = io.StringIO(newline="")
    writer = csv.writer(into, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(text) for text in table.head])
    for row in table.rows:
        writer.writerow([harmless(value) if isinstance(value, str) else _figure(value) for value in row])
    return into.getvalue().encode("utf-8-sig")


def _figure(value: float | None) -> str:
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.1f}".replace(".", ",")


def workbook(title: str, tables: Sequence[Table]) -> bytes:
    """All tables in one file, a sheet each. It is made in memory."""
    from xlsxwriter import Workbook

    into = io.BytesIO()
    with Workbook(into, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }) as book:  # fmt: skip
        book.set_properties({"title": harmless(title), "author": "Groeispiegel"})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        words, figure = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"num_format": "0.0"})
        whole = book.add_format({"num_format": "0"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            for column, text in enumerate(table.head):
                sheet.write_string(0, column, harmless(text), head)
                sheet.set_column(column, column, _width(table, column))
            for row, values in enumerate(table.rows, 1):
                for column, value in enumerate(values):
                    if isinstance(value, str):
                        sheet.write_string(row, column, harmless(value), words)
                    elif value is not None:
                        sheet.write_number(row, column, value, whole if isinstance(value, int) else figure)
            sheet.freeze_panes(1, 1 if len(table.head) > 2 else 0)
    return into.getvalue()


def _width(table: Table, column: int) -> int:
    least, most = _WIDTHS
    if len(table.head) == 1:
        return 2 * most
    longest = max((len(value) for row in table.rows if isinstance(value := row[column], str)), default=0)
    return max(least, min(longest, most), min(len(table.head[column]), 14))
