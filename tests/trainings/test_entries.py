"""A row that would take long to read: it costs no more than any other."""

from __future__ import annotations

from collections.abc import Iterator

from app.trainings.entries import NAMED, Known, Wrong, free_code, read


class Counted(set[str]):
    """Codes that are taken, which count how often they were asked for."""

    asked = 0

    def __contains__(self, code: object) -> bool:
        self.asked += 1
        return super().__contains__(code)


def taken(count: int) -> Iterator[str]:
    yield "opleiding"
    yield from (f"opleiding-{number}" for number in range(2, count + 1))


def test_a_code_is_found_in_a_few_looks_however_many_are_taken() -> None:
    codes = Counted(taken(2_000))
    assert free_code("職", codes) == "opleiding-2001"
    assert codes.asked < 40


def test_a_cell_with_thousands_of_names_is_one_fault() -> None:
    texts = {"competencies": "V4 " * NAMED}
    faults = [one for one in read(texts, Known({}, {}))[1] if one.field == "competencies"]
    assert [one.wrong for one in faults] == [Wrong.TOO_LONG]
