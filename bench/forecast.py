"""Makes app/rounds/forecast.json: what will probably be shown, by how many people are asked (measurement.md §10).

    .venv-test/bin/python -m bench.forecast [--circles 1000] [--seed 1] [--write]      or: script/forecast

Each simulated subject has a whole circle of people round her, each with an answer sheet or without; a cell of the table
asks the first so many of it. So one person more never makes the forecast worse. Every cell of the table is closed with
app.measurement.closing, as a round is. Takes some minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.competencies import seedfile
from app.competencies.catalog import Catalog
from app.measurement.answers import Item, Packed
from app.measurement.closing import close
from app.measurement.scale import Group
from app.rounds.forecast import TABLE

MOST = {Group.COLLEAGUE: 10, Group.SCHOOL: 12, Group.CLIENT: 6}
RESPONSE = {Group.COLLEAGUE: 0.80, Group.SCHOOL: 0.60, Group.CLIENT: 0.55}
CANNOT_SAY, CANNOT_SAY_OF_TRADE = 0.20, 0.40        # the second: acquisitie and onderhandelen, at schools
TRADE = ("AC", "ON")
TEACHERS = (True, False, True)                      # of every three people of a school two are teachers
SCORE = 4                                           # what somebody says does not matter for what is shown

Sheets = list[bytes | None]                         # per person of the circle; None: she did not answer


class Circles:
    """So many subjects with everybody whom they might ask."""

    def __init__(self, count: int, seed: int) -> None:
        document, _ = seedfile.read(Path(__file__).parent.parent / "seed/framework.yaml")
        catalog, problems = seedfile.validate(Catalog, document or {}, "framework.yaml")
        assert catalog is not None, problems
        self.items = tuple(
            Item(competency.code, tuple(indicator.code for indicator in competency.indicators))
            for competency in catalog.competencies
        )
        asked = {
            (group, question_set): tuple(
                indicator.code for page in catalog.asked(question_set, group) for indicator in page.indicators
            )
            for group in MOST for question_set in ("kern", "kern-leraar")
        }
        self.total = len({code.split(".")[0] for codes in asked.values() for code in codes})
        self._chance = np.random.default_rng(seed)
        self.people = {
            group: [
                (questions := asked[group, "kern-leraar" if group == Group.SCHOOL and TEACHERS[place % 3] else "kern"],
                 self._sheets(group, questions, count))
                for place in range(most)
            ]
            for group, most in MOST.items()
        }
        self._count = count

    def shown(self, asked: dict[Group, int], *, small_circle: bool) -> float:
        """The mean number of competencies with a figure of the others, over all subjects."""
        subjects: list[list[Packed]] = [[] for _ in range(self._count)]
        for group, number in asked.items():
            by_questions: dict[tuple[str, ...], list[Sheets]] = {}
            for questions, sheets in self.people[group][:number]:
                by_questions.setdefault(questions, []).append(sheets)
            for questions, ofpeople in by_questions.items():
                for subject, own in zip(subjects, zip(*ofpeople, strict=True), strict=True):
                    subject.append(Packed(group, questions, b"".join(sheet for sheet in own if sheet)))
        closed = close(subjects, dict.fromkeys(MOST, self.items), small_circle=small_circle)
        return sum(len({cell.competency_code for cell in cells}) for cells in closed) / self._count

    def _sheets(self, group: Group, questions: Sequence[str], count: int) -> Sheets:
        silent = np.array([
            CANNOT_SAY_OF_TRADE if group == Group.SCHOOL and code.startswith(TRADE) else CANNOT_SAY
            for code in questions
        ])
        answered: NDArray[np.bool_] = self._chance.random(count) < RESPONSE[group]
        scores = np.where(self._chance.random((count, len(questions))) < silent, 0, SCORE).astype(np.uint8)
        return [row.tobytes() if sent else None for row, sent in zip(scores, answered.tolist(), strict=True)]


def table(circles: Circles, *, small_circle: bool) -> list[list[list[int]]]:
    """Rounded means by colleagues, schools and clients."""
    return [
        [
            [round(circles.shown({Group.COLLEAGUE: one, Group.SCHOOL: two, Group.CLIENT: three},
                                 small_circle=small_circle))
             for three in range(MOST[Group.CLIENT] + 1)]
            for two in range(MOST[Group.SCHOOL] + 1)
        ]
        for one in range(MOST[Group.COLLEAGUE] + 1)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--circles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    circles = Circles(options.circles, options.seed)
    for one, two, three in ((3, 3, 0), (4, 6, 1), (5, 6, 4), (6, 10, 3)):
        asked = {Group.COLLEAGUE: one, Group.SCHOOL: two, Group.CLIENT: three}
        apart, together = (circles.shown(asked, small_circle=circle) for circle in (False, True))
        print(f"{one}/{two}/{three}: {apart:.1f}, as kleine kring {together:.1f}, of {circles.total}")
    if options.write:
        apart_table, together_table = (table(circles, small_circle=circle) for circle in (False, True))
        lines = [f'"{name}": [\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]"
                 for name, rows in (("apart", apart_table), ("small_circle", together_table))]
        TABLE.write_text(f'{{"total": {circles.total},\n' + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
