"""Where one person stands and how a team grows, on figures that can be worked by hand."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from fractions import Fraction

import pytest

from app.measurement.growth import Word
from app.measurement.scale import Bound, Group
from app.measurement.scoring import Cell
from app.profiles.round_waves import Kind
from app.team.changes import Change, half_outward, team_change
from app.team.standing import Apart, Measured, Shows, standing
from tests.support.teams import CATALOG, KERN, RADAR, cells

ASPECT = RADAR[1]
OF_ASPECT = [competency.code for competency in KERN if competency.aspect == ASPECT]


def measured(found: Iterable[Cell], question_set: str = "kern") -> Measured:
    rows = tuple((one.group, one.competency_code, one.raters, one.mean, json.dumps(dict(one.indicator_means)),
                  one.spread, one.agreement) for one in found)
    kinds = (Kind(Group.COLLEAGUE, "kern", 8), Kind(Group.SCHOOL, question_set, 8))
    return Measured(CATALOG, rows, kinds)


def only(found: Iterable[Cell], codes: Iterable[str]) -> list[Cell]:
    return [one for one in found if one.competency_code in set(codes)]


def test_an_aspect_is_the_mean_of_its_competencies_and_others_have_no_figure() -> None:
    codes = {code: 2.0 + place for place, code in enumerate(OF_ASPECT)}
    stands = standing(measured(Cell(Group.COLLEAGUE, code, 6, mean, {}, 0.6) for code, mean in codes.items()), None)
    line = stands.of(Shows.ASPECTS, ASPECT)
    assert line.others is not None and line.own is None and line.change is None
    assert line.others.mean == round(sum(codes.values()) / len(codes), 1)
    assert stands.of(Shows.ASPECTS, RADAR[5]).others is None
    assert line.apart is None       # nor a reason, without an earlier round


def test_a_figure_of_few_people_keeps_its_bound() -> None:
    stands = standing(measured(Cell(Group.COLLEAGUE, code, 3, 4.5, {}, 0.7) for code in OF_ASPECT), None)
    score = stands.of(Shows.ASPECTS, ASPECT).others
    assert score is not None and (score.mean, score.bound) == (4.5, Bound.OR_HIGHER)


def test_growth_is_the_mean_change_of_what_compares() -> None:
    stands = standing(measured(cells(4.0)), measured(cells(3.0)))
    for shows, code in ((Shows.ASPECTS, ASPECT), (Shows.COMPETENCIES, OF_ASPECT[0])):
        change = stands.of(shows, code).change
        assert change is not None
        assert (change.change, change.now, change.word) == (1, 4, Word.VISIBLE_GROWTH)
    down = standing(measured(cells(3.0)), measured(cells(4.0))).of(Shows.ASPECTS, ASPECT).change
    assert down is not None and down.word is Word.VISIBLY_LESS


def test_what_seems_to_grow_is_said_so() -> None:
    """3.3 → 3.8: .5 lies between 1.28 and 1.645 times an error of .313 (measurement.md §6)."""
    few = [Cell(Group.COLLEAGUE, code, 10, 3.8, {}, 0.7) for code in OF_ASPECT]
    before = [Cell(Group.COLLEAGUE, code, 10, 3.3, {}, 0.7) for code in OF_ASPECT]
    change = standing(measured(few), measured(before)).of(Shows.ASPECTS, ASPECT).change
    assert change is not None and change.word is Word.SEEMS_TO_GROW
    assert change.error == pytest.approx(math.hypot(0.7 / math.sqrt(10), 0.7 / math.sqrt(10)))


@pytest.mark.parametrize("before", [
    pytest.param(only(cells(3.0), OF_ASPECT[1:]), id="a competency less"),
    pytest.param([], id="nothing"),
])
def test_a_roll_up_over_other_parts_is_not_compared(before: list[Cell]) -> None:
    now = only(cells(4.0), OF_ASPECT)
    line = standing(measured(now), measured(before)).of(Shows.ASPECTS, ASPECT)
    assert line.others is not None and line.change is None
    assert line.apart is Apart.NOT_SHOWN_BEFORE


def test_a_roll_up_over_fewer_parts_says_so() -> None:
    line = standing(measured(only(cells(4.0), OF_ASPECT[1:])), measured(cells(3.0))).of(Shows.ASPECTS, ASPECT)
    assert line.change is None and line.apart is Apart.OTHER_PARTS


def test_without_an_earlier_round_there_is_nothing_to_say_of_it() -> None:
    stands = standing(measured(cells(4.0)), None)
    assert stands.apart(Shows.ASPECTS) == () and stands.of(Shows.ASPECTS, ASPECT).apart is None


def test_what_was_not_asked_is_not_what_few_answered() -> None:
    stands = standing(measured(only(cells(4.0), OF_ASPECT)), None)
    few, never = stands.of(Shows.ASPECTS, RADAR[5]), stands.of(Shows.COMPETENCIES, "V4")
    assert (few.others, few.asked, never.others, never.asked) == (None, True, None, False)


def test_other_questions_are_not_compared() -> None:
    """RM1 is asked of leraren in other statements; RM2 in the same."""
    found = only((one for one in cells(4.0) if one.group == Group.SCHOOL), ("RM1", "RM2"))
    stands = standing(measured(found), measured(found, "kern-leraar"))
    assert [stands.of(Shows.COMPETENCIES, code).change is None for code in ("RM1", "RM2")] == [True, False]
    line = stands.of(Shows.ASPECTS, "relatiemanagement")
    assert line.others is not None and line.change is None and line.apart is Apart.OTHER_QUESTIONS
    assert stands.apart(Shows.COMPETENCIES) == (Apart.OTHER_QUESTIONS,)


def change(now: str, by: str, error: float = 0.2) -> Change:
    return Change(Word.NO_CLEAR_DIFFERENCE, Fraction(by), error, Fraction(now), (0.1, 0.5), 10)


def test_a_team_is_told_of_five_people_or_more() -> None:
    four = [change("3.5", "0.5")] * 4
    assert team_change(four).people == 4
    assert team_change(four).word is None and team_change(four).bands is None
    assert team_change([]).people == 0


def test_the_growth_of_a_team_is_the_mean_of_that_of_its_people() -> None:
    """now 3.0, 3.2, 3.4, 3.6, 4.0 → 3.44 → 3.4; change .5 .5 .5 1.0 0 → .5; then 2.9; error √(5·.04)/5 = .089."""
    nows, by = ("3.0", "3.2", "3.4", "3.6", "4.0"), ("0.5", "0.5", "0.5", "1.0", "0.0")
    found = team_change(change(now, one) for now, one in zip(nows, by, strict=True))
    assert (found.people, found.then, found.now, found.change) == (5, 2.9, 3.4, 0.5)
    assert found.word is Word.VISIBLE_GROWTH
    assert found.bands is not None
    then, now = found.bands
    assert then.low <= 2.9 <= then.high and now.low < 3.4 < now.high
    assert now.high - now.low > then.high - then.low


@pytest.mark.parametrize(("exact", "told"), [("0.25", "0.3"), ("-0.25", "-0.3"), ("0.24", "0.2"), ("0", "0")])
def test_a_change_is_rounded_alike_up_and_down(exact: str, told: str) -> None:
    assert half_outward(Fraction(exact)) == Fraction(told)
