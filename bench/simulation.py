"""How often the words of a profile are wrong: the figures of docs/measurement.md, simulated.

    .venv-test/bin/python -m bench.simulation [--people 20000] [--seed 1]

Raters differ in leniency (sd .55) and in each of three answers (sd .8). Two roads: *plain*, the formulas on answers
that may be any number, nothing rounded and nothing capped; and *as shown*, whole answers from 1 to 5, closed by
app.measurement.closing, and everything made of the published cells by the code that pages use.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.measurement.answers import Item, Packed
from app.measurement.closing import close
from app.measurement.growth import Wave, Word, growth
from app.measurement.scale import (
    DISTINCT_FROM,
    ENOUGH_FOR_DETAIL,
    FAIRLY_SURE,
    FIVE_POINTS,
    GROWTH_FROM,
    PRIOR_WEIGHT,
    SEEMING_GROWTH_FROM,
    SELF_ERROR,
    SURE,
    exact,
    one_decimal,
)
from app.measurement.scoring import Cell
from app.measurement.self_others import is_distinct
from app.measurement.uncertainty import half_width

LENIENCY, NOISE, ANSWERS = 0.55, 0.8, 3
TRUTH = 3.5
STARTS = (2.5, 3.0)                         # where growth begins: the second comes nearer to the end of the scale
SELF_WANDERS = (SELF_ERROR, 0.35, NOISE / math.sqrt(ANSWERS))
"""How far zelf is beside the truth by chance: as the rule assumes, a little more, and as three answers of a rater."""
RATERS = (3, 5, 8, 12)
COMPETENCIES = 12
GROUP = "collega"

Numbers: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """One line of the table: a share of people, per number of raters, by one road."""

    what: str
    road: str
    design: str
    shares: Sequence[float]


class Plain:
    """Means and standard errors of so many people with so many raters, by the formulas."""

    def __init__(self, answers: Numbers) -> None:
        means = answers.mean(axis=2)
        raters = means.shape[1]
        self.mean = means.mean(axis=1)
        spread = np.full(len(means), FIVE_POINTS.prior_sd)
        if raters >= ENOUGH_FOR_DETAIL:
            seen = means.var(axis=1, ddof=1)
            prior = PRIOR_WEIGHT * FIVE_POINTS.prior_sd**2
            spread = np.sqrt(((raters - 1) * seen + prior) / (raters - 1 + PRIOR_WEIGHT))
        self.error = spread / math.sqrt(raters)


class Simulation:
    """Draws; every call draws anew."""

    def __init__(self, people: int, seed: int) -> None:
        self.people = people
        self._chance = np.random.default_rng(seed)

    def leniency(self, raters: int) -> Numbers:
        return self._chance.normal(0, LENIENCY, (self.people, raters, 1))

    def answers(self, truth: float, leniency: Numbers, number: int = ANSWERS) -> Numbers:
        """Per person and rater, so many answers that may be any number."""
        return truth + leniency + self._chance.normal(0, NOISE, (*leniency.shape[:2], number))

    def wander(self, sd: float) -> Numbers:
        """What a self score is beside the truth."""
        return self._chance.normal(0, sd, self.people)

    def coverage(self) -> Iterator[Line]:
        plain, shown = [], []
        expected = self._expected(TRUTH)
        for raters in RATERS:
            answers = self.answers(TRUTH, self.leniency(raters))
            found = Plain(answers)
            plain.append(share(np.abs(found.mean - TRUTH) <= half_width(1, raters) * found.error))
            bands = [cell.band for cell in published(answers)]
            shown.append(share([band is not None and band.low <= expected <= band.high for band in bands]))
        yield Line("80 % band holds the truth", "plain", ".84 .81 .80 .80", plain)
        yield Line("80 % band holds the truth", "as shown", ".84 .81 .80 .80", shown)

    def self_and_others(self) -> Iterator[Line]:
        """Zelf means the same as the others, and is beside it by chance: a mean of three whole answers, as shown."""
        expected = self._expected(TRUTH)
        for sd in SELF_WANDERS:
            plain, narrow, shown = [], [], []
            for raters in RATERS:
                answers = self.answers(TRUTH, self.leniency(raters))
                found, cells = Plain(answers), published(answers)
                beside = self.wander(sd)
                size = np.abs(TRUTH + beside - found.mean)
                plain.append(share((size >= float(DISTINCT_FROM)) & (size >= SURE * np.hypot(found.error, SELF_ERROR))))
                narrow.append(share((size >= float(DISTINCT_FROM)) & (size >= FAIRLY_SURE * found.error)))
                own = [one_decimal(score) for score in np.round((expected + beside) * ANSWERS) / ANSWERS]
                shown.append(share([
                    is_distinct(exact(score) - exact(cell.mean), cell.standard_error or 0)
                    for score, cell in zip(own, cells, strict=True)
                ]))  # fmt: skip
            told = f"self and others, false alarm, zelf wanders {sd:.2f}"
            yield Line(told, "plain", ".12-.13", plain)
            yield Line(told, "as shown", ".12-.13", shown)
            yield Line(f"{told}, by 1.28·SE only", "plain", ".22-.35", narrow)

    def growth(self) -> Iterator[Line]:
        new: Callable[[Numbers], Numbers] = lambda first: self.leniency(first.shape[1])  # noqa: E731
        low, high = STARTS
        for told, again, start, step, visible, seeming in (
            ("nothing changed, new raters", new, low, 0.0, ".05", ".10"),
            ("nothing changed, same raters", np.copy, low, 0.0, ".01", ".03"),
            (f"from {low} to {low + 1}, new raters", new, low, 1.0, ".49 .69", ""),
            (f"from {high} to {high + 1}, new raters", new, high, 1.0, ".49 .69", ""),
        ):
            plain: list[list[float]] = [[], []]
            shown: list[list[float]] = [[], []]
            for raters in RATERS:
                first = self.leniency(raters)
                answers = self.answers(start, first), self.answers(start + step, again(first))
                before, now = map(Plain, answers)
                change, error = now.mean - before.mean, np.hypot(before.error, now.error)
                plain[0].append(share((change >= float(GROWTH_FROM)) & (change >= SURE * error)))
                plain[1].append(share((change >= float(SEEMING_GROWTH_FROM)) & (change >= FAIRLY_SURE * error)))
                words = [grown(*pair) for pair in zip(*map(published, answers), strict=True)]
                shown[0].append(share([word is Word.VISIBLE_GROWTH for word in words]))
                shown[1].append(share([word in (Word.VISIBLE_GROWTH, Word.SEEMS_TO_GROW) for word in words]))
            for what, design, number in (("visible", visible, 0), ("visible or seeming", seeming, 1)):
                yield Line(f"growth {what}: {told}", "plain", design, plain[number])
                yield Line(f"growth {what}: {told}", "as shown", design, shown[number])

    def many_competencies(self) -> Iterator[Line]:
        """Twelve competencies of one person, whose raters are as lenient in all of them; then every one its own."""
        for told, shared in (("raters as lenient in all", True), ("no relation between competencies", False)):
            found = []
            for raters in RATERS:
                falsely = np.zeros(self.people, np.bool_)
                leniency = self.leniency(raters), self.leniency(raters)
                for _ in range(COMPETENCIES):
                    if not shared:
                        leniency = self.leniency(raters), self.leniency(raters)
                    before, now = (Plain(self.answers(TRUTH, one)) for one in leniency)
                    change, error = now.mean - before.mean, np.hypot(before.error, now.error)
                    falsely |= (change >= float(GROWTH_FROM)) & (change >= SURE * error)
                found.append(share(falsely))
            yield Line(f"a false visible growth among {COMPETENCIES}, new raters, {told}", "plain", ".25", found)

    def _expected(self, truth: float) -> float:
        """The mean of whole answers on the scale, over endless raters."""
        many = self._chance.normal(truth, math.hypot(LENIENCY, NOISE), 2_000_000)
        return float(whole(many).mean())


def whole(answers: Numbers) -> NDArray[np.uint8]:
    return np.clip(np.round(answers), 1, FIVE_POINTS.top).astype(np.uint8)


def published(answers: Numbers) -> list[Cell]:
    """The cell of each person, as a round would publish it."""
    item = Item("A", tuple(f"A{number}" for number in range(answers.shape[2])))
    subjects = [[Packed(GROUP, item.indicators, person.tobytes())] for person in whole(answers)]
    return [cell for (cell,) in close(subjects, {GROUP: (item,)})]


def grown(before: Cell, now: Cell) -> Word | None:
    asked = {GROUP: {"A": {"A0": ""}}}
    return growth(Wave((before,), asked), Wave((now,), asked))[0].word


def share(found: Sequence[bool] | NDArray[np.bool_]) -> float:
    return float(np.mean(found))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    simulation = Simulation(options.people, options.seed)
    print(f"| what | road | design | {' | '.join(f'n = {raters}' for raters in RATERS)} |")
    print("|---" * (3 + len(RATERS)) + "|")
    for part in (simulation.coverage, simulation.self_and_others, simulation.growth, simulation.many_competencies):
        for line in part():
            shares = " | ".join(f"{one:.3f}".lstrip("0") for one in line.shares)
            print(f"| {line.what} | {line.road} | {line.design} | {shares} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
