"""What is proposed as a goal: tables of hand, and what holds whatever was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.competencies import seedfile
from app.competencies.catalog import Catalog
from app.competencies.seeding import FRAMEWORK
from app.config import ROOT
from app.development.library.contents import Action, Library
from app.development.library.seeding import LIBRARY
from app.development.proposals.ranking import (
    HIGHEST_BEGINNING,
    Because,
    LevelFrom,
    Proposal,
    Standing,
    fitting,
    present_level,
    propose,
)
from app.development.proposals.words import reason
from app.measurement.self_others import Place

SEED = ROOT / "seed"


@lru_cache
def catalog() -> Catalog:
    document, _problems = seedfile.read(SEED / FRAMEWORK)
    return Catalog.model_validate(document)


@lru_cache
def library() -> tuple[Action, ...]:
    document, _problems = seedfile.read(SEED / LIBRARY)
    return Library.model_validate(document).actions


CODES = [competency.code for competency in catalog().competencies]
FOCUS = {competency.code for competency in catalog().competencies if competency.focus}


def standing(code: str, score: float = 3.0, target: float = 3.5, importance: int = 3, **more: Any) -> Standing:
    return Standing(code, score, target, importance, **more)


def proposed(*standings: Standing, **known: Any) -> tuple[Proposal, ...]:
    return propose(catalog(), standings, library(), **({"agreed": {}, "estimates": {}} | known))


def codes(proposals: Sequence[Proposal]) -> list[str]:
    return [one.competency.code for one in proposals]


# --- the order -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("standings", "order"), [
    ([standing("V1", 3.0), standing("V2", 2.0)], ["V2", "V1"]),                                  # the larger gap
    ([standing("V1", 3.0, importance=2), standing("V2", 3.0, importance=5)], ["V2", "V1"]),      # what matters more
    ([standing("V1", 2.5, importance=2), standing("V2", 3.1, importance=5)], ["V1", "V2"]),      # both 2.0
    ([standing("V1", 3.0), standing("VM1", 3.0)], ["VM1", "V1"]),                                # focus first
    ([standing("V1", 2.9), standing("VM1", 3.0)], ["V1", "VM1"]),                                # but not above need
    ([standing("V1", 3.0), standing("V2", 3.0, place=Place.POSSIBLE_BLIND_SPOT)], ["V2", "V1"]),
    ([standing("V1", 4.0, place=Place.HIDDEN_STRENGTH), standing("V2", 3.0)], ["V2", "V1"]),
    ([standing("V1", 3.3), standing("V2", 3.0)], ["V2"]),                                        # a gap of 0.2 is none
    ([standing("V1", 3.2), standing("V2", 3.0)], ["V2", "V1"]),                                  # 0.3 is one
    ([standing("V1", 3.3, place=Place.POSSIBLE_BLIND_SPOT)], ["V1"]),
    ([standing("V1", 1.0, importance=1), standing("V2", 3.0)], ["V2"]),                          # not at issue
    ([standing("V1", 4.0, importance=1, place=Place.HIDDEN_STRENGTH)], []),
    ([standing("V1", 4.2), standing("V2", 3.5, place=Place.SHARED_STRENGTH)], []),
    ([standing("BESTAAT-NIET", 1.0)], []),
])
def test_the_order_of_hand(standings: list[Standing], order: list[str]) -> None:
    assert codes(proposed(*standings)) == order


def test_need_is_importance_times_the_gap() -> None:
    [one] = proposed(standing("VM1", 2.9, 3.5, 4))
    assert one.need == Fraction(12, 5)
    assert one.because == (Because.NEED, Because.FOCUS)


def test_what_she_works_at_is_not_proposed() -> None:
    assert codes(proposed(standing("V1", 2.0), standing("V2", 2.0), taken={"V1"})) == ["V2"]


# --- niveaus and actions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("score", "agreed", "estimate", "level", "source"), [
    (2.4, None, None, 2, LevelFrom.SCORE),
    (2.5, None, None, 3, LevelFrom.SCORE),
    (1.0, None, None, 1, LevelFrom.SCORE),
    (5.0, None, None, 4, LevelFrom.SCORE),      # a score is no niveau: from 4 there is still something to do
    (2.4, None, 1, 1, LevelFrom.ESTIMATE),
    (2.4, 3, 1, 3, LevelFrom.AGREED),
    (2.4, 5, None, 5, LevelFrom.AGREED),
])
def test_by_which_niveau_actions_are_chosen(
    score: float, agreed: int | None, estimate: int | None, level: int, source: LevelFrom
) -> None:
    found = present_level(score, agreed, estimate)
    assert (found.level, found.source) == (level, source)


def test_what_was_agreed_for_the_aspect_goes_before_her_own_estimate() -> None:
    [one] = proposed(standing("VM1", 2.0), agreed={"verwachtingsmanagement": 3}, estimates={"VM1": 1})
    assert (one.present.level, one.present.source) == (3, LevelFrom.AGREED)
    assert all(action.fits(3) for action in one.actions)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_every_competency_has_actions_from_every_niveau(code: str, level: int) -> None:
    actions = fitting(library(), catalog(), code, level)
    assert 2 <= len(actions) <= 3
    assert all(action.fits(min(level, HIGHEST_BEGINNING)) for action in actions)
    aspect = catalog().competency(code).aspect
    about = {competency.code for competency in catalog().competencies_of(aspect)}
    assert all(about & set(action.competencies) for action in actions)


@pytest.mark.parametrize("code", sorted(FOCUS))
def test_in_a_focus_area_the_actions_are_a_mix(code: str) -> None:
    forms = {action.learning_form for action in fitting(library(), catalog(), code, 2)}
    assert forms == {"70", "20", "10"}


# --- whatever was measured -------------------------------------------------------------------------------------------

SCORES = st.integers(10, 50).map(lambda tenths: tenths / 10)
STANDINGS = st.lists(
    st.builds(Standing, st.sampled_from(CODES), SCORES, SCORES, st.integers(1, 5), st.booleans(),
              st.one_of(st.none(), st.sampled_from(Place))),
    unique_by=lambda one: one.code, max_size=len(CODES),
)
LEVELS = st.dictionaries(st.sampled_from(CODES), st.integers(1, 5), max_size=8)


@given(standings=STANDINGS, estimates=LEVELS, taken=st.sets(st.sampled_from(CODES), max_size=3))
def test_whatever_was_measured(standings: list[Standing], estimates: dict[str, int], taken: set[str]) -> None:
    found = proposed(*standings, estimates=estimates, taken=taken)
    measured = {one.code: one for one in standings}
    assert len(set(codes(found))) == len(found)
    for one in found:
        assert measured[one.competency.code].importance > 1
        assert one.competency.code not in taken
        assert one.because and set(one.because) != {Because.FOCUS}
        assert any(action.fits(min(one.present.level, HIGHEST_BEGINNING)) for action in one.actions)
    for before, after in pairwise(found):
        assert before.need >= after.need
        if before.need == after.need:
            assert bool(before.competency.focus) >= bool(after.competency.focus)


@given(standings=STANDINGS, shuffle=st.randoms())
def test_the_order_does_not_hang_on_how_it_was_read(standings: list[Standing], shuffle: Any) -> None:
    mixed = list(standings)
    shuffle.shuffle(mixed)
    assert proposed(*standings) == proposed(*mixed)


@given(standings=STANDINGS)
def test_more_need_never_comes_later(standings: list[Standing]) -> None:
    found = proposed(*standings)
    if not found:
        return
    last = found[-1].standing
    worse = [replace(one, score=1.0, target=5.0, importance=5) if one.code == last.code else one for one in standings]
    assert codes(proposed(*worse)).index(last.code) <= codes(found).index(last.code)


# --- the words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "words"), [
    (standing("V1", 2.9), "anderen dit minder vaak zien dan je functie vraagt (2,9, bij een doel van 3,5)"),
    (standing("V1", 2.9, only_self=True), "je dit jezelf minder vaak ziet doen dan je functie vraagt"),
    (standing("V1", 2.9, place=Place.POSSIBLE_BLIND_SPOT), "anderen dit minder zien dan jij (2,9, bij een doel van"),
    (standing("V1", 4.1, place=Place.HIDDEN_STRENGTH), "anderen dit vaker zien dan jij: hier kun je op bouwen"),
    (standing("VM1", 2.9, importance=4), "vraagt (2,9, bij een doel van 3,5), omdat het in je functie heel belangrijk "
                                         "is, en omdat het uit een focusgebied komt"),
])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_proposal_says_why(app: Flask, one: Standing, words: str) -> None:
    [proposal] = proposed(one)
    with app.test_request_context():
        assert words in reason(proposal)
