"""What must hold for whatever anybody answers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from app.measurement.answers import Item
from app.measurement.closing import close
from app.measurement.disclosure import Minimums
from app.measurement.rollups import (
    AspectParts,
    ProfessionaliteitParts,
    RoleParts,
    aspect_scores,
    professionaliteit_scores,
    role_scores,
)
from app.measurement.scale import MERGED, Bound, Group, caps_of, rule_of
from app.measurement.scoring import Cell, Others, others, self_cells
from tests.measurement import oracle
from tests.measurement.attack import Row, entangled, isolated, published_rows
from tests.measurement.figures import capped, half_up, tenths
from tests.measurement.oracle import (
    BaseFigures,
    GroupSheets,
    Sheet,
    ValidAnswers,
    base_figures,
    valid_answers,
)
from tests.measurement.rows import (
    ANONYMOUS,
    ANONYMOUS_ADULTS,
    INDICATORS,
    ITEMS,
    NAMED,
    asked_of,
    cells_of,
    groups,
    item_of,
    measurements,
    packed,
    sheets,
    valid_marks,
)

Measured = tuple[GroupSheets, ...]
unhurried = settings(deadline=None)


def minimums(codes: tuple[str, ...]) -> st.SearchStrategy[Minimums]:
    """k as the rule has it, or raised for some groups."""
    raised = {code: st.integers(rule_of(code).minimum, 7) for code in codes}
    return st.builds(Minimums, st.just({}) | st.fixed_dictionaries({}, optional=raised))


def item_of_cell(cell: Cell) -> Item:
    return next(item for item in ITEMS if item.code == cell.competency_code)


# --- the made-up answers reach every corner

CORNERS: dict[str, Callable[[Cell, GroupSheets], bool]] = {
    "rich": lambda cell, group: bool(cell.indicator_means),
    "rich, of people who were asked different things": lambda cell, group: (
        bool(cell.indicator_means)
        and len({frozenset(asked_of(item_of_cell(cell), [sheet])) for sheet in group.sheets}) > 1
    ),
    "thin of five or more": lambda cell, group: cell.raters >= 5 and not cell.indicator_means,
    "thin of three": lambda cell, group: cell.raters == 3,
    "few, capped above": lambda cell, group: cell.raters < 5 and cell.bound is Bound.OR_HIGHER,
    "few, capped below": lambda cell, group: cell.raters < 5 and cell.bound is Bound.OR_LOWER,
    "rich, capped above": lambda cell, group: bool(cell.indicator_means) and cell.bound is Bound.OR_HIGHER,
    "thin of five or more, capped below": lambda cell, group: (
        cell.raters >= 5 and not cell.indicator_means and cell.bound is Bound.OR_LOWER
    ),
    "of one mind": lambda cell, group: cell.agreement == "eensgezind",
    "rather of one mind": lambda cell, group: cell.agreement == "redelijk eensgezind",
    "divided": lambda cell, group: cell.agreement == "verdeeld",
}


@pytest.mark.parametrize("corner", CORNERS)
def test_the_made_up_answers_reach_every_corner(corner: str) -> None:
    meets = CORNERS[corner]
    found = find(groups((Group.COLLEAGUE,)), lambda group: any(meets(cell, group) for cell in cells_of([group])),
                 settings=settings(max_examples=5000, database=None, phases=[Phase.generate]))
    assert found.sheets


# --- the engine and the rule as it is written

@given(st.lists(measurements(), min_size=1, max_size=3), minimums(ANONYMOUS), st.booleans())
@settings(unhurried, max_examples=200)
def test_people_closed_together_get_the_cells_of_the_rule(many: list[Measured], k: Minimums, circle: bool) -> None:
    items = dict.fromkeys((*NAMED, *ANONYMOUS), ITEMS)
    closed = close([[one for group in asked for one in packed(group)] for asked in many], items, k,
                   small_circle=circle)
    assert len(closed) == len(many)
    for found, asked in zip(closed, many, strict=True):
        assert by_place(found) == by_place(oracle.cells(asked, k, small_circle=circle))


@pytest.mark.parametrize("seed", range(8))
def test_large_groups_and_wide_items_are_exact_too(seed: int) -> None:
    """Up to forty raters on items of two to seven indicators, in two variants: other denominators, more halves."""
    chance = random.Random(seed)
    wide = tuple(item_of(width, code) for width, code in enumerate("CDEFGH", 2))
    codes = [code for item in wide for code in item.indicators]
    variants = (frozenset(codes), frozenset(chance.sample(codes, len(codes) // 2)))
    asked = []
    for group in (*ANONYMOUS, Group.TEAM_LEAD):
        usual, silence = chance.randint(1, rule_of(group).scale.top), chance.choice([0, 0.1, 0.6])
        told = []
        for _ in range(chance.randint(0, 40)):
            own = chance.choice(variants)
            scores = [chance.choice([usual, chance.randint(1, rule_of(group).scale.top)]) for _ in own]
            told.append(Sheet(own, {
                code: None if chance.random() < silence else score for code, score in zip(own, scores, strict=True)
            }))
        asked.append(GroupSheets(group, wide, tuple(told)))
    for circle in (False, True):
        assert by_place(cells_of(asked, small_circle=circle)) == by_place(oracle.cells(asked, small_circle=circle))


def by_place(cells: Iterable[Cell]) -> list[Cell]:
    """In one order; cells of a group in the order of items stay so."""
    return sorted(cells, key=lambda cell: cell.group)


@given(st.dictionaries(st.sampled_from(INDICATORS), st.none() | st.integers(1, 5)))
@unhurried
def test_a_teamleider_and_a_self_assessment_are_counted_alike(answers: dict[str, int | None]) -> None:
    lead = GroupSheets(Group.TEAM_LEAD, ITEMS, (Sheet(frozenset(INDICATORS), answers),))
    own = tuple(replace(cell, group=Group.TEAM_LEAD) for cell in self_cells(ITEMS, answers))
    assert cells_of([lead]) == own


# --- disclosure: an attack on what is published

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
@unhurried
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
@settings(unhurried, max_examples=200)
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
@unhurried
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
@unhurried
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
@unhurried
def test_none_one_and_two_read_the_same(asked: Measured, data: st.DataObject) -> None:
    few = data.draw(st.lists(sheets(Group.COLLEAGUE), max_size=2).map(tuple))
    nobody = tuple(replace(group, sheets=()) if group.group == Group.COLLEAGUE else group for group in asked)
    some = tuple(replace(group, sheets=few) if group.group == Group.COLLEAGUE else group for group in asked)
    left_out = tuple(group for group in asked if group.group != Group.COLLEAGUE)
    assert cells_of(nobody) == cells_of(some)
    assert by_place(cells_of(some)) == by_place(cells_of(left_out))
    assert others(cells_of(nobody)) == others(cells_of(some))


@given(measurements(), minimums(ANONYMOUS), st.booleans())
@unhurried
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


# --- scoring

@given(groups(), minimums(ANONYMOUS))
@unhurried
def test_indicator_means_exist_exactly_in_rich_cells(group: GroupSheets, k: Minimums) -> None:
    for cell in cells_of([group], k):
        item = item_of_cell(cell)
        asked = asked_of(item, group.sheets)
        answers = Counter(code for sheet in group.sheets for code in valid_marks(item, sheet))
        fewest = min(answers[code] for code in asked)
        rich = fewest >= 5 and fewest >= k.of(cell.group)
        assert set(cell.indicator_means) == (asked if rich else set())


@given(groups((Group.COLLEAGUE,), most=9), st.randoms(use_true_random=False))
@unhurried
def test_a_rich_cell_is_a_function_of_its_indicator_means(group: GroupSheets, shuffle: random.Random) -> None:
    """Handing the answers to an indicator round among those who gave one changes nothing but the band."""
    told = [dict(sheet.answers) for sheet in group.sheets]
    for item in ITEMS:
        valid = [number for number, sheet in enumerate(group.sheets) if valid_marks(item, sheet)]
        for code in item.indicators:
            holders = [number for number in valid if told[number].get(code) is not None]
            scores = [told[number][code] for number in holders]
            shuffle.shuffle(scores)
            for number, score in zip(holders, scores, strict=True):
                told[number][code] = score
    handed = replace(group, sheets=tuple(
        Sheet(sheet.asked, answers) for sheet, answers in zip(group.sheets, told, strict=True)
    ))
    for before, after in zip(cells_of([group]), cells_of([handed]), strict=True):
        if before.indicator_means:
            assert (before.mean, before.indicator_means) == (after.mean, after.indicator_means)


@given(measurements(), st.randoms(use_true_random=False))
@unhurried
def test_who_answered_first_does_not_matter(asked: Measured, shuffle: random.Random) -> None:
    def order(cell: Cell) -> tuple[str, str]:
        return cell.group, cell.competency_code

    shuffled = list(asked)
    shuffle.shuffle(shuffled)
    shuffled = [replace(group, sheets=tuple(shuffle.sample(group.sheets, len(group.sheets)))) for group in shuffled]
    cells = sorted(cells_of(asked), key=order)
    assert sorted(cells_of(shuffled), key=order) == cells
    mirrored = others(sorted(cells, key=lambda cell: (cell.competency_code, cell.group), reverse=True))
    found = others(sorted(cells, key=lambda cell: (cell.competency_code, cell.group)))
    assert [(one.competency_code, one.mean, one.raters) for one in reversed(mirrored)] == [
        (one.competency_code, one.mean, one.raters) for one in found
    ]


@given(groups((*NAMED, *ANONYMOUS)))
@unhurried
def test_missing_is_missing(group: GroupSheets) -> None:
    """'Kan ik niet zeggen' and no answer at all are the same, and neither pulls a mean outside what was answered."""
    silent = replace(group, sheets=tuple(
        Sheet(sheet.asked, {code: score for code, score in sheet.answers.items() if score is not None})
        for sheet in group.sheets
    ))
    cells = cells_of([group])
    assert cells_of([silent]) == cells
    for cell in cells:
        given_scores = [score for sheet in group.sheets for score in valid_marks(item_of_cell(cell), sheet).values()]
        caps = caps_of(cell.group, cell.raters)
        low = min(given_scores) if caps is None else min(max(min(given_scores), caps.low), caps.high)
        high = max(given_scores) if caps is None else max(min(max(given_scores), caps.high), caps.low)
        assert low <= cell.mean <= high
        assert all(low <= mean <= high for mean in cell.indicator_means.values())


@given(measurements(), minimums(ANONYMOUS))
@unhurried
def test_every_figure_is_rounded_and_capped_once_and_lies_on_the_scale(asked: Measured, k: Minimums) -> None:
    cells = cells_of(asked, k)
    figures: list[Cell | Others] = [*cells, *others(cells)]
    for figure in figures:
        top = 5 if figure.group == "anderen" else rule_of(figure.group).scale.top
        caps = caps_of(figure.group, figure.smallest)
        shown = [figure.mean, *(figure.indicator_means.values() if isinstance(figure, Cell) else ())]
        for mean in shown:
            assert mean == round(mean, 1)
            assert 1 <= mean <= top
            assert caps is None or caps.low <= mean <= caps.high
        if figure.band is not None:
            assert 1 <= figure.band.low <= figure.mean <= figure.band.high <= top
            assert {figure.band.low, figure.band.high} == {round(figure.band.low, 1), round(figure.band.high, 1)}
        named = figure.group in NAMED
        assert named is (figure.band is None)


@given(groups((Group.COLLEAGUE,)))
@unhurried
def test_a_band_below_five_and_at_a_cap_depends_on_the_mean_and_n_alone(group: GroupSheets) -> None:
    for cell in cells_of([group]):
        if cell.raters < 5 or cell.bound is not Bound.EXACT:
            assert cell.spread == 0.7


@given(st.dictionaries(st.sampled_from(INDICATORS), st.none() | st.integers(1, 5)))
@unhurried
def test_a_self_assessment_is_shown_as_it_was_answered(answers: dict[str, int | None]) -> None:
    cells = {cell.competency_code: cell for cell in self_cells(ITEMS, answers)}
    for item in ITEMS:
        said = {code: score for code in item.indicators if (score := answers.get(code)) is not None}
        if 2 * len(said) < len(item.indicators):
            assert item.code not in cells
        else:
            assert cells[item.code].indicator_means == said
            assert cells[item.code].mean == half_up(Fraction(sum(said.values()), len(said)))


# --- what is made of cells

ASPECTS = (AspectParts("both", ("A", "B")), AspectParts("a", ("A",)), AspectParts("four", ("A", "B", "C", "D")))
ROLES = (RoleParts("r", main=("A",), also=("B",)), RoleParts("s", main=("B", "C"), also=("A",)))
WHOLE = (ProfessionaliteitParts("p", ("both", "a", "four")),)


@given(measurements(), minimums(ANONYMOUS))
@unhurried
def test_others_is_made_of_the_shown_figures_alone(asked: Measured, k: Minimums) -> None:
    cells = cells_of(asked, k)
    adults = [cell for cell in cells if cell.group in (*ANONYMOUS_ADULTS, Group.SCHOOL_AND_CLIENT)]
    found = {one.competency_code: one for one in others(cells)}
    assert set(found) == {cell.competency_code for cell in adults}
    for code, one in found.items():
        parts = [cell for cell in adults if cell.competency_code == code]
        raters = sum(cell.raters for cell in parts)
        mean = half_up(sum((cell.raters * tenths(cell.mean) for cell in parts), Fraction(0)) / raters)
        caps = caps_of("anderen", min(cell.raters for cell in parts))
        assert caps is not None
        assert one.mean == min(max(mean, caps.low), caps.high)
        assert one.raters == raters
        assert one.standard_error <= max(cell.standard_error or 0 for cell in parts) + 1e-9


@given(measurements())
@unhurried
def test_a_roll_up_can_be_recalculated_from_what_is_shown(asked: Measured) -> None:
    cells = cells_of(asked)
    by_group: dict[str, list[Cell]] = {}
    for cell in cells:
        by_group.setdefault(cell.group, []).append(cell)
    for code, own in by_group.items():
        shown = {cell.competency_code: tenths(cell.mean) for cell in own}
        aspects = aspect_scores(ASPECTS, own)
        for score, of in [(score, next(a for a in ASPECTS if a.code == score.code)) for score in aspects]:
            parts = [shown[part] for part in of.competencies if part in shown]
            assert (score.parts, score.total) == (len(parts), len(of.competencies))
            assert score.mean == capped(sum(parts, Fraction(0)) / len(parts), code, score.smallest)
        for role in role_scores(ROLES, own):
            assert {"A", "B"} <= set(shown)
            pair = (shown["A"], shown["B"]) if role.code == "r" else (shown["B"], shown["A"])
            assert role.mean == capped((2 * pair[0] + pair[1]) / 3, code, role.smallest)
        for whole in professionaliteit_scores(WHOLE, aspects):
            parts = [tenths(aspect.mean) for aspect in aspects]
            assert whole.mean == capped(sum(parts, Fraction(0)) / len(parts), code, whole.smallest)
            assert whole.smallest == min(aspect.smallest for aspect in aspects)

