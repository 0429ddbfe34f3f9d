"""Counting the process: what stands in a row of its own, what stands together, and when a tussenstand is in time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.development.plans.period import school_year
from app.progress.figures import (
    LEAST,
    Budget,
    CheckIns,
    PersonFacts,
    RoundFacts,
    RoundRow,
    budgets,
    by_team,
    check_ins,
    course,
    rounds,
)

TODAY = dt.date(2026, 11, 22)
START, END = dt.date(2025, 9, 1), dt.date(2026, 7, 31)


def test_a_round_of_five_stands_by_itself() -> None:
    found = rounds([RoundFacts("Najaar", dt.date(2026, 10, 1), 5, 4, 40, 30)], TODAY)
    assert found.rows == (RoundRow("Najaar", dt.date(2026, 10, 1), 5, 0.75, 0.8),)
    assert found.left_out == 0


def test_budgets_add_up_to_what_there_is() -> None:
    """A later plan over the whole period takes the place of an earlier; over a part it adds what is not in that."""

    def plan(name: str, begins: tuple[int, int], ends: tuple[int, int], day: int, euros: int, planned: int) -> Budget:
        adopted_at = dt.datetime(2026, 1, day, tzinfo=dt.UTC)
        return Budget(name, dt.date(*begins, 1), dt.date(*ends, 28), adopted_at, euros, planned)

    year = plan("Jaar", (2026, 8), (2027, 7), 1, 12_000, 0)
    again = plan("Jaar (2)", (2026, 8), (2027, 7), 2, 15_000, 9_000)
    winter = plan("Winter", (2027, 1), (2027, 12), 3, 6_000, 2_000)
    after = plan("Daarna", (2027, 8), (2028, 7), 4, 8_000, 0)
    assert budgets([year]) == (("Jaar", 12_000),)
    assert budgets([year, again]) == budgets([again, year]) == (("Jaar (2)", 15_000),)
    assert budgets([year, winter]) == (("Jaar", 12_000), ("Winter", 4_000))
    assert budgets([year, after]) == (("Jaar", 12_000), ("Daarna", 8_000))
    assert budgets([]) == ()


def test_small_rounds_stand_together_when_their_quarter_is_over() -> None:
    small = [RoundFacts(f"Ronde {n}", dt.date(2026, 8, 20 + n), 2, 1, 10, 6) for n in range(3)]
    found = rounds(small, TODAY)
    assert found.rows == (RoundRow(None, dt.date(2026, 7, 1), 6, 0.6, 0.5),)
    assert rounds(small, dt.date(2026, 9, 30)).rows == ()
    assert rounds(small, dt.date(2026, 9, 30)).left_out == 3


def test_small_rounds_about_four_people_in_all_stand_nowhere() -> None:
    small = [RoundFacts(f"Ronde {n}", dt.date(2026, 8, 20), 2, 1, 10, 6) for n in range(2)]
    assert rounds(small, TODAY).rows == ()
    assert rounds(small, TODAY).left_out == 2


def test_a_round_of_which_nobody_was_asked_is_no_round() -> None:
    assert rounds([RoundFacts("Leeg", dt.date(2026, 10, 1), 0, 0, 0, 0)], TODAY).rows == ()


FACTS = st.builds(
    lambda name, day, people, shown, asked, sent: RoundFacts(name, day, people, min(people, shown), asked,
                                                             min(asked, sent)),
    st.text("abc", min_size=1, max_size=3), st.dates(dt.date(2024, 8, 1), TODAY), st.integers(0, 9),
    st.integers(0, 9), st.integers(0, 50), st.integers(0, 50),
)


@given(st.lists(FACTS, max_size=12))
def test_every_row_is_about_five_people_and_no_round_is_in_two(facts: list[RoundFacts]) -> None:
    found = rounds(facts, TODAY)
    assert all(row.people >= LEAST and 0 <= row.response <= 1 and 0 <= row.reach <= 1 for row in found.rows)
    assert sum(row.people for row in found.rows) <= sum(one.people for one in facts)


@given(st.lists(FACTS, max_size=12), st.dates(dt.date(2024, 8, 1), TODAY))
def test_a_row_of_small_rounds_never_changes_once_it_is_there(facts: list[RoundFacts], day: dt.date) -> None:
    """So two looks at the page cannot be subtracted."""
    before = [row for row in rounds([one for one in facts if one.closed_on <= day], day).rows if row.name is None]
    after = [row for row in rounds(facts, TODAY).rows if row.name is None]
    assert all(row in after for row in before)


@pytest.mark.parametrize(
    ("held", "today", "in_time", "late"),
    [
        ([], dt.date(2025, 11, 30), 0, 0),                                          # thirteen weeks are not over
        ([], dt.date(2025, 12, 1), 0, 0),                                           # the last day itself
        ([], dt.date(2025, 12, 2), 0, 1),
        ([dt.date(2025, 11, 20)], dt.date(2025, 12, 2), 1, 0),
        ([dt.date(2025, 12, 20)], dt.date(2025, 12, 21), 0, 1),
        ([dt.date(2025, 11, 20), dt.date(2026, 2, 10)], dt.date(2026, 2, 11), 2, 0),
        ([dt.date(2025, 11, 20)], dt.date(2026, 3, 30), 1, 1),
    ],
)
def test_a_tussenstand_is_in_time_within_thirteen_weeks(
    held: list[dt.date], today: dt.date, in_time: int, late: int
) -> None:
    assert check_ins(START, END, held, school_year(START), today) == CheckIns(in_time, late)


@pytest.mark.parametrize(("held", "first", "second"), [
    ([], CheckIns(0, 1), CheckIns(0, 0)),                                   # one was missed, and none came after it
    ([dt.date(2026, 6, 20)], CheckIns(1, 0), CheckIns(0, 1)),               # the next could be made until September
    ([dt.date(2026, 8, 20)], CheckIns(0, 1), CheckIns(0, 1)),               # late: it was due in July
    ([dt.date(2026, 7, 5), dt.date(2026, 9, 30)], CheckIns(1, 0), CheckIns(1, 0)),
])
def test_of_a_plan_over_two_school_years_each_tussenstand_counts_in_one(
    held: list[dt.date], first: CheckIns, second: CheckIns
) -> None:
    started_on, ends_on, today = dt.date(2026, 5, 1), dt.date(2026, 10, 31), dt.date(2026, 11, 22)
    found = [check_ins(started_on, ends_on, held, school_year(day), today) for day in (started_on, today)]
    assert found == [first, second]


def test_the_last_day_of_a_school_year_counts_in_that_year() -> None:
    """Made until 31 July, and nobody did: it is late in that year, also when that is looked back upon."""
    started_on, ends_on = dt.date(2026, 5, 1), dt.date(2026, 12, 31)
    assert started_on + dt.timedelta(weeks=13) == dt.date(2026, 7, 31)
    year = school_year(started_on)
    assert check_ins(started_on, ends_on, [], year, dt.date(2026, 7, 31)) == CheckIns()
    assert check_ins(started_on, ends_on, [], year, dt.date(2026, 8, 1)) == CheckIns(late=1)
    assert check_ins(started_on, ends_on, [], school_year(dt.date(2026, 8, 1)), dt.date(2026, 9, 1)) == CheckIns()


def somebody(team_id: int, *, agreed: bool = False) -> PersonFacts:
    return PersonFacts(frozenset({team_id}), 1, 1 if agreed else 0, agreed, CheckIns(1, 0), measured=True)


def test_a_team_of_four_stands_in_the_whole_alone() -> None:
    people = [somebody(1, agreed=True) for _ in range(5)] + [somebody(2) for _ in range(4)] + [somebody(3)]
    teams = by_team(people, {1: "Noord", 2: "Zuid", 3: "Oost"})
    assert [name for name, _ in teams] == ["Noord"]
    assert (teams[0][1].agreed, teams[0][1].talked) == (5, 5)
    whole = course(people)
    assert (whole.people, whole.agreed, whole.released, whole.talked, whole.check_ins) == (
        10, 5, 10, 5, CheckIns(10, 0))


@pytest.mark.parametrize(("sizes", "shown"), [
    ((5, 4), ""),               # nine beside five would tell of the four
    ((8, 1), ""),
    ((8, 6, 3), "A"),           # beside eight and six it would tell of the three
    ((8, 6, 3, 2), "AB"),
    ((6, 6), "AB"),
    ((7,), "A"),
    ((4,), ""),
])
def test_no_difference_of_rows_is_about_fewer_than_five(sizes: tuple[int, ...], shown: str) -> None:
    people = [somebody(number) for number, size in enumerate(sizes) for _ in range(size)]
    teams = by_team(people, dict(enumerate("ABCD")))
    assert "".join(name for name, _ in teams) == shown


def test_who_works_in_two_teams_stands_in_no_difference() -> None:
    """Six and six are eleven together: adding and subtracting all three tells of the one."""
    both = PersonFacts(frozenset({1, 2}), 1, 1, agreed=True, check_ins=CheckIns(1, 0), measured=True)
    people = [both, *(somebody(1) for _ in range(5)), *(somebody(2) for _ in range(5))]
    assert [name for name, _ in by_team(people, {1: "Noord", 2: "Zuid"})] == ["Noord"]
    assert len(by_team([*people, *(somebody(3) for _ in range(5))], {1: "Noord", 2: "Zuid"})) == 2

