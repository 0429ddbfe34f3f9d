"""What an offerte adds up to: tables worked out by hand, numbers as one types them, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.practice.sums import Total, half_up, total_in, total_of
from app.practice.values import MOST, CannotBeKept, Fault, number_of, read, stored
from tests.support.practice import TOOLS

OFFERTE = TOOLS["offerte-opbouw"]
COSTS = OFFERTE.field("kosten")
assert COSTS and COSTS.sums
SUMS = COSTS.sums

Typed = tuple[str, str, str]        # hours, rate, amount as somebody types them


def rows_of(*typed: Typed) -> list[dict[str, str]]:
    """The rows as a sheet keeps them."""
    assert COSTS
    sent = [dict(zip(("uren", "tarief", "bedrag"), row, strict=True)) for row in typed]
    kept: Any = stored(read(COSTS, sent)) or []
    return list(kept)


def added(*typed: Typed, btw: str | None = "hoog", invulling: Sequence[str] = ()) -> Total:
    answers = {"kosten": rows_of(*typed), "invulling": [{"uren": hours} for hours in invulling]}
    found = total_in(OFFERTE, answers | ({"btw": btw} if btw else {}))
    assert found
    return found


# (rows, btw, what each row costs, subtotal, btw, total), all worked out by hand
TABLE: list[tuple[list[Typed], str, list[str | None], str, str, str]] = [
    ([], "hoog", [], "0.00", "0.00", "0.00"),
    ([("", "", "")], "hoog", [], "0.00", "0.00", "0.00"),
    ([("10", "95", "")], "hoog", ["950.00"], "950.00", "199.50", "1149.50"),
    ([("1,5", "95", "")], "hoog", ["142.50"], "142.50", "29.93", "172.43"),             # 29.925
    ([("12,5", "€ 95,-", "")], "laag", ["1187.50"], "1187.50", "106.88", "1294.38"),    # 106.875
    ([("", "", "1.234,50")], "nul", ["1234.50"], "1234.50", "0.00", "1234.50"),
    ([("", "", "1.234,50")], "inclusief-hoog", ["1234.50"], "1234.50", "214.25", "1234.50"),    # 214.2520…
    ([("", "", "121")], "inclusief-hoog", ["121.00"], "121.00", "21.00", "121.00"),
    ([("", "", "100")], "inclusief-hoog", ["100.00"], "100.00", "17.36", "100.00"),     # 17.3553…
    ([("", "", "0,01"), ("", "", "0,02")], "inclusief-hoog", ["0.01", "0.02"], "0.03", "0.01", "0.03"),    # 0.0052…
    ([("1,5", "95", "")], "inclusief-laag", ["142.50"], "142.50", "11.77", "142.50"),   # 11.7660…
    ([("", "", "109")], "inclusief-laag", ["109.00"], "109.00", "9.00", "109.00"),
    ([], "inclusief-laag", [], "0.00", "0.00", "0.00"),
    ([("0", "95", "")], "hoog", ["0.00"], "0.00", "0.00", "0.00"),
    ([("", "", "0")], "hoog", ["0.00"], "0.00", "0.00", "0.00"),
    ([("2", "", ""), ("", "95", ""), ("", "", "100")], "hoog", [None, None, "100.00"], "100.00", "21.00", "121.00"),
    ([("0,33", "87,35", "")], "hoog", ["28.83"], "28.83", "6.05", "34.88"),             # 28.8255 and 6.0543
    ([("0,5", "0,01", "")], "hoog", ["0.01"], "0.01", "0.00", "0.01"),                  # half a cent is one
    ([("0,49", "0,01", "")], "hoog", ["0.00"], "0.00", "0.00", "0.00"),
    ([("0,1", "0,05", "")] * 3, "hoog", ["0.01"] * 3, "0.03", "0.01", "0.04"),          # 0.005 each: not 0.015 in all
    ([("1", "0,12", "")] * 10, "hoog", ["0.12"] * 10, "1.20", "0.25", "1.45"),          # 0.252: per row it were 0.30
    ([("12,25", "112,75", ""), ("3", "85", ""), ("", "", "47,60")], "hoog", ["1381.19", "255.00", "47.60"],
     "1683.79", "353.60", "2037.39"),                                                   # 1381.1875 and 353.5959
    ([("10", "95", "900")], "hoog", ["900.00"], "900.00", "189.00", "1089.00"),         # what was typed counts
    ([("1.000", "1.000", "")], "hoog", ["1000000.00"], "1000000.00", "210000.00", "1210000.00"),
    ([("", "", "1.000.000,00")] * 40, "hoog", ["1000000.00"] * 40, "40000000.00", "8400000.00", "48400000.00"),
]


@pytest.mark.parametrize(("typed", "btw", "rows", "subtotal", "vat", "total"), TABLE)
def test_what_it_adds_up_to(typed: list[Typed], btw: str, rows: list[str | None], subtotal: str, vat: str,
                            total: str) -> None:
    found = added(*typed, btw=btw)
    assert [None if cost.amount is None else str(cost.amount) for cost in found.costs] == rows
    assert (str(found.subtotal), str(found.vat), str(found.total)) == (subtotal, vat, total)


@pytest.mark.parametrize(("typed", "btw", "without"), [
    ("121", "inclusief-hoog", "100.00"), ("100", "inclusief-hoog", "82.64"), ("1.234,50", "inclusief-hoog", "1020.25"),
    ("109", "inclusief-laag", "100.00"), ("100", "inclusief-laag", "91.74"), ("100", "hoog", "100.00"),
    ("100", "nul", "100.00"), ("0", "inclusief-hoog", "0.00"),
])
def test_what_is_left_without_btw(typed: str, btw: str, without: str) -> None:
    assert str(added(("", "", typed), btw=btw).without_vat) == without


def test_btw_that_is_included_without_saying_how_much() -> None:
    """As in an offerte that was begun when its choices did not say so yet."""
    found = total_of(rows_of(("", "", "1.234,50")), SUMS, included=True)
    assert (found.subtotal, found.vat, found.without_vat, found.total) == (Decimal("1234.50"), None, None,
                                                                           Decimal("1234.50"))


def test_without_a_choice_of_btw_there_is_no_total() -> None:
    found = added(("10", "95", ""), btw=None)
    assert (found.subtotal, found.vat, found.total) == (Decimal("950.00"), None, None)


@pytest.mark.parametrize(("typed", "number"), [
    ("1.234,50", "1234.50"), ("1234,5", "1234.5"), ("1234.50", "1234.50"), ("95", "95"), ("95,-", "95"),
    ("95,--", "95"), ("95,–", "95"), ("95,=", "95"), ("€ 95", "95"), ("€\u00a01.234", "1234"), ("1 234,5", "1234.5"),
    ("12.345.678", "12345678"), ("1,5", "1.5"), ("1.5", "1.5"), ("0", "0"), ("0,05", "0.05"),
    ("1.2345,6", None), ("12.34.5", None), ("1,234.50", None), ("1,2,3", None), ("-5", None), ("vijf", None),
    ("5 uur", None), ("", None), ("-", None), (",-", None), (",5", None), ("5,", None), ("1e3", None), ("٥", None),
])
def test_numbers_as_one_types_them(typed: str, number: str | None) -> None:
    assert number_of(typed) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(("typed", "fault", "column"), [
    (("-2", "95", ""), Fault.BELOW_ZERO, "uren"), (("2", "€ -95,00", ""), Fault.BELOW_ZERO, "tarief"),
    (("", "", "−10,-"), Fault.BELOW_ZERO, "bedrag"), (("", "", "1.000.000,01"), Fault.TOO_HIGH, "bedrag"),
    (("10001", "", ""), Fault.TOO_HIGH, "uren"), (("10000", "101", ""), Fault.TOO_HIGH, "bedrag"),
    (("2,125", "95", ""), Fault.NO_NUMBER, "uren"), (("2", "95,005", ""), Fault.NO_AMOUNT, "tarief"),
    (("twee", "95", ""), Fault.NO_NUMBER, "uren"), (("", "", "gratis"), Fault.NO_AMOUNT, "bedrag"),
])
def test_what_cannot_be_is_refused_where_it_stands(typed: Typed, fault: Fault, column: str) -> None:
    with pytest.raises(CannotBeKept) as refused:
        rows_of(("1", "1", ""), typed)
    problem = refused.value.problem
    assert (problem.fault, problem.row, problem.column) == (fault, 2, column)


@pytest.mark.parametrize(("costs", "planned", "differ"), [
    ([("10", "95", ""), ("2,5", "95", "")], ["12,5"], False), ([("10", "95", "")], ["4", "6"], False),
    ([("10", "95", "")], ["4", "5"], True), ([("10", "", "")], ["12"], True), ([("10", "95", "")], [], False),
    ([("", "", "950")], ["10"], False), ([("0", "95", "")], ["10"], True), ([], ["10"], False),
])
def test_hours_beside_the_activities(costs: list[Typed], planned: list[str], differ: bool) -> None:
    assert added(*costs, invulling=[hours.replace(",", ".") for hours in planned]).hours_differ is differ


@pytest.mark.parametrize(("typed", "differs"), [
    (("10", "95", "950"), False), (("10", "95", "950,01"), True), (("10", "95", ""), False), (("10", "", "900"), False),
])
def test_an_amount_that_is_not_hours_times_rate(typed: Typed, differs: bool) -> None:
    assert [cost.differs for cost in added(typed).costs] == [differs]


def test_a_tool_that_adds_nothing_up() -> None:
    assert total_in(TOOLS["relatieplan"], {"acties": [{"actie": "Bellen"}]}) is None


HOURS = st.decimals(0, 1000, places=2).map(str)
RATES = st.decimals(0, 1000, places=2).map(str)
ROWS = st.lists(st.fixed_dictionaries({}, optional={"uren": HOURS, "tarief": RATES, "bedrag": RATES}), max_size=40)


@given(ROWS, st.sampled_from([Decimal(0), Decimal(9), Decimal(21)]))
def test_whatever_is_filled_in(rows: list[dict[str, str]], percent: Decimal) -> None:
    found = total_of(rows, SUMS, percent)
    assert found.vat is not None and found.total is not None
    assert found.total == found.subtotal + found.vat
    assert found.subtotal == sum(cost.amount or 0 for cost in found.costs)      # what one reads adds up to the cent
    assert abs(found.vat - found.subtotal * percent / 100) <= Decimal("0.005")
    for amount in (found.subtotal, found.vat, found.total):
        assert amount >= 0 and amount == half_up(amount) and amount.as_tuple().exponent == -2
    for cost in found.costs:
        if cost.hours is not None and cost.rate is not None and cost.typed is None:
            assert cost.amount is not None and abs(cost.amount - cost.hours * cost.rate) <= Decimal("0.005")


@given(ROWS, st.sampled_from([Decimal(0), Decimal(9), Decimal(21)]))
def test_what_is_included_is_no_more_than_what_would_come_over_it(rows: list[dict[str, str]], percent: Decimal) -> None:
    found = total_of(rows, SUMS, percent, included=True)
    assert found.vat is not None and found.without_vat is not None
    assert found.total == found.subtotal == found.without_vat + found.vat
    assert abs(found.vat - found.without_vat * percent / 100) <= Decimal("0.01")
    assert 0 <= found.vat == half_up(found.vat)


@given(ROWS)
def test_the_order_of_rows_and_empty_ones_change_nothing(rows: list[dict[str, str]]) -> None:
    one = total_of(rows, SUMS, Decimal(21))
    other = total_of([{}, *reversed(rows), {}], SUMS, Decimal(21))
    assert (one.subtotal, one.vat, one.total, one.hours) == (other.subtotal, other.vat, other.total, other.hours)


@given(st.decimals(0, MOST["amount"], places=2), ROWS)
def test_more_costs_never_cost_less(extra: Decimal, rows: list[dict[str, str]]) -> None:
    one, other = (total_of(each, SUMS, Decimal(21)) for each in (rows, [*rows, {"bedrag": str(extra)}]))
    assert one.total is not None and other.total is not None and other.total >= one.total
    assert other.subtotal - one.subtotal == extra
