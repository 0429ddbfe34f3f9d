"""What closing a round costs: the cells of 200, 2 000 and 20 000 people × 12 raters × 40 statements.

    .venv-test/bin/python -m bench.closing

The sheets stand in a SQLite file as the application keeps them, a byte per statement. Two programs read that file, some
hundreds of people at a time, each in a process of its own: one closes (app.measurement.closing), the other is the
reference, a bare group-by in numpy that makes a mean per person, group and statement and knows no rule. Closing is
measured three times: up to the published figures as columns of numbers, up to a Cell for each, and up to those written
down in a SQLite file. Apart: what it costs to open as many envelopes. The best of three turns, the programs by turns;
each first runs once on the smallest file.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

import numpy as np

from app.measurement.answers import Item, Packed
from app.measurement.closing import close, panels
from app.measurement.disclosure import STANDARD_MINIMUMS
from app.measurement.scale import Group
from app.rating.sealing import open_box, seal

SIZES = (200, 2_000, 20_000)
AT_A_TIME = 500
TURNS = 3
ITEMS = tuple(Item(f"C{n}", tuple(f"C{n}.{i}" for i in range(1, 4))) for n in range(1, 17))
CODES = tuple(code for item in ITEMS for code in item.indicators)
SETS = {"kern": CODES[:40], "kern-leraar": CODES[8:]}           # forty each, and thirty-two of them the same
RATERS = ((Group.COLLEAGUE, "kern", 4), (Group.SCHOOL, "kern", 2), (Group.SCHOOL, "kern-leraar", 4),
          (Group.CLIENT, "kern", 2))  # fmt: skip
OF_GROUP: dict[str, tuple[Item, ...]] = {group: ITEMS for group, _, _ in RATERS}
CANNOT_SAY = 0.2
ENVELOPE = 254
HEAD = ("people", "what", "seconds", "ms a person", "x bare", "peak MB more")

Row: TypeAlias = tuple[int, str, str, bytes]


@dataclass(frozen=True, slots=True)
class Spent:
    """What one program took; `megabytes` at its highest, above where it stood before it began."""

    seconds: float
    megabytes: float


def main() -> int:
    print("| " + " | ".join(HEAD) + " |\n|" + "---|" * len(HEAD))
    with tempfile.TemporaryDirectory() as scratch:
        for people in SIZES:
            fill(Path(scratch) / f"{people}.sqlite", people)
        for people in SIZES:
            file = Path(scratch) / f"{people}.sqlite"
            turns = [[measured(program, file, people) for program in PROGRAMS] for _ in range(TURNS)]
            best = [min(spent, key=lambda one: one.seconds) for spent in zip(*turns, strict=True)]
            for what, spent in zip(PROGRAMS.values(), best, strict=True):
                shown = (f"{spent.seconds:.3f}", f"{spent.seconds * 1000 / people:.3f}",
                         f"{spent.seconds / best[0].seconds:.1f}", f"{spent.megabytes:.0f}")  # fmt: skip
                print(f"| {people} | {what} | " + " | ".join(shown) + " |", flush=True)
    return 0


def fill(file: Path, people: int) -> None:
    """A file with everybody's sheets, in no order, as after a closing."""
    chance = np.random.default_rng(people)
    keys = [(person, group, of) for person in range(people) for group, of, raters in RATERS for _ in range(raters)]
    scores = chance.integers(1, 6, (len(keys), 40), dtype=np.uint8)
    scores[chance.random(scores.shape) < CANNOT_SAY] = 100
    with sqlite3.connect(file) as database:
        database.execute("create table sheet (id blob primary key, person integer, rater_group text, question_set text,"
                         " answers blob) without rowid")
        database.execute("create index sheet_person on sheet (person)")
        database.executemany("insert into sheet values (?, ?, ?, ?, ?)", [
            (os.urandom(16), *key, row.tobytes()) for key, row in zip(keys, scores, strict=True)
        ])
    database.close()


def measured(program: Callable[[Path, int], None], file: Path, people: int) -> Spent:
    """In a new process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(alone, (program, file, people))


def alone(program: Callable[[Path, int], None], file: Path, people: int) -> Spent:
    program(file.with_name(f"{SIZES[0]}.sqlite"), SIZES[0])
    before, begin = memory("VmRSS"), time.perf_counter()
    program(file, people)
    seconds = time.perf_counter() - begin
    return Spent(seconds, memory("VmHWM") - before)


def memory(kind: str) -> float:
    """Of this process, in MB: VmRSS now, VmHWM at its highest."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(kind))
    return int(line.split()[1]) / 1000


def batches(file: Path, people: int) -> Iterator[list[Row]]:
    database = sqlite3.connect(file)
    for first in range(0, people, AT_A_TIME):
        yield database.execute(
            "select person, rater_group, question_set, answers from sheet where person between ? and ?"
            " order by person, rater_group, question_set", (first, first + AT_A_TIME - 1),
        ).fetchall()  # fmt: skip
    database.close()


def group_by(file: Path, people: int) -> None:
    """The reference: a mean per person, group, set and statement."""
    for rows in batches(file, people):
        marks = np.frombuffer(b"".join(row[3] for row in rows), np.uint8).reshape(-1, 40)
        sizes = [len(list(same)) for _, same in groupby(rows, key=itemgetter(0, 1, 2))]
        begins = np.cumsum([0, *sizes[:-1]])
        said = marks <= 5
        sums = np.add.reduceat(marks * said, begins, axis=0, dtype=np.int64)
        np.divide(sums, np.maximum(np.add.reduceat(said, begins, axis=0, dtype=np.int64), 1))


def subjects(rows: list[Row]) -> list[list[Packed]]:
    return [
        [Packed(group, SETS[of], b"".join(row[3] for row in sheets))
         for (group, of), sheets in groupby(own, key=itemgetter(1, 2))]
        for _, own in groupby(rows, key=itemgetter(0))
    ]


def figures(file: Path, people: int) -> None:
    for rows in batches(file, people):
        for panel in panels(subjects(rows), OF_GROUP, STANDARD_MINIMUMS, small_circle=False):
            panel.figures()


def cells(file: Path, people: int) -> None:
    for rows in batches(file, people):
        close(subjects(rows), OF_GROUP)


def cells_written(file: Path, people: int) -> None:
    """Plainly into a file beside it, a transaction for so many people."""
    target = file.with_suffix(".cells")
    target.unlink(missing_ok=True)
    database = sqlite3.connect(target)
    database.execute("create table cell (person integer, rater_group text, item text, raters integer, mean real,"
                     " indicator_means text, spread real, agreement text, primary key (person, rater_group, item))")
    number = 0
    for rows in batches(file, people):
        for own in close(subjects(rows), OF_GROUP):
            number += 1
            database.executemany("insert into cell values (?, ?, ?, ?, ?, ?, ?, ?)", [
                (number, cell.group, cell.competency_code, cell.raters, cell.mean,
                 json.dumps(dict(cell.indicator_means)), cell.spread, cell.agreement) for cell in own
            ])
        database.commit()
    database.close()


def opened(_: Path, people: int) -> None:
    """As many envelopes as people have raters, each opened; sealing them beforehand is not counted."""
    key, place = bytes(32), "1 2 3 collega kern"
    box = seal(key, bytes(40), place, ENVELOPE)
    for _turn in range(people * sum(raters for _, _, raters in RATERS)):
        open_box(key, box, place)


PROGRAMS = {
    group_by: "bare group-by",
    figures: "figures",
    cells: "cells",
    cells_written: "cells, written",
    opened: "envelopes opened",
}

if __name__ == "__main__":
    sys.exit(main())
