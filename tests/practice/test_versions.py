"""A sheet goes on with the tool as it was when it was begun, whatever becomes of the tool."""

from __future__ import annotations

import io
from typing import Any

import docx as word
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import select

from app.cli import SEED
from app.db import db
from app.practice import queries, seeding
from app.practice.models import PracticeSheet, PracticeTool
from app.practice.reading import lines_of
from app.practice.takeover import left_behind, taken_over
from app.web.formats import now
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, tree_of
from tests.support.practice import CANVAS, TOOLS, at, make_sheet
from tests.support.records import actor_of

OFFERTE = "offerte-opbouw"
COSTS = [{"onderdeel": "Coaching", "bedrag": "1234.50"}]
INCLUDED = "De bedragen zijn inclusief btw"
CHANGED = "Dit hulpmiddel is veranderd of vervallen sinds je begon."


def said(client: CheckedClient, address: str) -> str:
    """Its words, those of two cells apart."""
    page = client.get(address)
    assert page.status_code == 200
    return " ".join(" ".join(next(tree_of(page.data).iter("main")).itertext()).split())


def replace(app: Flask, code: str, *, other: bool) -> None:
    """The tool is retired; `other`: and one with the same name and nothing else of it is there instead."""
    with app.app_context():
        old = db.session.scalars(select(PracticeTool).where(PracticeTool.code == code)).one()
        old.retired_at = now()
        if other:
            only = {"code": "iets-anders", "label": "Iets heel anders", "type": "long", "required": True}
            document = {key: value for key, value in old.document.items() if key not in ("follows", "document")}
            db.session.add(PracticeTool(code=code, fingerprint="anders", position=old.position,
                                        document={**document, "fields": [only]}))
        db.session.commit()


def begun_before_btw_was_told(app: Flask, person: Persona) -> int:
    """An offerte of which the amounts include a btw that its tool does not tell the percent of."""
    sheet_id = make_sheet(app, person, OFFERTE, filled=True, answers={"kosten": COSTS}).sheet_id
    with app.app_context():
        new = db.session.scalars(select(PracticeTool).where(PracticeTool.code == OFFERTE)).one()
        fields = [
            {**one, "options": [{"code": "inclusief", "name": INCLUDED}], "default": "inclusief"}
            if one["code"] == "btw" else one for one in new.document["fields"]
        ]
        old = PracticeTool(code=OFFERTE, fingerprint="eerder", position=new.position, retired_at=now(),
                           document={**new.document, "fields": fields})
        db.session.add(old)
        db.session.flush()
        sheet = db.session.get_one(PracticeSheet, sheet_id)
        sheet.tool_id, sheet.answers = old.id, {**sheet.answers, "btw": "inclusief"}
        db.session.commit()
    return sheet_id


