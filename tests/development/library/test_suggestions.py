"""Which actions fit a goal, as a table; and what an als-danplan is."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.cli import SEED
from app.competencies.catalog import Catalog
from app.competencies.seeding import read_framework
from app.development import if_then
from app.development.library.contents import Action, Library
from app.development.library.seeding import LIBRARY
from app.development.library.suggestions import about, at_level, suggest

CATALOG: Catalog = read_framework()
LIBRARY_OF_SEED = Library.model_validate(yaml.safe_load((SEED / LIBRARY).read_text(encoding="utf-8")))


def action(code: str, *competencies: str, levels: tuple[int, int] = (1, 3)) -> Action:
    return LIBRARY_OF_SEED.actions[0].model_copy(update={
        "code": code, "competencies": competencies, "from_level": levels[0], "to_level": levels[1],
    })


ACTIONS = (
    action("elsewhere", "RM1"),
    action("aspect-high", "VM2", levels=(3, 4)),
    action("own-high", "VM1", levels=(3, 4)),
    action("aspect-low", "VM3"),
    action("own-low", "VM1", "RM1"),
    action("own-from-two", "VM1", "VM2", levels=(2, 4)),
)


@pytest.mark.parametrize(("level", "expected"), [
    (None, ["own-high", "own-low", "own-from-two", "aspect-high", "aspect-low"]),
    (1, ["own-low", "own-high", "own-from-two", "aspect-low", "aspect-high"]),
    (2, ["own-low", "own-from-two", "own-high", "aspect-low", "aspect-high"]),
    (3, ["own-high", "own-from-two", "own-low", "aspect-high", "aspect-low"]),
    (4, ["own-high", "own-low", "own-from-two", "aspect-high", "aspect-low"]),
    (5, ["own-high", "own-low", "own-from-two", "aspect-high", "aspect-low"]),
])
def test_own_competency_first_then_what_fits_then_the_order_of_the_library(
    level: int | None, expected: list[str]
) -> None:
    assert [s.action.code for s in suggest(ACTIONS, CATALOG, "VM1", level)] == expected


@pytest.mark.parametrize(("level", "expected"), [
    (None, set()), (1, {"own-low", "aspect-low"}), (2, {"own-low", "aspect-low", "own-from-two"}),
    (3, {"own-high", "aspect-high", "own-from-two"}), (4, set()), (5, set()),
])
def test_fitting_starts_at_or_below_now_and_leads_above_it(level: int | None, expected: set[str]) -> None:
    assert {s.action.code for s in suggest(ACTIONS, CATALOG, "VM1", level) if s.fits} == expected


@pytest.mark.parametrize("level", [None, 1, 2, 3, 5])
def test_a_niveau_marks_what_fits_and_moves_nothing(level: int | None) -> None:
    before = suggest(ACTIONS, CATALOG, "VM1", None)
    after = at_level(before, level)
    assert [s.action for s in after] == [s.action for s in before]
    assert {s for s in after if s.fits} == {s for s in suggest(ACTIONS, CATALOG, "VM1", level) if s.fits}


def test_about_a_competency_names_only_its_own() -> None:
    assert [a.code for a in about(ACTIONS, "VM1", 2)] == ["own-low", "own-from-two", "own-high"]
    assert about(ACTIONS, "retired", 2) == ()


@pytest.mark.parametrize("competency", CATALOG.competencies, ids=lambda competency: competency.code)
def test_the_real_library_offers_something_for_every_competency(competency: object) -> None:
    found = suggest(LIBRARY_OF_SEED.actions, CATALOG, competency.code, 2)  # type: ignore[attr-defined]
    assert found[0].same


PLANS = [
    ("Als ik een startgesprek plan, dan stuur ik het canvas mee.", True),
    ("als het stil valt dan wacht ik", True),
    ("ALS HET STIL VALT, DAN WACHT IK", True),
    ("Morgen, als ik bel,\ndan vraag ik door", True),
    ("Dan wacht ik, als het stil valt", False),
    ("Als ik plan", False),
    ("Alsof ik dansend wacht", False),
    ("als dan", False),
    ("Als x, dan …", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), PLANS)
def test_what_is_an_als_danplan(text: str, expected: bool) -> None:
    assert if_then.is_plan(text) is expected


@pytest.mark.parametrize("action", LIBRARY_OF_SEED.actions, ids=lambda action: action.code)
def test_every_example_of_the_library_is_one(action: Action) -> None:
    assert if_then.is_plan(action.if_then)


def test_the_words_that_carry_the_plan_are_marked() -> None:
    pieces = if_then.pieces("Als ik als eerste kom, dan dans ik dan")
    assert [(p.text, p.marked) for p in pieces] == [
        ("Als", True), (" ik als eerste kom, ", False), ("dan", True), (" dans ik dan", False),
    ]


@given(st.text())
def test_marking_never_changes_a_letter(text: str) -> None:
    assert "".join(piece.text for piece in if_then.pieces(text)) == text
