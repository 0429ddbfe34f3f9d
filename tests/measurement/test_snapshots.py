"""Momentopnamen worked out by hand: made anew, carried over, left out; small teams; counts in words."""

from __future__ import annotations

import pytest

from app.measurement.isolation import Members
from app.measurement.snapshots import (
    Contributors,
    CountWord,
    Decision,
    Fate,
    Figure,
    LeftOut,
    Quantity,
    cell_of,
    count_word,
    decide,
    left_out,
    small_teams_together,
)

GAP, HOURS = Quantity("behoefte", "VM1"), Quantity("wens", "VM1")


def people(*numbers: int, measurement: int = 1) -> Members:
    return frozenset((number, measurement) for number in numbers)


def team(name: str, members: Members, quantity: Quantity = GAP, **cuts: str) -> Contributors:
    return Contributors(quantity, cell_of({"team": name, **cuts}), members)


def fates(decisions: tuple[Decision, ...]) -> list[tuple[str, Fate]]:
    return [(dict(one.cell)["team"], one.fate) for one in decisions]


def figures(*decisions: Decision) -> list[Figure]:
    return [one.figure for one in decisions if one.figure and one.fate is Fate.ANEW]


def test_a_first_momentopname() -> None:
    decisions = decide(1, [team("Noord", people(*range(5))), team("Oost", people(*range(10, 14)))], [])
    assert fates(decisions) == [("Noord", Fate.ANEW), ("Oost", Fate.TOO_FEW)]
    assert decisions[0].figure == Figure(GAP, (("team", "Noord"),), people(*range(5)), 1)
    assert decisions[1].figure is None
    assert left_out(decisions) == LeftOut(too_few=4, too_close=0, carried=0, of=9)


def test_a_figure_stays_until_five_people_changed_and_keeps_its_date() -> None:
    first = decide(1, [team("Noord", people(*range(8)))], [])
    (same,) = decide(2, [team("Noord", people(*range(8)))], figures(*first))
    assert (same.fate, same.figure) == (Fate.UNCHANGED, first[0].figure)
    (one_more,) = decide(3, [team("Noord", people(*range(9)))], figures(*first))
    assert (one_more.fate, one_more.figure, one_more.members) == (Fate.CARRIED, first[0].figure, people(*range(9)))
    assert left_out([one_more]) == LeftOut(too_few=0, too_close=0, carried=9, of=9)
    (five_more,) = decide(4, [team("Noord", people(*range(13)))], figures(*first))
    assert (five_more.fate, five_more.figure) == (Fate.ANEW, Figure(GAP, (("team", "Noord"),), people(*range(13)), 4))


def test_below_five_a_figure_leaves_as_a_whole() -> None:
    first = decide(1, [team("Noord", people(*range(8)))], [])
    assert fates(decide(2, [team("Noord", people(*range(4)))], figures(*first))) == [("Noord", Fate.TOO_FEW)]


def test_a_cut_that_tells_one_person_from_her_team_is_left_out() -> None:
    first = decide(1, [team("Noord", people(*range(10)))], [])
    crossed = [team("Noord", people(*range(9)), scholing="nee"), team("Noord", people(9), scholing="ja")]
    decisions = decide(2, crossed, figures(*first))
    assert fates(decisions) == [("Noord", Fate.TOO_FEW), ("Noord", Fate.TOO_CLOSE)]
    assert left_out(decisions) == LeftOut(too_few=1, too_close=9, carried=0, of=10)
    halves = [team("Noord", people(*range(5)), scholing="nee"), team("Noord", people(*range(5, 10)), scholing="ja")]
    assert [one.fate for one in decide(2, halves, figures(*first))] == [Fate.ANEW, Fate.ANEW]


def test_who_moves_alone_is_in_no_difference_between_teams() -> None:
    first = decide(1, [team("Noord", people(*range(10))), team("Oost", people(*range(10, 20)))], [])
    moved = [team("Noord", people(*range(9))), team("Oost", people(*range(9, 20)))]
    assert fates(decide(2, moved, figures(*first))) == [("Noord", Fate.CARRIED), ("Oost", Fate.CARRIED)]


def test_a_figure_that_was_shown_once_counts_for_ever() -> None:
    first = decide(1, [team("Noord", people(*range(10)))], [])
    second = decide(2, [team("Noord", people(*range(5)))], figures(*first))
    assert second[0].fate is Fate.ANEW
    both = figures(*first, *second)
    assert decide(3, [team("Noord", people(*range(11)))], both)[0].fate is Fate.CARRIED
    assert decide(3, [team("Noord", people(*range(11)))], both[1:])[0].fate is Fate.ANEW


def test_quantities_are_judged_apart() -> None:
    first = decide(1, [team("Noord", people(*range(10)))], [])
    both = [team("Noord", people(*range(11))), team("Noord", people(*range(9)), HOURS)]
    assert [(one.quantity, one.fate) for one in decide(2, both, figures(*first))] == [
        (GAP, Fate.CARRIED), (HOURS, Fate.ANEW)]


def test_small_teams_are_taken_together_where_that_makes_five() -> None:
    teams = [team("Oost", people(10, 11)), team("Noord", people(*range(5))), team("West", people(20, 21, 22)),
             team("Zuid", people(30, 31), scholing="ja")]
    assert small_teams_together(teams) == [
        team("Zuid", people(30, 31), scholing="ja"),
        team("Noord", people(*range(5))), team("kleine-teams", people(10, 11, 20, 21, 22))]
    assert small_teams_together(teams[:2]) == [team("Noord", people(*range(5))), team("Oost", people(10, 11))]


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="always among"):
        cell_of({"scholing": "ja"})
    with pytest.raises(ValueError, match="twice"):
        decide(1, [team("Noord", people(*range(5))), team("Oost", people(*range(4, 10), measurement=2))], [])
    with pytest.raises(ValueError, match="not before"):
        decide(1, [], figures(*decide(1, [team("Noord", people(*range(5)))], [])))


@pytest.mark.parametrize(("number", "of", "word"), [
    (0, 8, CountWord.FEW), (1, 8, CountWord.FEW), (2, 8, None), (6, 8, None),
    (7, 8, CountWord.NEARLY_ALL), (8, 8, CountWord.NEARLY_ALL),
    (0, 0, CountWord.FEW), (1, 2, CountWord.FEW), (2, 2, CountWord.NEARLY_ALL),
])
def test_counts_that_tell_of_one_person_are_words(number: int, of: int, word: CountWord | None) -> None:
    assert count_word(number, of) is word


@pytest.mark.parametrize(("number", "of"), [(-1, 5), (6, 5)])
def test_a_count_that_cannot_be(number: int, of: int) -> None:
    with pytest.raises(ValueError, match="of 5"):
        count_word(number, of)
