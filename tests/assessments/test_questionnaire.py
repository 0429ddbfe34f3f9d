"""The questionnaire as the framework lays it out, and what a change does to a page; without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessments.changes import AS_IT_IS, Change, Kept, is_empty
from app.assessments.questionnaire import NO_REASON, Questionnaire, offered_sets
from app.competencies.seeding import SEED, read_framework

CATALOG = read_framework(SEED)
TWEEDE = Questionnaire.of(CATALOG, "tweede")
ALL = TWEEDE.codes
FIRST, SECOND, LAST = TWEEDE.pages[0], TWEEDE.pages[1], TWEEDE.pages[-1]


def codes(page_number: int) -> tuple[str, ...]:
    return tuple(i.code for i in TWEEDE.pages[page_number - 1].indicators)


def test_three_sets_are_offered_with_what_they_take() -> None:
    told = [(s.code, len(CATALOG.asked(s.code, "zelf")), s.minutes) for s in offered_sets(CATALOG)]
    assert told == [("tweede", 21, 12), ("focus", 12, 8), ("volledig", 36, 20)]


def test_saying_no_reason_is_none_of_the_reasons() -> None:
    assert NO_REASON not in TWEEDE.reasons


def test_which_competencies_get_a_score() -> None:
    """Half of the statements is enough; what cannot be said is no answer."""
    answers = {"VM1.1": 3, "VM1.2": 4, "VM1.3": NO_REASON, "VM2.1": 5, "VM2.2": "nvt", "VM3.1": NO_REASON}
    assert [cell.competency_code for cell in TWEEDE.cells(answers)] == ["VM1"]
    assert TWEEDE.cells({}) == ()


def test_every_statement_of_the_second_professionaliteit_is_asked() -> None:
    assert len(ALL) == 75 == sum(len(c.indicators) for c in CATALOG.competencies if c.professionaliteit == "tweede")


@pytest.mark.parametrize("answer", [1, 2, 3, 4, 5, "niet-gezien", "nvt", NO_REASON])
def test_what_is_on_the_scale(answer: object) -> None:
    assert TWEEDE.allows(answer)


@pytest.mark.parametrize("answer", [0, 6, -1, True, 3.0, "3", "", "x", "weet-niet", None, [], 10**30])
def test_what_is_not(answer: object) -> None:
    assert not TWEEDE.allows(answer)


@pytest.mark.parametrize(("answered", "minutes"), [(0, 12), (1, 12), (7, 11), (37, 7), (38, 6), (74, 1), (75, 0)])
def test_the_time_left_follows_what_is_still_open(answered: int, minutes: int) -> None:
    """12 minutes for 75 statements, upwards: 37 still open are 5,92 minutes."""
    assert TWEEDE.minutes_left(ALL[:answered]) == minutes


@given(st.sets(st.sampled_from(ALL)))
def test_the_time_left_never_grows_by_answering(answered: set[str]) -> None:
    left = TWEEDE.minutes_left(answered)
    assert (left == 0) == (len(answered) == len(ALL))
    assert all(TWEEDE.minutes_left({*answered, code}) <= left for code in ALL)


def test_she_goes_on_where_nothing_was_answered_yet() -> None:
    assert TWEEDE.where_to_continue(()) is FIRST
    assert TWEEDE.where_to_continue(codes(1)[:2]) is SECOND, "what she skipped on the first page waits"
    assert TWEEDE.where_to_continue(codes(1)) is SECOND


def test_she_comes_back_to_what_she_skipped_last() -> None:
    skipped = codes(1)[1]
    answered = [code for code in ALL if code != skipped]
    assert TWEEDE.where_to_continue(answered) is FIRST
    assert TWEEDE.first_skipped(answered, after=FIRST) is None
    assert TWEEDE.where_to_continue(ALL) is None


def test_the_pages_follow_each_other() -> None:
    assert TWEEDE.before(FIRST) is None and TWEEDE.after(LAST) is None
    assert TWEEDE.after(FIRST) is SECOND and TWEEDE.before(SECOND) is FIRST
    assert TWEEDE.page("verwachtingen-ophalen") is FIRST is TWEEDE.page_of("VM1") and TWEEDE.number(LAST) == 21
    assert TWEEDE.complete(codes(2)) == {2}


KEPT = Kept({"VM1.1": 3, "VM1.2": "nvt"}, "een voorbeeld", 4, 7)


def test_what_is_not_named_stays() -> None:
    nothing = Change("VM1")
    assert KEPT.with_change(nothing) == KEPT and is_empty(KEPT.differing(nothing))


def test_only_what_differs_counts() -> None:
    same = Change("VM1", {"VM1.1": 3, "VM1.2": "nvt", "VM1.3": None}, "een voorbeeld", 4)
    assert is_empty(KEPT.differing(same))
    other = Change("VM1", {"VM1.1": 3, "VM1.2": None, "VM1.3": 5}, "iets anders", None)
    assert KEPT.differing(other) == Change("VM1", {"VM1.2": None, "VM1.3": 5}, "iets anders", None)


def test_a_change_shown_on_the_page() -> None:
    shown = KEPT.with_change(Change("VM1", {"VM1.1": None, "VM1.3": 5}, AS_IT_IS, None))
    assert shown == Kept({"VM1.2": "nvt", "VM1.3": 5}, "een voorbeeld", None, 7)
