"""PURE: the solver, HiGHS through scipy, in stages; also a program of its own, which knows no more than numbers.

A call of scipy.optimize.milp cannot be interrupted: it takes no callback, does not look at signals, and keeps what it
found to itself until it returns. So the planner starts this file as a child process, which can be ended at any moment,
and which solves in stages: first until the plan is at most 5 % below the best possible, then 1 %, then 0.3 %, and at
last until it is the best. Every stage begins anew, which costs a few times as much as one long call (bench/README.md)
and gives what that cannot give: a plan and an honest gap after every stage, and, since HiGHS goes the same way every
time and no stage ends by the clock, the same plan for the same question. Only how many stages have time differs.

The program reads a question from its standard input and writes a line of JSON after every stage; what HiGHS itself has
to say goes to standard error. It is started by its path and without its folder on the path of modules, so that nothing
of the application is loaded with it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

GAPS: Final = (0.05, 0.01, 0.003, 0.0)
"""How near the best a plan is at the end of each stage (ours); a stage that is already reached is skipped."""

SOLVED, OUT_OF_TIME, IMPOSSIBLE = 0, 1, 2       # as scipy.optimize.milp says it


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` as scipy says it; the numbers found, at most `gap` (a share) below `bound`, the most there can be."""

    status: int
    found: tuple[float, ...] | None
    bound: float
    gap: float


def solve(question: Any, gap: float, seconds: float) -> Answer:
    """One call. `question` has the fields of programme.Programme from `worth` to `high`."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    rows, columns, figures = zip(*question.rows, strict=True)
    table = csr_array((figures, (rows, columns)), shape=(len(question.low), len(question.worth)))
    answer = milp(
        -np.array(question.worth),
        integrality=np.array(question.whole),
        bounds=Bounds(question.lower, question.upper),
        constraints=LinearConstraint(table, question.low, question.high),
        options={"mip_rel_gap": gap, "time_limit": seconds},
    )
    found = None if answer.x is None else tuple(map(float, answer.x))
    bound, left = answer.get("mip_dual_bound"), answer.get("mip_gap")
    at_most = float("inf") if bound is None else -float(bound)
    return Answer(int(answer.status), found, at_most, 1.0 if left is None else float(left))


def stages(question: Any, seconds: float) -> Iterator[Answer]:
    """The answers, each nearer to the best than the one before; the last is the best, or no answer for want of time."""
    until = time.monotonic() + seconds
    gap = GAPS[0]
    while True:
        answer = solve(question, gap, max(0.0, until - time.monotonic()))
        if answer.status == SOLVED and not gap:
            answer = replace(answer, gap=0.0)
        yield answer
        if answer.status != SOLVED or not gap or not answer.gap:
            return
        gap = max(nearer for nearer in GAPS if nearer < min(gap, answer.gap))


@dataclass(frozen=True, slots=True)
class Question:
    """What the program is asked."""

    worth: Sequence[float]
    lower: Sequence[float]
    upper: Sequence[float]
    whole: Sequence[int]
    rows: Sequence[Sequence[float]]
    low: Sequence[float]
    high: Sequence[float]


def main() -> None:
    asked = json.load(sys.stdin)
    seconds = asked.pop("seconds")
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        for answer in stages(Question(**asked), seconds):
            answers.write(json.dumps(asdict(answer)) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