def papers(client: CheckedClient, sheet_id: int) -> list[str]:
    """The words of the PDF and of the Word document."""
    pdf = PdfReader(io.BytesIO(client.get(at(sheet_id, "/document.pdf")).data), strict=True)
    document: Any = word.Document(io.BytesIO(client.get(at(sheet_id, "/document.docx")).data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [" ".join(" ".join(texts).split()) for texts in (
        [page.extract_text() for page in pdf.pages], [*(line.text for line in document.paragraphs), *cells])]


@pytest.mark.parametrize("other", [True, False], ids=["changed", "retired"])
@pytest.mark.parametrize("code", TOOLS)
def test_a_sheet_is_filled_in_finished_and_read_with_its_own_fields(
    app: Flask, jet: CheckedClient, begeleider: Persona, code: str, other: bool
) -> None:
    made = make_sheet(app, begeleider, code, filled=True)
    assert CHANGED not in said(jet, at(made.sheet_id))
    replace(app, code, other=other)
    first = next(field for field in TOOLS[code].fields if field.type == "long")
    form = said(jet, at(made.sheet_id))
    assert CHANGED in form and first.label in form and "Iets heel anders" not in form
    kept = jet.send(at(made.sheet_id, "/veld"), json={"page": "blad", "answers": {first.code: "Later geschreven"}},
                    headers={"Accept": "application/json"})
    assert kept.status_code == 200
    assert jet.submit(jet.get(at(made.sheet_id, "/afronden")), {}).status_code == 303
    for address in (at(made.sheet_id), at(made.sheet_id, "/lezen")):
        assert "Later geschreven" in said(jet, address)
    assert all("Later geschreven" in text for text in papers(jet, made.sheet_id))
    for address in ("/praktijk", f"/praktijk/traject/{made.traject_id}"):
        assert TOOLS[code].name in said(jet, address)
    assert jet.get(f"/praktijk/hulpmiddel/{code}").status_code == (200 if other else 404)
    with app.app_context():
        sheet = queries.sheet_of(actor_of(begeleider), made.sheet_id)
        assert sheet and "Later geschreven" in [line.text for line in lines_of(queries.tool_of(sheet), sheet.answers)]


def test_a_new_sheet_goes_on_from_one_of_an_older_tool(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    canvas = make_sheet(app, begeleider, CANVAS, filled=True, finished=True, answers={"hulpvraag": "Hoe dan?"})
    replace(app, CANVAS, other=True)
    began = jet.submit(jet.get(f"/praktijk/hulpmiddel/{OFFERTE}?blad={canvas.sheet_id}"))
    assert began.status_code == 303
    assert "Hoe dan?" in jet.get(began.location).text


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
                    max_leaves=6)
FOLLOWING = [(tool, one) for tool in TOOLS.values() for one in tool.follows]


@given(st.sampled_from(FOLLOWING), st.data())
def test_whatever_an_older_tool_kept_does_not_stop_the_next_sheet(case: tuple[Any, Any], data: st.DataObject) -> None:
    tool, following = case
    sources = {taken.frm for taken in following.takes if taken.frm} | {
        source for taken in following.takes for new in taken.rows for source in new.fields.values()}
    earlier = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(sorted(sources), JSON)))
    for code in taken_over(tool, following, earlier):
        assert tool.field(code) is not None
    left_behind(tool, following, earlier)


def test_an_offerte_of_before_keeps_its_choice_of_btw(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = begun_before_btw_was_told(app, begeleider)
    form = said(jet, at(sheet_id))
    assert INCLUDED in form and "21 % btw" not in form
    for text in (form, *papers(jet, sheet_id)):
        assert "Totaal, inclusief btw € 1.234,50" in text and "Exclusief btw" not in text


@pytest.mark.parametrize(("btw", "lines"), [
    ("inclusief-hoog", ("Exclusief btw € 1.020,25", "Btw 21 % € 214,25")),
    ("inclusief-laag", ("Exclusief btw € 1.132,57", "Btw 9 % € 101,93")),
])
def test_an_offerte_that_includes_btw_tells_how_much(
    app: Flask, jet: CheckedClient, begeleider: Persona, btw: str, lines: tuple[str, ...]
) -> None:
    sheet_id = make_sheet(app, begeleider, OFFERTE, finished=True, answers={"kosten": COSTS, "btw": btw}).sheet_id
    for text in (said(jet, at(sheet_id, "/lezen")), *papers(jet, sheet_id)):
        for line in (*lines, "Totaal, inclusief btw € 1.234,50"):
            assert line in text, (line, text)


def test_loading_knows_a_tool_by_what_it_says(app: Flask) -> None:
    """Not by a fingerprint of an earlier release, of which a tool could say less."""
    with app.app_context():
        rows = {row.id: row.fingerprint for row in db.session.scalars(select(PracticeTool))}
        for row in db.session.scalars(select(PracticeTool)):
            row.fingerprint = f"eerder-{row.id}"
        db.session.flush()
        seeding.load(SEED)
        after = {row.id: row.fingerprint for row in db.session.scalars(select(PracticeTool))}
        assert after == rows
        assert not db.session.scalars(select(PracticeTool).where(PracticeTool.retired_at.is_not(None))).all()
        db.session.rollback()
