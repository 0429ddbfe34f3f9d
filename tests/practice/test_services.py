"""Sheets and trajecten through the services: saving in two tabs, finishing, taking over, throwing away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask

from app.db import db
from app.practice import queries, services, trajecten
from app.practice.models import PracticeSheet
from app.practice.reading import lines_of, standing, title_of
from app.practice.services import AlreadyFinished, NotWhole
from app.practice.values import mark_of
from app.web.formats import as_if, now, today
from tests.support.builders import Persona
from tests.support.practice import TOOLS, answers_for, make_sheet, stored_answers
from tests.support.records import actor_of


@contextmanager
def held(app: Flask, person: Persona, sheet_id: int) -> Iterator[PracticeSheet]:
    with app.app_context(), app.test_request_context():
        sheet = queries.sheet_to_change(actor_of(person), sheet_id)
        assert sheet
        yield sheet
        db.session.commit()


def marks(answers: Mapping[str, Any], *codes: str) -> dict[str, str]:
    return {code: mark_of(answers.get(code)) for code in codes}


def test_a_sheet_begins_with_its_traject_and_with_proposed_days(app: Flask, begeleider: Persona) -> None:
    made = make_sheet(app, begeleider)
    assert stored_answers(app, begeleider, made.sheet_id) == {
        "casuscode": "B7", "school": "De Regenboog", "aard": "preventief", "as-gerichtheid": 30, "as-focus": 70,
        "startdatum": "2027-01-11", "evaluatiedatum": "2027-04-05",
    }
    with app.app_context():
        offered = queries.tool("relatieplan")
        assert offered
        answers = services.begin(actor_of(begeleider), offered, ()).answers
        assert set(answers) == {"startdatum", "evaluatiedatum"}
        start, evaluation = (dt.date.fromisoformat(answers[code]) for code in ("startdatum", "evaluatiedatum"))
        assert today() < start <= today() + dt.timedelta(weeks=2)
        assert evaluation - start == dt.timedelta(weeks=12)
        db.session.rollback()


def test_saving_says_whether_something_else_came_in_between(app: Flask, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider).sheet_id
    with held(app, begeleider, sheet_id) as sheet:
        first = services.save(sheet, {"hulpvraag": "Hoe dan?"}, 0)
        assert (first.revision, first.behind) == (1, False)
        second = services.save(sheet, {"merkbaar": "Rust."}, 0)
        assert (second.revision, second.behind) == (2, True)
        services.save(sheet, {"hulpvraag": None}, 2)
    answers = stored_answers(app, begeleider, sheet_id)
    assert "hulpvraag" not in answers and answers["merkbaar"] == "Rust."


def test_a_form_stores_only_what_it_changed(app: Flask, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider, answers={"hulpvraag": "Oud", "merkbaar": "Oud"}).sheet_id
    with held(app, begeleider, sheet_id) as sheet:
        seen = marks(sheet.answers, "hulpvraag", "merkbaar", "afbakening")
        services.save(sheet, {"hulpvraag": "Elders"})
        merged = services.save_form(sheet, {"hulpvraag": "Oud", "merkbaar": "Nieuw", "afbakening": None}, seen)
        assert not merged.torn
    answers = stored_answers(app, begeleider, sheet_id)
    assert (answers["hulpvraag"], answers["merkbaar"]) == ("Elders", "Nieuw")


def test_what_two_tabs_changed_is_told_and_nothing_is_written_over(app: Flask, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider, answers={"hulpvraag": "Oud"}).sheet_id
    with held(app, begeleider, sheet_id) as sheet:
        seen = marks(sheet.answers, "hulpvraag", "merkbaar")
        services.save(sheet, {"hulpvraag": "Elders"})
        merged = services.save_form(sheet, {"hulpvraag": "Hier", "merkbaar": "Ook hier"}, seen)
        assert merged.torn == {"hulpvraag": "Hier"}
        assert not services.save_form(sheet, {"hulpvraag": "Elders"}, seen).torn      # the same is no quarrel
    answers = stored_answers(app, begeleider, sheet_id)
    assert (answers["hulpvraag"], answers["merkbaar"]) == ("Elders", "Ook hier")


def test_finishing_asks_for_all_that_is_required(app: Flask, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider).sheet_id
    with held(app, begeleider, sheet_id) as sheet:
        with pytest.raises(NotWhole) as refused:
            services.finish(sheet, ())
        lacking = {field.code for field in refused.value.fields}
        assert "hulpvraag" in lacking and "open-punten" not in lacking and "casuscode" not in lacking
        one_row = {"verwachtingen": ({"wie": "leraar"},)}
        services.save(sheet, {**answers_for(TOOLS["verwachtingengesprek-canvas"]), **one_row})
        with pytest.raises(NotWhole) as refused:
            services.finish(sheet, ())
        assert [field.code for field in refused.value.fields] == ["verwachtingen"]
        assert sheet.finished_at is None


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_can_be_finished_and_then_stays(app: Flask, begeleider: Persona, tool: str) -> None:
    sheet_id = make_sheet(app, begeleider, tool, finished=True).sheet_id
    first = TOOLS[tool].of_phase("before")[0].code
    with held(app, begeleider, sheet_id) as sheet:
        assert sheet.finished_at and sheet.answers["closing-check"] == [one.code for one in TOOLS[tool].checks]
        with pytest.raises(AlreadyFinished):
            services.save(sheet, {first: "Anders"})
        assert services.save_form(sheet, {first: "Anders"}, {}).torn == {first: "Anders"}
        at = sheet.finished_at
        services.finish(sheet, ())
        assert sheet.finished_at == at
        later = {field.code: "Iets" for phase in TOOLS[tool].later_phases for field in TOOLS[tool].of_phase(phase)
                 if field.type == "long"}
        if later:
            services.save(sheet, later)
    assert later.items() <= stored_answers(app, begeleider, sheet_id).items()


def test_a_traject_takes_over_what_its_canvas_tells(app: Flask, begeleider: Persona) -> None:
    told = {"as-gerichtheid": 90, "as-focus": 10, "startdatum": "2027-02-01", "evaluatiedatum": "2027-04-26",
            "school": "Een andere naam"}
    made = make_sheet(app, begeleider, finished=True, answers=told)
    with app.app_context():
        traject = queries.traject_of(actor_of(begeleider), made.traject_id)
        assert traject
        assert (traject.systemic, traject.resultful) == (90, 10)
        assert (traject.starts_on, traject.evaluation_on) == (dt.date(2027, 2, 1), dt.date(2027, 4, 26))
        assert (traject.school, traject.case_code) == ("De Regenboog", "B7")


def test_a_sheet_goes_on_from_another_in_its_traject(app: Flask, begeleider: Persona) -> None:
    made = make_sheet(app, begeleider, finished=True)
    with app.app_context():
        who = actor_of(begeleider)
        canvas, offered = queries.sheet_of(who, made.sheet_id), queries.tool("offerte-opbouw")
        assert canvas and offered
        assert [one.id for one in queries.followable(who, offered.tool)] == [made.sheet_id]
        sheet = services.begin(who, offered, (), follows=canvas)
        assert (sheet.follows_id, sheet.traject_id) == (made.sheet_id, made.traject_id)
        assert sheet.answers["vraag"] == canvas.answers["hulpvraag"]
        offerte_id = sheet.id
        db.session.commit()
    with held(app, begeleider, made.sheet_id) as sheet:
        services.discard(sheet)
    with app.app_context():
        left = queries.sheet_of(actor_of(begeleider), offerte_id)
        assert left and left.follows_id is None and left.answers["vraag"]


def test_what_somebody_else_has_is_not_there(app: Flask, begeleider: Persona, stranger: Persona,
                                             teamleider: Persona) -> None:
    made = make_sheet(app, begeleider, finished=True)
    with app.app_context():
        for other in (stranger, teamleider):
            who = actor_of(other)
            assert queries.sheet_of(who, made.sheet_id) is None
            assert queries.sheet_to_change(who, made.sheet_id) is None
            assert queries.traject_with_sheets(who, made.traject_id) is None
            assert queries.sheets_of(who) == [] == queries.trajecten_of(who)
            assert not queries.schools_of(who)


def test_other_rooms_read_a_sheet_as_labels_with_texts(app: Flask, begeleider: Persona) -> None:
    made = make_sheet(app, begeleider, finished=True)
    with app.app_context(), app.test_request_context():
        sheet = queries.sheet_of(actor_of(begeleider), made.sheet_id)
        assert sheet is not None and title_of(sheet) == "Canvas verwachtingengesprek: B7"
        told = {line.label: line.text for line in lines_of(queries.tool_of(sheet), sheet.answers)}
        assert told["Datum gesprek"] == "1 maart 2027"
        assert told["Wie zaten er aan tafel?"] == "Leerling, Jeugdhulp"
        assert told["Waar ligt het accent?"] == "leerlinggericht 70, systeemgericht 30"
        assert told["Wie doet wat?"] == "Wie: iets; Wat: iets; Wanneer: iets"
        assert len(told) == len(TOOLS["verwachtingengesprek-canvas"].fields)


def test_how_far_a_sheet_is(app: Flask, begeleider: Persona) -> None:
    made = make_sheet(app, begeleider, "relatieplan", finished=True)
    deal = make_sheet(app, begeleider, "onderhandelvoorbereiding", finished=True)
    busy = make_sheet(app, begeleider)
    with app.app_context(), app.test_request_context():
        plan, talk, canvas = (queries.sheet_of(actor_of(begeleider), one.sheet_id) for one in (made, deal, busy))
        assert plan and talk and canvas
        assert standing(canvas, today()).startswith("bezig, laatst bewaard op")
        assert standing(talk, today()).endswith("vul nu de terugblik in")
        assert standing(plan, dt.date(2027, 2, 28)).endswith("evaluatie vanaf 1 maart 2027")
        assert standing(plan, dt.date(2027, 3, 1)).endswith("vul nu de evaluatie in")


def test_schools_are_offered_once(app: Flask, begeleider: Persona) -> None:
    make_sheet(app, begeleider, answers={"school": "de regenboog"})
    make_sheet(app, begeleider, answers={"school": "Het Anker"})
    with app.app_context():
        assert queries.schools_of(actor_of(begeleider)) == ["De Regenboog", "Het Anker"]


def test_a_traject_is_closed_and_opened_again(app: Flask, begeleider: Persona) -> None:
    made = make_sheet(app, begeleider)
    with app.app_context():
        traject = queries.traject_to_change(actor_of(begeleider), made.traject_id)
        assert traject
        trajecten.close(traject)
        at = traject.closed_at
        with as_if(now() + dt.timedelta(days=1)):
            trajecten.close(traject)
        assert traject.closed_at == at
        trajecten.reopen(traject)
        assert traject.closed_at is None
        db.session.rollback()


def test_a_closed_traject_does_not_change(app: Flask, begeleider: Persona) -> None:
    made = make_sheet(app, begeleider, filled=True, answers={"as-focus": 0})
    with held(app, begeleider, made.sheet_id) as sheet:
        assert sheet.traject
        trajecten.close(sheet.traject)
        services.finish(sheet, ())
        assert sheet.traject.resultful == 70
