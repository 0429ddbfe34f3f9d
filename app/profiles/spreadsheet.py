"""Tables as a spreadsheet that nothing in it can turn into a program."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Value: TypeAlias = str | float | None

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell may not begin with: some programs take what follows for a formula, also in text, or once it is saved
as another kind of file."""

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
    return f"'{kept}" if kept.startswith(DANGEROUS) else kept


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
