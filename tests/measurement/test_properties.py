"""What must hold for whatever anybody answers."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
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
from app.measurement.scale import Bound, Group, caps_of, rule_of
from app.measurement.scoring import Cell, Others, others, self_cells
from tests.measurement import oracle
from tests.measurement.figures import capped, half_up, tenths
from tests.measurement.oracle import (
    GroupSheets,
    Sheet,
)
from tests.measurement.rows import (
    ANONYMOUS,
    ANONYMOUS_ADULTS,
    INDICATORS,
    ITEMS,
    NAMED,
    Measured,
    asked_of,
    by_place,
    cells_of,
    groups,
    item_of,
    measurements,
    minimums,
    packed,
    valid_marks,
)


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
@settings(max_examples=200)
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


@given(st.dictionaries(st.sampled_from(INDICATORS), st.none() | st.integers(1, 5)))
def test_a_teamleider_and_a_self_assessment_are_counted_alike(answers: dict[str, int | None]) -> None:
    lead = GroupSheets(Group.TEAM_LEAD, ITEMS, (Sheet(frozenset(INDICATORS), answers),))
    own = tuple(replace(cell, group=Group.TEAM_LEAD) for cell in self_cells(ITEMS, answers))
    assert cells_of([lead]) == own


# --- scoring

@given(groups(), minimums(ANONYMOUS))
def test_indicator_means_exist_exactly_in_rich_cells(group: GroupSheets, k: Minimums) -> None:
    for cell in cells_of([group], k):
        item = item_of_cell(cell)
        asked = asked_of(item, group.sheets)
        answers = Counter(code for sheet in group.sheets for code in valid_marks(item, sheet))
        fewest = min(answers[code] for code in asked)
        rich = fewest >= 5 and fewest >= k.of(cell.group)
        assert set(cell.indicator_means) == (asked if rich else set())


@given(groups((Group.COLLEAGUE,), most=9), st.randoms(use_true_random=False))
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
def test_a_band_below_five_and_at_a_cap_depends_on_the_mean_and_n_alone(group: GroupSheets) -> None:
    for cell in cells_of([group]):
        if cell.raters < 5 or cell.bound is not Bound.EXACT:
            assert cell.spread == 0.7


@given(st.dictionaries(st.sampled_from(INDICATORS), st.none() | st.integers(1, 5)))
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
