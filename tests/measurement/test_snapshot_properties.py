"""Whatever happens to people between momentopnamen, nothing that HR ever sees rests on fewer than five of them."""

from __future__ import annotations

import random
from collections import Counter
from itertools import chain, pairwise

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from app.measurement.isolation import Ledger, Members
from app.measurement.snapshots import Contributors, Decision, Fate, Figure, Quantity, cell_of, decide
from tests.measurement.organisations import GAP, Year, live_through, made, organisations
from tests.measurement.people_attack import isolated_people

Organisation = tuple[list[tuple[int, str]], list[Year]]


def ever_published(moments: list[tuple[Decision, ...]]) -> list[Members]:
    return [figure.members for decisions in moments for figure in made(decisions)]


@settings(max_examples=100)
@given(organisations)
def test_no_combination_of_all_figures_ever_published_isolates_fewer_than_five(organisation: Organisation) -> None:
    assert isolated_people(ever_published(live_through(*organisation))) is None


@settings(max_examples=80)
@given(organisations)
def test_a_cell_and_the_whole_change_by_nobody_or_by_at_least_five(organisation: Organisation) -> None:
    shown = [{one.cell: one.figure.members for one in decisions if one.figure}
             for decisions in live_through(*organisation)]
    for before, after in pairwise(shown):
        for cell in before.keys() & after.keys():
            changed = before[cell] ^ after[cell]
            assert not changed or len({person for person, _ in changed}) >= 5
        total, then = (Counter(chain.from_iterable(cells.values())) for cells in (before, after))
        moved = {person for person, which in total.keys() | then.keys() if total[person, which] != then[person, which]}
        assert not moved or len(moved) >= 5


@settings(max_examples=80)
@given(organisations)
def test_every_cell_ends_as_is_said(organisation: Organisation) -> None:
    published: dict[object, Figure] = {}
    for moment, decisions in enumerate(live_through(*organisation)):
        for one in decisions:
            before = published.get(one.cell)
            match one.fate:
                case Fate.ANEW:
                    assert one.figure == Figure(GAP, one.cell, one.members, moment)
                    published[one.cell] = one.figure
                case Fate.UNCHANGED:
                    assert one.figure == before and before is not None and before.members == one.members
                case Fate.CARRIED:
                    assert one.figure == before and before is not None and before.members != one.members
                case Fate.TOO_FEW:
                    assert one.figure is None and len(one.members) < 5
                case Fate.TOO_CLOSE:
                    assert one.figure is None and before is None and len(one.members) >= 5


@settings(max_examples=60)
@given(organisations, st.randoms(use_true_random=False))
def test_the_order_in_which_things_come_does_not_matter(organisation: Organisation, chance: random.Random) -> None:
    def shuffled(moment: int, contributing: list[Contributors], published: list[Figure]) -> tuple[Decision, ...]:
        others = Contributors(Quantity("behoefte", "VM2"), contributing[0].cell, contributing[0].members)
        mixed = chance.sample([*contributing, others], len(contributing) + 1)
        decisions = decide(moment, mixed, chance.sample(published, len(published)))
        return tuple(one for one in decisions if one.quantity == GAP)

    assert live_through(*organisation, shuffled) == live_through(*organisation)


def admit_from_five(self: Ledger, members: Members) -> bool:
    return len(members) >= 5


def admit_by_pairs(self: Ledger, members: Members) -> bool:
    """Every two figures differ by nobody or by five people: what one would do without the algebra."""
    apart = [{person for person, _ in members ^ other} for other in self._figures]
    if any(0 < len(people) < 5 for people in apart):
        return False
    self._figures.append(members)
    return True


def admit_measurements(self: Ledger, members: Members) -> bool:
    """Five measurements instead of five people: who was measured twice counts as two."""
    together = [*self._figures, members]
    number = {member: at for at, member in enumerate(frozenset().union(*together))}
    if isolated_people([frozenset((number[member], 1) for member in row) for row in together]) is not None:
        return False
    self._figures.append(members)
    return True


def search_nothing(*_: object) -> bool:
    return False


def isolated_through(*moments: dict[str, Members]) -> frozenset[int] | None:
    """Whom the attack finds after momentopnamen with these teams."""
    published: list[Figure] = []
    for moment, teams in enumerate(moments):
        contributing = [Contributors(GAP, cell_of({"team": team}), members) for team, members in teams.items()]
        published += made(decide(moment, contributing, published))
    return isolated_people(figure.members for figure in published)


def people(*numbers: int, measurement: int = 1) -> Members:
    return frozenset((number, measurement) for number in numbers)


@pytest.mark.parametrize(("mutated", "mutant", "moments"), [
    ("app.measurement.isolation.Ledger.admit", admit_from_five,
     [{"Noord": people(*range(9))}, {"Noord": people(*range(10))}]),
    ("app.measurement.isolation.Ledger.admit", admit_by_pairs,
     [{"Noord": people(*range(10)), "West": people(*range(10, 20))},
      {"Noord": people(*range(5), *range(10, 15)), "West": people(*range(5, 10), *range(15, 21))}]),
    ("app.measurement.isolation.Ledger.admit", admit_measurements,
     [{"Noord": people(*range(10))}, {"Noord": people(*range(6)) | people(6, 7, 8, 9, measurement=2)}]),
    ("app.measurement.isolation.isolates", search_nothing,
     [{"Noord": people(*range(10))}, {"Noord": people(*range(2, 12))}]),
], ids=["five or more", "two by two", "measurements", "no search"])
def test_the_attack_finds_somebody_where_less_is_checked(
    mutated: str, mutant: object, moments: list[dict[str, Members]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All figures are judged together, and by people: with anything less somebody is nearly alone in a figure."""
    assert isolated_through(*moments) is None
    monkeypatch.setattr(mutated, mutant)
    assert isolated_through(*moments) is not None


@pytest.mark.parametrize(("mutated", "mutant"), [
    ("app.measurement.isolation.Ledger.admit", admit_from_five),
    ("app.measurement.isolation.isolates", search_nothing),
])
def test_made_up_organisations_show_who_is_alone_where_less_is_checked(
    mutated: str, mutant: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the organisations above are such as to find what is to be found."""
    monkeypatch.setattr(mutated, mutant)
    assert find(organisations, lambda one: isolated_people(ever_published(live_through(*one))) is not None,
                settings=settings(max_examples=1000, derandomize=True, database=None, phases=[Phase.generate]))
