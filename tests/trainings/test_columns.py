"""The aanbod in a file, without a page: what each row says, which training it is, and what would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.competencies.seeding import read_framework
from app.papers import sheet_reading
from app.papers.sheet_reading import Cell, Row
from app.papers.spreadsheet import separated, workbook
from app.trainings import columns, comparing, seeding
from app.trainings.columns import NAMES, InFile
from app.trainings.entries import Entry, Known, Wrong, free_code, read
from tests.support.trainings import ENTRY

FORMS = seeding.read_first().names
CODES = {one.code: one.slug for one in read_framework().competencies}
KNOWN = Known.of(FORMS, CODES)
STORED = replace(ENTRY, code="doorvragen")
HEAD = tuple(NAMES.values())


def in_file(entries: Sequence[Entry], *, existing: Sequence[Entry] = ()) -> InFile:
    """What is said of a file with these trainings."""
    data = separated(columns.table("Aanbod", entries, FORMS))
    return columns.in_file(sheet_reading.read(data, 100), KNOWN, existing)


def rows(*lines: dict[str, str], head: Sequence[str] = HEAD) -> list[Row]:
    """A file in which ENTRY stands on every line, but for what is given of it."""
    known = {**ENTRY.texts, "code": ""}
    found = [Row(1, tuple(Cell(name) for name in head))]
    for number, line in enumerate(lines, start=2):
        found.append(Row(number, tuple(Cell({**known, **line}[field]) for field in NAMES)))
    return found


def told(*lines: dict[str, str], existing: Sequence[Entry] = ()) -> set[tuple[int, str, Wrong]]:
    found = columns.in_file(rows(*lines), KNOWN, existing)
    return {(one.row, one.fault.field, one.fault.wrong) for one in found.faults}


ENTRIES = st.builds(
    Entry, code=st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True),
    title=st.text(min_size=1, max_size=60), form=st.sampled_from(sorted(FORMS)), provider=st.text(max_size=40),
    description=st.text(max_size=200), afterwards=st.text(max_size=80), hours=st.integers(1, 400),
    cost_group=st.none() | st.integers(0, 1_000_000), cost_person=st.integers(0, 100_000),
    places_min=st.integers(1, 20), places_max=st.integers(20, 500), level_from=st.integers(1, 3),
    level_to=st.integers(3, 5), retired=st.booleans(),
    competencies=st.sets(st.sampled_from(sorted(CODES)), min_size=1, max_size=5).map(lambda some: tuple(sorted(some))),
)  # fmt: skip


@given(st.lists(ENTRIES, min_size=1, max_size=6, unique_by=lambda entry: entry.code))
@example([replace(STORED, afterwards="\N{REPLACEMENT CHARACTER}")])
def test_what_is_taken_along_comes_back_the_same(made: list[Entry]) -> None:
    entries = [entry for one in made if (entry := read(one.texts, KNOWN)[0])]      # as they would be stored
    table = columns.table("Aanbod", entries, FORMS)
    for data in (separated(table), workbook("Aanbod", [table])):
        found = columns.in_file(sheet_reading.read(data, 100), KNOWN, entries)
        assert found.usable and list(found.entries) == entries
        assert comparing.compare(entries, found.entries).nothing


def test_columns_in_another_order_and_written_otherwise() -> None:
    turned = rows({})
    turned[0] = Row(1, tuple(Cell(f" {name.upper().replace(' ', '_')} ") for name in HEAD))
    turned = [Row(row.number, tuple(reversed(row.cells))) for row in turned]
    found = columns.in_file(turned, KNOWN, ())
    assert found.usable and found.entries == (replace(ENTRY, code="doorvragen-zonder-verhoor"),)


def test_columns_that_are_missing_double_or_unknown() -> None:
    head = [Cell("titel"), Cell("Titel"), Cell("prijs"), Cell("")]
    found = columns.in_file([Row(1, tuple(head)), Row(2, (Cell("x"),))], KNOWN, ())
    assert not found.usable and not found.entries and not found.faults
    assert found.heading.twice == ("title",) and found.heading.unknown == ("prijs",)
    assert set(found.heading.missing) == set(NAMES) - {"title"}


@pytest.mark.parametrize(("line", "field", "wrong"), [
    ({"title": ""}, "title", Wrong.EMPTY),
    ({"title": "x" * 201}, "title", Wrong.TOO_LONG),
    ({"form": "zwemmen"}, "form", Wrong.UNKNOWN),
    ({"competencies": "VM1, XX9"}, "competencies", Wrong.UNKNOWN),
    ({"competencies": "VM1; vm1"}, "competencies", Wrong.TWICE),
    ({"competencies": "VM1, verwachtingen-ophalen"}, "competencies", Wrong.TWICE),
    ({"competencies": " , "}, "competencies", Wrong.EMPTY),
    ({"cost_group": "-5"}, "cost_group", Wrong.OUT_OF_RANGE),
    ({"cost_group": "99999999"}, "cost_group", Wrong.OUT_OF_RANGE),
    ({"cost_group": "", "cost_person": ""}, "cost_group", Wrong.NO_PRICE),
    ({"cost_person": "450,5"}, "cost_person", Wrong.NO_NUMBER),
    ({"hours": "1e3"}, "hours", Wrong.NO_NUMBER),
    ({"hours": ""}, "hours", Wrong.EMPTY),
    ({"places_max": "2"}, "places_max", Wrong.LOWER),
    ({"level_to": "1"}, "level_to", Wrong.LOWER),
    ({"code": "Door Vragen"}, "code", Wrong.NO_CODE),
    ({"offered": "misschien"}, "offered", Wrong.NO_ANSWER),
    ({"provider": "Caf\ufffd"}, "provider", Wrong.BROKEN),
])  # fmt: skip
def test_each_fault_has_its_row_and_column(line: dict[str, str], field: str, wrong: Wrong) -> None:
    assert told({"title": "Een andere"}, line) == {(3, field, wrong)}


def test_formulas_and_errors_are_faults() -> None:
    (head, row) = rows({})
    cells = list(row.cells)
    cells[1], cells[4] = Cell("", formula=True), Cell("#REF!", broken=True)
    found = columns.in_file([head, Row(2, tuple(cells))], KNOWN, ())
    assert {(one.fault.field, one.fault.wrong) for one in found.faults} == {
        ("title", Wrong.FORMULA), ("hours", Wrong.BROKEN)}


@pytest.mark.parametrize(("first", "second", "field"), [
    ({"code": "a"}, {"code": "a", "title": "Anders"}, "code"),
    ({"title": "Netwerken"}, {"title": "netwerken"}, "title"),
    ({"code": "doorvragen"}, {"title": STORED.title}, "title"),
])  # fmt: skip
def test_doubles_in_a_file(first: dict[str, str], second: dict[str, str], field: str) -> None:
    assert told(first, second, existing=[STORED]) == {(3, field, Wrong.ELSEWHERE)}
    for wrong in ({**first, "hours": "x"}, second), (first, {**second, "hours": "x"}):
        assert (3, field, Wrong.ELSEWHERE) in told(*wrong, existing=[STORED]), "also when something else is wrong"


def test_the_rows_with_nothing_wrong_are_there_whatever_the_others_say() -> None:
    lines = {"title": "Een"}, {"title": "Twee", "hours": "x"}, {"title": "Drie"}, {"title": "drie"}
    found = columns.in_file(rows(*lines), KNOWN, ())
    assert [(one.code, one.title) for one in found.entries] == [("een", "Een"), ("drie", "Drie")]
    assert not found.usable


def test_a_row_without_a_code_is_the_training_with_its_title() -> None:
    found = in_file([replace(STORED, code="", hours=20)], existing=[STORED])
    assert found.entries == (replace(STORED, hours=20),)


def test_what_would_change() -> None:
    stays, same = replace(STORED, code="blijft", title="Blijft"), replace(STORED, code="gelijk", title="Gelijk")
    changed, new = replace(STORED, hours=20, cost_person=None), replace(ENTRY, title="Nieuw")
    found = in_file([changed, same, new], existing=[STORED, stays, same])
    compared = comparing.compare([STORED, stays, same], found.entries)
    assert [entry.code for entry in compared.new] == ["nieuw"]
    assert compared.unchanged == (same,) and compared.staying == (stays,)
    assert [(one.field, one.before, one.after) for one in compared.changed[0].differences] == [
        ("hours", "12", "20"), ("cost_person", "450", "")]


def test_what_is_carried_holds_as_long_as_nobody_changed_it() -> None:
    wanted = (replace(STORED, hours=20), replace(ENTRY, code="nieuw"))
    compared = comparing.compare([STORED], wanted)
    carried = comparing.unpack(comparing.pack(compared))
    assert set(carried.entries) == set(wanted)
    assert carried.holds([STORED]) and carried.holds(wanted), "also when it was done already"
    assert not carried.holds([replace(STORED, hours=13)]) and not carried.holds([])
    assert not carried.holds([STORED, replace(ENTRY, code="nieuw", hours=1)])


@given(st.text(max_size=80), st.sets(st.text(max_size=5)))
def test_a_code_is_free_and_is_one(title: str, taken: set[str]) -> None:
    code = free_code(title, taken)
    assert code not in taken
    assert read({**ENTRY.texts, "code": code}, KNOWN)[0] is not None
    assert free_code(title, {*taken, code}) != code
