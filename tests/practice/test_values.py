"""What a field can hold: tables of what is kept and refused, and that every value can be typed back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.practice.tools import Field
from app.practice.values import (
    MOST_ROWS,
    CannotBeKept,
    Fault,
    day_of,
    is_missing,
    mark_of,
    number_of,
    read,
    stored,
)
from app.practice.words import typed
from tests.support.practice import TOOLS

COSTS = Field.model_validate({"code": "kosten", "label": "Kosten", "type": "list", "required": True, "minimum": 2,
                              "columns": [{"code": "wat", "name": "Wat"},
                                          {"code": "uren", "name": "Uren", "type": "number"},
                                          {"code": "bedrag", "name": "Bedrag", "type": "amount"},
                                          {"code": "dag", "name": "Dag", "type": "date"}]})
CHOICE = Field.model_validate({"code": "aard", "label": "Aard", "type": "choice", "required": True,
                               "options": [{"code": "a", "name": "A"}, {"code": "b", "name": "B"}]})
SEVERAL = CHOICE.model_copy(update={"type": "multiple"})
SLIDER = Field(code="as", label="As", type="slider", left="L", right="R")
SCALE = Field(code="hoe", label="Hoe", type="scale", lowest=1, highest=5, left="L", right="R")
DAY, AMOUNT = Field(code="dag", label="Dag", type="date"), Field(code="geld", label="Geld", type="amount")
TEXT, LONG = Field(code="t", label="T", type="text"), Field(code="l", label="L", type="long")


@pytest.mark.parametrize(("field", "sent", "kept"), [
    (TEXT, "", None), (TEXT, None, None), (TEXT, "Iets <b>", "Iets <b>"), (LONG, "x" * 6000, "x" * 6000),
    (CHOICE, "a", "a"), (SEVERAL, ["b", "a", "b"], ("a", "b")), (SEVERAL, [], None),
    (SLIDER, 0, 0), (SLIDER, "70", 70), (SLIDER, "", None), (SCALE, 5, 5), (SCALE, "1", 1),
    (DAY, "2026-03-12", "2026-03-12"), (DAY, "12-3-2026", "2026-03-12"), (DAY, "12/03/2026", "2026-03-12"),
    (AMOUNT, "1.234,5", "1234.50"), (AMOUNT, "€ 85,-", "85.00"), (AMOUNT, "1234.50", "1234.50"), (AMOUNT, "0", "0.00"),
    (COSTS, [{"wat": "Les", "uren": "2,5", "bedrag": "€ 1.250", "dag": "1-2-2027"}, {"wat": "", "uren": ""}, {}],
     ({"wat": "Les", "uren": "2.5", "bedrag": "1250.00", "dag": "2027-02-01"},)),
    (COSTS, [{}], None), (COSTS, [{"wat": "x"}] * MOST_ROWS, ({"wat": "x"},) * MOST_ROWS),
])
def test_what_is_kept(field: Field, sent: Any, kept: Any) -> None:
    assert read(field, sent) == kept


@pytest.mark.parametrize(("field", "sent", "fault"), [
    (TEXT, 3, Fault.NOT_OF_THIS_FIELD), (TEXT, ["a"], Fault.NOT_OF_THIS_FIELD), (TEXT, "x" * 501, Fault.TOO_LONG),
    (LONG, "x" * 10_000, Fault.TOO_LONG), (CHOICE, "c", Fault.NOT_OF_THIS_FIELD), (CHOICE, 1, Fault.NOT_OF_THIS_FIELD),
    (SEVERAL, ["a", "c"], Fault.NOT_OF_THIS_FIELD), (SEVERAL, "a", Fault.NOT_OF_THIS_FIELD),
    (SEVERAL, [{"a": "b"}], Fault.NOT_OF_THIS_FIELD), (SLIDER, 75, Fault.NOT_OF_THIS_FIELD),
    (SLIDER, 110, Fault.NOT_OF_THIS_FIELD), (SLIDER, -10, Fault.NOT_OF_THIS_FIELD),
    (SLIDER, "veel", Fault.NOT_OF_THIS_FIELD), (SLIDER, "٧٠", Fault.NOT_OF_THIS_FIELD),
    (SLIDER, True, Fault.NOT_OF_THIS_FIELD), (SCALE, 0, Fault.NOT_OF_THIS_FIELD), (SCALE, 6, Fault.NOT_OF_THIS_FIELD),
    (DAY, "31-2-2026", Fault.NO_DAY), (DAY, "morgen", Fault.NO_DAY), (DAY, "0026-03-12", Fault.NO_DAY),
    (DAY, "12-3-26", Fault.NO_DAY), (DAY, 20260312, Fault.NOT_OF_THIS_FIELD), (AMOUNT, "veel", Fault.NO_AMOUNT),
    (AMOUNT, "-3", Fault.BELOW_ZERO), (AMOUNT, "1,234", Fault.NO_AMOUNT), (AMOUNT, "1e9", Fault.NO_AMOUNT),
    (AMOUNT, "9" * 30, Fault.NO_AMOUNT), (AMOUNT, "NaN", Fault.NO_AMOUNT), (AMOUNT, "1000000,01", Fault.TOO_HIGH),
    (COSTS, "rij", Fault.NOT_OF_THIS_FIELD), (COSTS, ["rij"], Fault.NOT_OF_THIS_FIELD),
    (COSTS, [{"kleur": "rood"}], Fault.NOT_OF_THIS_FIELD), (COSTS, [{"wat": 3}], Fault.NOT_OF_THIS_FIELD),
    (COSTS, [{"uren": "twee"}], Fault.NO_NUMBER), (COSTS, [{"bedrag": "twee"}], Fault.NO_AMOUNT),
    (COSTS, [{"dag": "gisteren"}], Fault.NO_DAY), (COSTS, [{"wat": "x" * 1001}], Fault.TOO_LONG),
    (COSTS, [{"wat": "x"}] * (MOST_ROWS + 1), Fault.TOO_MANY_ROWS),
])
def test_what_is_refused(field: Field, sent: Any, fault: Fault) -> None:
    with pytest.raises(CannotBeKept) as refused:
        read(field, sent)
    assert refused.value.problem.fault == fault
    assert refused.value.problem.field == field.code


def test_a_fault_in_a_list_says_where() -> None:
    with pytest.raises(CannotBeKept) as refused:
        read(COSTS, [{"wat": "goed"}, {"uren": "twee"}])
    problem = refused.value.problem
    assert (problem.row, problem.column) == (2, "uren")


@pytest.mark.parametrize(("field", "answers", "lacks"), [
    (TEXT, {}, False), (CHOICE, {}, True), (CHOICE, {"aard": "a"}, False), (COSTS, {}, True),
    (COSTS, {"kosten": [{"wat": "x"}]}, True), (COSTS, {"kosten": [{"wat": "x"}, {"wat": "y"}]}, False),
    (SLIDER.model_copy(update={"required": True}), {"as": 0}, False),
])
def test_what_is_missing(field: Field, answers: dict[str, Any], lacks: bool) -> None:
    assert is_missing(field, answers) is lacks


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_can_be_written_in_two_ways(day: dt.date) -> None:
    assert day_of(day.isoformat()) == day == day_of(f"{day.day}-{day.month}-{day.year}")


@given(st.decimals(0, Decimal("10000.00"), places=2))
def test_every_amount_can_be_typed_back(amount: Decimal) -> None:
    kept = read(AMOUNT, f"{amount:.2f}".replace(".", ","))
    assert isinstance(kept, str) and Decimal(kept) == amount
    assert read(AMOUNT, typed("amount", kept)) == kept
    hours = read(COSTS, [{"uren": kept}])
    assert isinstance(hours, tuple) and read(COSTS, [{"uren": typed("number", hours[0]["uren"])}]) == hours


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(JSON, st.sampled_from([field for tool in TOOLS.values() for field in tool.fields]))
def test_whatever_is_sent_is_kept_or_refused_and_what_is_kept_stays(sent: Any, field: Field) -> None:
    try:
        kept = read(field, sent)
    except CannotBeKept:
        return
    assert read(field, stored(kept)) == kept
    assert mark_of(stored(kept)) == mark_of(stored(read(field, stored(kept))))


@given(st.text(max_size=30))
def test_no_text_breaks_a_number(text: str) -> None:
    found = number_of(text)
    assert found is None or found >= 0
