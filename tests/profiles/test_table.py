"""The table of a profile, read back as a spreadsheet does."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from flask import Flask

from app.db import db
from app.papers.spreadsheet import Table, harmless, workbook
from app.people.models import Person
from app.rounds.models import Round
from tests.profiles.released import Released, told
from tests.profiles.support import (
    XLSX,
    book_of,
    page_of,
)
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient, tag_of, text_of


def test_the_table_holds_the_figures_of_the_page(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    page = page_of(client, made)
    book = book_of(client, made.at(XLSX))
    assert book.sheetnames == ["Scores", "Rollen", "Ouders en leerlingen", "Zo lees je dit"]
    rows = list(book["Scores"].iter_rows(values_only=True))
    assert rows[0][:4] == ("Aspect", "Onderwerp", "Wie", "Score")
    tables = [table for table in page.iter("table") if "folds" in (table.get("class") or "").split()]
    heads = [text_of(one) for one in tables[0].iter("th") if one.get("scope") == "col"]
    shown = {}
    for row in tables[0].iter("tr"):
        named = [one for one in row if one.get("scope") in ("row", "rowgroup")]
        if named:
            name = told(named[0]).split("  ")[0]
            for head, cell in zip(heads[1:], [one for one in row if tag_of(one) == "td"], strict=True):
                shown[name, head] = told(cell)
    compared = 0
    for aspect, subject, who, score, people, *_ in rows[1:]:
        name = aspect if subject == "(het aspect)" else subject
        found = [text for (at, head), text in shown.items() if at.startswith(str(name)) and head == who]
        assert len(found) == 1, (name, who)
        written = score if isinstance(score, str) else f"{score:.1f}".replace(".", ",")
        assert found[0].startswith(written)
        assert people is None or f"{people} mens" in found[0]
        compared += 1
    assert compared == sum(1 for (_, head), text in shown.items()
                           if head not in ("Verschil", "Doel") and text.startswith(tuple("12345")))
    assert rows[0][8] == "Rust op"
    assert {bool(re.fullmatch(r"\d van \d", row[8] or "")) is (row[1] == "(het aspect)") for row in rows[1:]} == {True}
    pupils = list(book["Ouders en leerlingen"].iter_rows(values_only=True))
    assert pupils[1][0] == "Leerlingen"
    assert pupils[1][2:5] == ("2,8 of hoger", 3, 6)


def test_no_figure_is_more_precise_than_the_page(client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    numbers = [cell.value for sheet in book_of(client, made.at(XLSX)) for row in sheet for cell in row
               if isinstance(cell.value, int | float)]
    assert len(numbers) > 100
    assert all(round(number, 1) == number for number in numbers)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1"])
def test_no_text_is_a_formula(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(text, [Table("Een", (text, "Twee"), ((text, 3.4), (None, 2)))])))
    cells_there = [cell for row in book["Een"] for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells_there} == {"s", "n"}
    assert not [cell for cell in cells_there if str(cell.value).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    assert book["Een"]["B2"].value == 3.4


def test_text_stays_as_it_was_where_it_harms_nobody() -> None:
    assert [harmless(text) for text in ("Jet – 4,5 of hoger", "a=b", "", "a\x00b\u202ec")] \
        == ["Jet – 4,5 of hoger", "a=b", "", "abc"]
    assert len(harmless("x" * 40_000)) < 32_768


def test_a_name_that_is_a_formula(app: Flask, client: CheckedClient, jet: Persona, made: Released) -> None:
    with app.app_context():
        db.session.get_one(Person, jet.id).name = "=HYPERLINK(1)"
        db.session.get_one(Round, made.round_id).name = "+SOM(A1)"
        db.session.commit()
    log_in(client, jet)
    kinds = {cell.data_type for sheet in book_of(client, made.at(XLSX)) for row in sheet for cell in row}
    assert "f" not in kinds
