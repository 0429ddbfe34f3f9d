"""PURE: the best plan there is time to find, with at every moment the best so far and how far it can be from the best.

`search` starts with the greedy plan and goes on in a child process (solver.py says why), which is ended as soon as
nobody asks on. The same question gives the same plans in the same order, whatever order its parts stand in; only how
many of them there was time for differs. What is found is filled up and trimmed by the greedy rules, so that it is never
less than they would make of it.
"""

from __future__ import annotations

import enum
import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from app.training_plans import solver
from app.training_plans.asked import Asked
from app.training_plans.checking import MOST_MONEY, Clash, Contradiction
from app.training_plans.greedy import greedy, improved
from app.training_plans.programme import Programme, programme_of
from app.training_plans.solver import IMPOSSIBLE, SOLVED, Answer, Question
from app.training_plans.valuing import Plan, value

SECONDS: Final = 60.0
"""How long a search lasts (ours): thousands of people are within a percent by then, see bench/README.md."""

GRACE: Final = 5.0
"""The solver looks at its clock now and then only; after this it is ended (ours)."""


class Ending(enum.Enum):
    """Where a search stands."""

    GOING_ON = enum.auto()
    BEST = enum.auto()          # nothing better can exist
    TIME = enum.auto()          # there was no time for more
    IMPOSSIBLE = enum.auto()    # no plan keeps to all wishes


@dataclass(frozen=True, slots=True)
class Found:
    """The best plan so far, None when there is none yet, and its value. No plan is worth more than `bound`, as far as
    is known. `progress`: 0–1, of the time or of the work.
    """

    plan: Plan | None
    value: Fraction
    bound: float | None
    ending: Ending
    progress: float

    @property
    def gap(self) -> float | None:
        """What share of the bound may still be missing; None while that is not known."""
        if self.ending is Ending.BEST:
            return 0.0
        if self.plan is None or self.bound is None:
            return None
        return max(0.0, 1 - float(self.value) / self.bound) if self.bound else 0.0


class SolverDiedError(Exception):
    """The child process ended without an answer."""


def search(asked: Asked, *, seconds: float = SECONDS, beat: float = 1.0) -> Generator[Found, None, None]:
    """The best so far: at once, and then about every `beat` seconds. To cancel, stop asking (close the iterator).

    The question was checked. SolverDiedError when the solver breaks down; what was found before stays good.
    """
    found = _begin(asked)
    yield found
    if not asked.offers or not asked.units:
        yield replace(found, ending=Ending.BEST if found.plan else Ending.IMPOSSIBLE, progress=1.0)
        return
    programme = programme_of(asked)
    begun = time.monotonic()
    with _Child(programme, seconds) as child:
        while found.ending is Ending.GOING_ON:
            told = child.told(beat)
            passed = time.monotonic() - begun
            if told is None and passed > seconds + GRACE:
                found = replace(found, ending=Ending.TIME, progress=1.0)
            else:
                found = replace(found, progress=min(0.99, max(found.progress, passed / seconds)))
                found = found if told is None else after(asked, programme, found, told)
            yield found


def best(asked: Asked, *, seconds: float = SECONDS) -> Found:
    """The same in this process, which waits: for small questions."""
    found = _begin(asked)
    if not asked.offers or not asked.units:
        return replace(found, ending=Ending.BEST if found.plan else Ending.IMPOSSIBLE, progress=1.0)
    programme = programme_of(asked)
    for answer in solver.stages(programme, seconds):
        found = after(asked, programme, found, answer)
    return found


def after(asked: Asked, programme: Programme, found: Found, answer: Answer) -> Found:
    """What is known after one more stage. A stage that the clock ended says nothing: it would not be the same twice."""
    if answer.status == IMPOSSIBLE:
        return Found(None, Fraction(0), None, Ending.IMPOSSIBLE, 1.0)
    if answer.status != SOLVED or answer.found is None:
        return replace(found, ending=Ending.TIME, progress=1.0)
    plan = improved(asked, programme.plan(answer.found))
    worth = value(asked, plan)
    if found.plan is not None and found.value >= worth and answer.gap:
        plan, worth = found.plan, found.value
    bound = max(float(worth), (answer.bound + programme.preference) / programme.factor)
    if found.bound is not None:
        bound = max(float(worth), min(bound, found.bound))
    if not answer.gap:
        return Found(plan, worth, float(worth), Ending.BEST, 1.0)
    return Found(plan, worth, bound, Ending.GOING_ON, found.progress)


def together(asked: Asked, *, seconds: float = 10.0) -> tuple[Contradiction, ...]:
    """Of an impossible question: which of the wishes, if it were let go by itself, would make a plan possible."""
    wishes = asked.wishes
    freed = {
        "budget": replace(wishes, budget=MOST_MONEY),
        "hours": replace(wishes, hours_per_person=10 * max(wishes.hours_per_person, *(o.hours for o in asked.offers))),
        "fixed": replace(wishes, fixed={}),
        "promised": replace(wishes, promised={}),
    }
    return tuple(
        Contradiction(Clash.TOGETHER, {"wish": name})
        for name, one in freed.items()
        if one != wishes and solver.solve(_without_worth(replace(asked, wishes=one)), 1.0, seconds).found is not None
    )


def _without_worth(asked: Asked) -> Programme:
    programme = programme_of(replace(asked, demands=()))
    return replace(programme, worth=[0.0] * len(programme.worth))


def _begin(asked: Asked) -> Found:
    plan = greedy(asked)
    return Found(plan, value(asked, plan) if plan else Fraction(0), None, Ending.GOING_ON, 0.0)


class _Child:
    """The solver in a process of its own, for as long as the `with` lasts."""

    def __init__(self, programme: Programme, seconds: float) -> None:
        fields = {name: getattr(programme, name) for name in Question.__dataclass_fields__}
        self._question = json.dumps(asdict(Question(**fields)) | {"seconds": seconds})
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()

    def __enter__(self) -> _Child:
        self._process = subprocess.Popen(  # noqa: S603  our own file, by its path
            [sys.executable, "-P", str(Path(solver.__file__))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()

    def told(self, seconds: float) -> Answer | None:
        """The next answer, if it comes within so many seconds. SolverDiedError when there is none, or half of one."""
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            return None
        if not line.endswith("\n"):
            raise SolverDiedError(f"it ended with {self._process.wait()}")
        return Answer(**json.loads(line))

    def _listen(self) -> None:
        """Asks, and passes on what comes back; an empty line says that nothing more will."""
        asks, answers = self._process.stdin, self._process.stdout
        if asks is None or answers is None:
            return
        with asks, answers:
            try:
                asks.write(self._question)
                asks.close()
            except BrokenPipeError:
                pass
            for line in answers:
                self._lines.put(line)
            self._lines.put("")
