"""What the page of a round shows, from cells alone: figures, places, growth, words, guesses and what is not shown."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.charts.slope import Slope, Step
from app.competencies.queries import FunctionTargets
from app.measurement.growth import Obstacle, Word
from app.measurement.scale import Bound, Group
from app.measurement.scoring import Cell
from app.measurement.self_others import Place
from app.profiles import round_pictures
from app.profiles.guesses import Guessed, aspects_to_guess, outcome
from app.profiles.round_figures import RoundFigures, RoundLine, round_figures
from app.profiles.round_growth import Course, Earlier, course, earlier_of
from app.profiles.round_pictures import Texts
from app.profiles.round_waves import Kind, RoundWave, published_as, wordings
from app.profiles.round_words import Says, findings, not_shown
from tests.profiles.made import CATALOG

ASKED = (Kind("collega", "kern", 7), Kind("school", "kern", 8), Kind("opdrachtgever", "kern", 4),
         Kind("teamleider", "kern", 1))
ALL = (Kind("school", "tweede", 12), Kind("teamleider", "tweede", 1))
OF_SCHOOL = {page.competency.code for page in CATALOG.asked("tweede", "school")}
Scores = Mapping[str, float]


def cells(group: str, scores: Scores, raters: int = 8, spread: float = 0.6) -> tuple[Cell, ...]:
    return tuple(Cell(group, code, raters, mean, {}, spread) for code, mean in scores.items())


def lead(scores: Scores) -> tuple[Cell, ...]:
    return tuple(Cell(Group.TEAM_LEAD, code, 1, mean) for code, mean in scores.items())


def own(scores: Scores) -> tuple[Cell, ...]:
    """The same answer to every statement."""
    return tuple(
        Cell(Group.SELF, code, 1, mean, {i.code: mean for i in CATALOG.competency(code).indicators})
        for code, mean in scores.items()
    )


def wave(*parts: tuple[Cell, ...], kinds: tuple[Kind, ...] = ASKED, own_set: str = "volledig",
         small_circle: bool = False) -> RoundWave:
    found = tuple(cell for part in parts for cell in part)
    published = published_as(found, small_circle=small_circle)
    return RoundWave(found, kinds, wordings(CATALOG, kinds, published, (CATALOG, own_set)))


def figures(found: RoundWave, targets: Scores | None = None) -> RoundFigures:
    return round_figures(CATALOG, found, FunctionTargets("proef", targets or {}))


def line(found: RoundFigures, code: str) -> RoundLine:
    return next(one for one in (*found.competencies, *(a.line for a in found.aspects)) if one.code == code)


VM = ("VM1", "VM2", "VM3")


def test_zelf_stands_beside_the_others_over_the_same_statements() -> None:
    """School is asked VM1.3 and VM1.4 as well, colleagues only what they can see: zelf weighs as they do."""
    answers = {"VM1.1": 5.0, "VM1.2": 5.0, "VM1.3": 1.0, "VM1.4": 1.0}
    mine = (Cell(Group.SELF, "VM1", 1, 3.0, answers),)
    asked = wave(mine, cells("collega", {"VM1": 3.0}, 5), cells("school", {"VM1": 4.0}, 10))
    both = [asked.asked[group]["VM1"] for group in ("collega", "school")]
    means = [sum(answers[code] for code in codes) / len(codes) for codes in both]
    found = line(figures(asked), "VM1")
    assert found.own and found.others
    assert found.own.mean == pytest.approx((5 * means[0] + 10 * means[1]) / 15, abs=0.05)
    assert found.others.mean == 3.7
    assert found.others.raters == 15


def test_a_roll_up_sets_zelf_beside_the_same_competencies() -> None:
    mine = own({"VM1": 4.0, "VM2": 4.0, "VM3": 1.0})
    aspect = line(figures(wave(mine, cells("school", {"VM1": 3.0, "VM2": 3.0}))), "verwachtingsmanagement")
    assert aspect.own and aspect.others
    assert (aspect.own.mean, aspect.others.mean, aspect.others.parts, aspect.others.total) == (4.0, 3.0, 2, 3)
    assert (aspect.difference, aspect.distinct, aspect.place) == (1.0, True, Place.POSSIBLE_BLIND_SPOT)


def test_a_roll_up_is_not_compared_where_zelf_lacks_one_of_them() -> None:
    mine = own({"VM1": 4.0, "VM2": 4.0})
    aspect = line(figures(wave(mine, cells("school", dict.fromkeys(VM, 3.0)))), "verwachtingsmanagement")
    assert aspect.own and aspect.others
    assert (aspect.difference, aspect.place) == (None, None)


def test_a_roll_up_is_no_surer_than_its_parts() -> None:
    found = figures(wave(cells("school", dict.fromkeys(VM, 3.0), 6, 0.9)))
    aspect, part = line(found, "verwachtingsmanagement").others, line(found, "VM1").others
    assert aspect and part
    assert aspect.error == pytest.approx(part.error)
    assert aspect.raters == 6
    assert aspect.band == part.band


@pytest.mark.parametrize(("raters", "spread", "uncertain"), [
    (3, 0.7, True), (4, 0.7, True), (5, 0.7, False), (5, 0.9, True), (6, 0.9, True), (12, 0.9, False),
])
def test_a_point_is_uncertain_below_five_people_or_with_a_wide_band(
    raters: int, spread: float, uncertain: bool
) -> None:
    seen = line(figures(wave(cells("school", {"VM1": 3.0}, raters, spread))), "VM1").others
    assert seen and seen.uncertain is uncertain


def test_nobody_is_in_the_others_who_should_not_be() -> None:
    found = figures(wave(own({"VM1": 5.0}), lead({"VM1": 1.0}), cells("collega", {"VM1": 3.0}),
                         cells("ouder", {"contact": 5.0})))
    shown = line(found, "VM1")
    assert shown.others and shown.others.mean == 3.0
    assert found.groups == ("teamleider", "collega")
    assert shown.of("teamleider") and shown.of("ouder") is None


def test_a_capped_figure_stays_capped_in_a_roll_up() -> None:
    found = figures(wave(cells("school", dict.fromkeys(VM, 4.5), 3, 0.7)))
    for code in ("VM1", "verwachtingsmanagement"):
        seen = line(found, code).others
        assert seen and (seen.mean, seen.bound) == (4.5, Bound.OR_HIGHER)


def test_the_six_cells_hold_every_compared_competency_once() -> None:
    found = figures(wave(own({"VM1": 4.0, "VM2": 5.0, "VM3": 2.0, "RM1": 2.0}),
                         cells("school", {"VM1": 4.0, "VM2": 3.0, "VM3": 4.0, "RM1": 3.0}, 12)))
    placed = {place: [one.code for one in found.at(place)] for place in Place}
    assert placed == {
        Place.SHARED_STRENGTH: ["VM1"], Place.SHARED_NEED: [], Place.HIDDEN_STRENGTH: ["VM3"],
        Place.STRICTER_ON_SELF: ["RM1"], Place.STRENGTH_SEEN_LESS: [], Place.POSSIBLE_BLIND_SPOT: ["VM2"],
    }


# --- what was asked ---------------------------------------------------------------------------------------------------


def test_a_merged_group_was_asked_what_its_parts_were() -> None:
    apart = wave(cells("school", {"VM1": 3.0}))
    merged = wave(cells("school-opdrachtgever", {"VM1": 3.0}))
    assert "school-opdrachtgever" not in apart.asked and "school" not in merged.asked
    assert set(merged.asked["school-opdrachtgever"]["VM1"]) == {*apart.asked["school"]["VM1"],
                                                               *apart.asked["opdrachtgever"]["VM1"]}
    circle = wave(cells("kleine-kring", {"VM1": 3.0}), small_circle=True)
    assert circle.asked.keys() == {"kleine-kring", "teamleider", "zelf"}


def test_parents_were_asked_by_theme_in_their_own_words() -> None:
    asked = wave(kinds=(Kind("ouder", "beleving", 5),)).wordings["ouder"]
    assert asked.keys() == {theme.code for theme in CATALOG.themes if theme.group == "ouder"}
    code, words = next(iter(next(iter(asked.values())).items()))
    assert words == CATALOG.indicator(code).parent


# --- growth -----------------------------------------------------------------------------------------------------------


def grown(before: RoundWave, now: RoundWave) -> Course:
    return course(now, [before])


def test_growth_has_a_line_a_word_and_what_it_was() -> None:
    before, now = wave(cells("school", {"VM1": 3.0}, 10)), wave(cells("school", {"VM1": 4.2}, 10))
    found = grown(before, now).of("VM1")
    assert found
    assert [(point.round, point.mean) for point in found.points] == [(1, 3.0), (0, 4.2)]
    assert (found.word, found.change, found.earlier, found.since) == (
        Word.VISIBLE_GROWTH, 1.2, Earlier(3.0, Bound.EXACT), 1)
    assert [change.group for change in found.by_group] == ["school"]


@pytest.mark.parametrize(("colleagues", "schools", "figures"), [
    ((4.0, 4.6), (2.0, 2.6), (3.0, 3.6)),       # each grew; taken together they fell from 3,5 to 3,1
    ((4.0, 4.0), (2.0, 2.0), (3.0, 3.0)),       # nobody changed
    ((3.0, 3.6), (3.0, 3.6), (3.0, 3.6)),
    ((3.0, 3.0), (3.1, 3.2), (3.0, 3.1)),       # 3,05 and 3,10
])
def test_a_line_is_of_what_its_word_is_about(
    colleagues: tuple[float, float], schools: tuple[float, float], figures: tuple[float, float]
) -> None:
    then, now = (
        wave(cells("collega", {"VM1": colleagues[when]}, raters[0]), cells("school", {"VM1": schools[when]}, raters[1]))
        for when, raters in enumerate(((10, 3), (3, 10)))
    )
    found = grown(then, now).of("VM1")
    assert found and found.word is not None and found.change is not None
    assert tuple(point.mean for point in found.points) == figures
    assert round(figures[1] - figures[0], 1) == found.change


def test_a_line_is_of_the_groups_that_compare() -> None:
    asked = (Kind("collega", "kern", 7), Kind("school", "tweede", 12))
    oldest = wave(cells("school", {"VM1": 1.5}, 10))
    then = wave(cells("collega", {"VM1": 3.0}, 6), cells("school", {"VM1": 4.0}, 6), kinds=asked)
    now = wave(cells("collega", {"VM1": 3.4}, 6), cells("school", {"VM1": 2.0}, 6))
    found = course(now, [then, oldest]).of("VM1")
    assert found and (found.change, found.part) == (0.4, ("collega",))
    assert [(point.round, point.mean, point.raters) for point in found.points] == [(1, 3.0, 6), (0, 3.4, 6)]


def test_the_word_is_about_the_newest_round_that_compares() -> None:
    asked_less = wave(cells("school", {"VM1": 1.5}, 10), kinds=(Kind("school", "tweede", 8),))
    oldest, now = wave(cells("school", {"VM1": 3.9}, 10)), wave(cells("school", {"VM1": 4.0}, 10))
    found = course(now, [asked_less, oldest]).of("VM1")
    assert found
    assert (found.since, found.word) == (2, Word.NO_CLEAR_DIFFERENCE)
    assert [point.round for point in found.points] == [2, 0]


@pytest.mark.parametrize(("before", "obstacle"), [
    (wave(cells("school", {"VM2": 3.0})), Obstacle.NOT_SHOWN_BEFORE),
    (wave(cells("school", {"VM1": 3.0}), kinds=(Kind("school", "tweede", 8),)), Obstacle.OTHER_QUESTIONS),
])
def test_what_does_not_compare_says_why(before: RoundWave, obstacle: Obstacle) -> None:
    found = grown(before, wave(cells("school", {"VM1": 3.0}))).of("VM1")
    assert found and (found.word, found.change, found.obstacle) == (None, None, obstacle)


def test_an_aspect_has_an_earlier_figure_only_over_the_same_competencies() -> None:
    now = wave(cells("school", dict.fromkeys(VM, 4.0)))
    whole, part = wave(cells("school", dict.fromkeys(VM, 3.0))), wave(cells("school", dict.fromkeys(VM[:2], 3.0)))
    assert earlier_of(figures(now), grown(whole, now), whole)["verwachtingsmanagement"].mean == 3.0
    shown = earlier_of(figures(now), grown(part, now), part)
    assert "verwachtingsmanagement" not in shown
    assert shown["VM1"].mean == 3.0


# --- in words ---------------------------------------------------------------------------------------------------------


def aspects(scores: Scores, raters: int = 12) -> tuple[Cell, ...]:
    """The same score for every competency of these aspects."""
    return cells("school", {code: mean for aspect, mean in scores.items() for code in codes(aspect)}, raters)


def codes(*aspects: str) -> list[str]:
    """The competencies of these aspects that a school is asked about."""
    return [c.code for aspect in aspects for c in CATALOG.competencies_of(aspect) if c.code in OF_SCHOOL]


def said(now: RoundWave, *earlier: RoundWave, targets: Scores | None = None) -> list[tuple[Says, list[str]]]:
    found = findings(figures(now, targets), course(now, earlier))
    return [(finding.what, [one.code for one in finding.lines]) for finding in found]


def test_the_strongest_stands_clear_of_the_lowest() -> None:
    assert said(wave(aspects({"relatiemanagement": 4.2, "systeeminzicht": 3.0}))) == [
        (Says.STRONG, ["relatiemanagement"])
    ]


def test_below_the_target_nothing_is_called_strong() -> None:
    assert said(wave(aspects({"relatiemanagement": 3.0, "systeeminzicht": 2.0}))) == [
        (Says.SEEN_MOST, ["relatiemanagement"])
    ]


@pytest.mark.parametrize(("high", "low", "raters"), [(3.4, 3.0, 40), (3.9, 3.3, 3)])
def test_close_or_unsure_nothing_is_the_strongest(high: float, low: float, raters: int) -> None:
    assert said(wave(aspects({"relatiemanagement": high, "systeeminzicht": low}, raters))) == []


def test_the_largest_distinct_difference_is_named_and_no_other() -> None:
    now = wave(own({"VM1": 5.0, "VM2": 4.0, "VM3": 3.0}), cells("school", dict.fromkeys(VM, 3.0), 12))
    assert said(now) == [(Says.SEEN_LESS, ["VM1"])]


def test_both_directions_may_be_equally_large() -> None:
    now = wave(own({"VM1": 5.0, "VM2": 1.0}), cells("school", {"VM1": 3.0, "VM2": 3.0}, 12))
    assert said(now) == [(Says.SEEN_LESS, ["VM1"]), (Says.STRICTER, ["VM2"])]


def test_a_difference_that_may_be_chance_is_not_pointed_at() -> None:
    now = wave(own({"VM1": 3.4}), cells("school", {"VM1": 3.0}, 12))
    assert said(now) == [(Says.ALIKE, [])]


def test_visible_growth_goes_before_what_seems_so() -> None:
    before = wave(cells("school", {"VM1": 2.5, "VM2": 3.0, "RM1": 4.5}, 12))
    now = wave(cells("school", {"VM1": 3.5, "VM2": 3.4, "RM1": 2.5}, 12))
    assert said(now, before) == [(Says.GROWN, ["VM1"])]


def test_less_is_said_where_nothing_grew() -> None:
    before, now = wave(cells("school", {"VM1": 4.5}, 12)), wave(cells("school", {"VM1": 3.0}, 12))
    assert said(now, before) == [(Says.SEEN_LESS_THAN_BEFORE, ["VM1"])]


def test_without_others_that_is_all_that_is_said() -> None:
    assert said(wave(own({"VM1": 5.0}), lead({"VM1": 1.0}))) == [(Says.NOTHING_SHOWN, [])]


def test_not_shown_reads_the_same_for_none_and_two() -> None:
    now = wave(cells("school", {"VM1": 3.0}))
    found = not_shown(figures(now), now)
    assert found.groups == ("collega", "opdrachtgever")
    assert "VM1" not in [one.code for one in found.lines] and "VM2" in [one.code for one in found.lines]
    merged = wave(cells("school-opdrachtgever", {"VM1": 3.0}))
    assert not_shown(figures(merged), merged).merged


# --- the guess --------------------------------------------------------------------------------------------------------

SIX = {"relatiemanagement": 4.0, "systeeminzicht": 3.5, "zakelijk-gevoel": 3.5, "acquisitie": 3.5, "onderhandelen": 2.0}


def test_guess_and_outcome_stand_side_by_side() -> None:
    now = wave(own(dict.fromkeys(codes(*SIX), 4.0)), aspects(SIX), kinds=ALL)
    found = outcome(Guessed(("relatiemanagement", "onderhandelen", "acquisitie"), "acquisitie"), figures(now))
    assert found
    assert {one.code for one in found.seen_most} == SIX.keys() - {"onderhandelen"}     # what equals the third too
    assert (found.both, [one.code for one in found.largest], found.certain) == (2, ["onderhandelen"], True)
    assert outcome(Guessed(), figures(now)) is None


def test_of_three_aspects_there_is_nothing_to_guess() -> None:
    few = dict(list(SIX.items())[:3])
    assert aspects_to_guess(figures(wave(aspects(few), kinds=ALL))) == ()
    assert len(aspects_to_guess(figures(wave(aspects(SIX), kinds=ALL)))) == 5


# --- pictures ---------------------------------------------------------------------------------------------------------


def texts(third: round_pictures.Beside) -> Texts:
    keys = {"self": "Jij", "others": "Anderen", "target": "Doel", "previous": "Vorige keer", "teamleider": third.code,
            "group": third.code}
    return Texts("naam", "vorm", "volgorde", keys, "niet gemeten", "80%", lambda _line: "")  # type: ignore[arg-type]


def test_the_third_series_is_chosen_and_an_unsure_point_is_open() -> None:
    now = wave(own(dict.fromkeys(codes(*SIX), 4.0)), aspects(SIX, 4),
               lead(dict.fromkeys(codes(*SIX), 3.0)), kinds=ALL)
    found = figures(now)
    shown = round_pictures.chosen(round_pictures.pictures(found), None)
    thirds = round_pictures.besides(found, shown, {})
    assert [one.code for one in thirds] == ["doel", "teamleider", "school"]
    third = round_pictures.beside(thirds, "teamleider")
    assert round_pictures.beside(thirds, "ouder").code == "doel"
    radar = round_pictures.radar(shown, third, texts(third))
    assert radar and [one.key for one in radar.series] == ["self", "others", "teamleider"]
    assert radar.series[1].uncertain == {place for place, one in enumerate(shown.lines) if one.others}
    dots = round_pictures.dots(shown, third, texts(third))
    assert all(row.band and "others" in row.uncertain and row.target for row in dots.rows)
    assert [row.points["others"] for row in dots.rows] == sorted(SIX.values(), reverse=True)
    assert "uncertain" in round_pictures.keys(shown, third)


def test_a_group_has_a_mark_of_its_own_and_a_capped_figure_says_so() -> None:
    most = {**SIX, "relatiemanagement": 4.5}
    found = figures(wave(own(dict.fromkeys(codes(*SIX), 4.0)), aspects(most, 4), kinds=ALL))
    shown = round_pictures.chosen(round_pictures.pictures(found), None)
    third = round_pictures.beside(round_pictures.besides(found, shown, {}), "school")
    assert third.key == "group"
    assert "uncertain group" in round_pictures.keys(shown, third)
    radar, dots = round_pictures.radar(shown, third, texts(third)), round_pictures.dots(shown, third, texts(third))
    assert radar and [one.key for one in radar.series] == ["self", "others", "group"]
    place = [line.code for line in shown.lines].index("relatiemanagement")
    assert [dict(one.beyond) for one in radar.series] == [{}, {place: "+"}, {place: "+"}]
    assert dict(dots.rows[0].beyond) == {"others": "+", "group": "+"}
    assert not any(row.beyond for row in dots.rows[1:])
    assert round_pictures.short(shown, third) == (("4,5+", "4,5 of hoger"),)
    assert ">4,5+</text>" in dots.svg() and "4,5 of hoger" in radar.plotly()


def test_of_a_third_series_on_few_axes_the_points_are_drawn_and_counted() -> None:
    now = wave(aspects(SIX), kinds=ALL)
    found, then = figures(now), {code: Earlier(3.0, Bound.EXACT) for code in list(SIX)[:3]}
    shown = round_pictures.chosen(round_pictures.pictures(found), None)
    third = round_pictures.beside(round_pictures.besides(found, shown, then), "vorige")
    radar = round_pictures.radar(shown, third, texts(third))
    assert radar and [sum(value is not None for value in one.values) for one in radar.series] == [5, 3]
    assert third.in_part_of(shown) == (3, 5)
    assert round_pictures.beside(round_pictures.besides(found, shown, {}), None).in_part_of(shown) is None


def test_of_too_few_aspects_there_is_no_radar() -> None:
    found = figures(wave(aspects({"relatiemanagement": 4.0})))
    shown = round_pictures.chosen(round_pictures.pictures(found), "bestaat-niet")
    third = round_pictures.beside(round_pictures.besides(found, shown, {}), None)
    assert round_pictures.radar(shown, third, texts(third)) is None
    assert len(round_pictures.dots(shown, third, texts(third)).rows) == 1


def test_the_small_line_has_no_finer_figure_than_was_published() -> None:
    svg = Slope("toen <en> nu", (Step(2.6, (2.4, 2.8)), Step(3.0, (2.7, 3.3)))).svg()
    assert ">2,6</text>" in svg and ">3,0</text>" in svg and svg.count('class="bandr"') == 2
    assert "toen &lt;en&gt; nu" in svg and "<script" not in svg
    with pytest.raises(ValueError, match="no line"):
        Slope("", (Step(3.0, (2.0, 4.0)),)).svg()
