"""What is published about whatever anybody answers isolates nobody: an attack on it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from app.measurement.disclosure import Minimums
from app.measurement.scale import MERGED, Group
from app.measurement.scoring import others
from tests.measurement.attack import Row, entangled, isolated, published_rows
from tests.measurement.oracle import (
    BaseFigures,
    GroupSheets,
    ValidAnswers,
    base_figures,
    valid_answers,
)
from tests.measurement.rows import (
    ANONYMOUS,
    ANONYMOUS_ADULTS,
    ITEMS,
    Measured,
    asked_of,
    by_place,
    cells_of,
    groups,
    measurements,
    minimums,
    sheets,
    valid_marks,
)


def probed(valid: ValidAnswers, figures: BaseFigures, minimum: int) -> list[Row]:
    """Every base figure as a row: how much it moves when one answer moves by one."""
    names = [*figures.indicator_means, *(["mean"] if figures.mean is not None else [])]
    rows: list[dict[tuple[tuple[str, int], str], Fraction]] = [{} for _ in names]
    for number, answers in enumerate(valid.by_rater):
        for code in answers:
            raised = {**answers, code: answers[code] + 1}
            by_rater = (*valid.by_rater[:number], raised, *valid.by_rater[number + 1:])
            moved = base_figures(replace(valid, by_rater=by_rater), minimum)
            for name, row in zip(names, rows, strict=True):
                if step := _figure(moved, name) - _figure(figures, name):
                    row[("rater", number), code] = step
    return [*rows]


def _figure(figures: BaseFigures, name: str) -> Fraction:
    figure = figures.mean if name == "mean" else figures.indicator_means[name]
    assert figure is not None
    return figure


@given(groups((Group.COLLEAGUE, Group.PARENT)), st.integers(3, 7))
def test_base_figures_rest_on_disjoint_answers_of_at_least_k_people(group: GroupSheets, minimum: int) -> None:
    for item in ITEMS:
        valid = valid_answers(item, group.sheets)
        if len(valid.by_rater) < minimum or len(valid.asked) < 2:
            continue
        figures = base_figures(valid, minimum)
        rows = probed(valid, figures, minimum)
        assert rows
        assert bool(figures.indicator_means) is (figures.mean is None)
        assert all(len(bundle) == 1 for bundle in entangled(rows))
        assert all(len({person for person, _ in row}) >= minimum for row in rows)
        assert isolated(rows, minimum) is None
        told = {(("rater", number), code): score
                for number, answers in enumerate(valid.by_rater) for code, score in answers.items()}
        for row, figure in zip(rows, [*figures.indicator_means.values(), figures.mean], strict=False):
            assert sum(told[answer] * share for answer, share in row.items()) == figure


@given(measurements(ANONYMOUS_ADULTS), minimums(ANONYMOUS_ADULTS), st.booleans())
@settings(max_examples=200)
def test_no_combination_of_published_figures_isolates_fewer_than_k_people(
    asked: Measured, k: Minimums, circle: bool
) -> None:
    """Of all adults together: those of a small circle and of two groups merged into one are one group there."""
    cells = cells_of(asked, k, small_circle=circle)
    assert isolated(published_rows(cells, asked), 3) is None
    for group in {cell.group for cell in cells}:
        of_group = [cell for cell in cells if cell.group == group]
        assert isolated(published_rows(of_group, asked), k.of(group)) is None


@given(groups((Group.PUPIL,), most=9))
def test_no_combination_isolates_fewer_than_five_pupils(group: GroupSheets) -> None:
    assert isolated(published_rows(cells_of([group]), [group]), 5) is None


def test_the_attack_finds_the_known_leak() -> None:
    """Indicator means and the mean of the rater means together isolate the sixth, who skipped one of four."""
    people = [("collega", number) for number in range(6)]
    codes = ["A1", "A2", "A3", "A4"]
    answered = [(person, code) for person in people for code in codes if (person, code) != (people[5], "A4")]
    rich: list[Row] = []
    for code in codes:
        said = [one for one in answered if one[1] == code]
        rich.append(dict.fromkeys(said, Fraction(1, len(said))))
    counts = {person: sum(one[0] == person for one in answered) for person in people}
    thin = {one: Fraction(1, 6 * counts[one[0]]) for one in answered}
    assert isolated(rich, 3) is None
    assert isolated([thin], 3) is None
    # The five others keep their coefficient in every indicator they share, so the sixth stands out alone.
    assert people[5] in (isolated([*rich, thin], 3) or ())
    assert isolated([*rich, thin], 2) == frozenset({people[5]})


def test_the_attack_finds_a_merged_group_beside_its_part() -> None:
    merged = {(("school", number), "A1"): Fraction(1, 4) for number in range(3)}
    merged |= {(("opdrachtgever", 0), "A1"): Fraction(1, 4)}
    part = {(("school", number), "A1"): Fraction(1, 3) for number in range(3)}
    assert isolated([merged, part], 2) == frozenset({("opdrachtgever", 0)})


@given(measurements(), minimums(ANONYMOUS))
def test_nothing_exists_below_k_and_everything_else_does(asked: Measured, k: Minimums) -> None:
    given_by = {group.group: list(group.sheets) for group in asked}
    school, client = given_by[Group.SCHOOL], given_by[Group.CLIENT]
    if school and client and (len(school) < k.of(Group.SCHOOL) or len(client) < k.of(Group.CLIENT)):
        given_by[Group.SCHOOL_AND_CLIENT] = given_by.pop(Group.SCHOOL) + given_by.pop(Group.CLIENT)
    valid = {(code, item): sum(bool(valid_marks(item, sheet)) for sheet in all_sheets)
             for code, all_sheets in given_by.items() for item in ITEMS}
    expected = {(code, item.code, raters) for (code, item), raters in valid.items()
                if raters >= k.of(code) and len(asked_of(item, given_by[code])) >= 2}
    assert {(cell.group, cell.competency_code, cell.raters) for cell in cells_of(asked, k)} == expected


@given(measurements(), st.data())
def test_none_one_and_two_read_the_same(asked: Measured, data: st.DataObject) -> None:
    few = data.draw(st.lists(sheets(Group.COLLEAGUE), max_size=2).map(tuple))
    nobody = tuple(replace(group, sheets=()) if group.group == Group.COLLEAGUE else group for group in asked)
    some = tuple(replace(group, sheets=few) if group.group == Group.COLLEAGUE else group for group in asked)
    left_out = tuple(group for group in asked if group.group != Group.COLLEAGUE)
    assert cells_of(nobody) == cells_of(some)
    assert by_place(cells_of(some)) == by_place(cells_of(left_out))
    assert others(cells_of(nobody)) == others(cells_of(some))


@given(measurements(), minimums(ANONYMOUS), st.booleans())
def test_a_merged_group_and_a_part_never_both_exist(asked: Measured, k: Minimums, circle: bool) -> None:
    shown = {cell.group for cell in cells_of(asked, k, small_circle=circle)}
    for merged, parts in MERGED.items():
        assert merged not in shown or not shown & set(parts)
    assert not circle or not shown & {*ANONYMOUS_ADULTS, Group.SCHOOL_AND_CLIENT}


def test_the_attack_finds_a_small_circle_beside_its_colleagues() -> None:
    """Four colleagues and two of a school: with the figure of the colleagues apart, the two stand alone."""
    four = [(("collega", number), "A1") for number in range(4)]
    two = [(("school", number), "A1") for number in range(2)]
    circle = dict.fromkeys([*four, *two], Fraction(1, 6))
    assert isolated([circle], 3) is None
    assert isolated([circle, dict.fromkeys(four, Fraction(1, 4))], 3) == frozenset(person for person, _ in two)


def test_the_attack_finds_a_variant_published_beside_the_whole_group() -> None:
    """Five of a school on two statements and one of them on a third: its mean apart would be one person's answer."""
    whole = {(("school", number), code): Fraction(1, 10) for number in range(5) for code in ("A1", "A2")}
    assert isolated([whole, {(("school", 4), "A3"): Fraction(1)}], 3) == frozenset({("school", 4)})
