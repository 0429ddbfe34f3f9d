"""What planning costs, and how near the plan is to the best: 50 × 20, 500 × 60 and 2,000 × 60 people × trainings.

    .venv-test/bin/python -m bench.planner

People in teams of ten, seventeen competencies, 300 euros and twenty hours a head; made up, the same every time.
Three rows a size: the greedy plan; the search as the application runs it, in stages, in a process of its own; and the
reference, one bare call of scipy.optimize.milp on the same programme with as much time. *Gap*: how much less a plan is
worth than the lowest bound that search or call proved.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import dataclass

from app.training_plans.asked import Asked, Demand, Offer, Unit, Wishes
from app.training_plans.greedy import greedy
from app.training_plans.planner import Found, search
from app.training_plans.programme import programme_of
from app.training_plans.solver import solve
from app.training_plans.valuing import value

SIZES = ((50, 20), (500, 60), (2_000, 60))
COMPETENCIES = tuple(f"competency-{n:02}" for n in range(17))
IN_A_TEAM = 10
PER_HEAD = 300
HEAD = ("people × trainings", "what", "first plan s", "seconds", "value", "gap", "ended")


@dataclass(frozen=True, slots=True)
class Row:
    """What one way of planning gave. `bound`: where it knows one."""

    what: str
    first: float
    seconds: float
    value: float
    bound: float | None
    ended: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    print("| " + " | ".join(HEAD) + " |\n|" + "---|" * len(HEAD))
    for people, trainings in SIZES:
        asked = question(people, trainings)
        rows = [by_greedy(asked), by_search(asked, options.seconds), by_bare_call(asked, options.seconds)]
        lowest = min(row.bound for row in rows if row.bound is not None)
        for row in rows:
            shown = (row.what, f"{row.first:.1f}", f"{row.seconds:.1f}", f"{row.value:.1f}",
                     f"{max(0.0, 1 - row.value / lowest):.2%}", row.ended)  # fmt: skip
            print(f"| {people} × {trainings} | " + " | ".join(shown) + " |", flush=True)
    return 0


def question(people: int, trainings: int) -> Asked:
    """A dienst of so many people with so many trainings to choose from."""
    chance = random.Random(people + trainings)
    offers = []
    for number in range(trainings):
        level, form = chance.randint(1, 3), chance.random()
        per_group, per_person = chance.randrange(750, 4800, 50), chance.randrange(150, 750, 25)
        offers.append(Offer(
            f"training-{number:02}", tuple(chance.sample(COMPETENCIES, chance.randint(1, 3))), level,
            level + chance.randint(1, 2), chance.randint(5, 22), per_group if form < 0.9 else None,
            per_person if form > 0.15 else None, chance.randint(4, 6), chance.randint(8, 16), 50,
        ))  # fmt: skip
    units = tuple(Unit(f"team-{number:03}", IN_A_TEAM) for number in range(people // IN_A_TEAM))
    demands = tuple(
        Demand(unit.code, competency, chance.randint(1, IN_A_TEAM - 1), chance.randint(3, 16) / 10,
               chance.randint(2, 5))
        for unit in units for competency in COMPETENCIES if chance.random() < 0.8
    )  # fmt: skip
    return Asked(tuple(offers), units, demands, Wishes(people * PER_HEAD, 20))


def by_greedy(asked: Asked) -> Row:
    begun = time.perf_counter()
    plan = greedy(asked)
    seconds = time.perf_counter() - begun
    return Row("greedy", seconds, seconds, float(value(asked, plan)) if plan else 0.0, None, "–")


def by_search(asked: Asked, seconds: float) -> Row:
    begun = time.perf_counter()
    found: Found | None = None
    first = 0.0
    for found in search(asked, seconds=seconds, beat=0.1):
        if not first and found.bound is not None:
            first = time.perf_counter() - begun
    if found is None:
        raise AssertionError("a search tells at least of its greedy plan")
    return Row("search", first, time.perf_counter() - begun, float(found.value), found.bound,
               found.ending.name.lower())  # fmt: skip


def by_bare_call(asked: Asked, seconds: float) -> Row:
    """One call, until the best or the end of the time; its plan as it is."""
    begun = time.perf_counter()
    programme = programme_of(asked)
    answer = solve(programme, 0.0, seconds)
    spent = time.perf_counter() - begun
    plan = programme.plan(answer.found) if answer.found else None
    bound = (answer.bound + programme.preference) / programme.factor
    return Row("bare call", spent, spent, float(value(asked, plan)) if plan else 0.0, bound,
               "best" if answer.status == 0 else "time")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
