"""Two rounds about one person: no difference of their figures rests on few people."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.measurement.disclosure import Minimums
from app.rounds.spacing import ADULTS, HALF_A_YEAR, Asked, Reason, Sets, TooClose, too_close

FIRST = dt.date(2026, 9, 7)


def people(**groups: str) -> tuple[Asked, ...]:
    """A letter is a person: `people(school="abc")`."""
    return tuple(Asked(group, f"{letter}@x.nl") for group, letters in groups.items() for letter in letters)


def earlier(asked: tuple[Asked, ...], *, small_circle: bool = False, raised: dict[str, int] | None = None) -> Sets:
    return Sets("Vorige ronde", FIRST, FIRST + dt.timedelta(days=28), asked, Minimums(raised or {}), small_circle)


def now(asked: tuple[Asked, ...], *, small_circle: bool = False, days: int = 70) -> Sets:
    opens_on = FIRST + dt.timedelta(days=days)
    return Sets("Nu", opens_on, opens_on + dt.timedelta(days=28), asked, small_circle=small_circle)


def why(this: Sets, other: Sets) -> list[tuple[Reason, str | None, int, int]]:
    return [(found.reason, found.group, found.added, found.dropped) for found in too_close(this, [other])]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("abcd", "abcd", []),
        ("abcd", "abcde", [(Reason.CHANGED, "collega", 1, 0)]),
        ("abcd", "abc", [(Reason.CHANGED, "collega", 0, 1)]),
        ("abcd", "bcde", [(Reason.CHANGED, "collega", 1, 1)]),
        ("abcd", "abcdefg", []),
        ("abcdefg", "abcd", []),
        ("abcd", "defgh", []),
        ("abcd", "cdefg", [(Reason.CHANGED, "collega", 3, 2)]),
        ("abcd", "efgh", []),
        ("abcd", "", []),
    ],
)
def test_one_group(before: str, after: str, found: list[object]) -> None:
    assert why(now(people(collega=after)), earlier(people(collega=before))) == found


def test_half_a_year_apart_anybody_can_be_asked() -> None:
    other = earlier(people(collega="abcd"))
    apart = (other.closes_on + HALF_A_YEAR - FIRST).days
    assert too_close(now(people(collega="abce"), days=apart), [other]) == ()
    (found,) = too_close(now(people(collega="abce"), days=apart - 1), [other])
    assert found == TooClose(Reason.CHANGED, "Vorige ronde", "collega", 1, 1, 3, other.closes_on + HALF_A_YEAR)


def test_it_does_not_matter_which_of_the_two_came_first() -> None:
    this, other = now(people(collega="abcd"), days=-300), earlier(people(collega="abce"))
    assert too_close(this, [other]) == ()
    assert why(now(people(collega="abcd"), days=-100), other)


def test_a_raised_minimum_of_either_round_counts() -> None:
    strict = earlier(people(collega="abcdef"), raised={"collega": 5})
    assert why(now(people(collega="abcdefghi")), strict) == [(Reason.CHANGED, "collega", 3, 0)]
    assert why(now(people(collega="abcdefghijk")), strict) == []


def test_pupils_differ_by_five() -> None:
    assert why(now(people(leerling="abcdefghij")), earlier(people(leerling="abcdef"))) == [
        (Reason.CHANGED, "leerling", 4, 0)]
    assert why(now(people(leerling="abcdefghijk")), earlier(people(leerling="abcdef"))) == []


def test_the_teamleider_is_named_and_never_in_the_way() -> None:
    assert why(now(people(teamleider="a")), earlier(people(teamleider="b"))) == []


def test_one_address_in_two_spellings_and_a_colleague_with_a_new_address_are_one_person() -> None:
    before = (Asked("collega", "Jet@x.nl", 7), *people(collega="abc"))
    after = (Asked("collega", "jet@x.nl"), *people(collega="abc"))
    moved = (Asked("collega", "jet.de.vries@x.nl", 7), *people(collega="abc"))
    assert why(now(after), earlier(before)) == []
    assert why(now(moved), earlier(before)) == []


def test_who_has_no_address_may_be_anybody() -> None:
    sheets = tuple(Asked("ouder") for _ in range(6))
    assert why(now(sheets), earlier(sheets)) == [(Reason.UNKNOWN, "ouder", 0, 0)]
    assert why(now(people(collega="abcd")), earlier((*sheets, *people(collega="abcd")))) == []
    school = tuple(Asked("school") for _ in range(6))
    assert why(now((*school, *people(collega="abcd"))), earlier(people(collega="abcd"))) == []
    assert why(now(school, small_circle=True), earlier(people(school="abcd"))) == [(Reason.UNKNOWN, None, 0, 0)]


def test_a_merged_group_and_its_part_would_give_the_rest_away() -> None:
    merged = earlier(people(school="abcd", opdrachtgever="yz"))
    assert why(now(people(school="abcd")), merged) == [(Reason.TOGETHER, None, 0, 2)]
    assert why(now(people(school="abcd", opdrachtgever="yz")), merged) == []
    assert why(now(people(school="abcd")), earlier(people(school="abcd", opdrachtgever="xyz"))) == []


def test_a_small_circle_and_separate_groups() -> None:
    circle = earlier(people(collega="abc", school="de"), small_circle=True)
    assert why(now(people(collega="abc")), circle) == [(Reason.TOGETHER, None, 0, 2)]
    assert why(now(people(collega="abcd", school="e"), small_circle=True), circle) == []
    assert why(now(people(collega="abc", school="def"), small_circle=True), circle) == [(Reason.TOGETHER, None, 1, 0)]
    assert why(now(people(collega="abcdefgh")), circle) == []


def test_somebody_who_changes_groups_stands_on_both_sides() -> None:
    before = earlier(people(collega="abcd", school="efgh"))
    assert (Reason.CHANGED, "collega", 0, 1) in why(now(people(collega="abc", school="defgh")), before)


# Everybody is asked once in a round: by letter, her group.
CHOSEN = st.dictionaries(st.sampled_from("abcdefghijklmn"), st.sampled_from([*map(str, ADULTS), "ouder"]))


def asked_of(chosen: dict[str, str]) -> tuple[Asked, ...]:
    return tuple(Asked(group, f"{letter}@x.nl") for letter, group in chosen.items())


def blocks_of(of: Sets) -> list[frozenset[str]]:
    """What a round publishes of adults when everybody answers; k is three everywhere."""
    groups = {group: frozenset(str(one.email) for one in of.asked if one.group == group) for group in ADULTS}
    filled = {group: who for group, who in groups.items() if who}
    pair = [who for group, who in filled.items() if group != "collega"]
    if of.small_circle:
        found = [frozenset[str]().union(*filled.values())]
    elif len(pair) == 2 and min(map(len, pair)) < 3:
        found = [groups["collega"], pair[0] | pair[1]]
    else:
        found = list(filled.values())
    return [block for block in found if len(block) >= 3]


@st.composite
def two_rounds(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str]]:
    """Mostly the same people, as it goes: unrelated rounds are hardly ever let through."""
    first = draw(CHOSEN)
    change = draw(st.sets(st.sampled_from("abcdefghijklmn"), max_size=8))
    group = draw(st.sampled_from([*map(str, ADULTS), "ouder"]))
    second = {letter: known for letter, known in first.items() if letter not in change}
    if draw(st.booleans()):
        second |= dict.fromkeys(change - first.keys(), group)
    return first, second


@given(two_rounds(), st.booleans(), st.booleans())
def test_no_difference_of_invited_sets_is_small(
    rounds: tuple[dict[str, str], dict[str, str]], circle: bool, circle_before: bool
) -> None:
    """Whatever whole weights are given to the figures of two rounds that the rule lets through, those people who keep
    a weight above zero, or below it, are none or at least three.
    """
    first, second = rounds
    this = now(asked_of(second), small_circle=circle)
    other = earlier(asked_of(first), small_circle=circle_before)
    if too_close(this, [other]):
        return
    for group in (*ADULTS, "ouder"):
        if group == "ouder" or not (circle or circle_before):
            mine = {one.email for one in this.asked if one.group == group}
            theirs = {one.email for one in other.asked if one.group == group}
            if mine and theirs:
                assert not {len(mine - theirs), len(theirs - mine)} & {1, 2}
    here, there = blocks_of(this), blocks_of(other)
    everybody = frozenset[str]().union(*here, *there)
    for weights in itertools.product((-1, 0, 1, 2), repeat=len(here) + len(there)):
        left = {
            one: sum(weight for weight, block in zip(weights, (*here, *there), strict=True) if one in block)
            for one in everybody
        }
        for side in (1, -1):
            assert sum(weight * side > 0 for weight in left.values()) not in (1, 2)
