"""Which patterns a profile shows, and that the guide has advice for each of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.competencies.seeding import SEED
from app.conversations import seeding
from app.conversations.patterns import Found, Pattern, patterns
from app.conversations.seeding import GUIDE, read_guide
from app.measurement.growth import Growth, Word
from app.measurement.scale import OTHERS, Group
from app.measurement.scoring import Cell, Others
from app.measurement.self_others import Place, SelfOthers


def beside(code: str, own: float, mean: float, place: Place, *, distinct: bool = True) -> SelfOthers:
    return SelfOthers(code, own, Others(code, 12, 5, mean, 0.2), round(own - mean, 1), distinct, place)


def found(*those: SelfOthers, groups: tuple[Cell, ...] = (), growth: tuple[Growth, ...] = (),
          little: bool = False) -> tuple[Found, ...]:
    return patterns(those, groups, growth, little=little)


def test_distinct_differences_are_spoken_of_the_largest_first() -> None:
    told = found(
        beside("A", 4.0, 3.2, Place.POSSIBLE_BLIND_SPOT), beside("B", 4.5, 3.0, Place.POSSIBLE_BLIND_SPOT),
        beside("C", 3.0, 4.2, Place.HIDDEN_STRENGTH), beside("D", 2.5, 2.6, Place.SHARED_NEED, distinct=False),
    )
    assert told == (
        Found(Pattern.HIDDEN_STRENGTH, ("C",)), Found(Pattern.BLIND_SPOT, ("B", "A")),
        Found(Pattern.SHARED_NEED, ("D",)),
    )


def test_at_most_three_are_named() -> None:
    many = [beside(code, 4.5, 3.0, Place.POSSIBLE_BLIND_SPOT) for code in "ABCDE"]
    assert found(*many)[0].competencies == ("A", "B", "C")


def test_divided_raters_of_children_are_not_spoken_of() -> None:
    groups = (Cell(Group.COLLEAGUE, "A", 5, 3.4, agreement="verdeeld"),
              Cell(Group.SCHOOL, "A", 6, 3.4, agreement="verdeeld"),
              Cell(Group.SCHOOL, "B", 6, 3.4, agreement="eensgezind"),
              Cell(Group.PUPIL, "thema", 6, 2.4, agreement="verdeeld"))
    assert found(groups=groups) == (Found(Pattern.DIVIDED, ("A",)),)


def test_only_visible_growth_of_the_others_counts() -> None:
    growth = (
        Growth(OTHERS, "A", 3.0, 3.6, 0.6, 0.2, Word.VISIBLE_GROWTH, None),
        Growth(Group.SCHOOL, "B", 3.0, 3.9, 0.9, 0.2, Word.VISIBLE_GROWTH, None),
        Growth(OTHERS, "C", 3.0, 3.4, 0.4, 0.3, Word.SEEMS_TO_GROW, None),
    )
    assert found(growth=growth) == (Found(Pattern.GROWTH, ("A",)),)


def test_little_to_go_on_comes_first_and_little_difference_last() -> None:
    close = [beside(code, 3.6, mean, Place.SHARED_STRENGTH, distinct=False) for code, mean in (("A", 3.5), ("B", 3.9))]
    assert found(*close, little=True) == (Found(Pattern.LITTLE_DATA), Found(Pattern.CLOSE_TOGETHER))


def test_a_profile_without_figures_shows_nothing() -> None:
    assert found() == ()


def test_the_guide_has_advice_for_every_pattern() -> None:
    assert seeding.check(SEED) == []
    guide = read_guide()
    for pattern in Pattern:
        assert guide.of(pattern).questions
    words = (SEED / GUIDE).read_text(encoding="utf-8").lower()
    assert "succesvol" not in words
    assert "beoordelaar" not in words


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda text: text.replace("code: groei", "code: krimp"), "patterns krimp"),
        (lambda text: text.replace("code: groei", "code: verdeeld"), "patterns verdeeld"),
        (lambda text: text.replace("closing:", "afsluiting:"), "closing"),
        (lambda text: text + '\nextra: "x"\n', "extra"),
        (lambda _text: "- niets", "bestand"),
    ],
)
def test_a_broken_guide_is_told_where(tmp_path: Path, change: Callable[[str], str], place: str) -> None:
    text = (SEED / GUIDE).read_text(encoding="utf-8")
    (tmp_path / GUIDE).write_text(change(text), encoding="utf-8")
    assert place in [problem.place for problem in seeding.check(tmp_path)]


def test_a_guide_that_is_not_there(tmp_path: Path) -> None:
    assert [problem.message for problem in seeding.check(tmp_path)] == ["ontbreekt"]
