"""Aspect, role and professionaliteit."""

from __future__ import annotations

import pytest

from app.measurement.rollups import (
    AspectParts,
    ProfessionaliteitParts,
    RoleParts,
    RollUp,
    aspect_scores,
    professionaliteit_scores,
    role_scores,
)
from app.measurement.scale import Bound
from app.measurement.scoring import Cell, Others


def own(**means: float) -> list[Cell]:
    """Cells of zelf."""
    return [Cell("zelf", code, 1, mean) for code, mean in means.items()]


def of_colleagues(**cells: tuple[int, float]) -> list[Cell]:
    """Cells of collega: (raters, mean) per competency."""
    return [Cell("collega", code, raters, mean, spread=0.7) for code, (raters, mean) in cells.items()]


ASPECT = AspectParts("aspect", ("A", "B", "C", "D"))


@pytest.mark.parametrize(("means", "mean", "parts"), [
    ({"A": 3.0, "B": 4.0, "C": 3.3, "D": 2.9}, 3.3, 4),
    ({"A": 3.0, "B": 4.0, "C": 3.3}, 3.4, 3),
    ({"A": 3.0, "B": 3.5}, 3.3, 2),  # 3,25 goes up
    ({"A": 1.0, "B": 2.0, "elsewhere": 5.0}, 1.5, 2),
])
def test_an_aspect_is_the_mean_of_its_measured_competencies(means: dict[str, float], mean: float, parts: int) -> None:
    assert aspect_scores([ASPECT], own(**means)) == (RollUp("zelf", "aspect", mean, 1, parts, 4),)


def test_an_aspect_is_shown_from_half_of_its_competencies() -> None:
    assert aspect_scores([ASPECT], own(A=3.0)) == ()
    assert aspect_scores([ASPECT], []) == ()
    assert len(aspect_scores([AspectParts("odd", ("A", "B", "C"))], own(A=3.0))) == 0
    assert len(aspect_scores([AspectParts("odd", ("A", "B", "C"))], own(A=3.0, B=3.0))) == 1


def test_an_aspect_takes_the_smallest_n_of_its_parts_for_the_display_rules() -> None:
    (few,) = aspect_scores([AspectParts("a", ("A", "B"))], of_colleagues(A=(3, 4.5), B=(8, 4.7)))
    assert (few.smallest, few.mean, few.bound) == (3, 4.5, Bound.OR_HIGHER)
    (many,) = aspect_scores([AspectParts("a", ("A", "B"))], of_colleagues(A=(5, 4.5), B=(8, 4.7)))
    assert (many.smallest, many.mean, many.bound) == (5, 4.6, Bound.EXACT)


def test_self_is_never_capped() -> None:
    (aspect,) = aspect_scores([AspectParts("a", ("A", "B"))], own(A=5.0, B=5.0))
    assert (aspect.mean, aspect.bound) == (5.0, Bound.EXACT)


def test_others_roll_up_like_a_group() -> None:
    figures = [Others("A", 9, 3, 4.0, 0.2), Others("B", 12, 5, 3.0, 0.2)]
    assert aspect_scores([AspectParts("a", ("A", "B"))], figures) == (RollUp("anderen", "a", 3.5, 3, 2, 2),)


ROLE = RoleParts("rol", main=("A", "B"), also=("C", "D"))


@pytest.mark.parametrize(("means", "mean", "parts"), [
    ({"A": 4.0, "B": 3.0, "C": 2.0, "D": 1.0}, 2.8, 4),  # 8,5 / 3 = 2,83
    ({"A": 4.0, "C": 1.0}, 3.0, 2),  # (4 + ½) / 1½
    ({"A": 4.0, "C": 1.0, "D": 2.0}, 2.8, 3),  # (4 + ½ + 1) / 2 = 2,75
    ({"A": 4.0, "B": 2.0}, 3.0, 2),
])
def test_a_role_is_a_weighted_mean(means: dict[str, float], mean: float, parts: int) -> None:
    assert role_scores([ROLE], own(**means)) == (RollUp("zelf", "rol", mean, 1, parts, 4),)


@pytest.mark.parametrize("means", [{}, {"A": 4.0}, {"C": 4.0, "D": 4.0}])
def test_a_role_needs_two_competencies_of_which_one_hoofdrol(means: dict[str, float]) -> None:
    assert role_scores([ROLE], own(**means)) == ()


TWEEDE = ProfessionaliteitParts("tweede", ("a", "b", "c"))


def test_a_professionaliteit_is_the_mean_of_its_aspects_and_not_of_its_competencies() -> None:
    aspects = aspect_scores(
        [AspectParts("a", ("A", "B", "C")), AspectParts("b", ("D",))], own(A=2.0, B=2.0, C=2.0, D=4.0)
    )
    assert professionaliteit_scores([TWEEDE], aspects) == (RollUp("zelf", "tweede", 3.0, 1, 2, 3),)


def test_a_professionaliteit_is_shown_from_half_of_its_aspects() -> None:
    aspects = aspect_scores([AspectParts("a", ("A",))], own(A=2.0))
    assert professionaliteit_scores([TWEEDE], aspects) == ()
    assert professionaliteit_scores([ProfessionaliteitParts("eerste", ("a",))], aspects) == (
        RollUp("zelf", "eerste", 2.0, 1, 1, 1),
    )


def test_groups_and_measurements_are_never_mixed() -> None:
    with pytest.raises(ValueError, match="never averaged"):
        aspect_scores([ASPECT], [*own(A=3.0), *of_colleagues(B=(3, 3.0))])
    with pytest.raises(ValueError, match="one measurement"):
        role_scores([ROLE], [*own(A=3.0), *own(A=4.0)])


def test_the_order_is_that_of_the_framework() -> None:
    aspects = [AspectParts("z", ("D",)), AspectParts("a", ("A",))]
    assert [score.code for score in aspect_scores(aspects, own(A=3.0, D=4.0))] == ["z", "a"]
