"""The search in a process of its own: what it tells on the way, and that it stops when nobody asks on."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.config import ROOT
from app.training_plans import planner, solver
from app.training_plans.asked import Asked
from app.training_plans.greedy import greedy
from app.training_plans.keeping import troubles
from app.training_plans.planner import Ending, SolverDiedError, best, search
from app.training_plans.valuing import value
from bench.planner import question as bench_question
from tests.training_plans.questions import offer, question

SMALL = question(offer("a"), offer("b", cost_group=700, places_min=3, places_max=3), budget=2500)


def large() -> Asked:
    """Far from solved within the seconds of a test."""
    return bench_question(500, 60)


def children() -> list[str]:
    """The solvers that run for this process."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        if int(parent) == int(Path("/proc/self").resolve().name) and "solver.py" in command:
            found.append(folder.name)
    return found


def test_the_greedy_plan_comes_first_and_the_best_last() -> None:
    told = list(search(SMALL, beat=10))
    assert (told[0].plan, told[0].gap, told[0].ending) == (greedy(SMALL), None, Ending.GOING_ON)
    assert told[-1] == best(SMALL)
    assert (told[-1].ending, told[-1].gap, told[-1].progress) == (Ending.BEST, 0, 1)
    assert not children()


def test_the_same_plans_in_the_same_order_every_time() -> None:
    asked = bench_question(50, 8)

    def plans() -> list[object]:
        found = [one.plan for one in search(asked, beat=10)]
        return [plan for plan, before in zip(found, [None, *found], strict=False) if plan != before]

    assert plans() == plans()


def test_it_never_becomes_worse_nor_the_bound_higher() -> None:
    told = list(search(bench_question(50, 8), beat=0.2))
    assert [one.value for one in told] == sorted(one.value for one in told)
    assert [one.progress for one in told] == sorted(one.progress for one in told)
    bounds = [one.bound for one in told if one.bound is not None]
    assert bounds == sorted(bounds, reverse=True)
    assert all(float(one.value) <= one.bound for one in told if one.bound is not None)


def test_who_stops_asking_ends_the_solver() -> None:
    asked = large()
    news = search(asked, seconds=60, beat=0.1)
    next(news)
    next(news)
    assert children()
    begun = time.monotonic()
    news.close()
    assert time.monotonic() - begun < 2
    assert not children()


def test_out_of_time_keeps_what_there_is() -> None:
    asked = large()
    told = list(search(asked, seconds=0.2))
    assert told[-1].ending is Ending.TIME
    assert told[-1].plan == greedy(asked)
    assert told[-1].value == value(asked, told[-1].plan)
    assert troubles(asked, told[-1].plan) == ()
    assert not children()


def test_a_solver_that_does_not_look_at_its_clock_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deaf = tmp_path / "solver.py"
    deaf.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(solver, "__file__", str(deaf))
    monkeypatch.setattr(planner, "GRACE", 0.1)
    assert [one.ending for one in search(SMALL, seconds=0.1, beat=0.3)][-1] is Ending.TIME
    assert not children()


def test_a_solver_that_breaks_down_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "solver.py"
    broken.write_text("raise SystemExit(3)\n")
    monkeypatch.setattr(solver, "__file__", str(broken))
    with pytest.raises(SolverDiedError, match="ended with 3"):
        list(search(SMALL))
    assert not children()


def test_a_solver_that_is_ended_in_the_middle_of_an_answer_broke_down(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What it said so far is half a line, and no answer."""
    killed = tmp_path / "solver.py"
    killed.write_text("import os, sys\nsys.stdin.read()\nprint('{\"status\": 0, \"fou', end='', flush=True)\n"
                      "os.kill(os.getpid(), 9)\n")
    monkeypatch.setattr(solver, "__file__", str(killed))
    with pytest.raises(SolverDiedError, match="ended with -9"):
        list(search(SMALL))
    assert not children()


TALKATIVE = """
import importlib.util, os, sys
spec = importlib.util.spec_from_file_location("solver", {path!r})
solver = sys.modules["solver"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(solver)
quiet = solver.solve
def talking(*asked):
    os.write(1, b"what the library says on its own account\\n")
    return quiet(*asked)
solver.solve = talking
solver.main()
"""


def test_what_the_library_says_itself_is_no_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    talkative = tmp_path / "solver.py"
    talkative.write_text(TALKATIVE.format(path=solver.__file__))
    monkeypatch.setattr(solver, "__file__", str(talkative))
    assert list(search(SMALL, beat=10))[-1] == best(SMALL)


def loaded(command: Sequence[str]) -> set[str]:
    """What a new Python has loaded after the command."""
    told = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(told.stdout.split())


def test_asking_for_the_planner_does_not_load_scipy() -> None:
    shown = "import sys, app.training_plans.planner, app.training_plans.explaining; print(*sys.modules)"
    assert not {name for name in loaded(["-c", shown]) if name.startswith("scipy")}


def test_the_solver_loads_nothing_of_the_application() -> None:
    shown = f"import sys, runpy; runpy.run_path({str(Path(solver.__file__))!r}); print(*sys.modules)"
    assert not {name for name in loaded(["-P", "-c", shown]) if name.split(".")[0] in ("app", "flask", "sqlalchemy")}
