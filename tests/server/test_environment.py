"""script/server's first half: an environment of its own, and one line when that cannot be."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from app.config import ROOT

SUITABLE = """#!/bin/sh
case "$*" in
"-c "*) exit 0 ;;
"-m venv "*) {venv} ;;
*) {pip} ;;
esac
"""
MAKES = 'mkdir -p "$3/bin" && cp "$0" "$3/bin/python"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what script/server needs to begin."""
    shutil.copytree(ROOT / "script", tmp_path / "script")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / "serve.py").write_text("")
    return tmp_path


def run(folder: Path, python: str, *arguments: str) -> tuple[int, list[str]]:
    """script/server on a machine whose every Python is this program."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        (programs / name).write_text(python)
        (programs / name).chmod(0o755)
    env = {"PATH": f"{programs}:{os.environ['PATH']}", "NO_UV": "1"}
    ended = subprocess.run([folder / "script/server", *arguments], env=env, text=True, capture_output=True, check=False)
    return ended.returncode, ended.stderr.splitlines()


def test_no_python_that_will_do(folder: Path) -> None:
    code, (told,) = run(folder, "#!/bin/sh\nexit 1\n")
    assert code == 1
    assert told.startswith("Python 3.11 of nieuwer is nodig")


@pytest.mark.parametrize(("said", "told"), [
    ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "De schijf is vol"),
    ("ERROR: [Errno 30] Read-only file system: 'x'", "is niet beschrijfbaar"),
    ("Temporary failure in name resolution", "Is er internet?"),
    ("ERROR: No matching distribution found for flask==3", "niet ondersteund"),
    ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "anders dan verwacht"),
])
def test_why_installing_failed(folder: Path, said: str, told: str) -> None:
    code, (line,) = run(folder, SUITABLE.format(venv=MAKES, pip=f'echo "{said}" >&2; exit 1'))
    assert code == 1
    assert told in line
    assert not (folder / ".venv/.requirements").exists(), "it would not try again"


def test_a_full_disk_while_making_the_environment(folder: Path) -> None:
    code, (line,) = run(folder, SUITABLE.format(venv='echo "No space left on device" >&2; exit 1', pip="exit 0"))
    assert code == 1
    assert line.startswith("De schijf is vol")


def test_installs_once(folder: Path) -> None:
    installs = SUITABLE.format(venv=MAKES, pip='echo "$*" >> done')
    assert run(folder, installs) == (0, [])
    assert run(folder, installs) == (0, [])
    done = (folder / "done").read_text().splitlines()
    assert [line.split()[0] for line in done] == ["-m", "serve.py", "serve.py"]
    (folder / "requirements/base.txt").write_text("flask==9\n")
    assert run(folder, installs) == (0, [])
    assert (folder / "done").read_text().splitlines()[3].startswith("-m pip install")


@pytest.mark.parametrize("words", [("--leeg",), ("--empty", "--empty"), ("help",)])
def test_words_it_does_not_know(folder: Path, words: tuple[str, ...]) -> None:
    code, (told,) = run(folder, SUITABLE.format(venv=MAKES, pip="exit 0"), *words)
    assert code == 1
    assert "script/server --empty" in told
