"""Seed files to break, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

from app.cli import SEED
from app.competencies.seedfile import Problem

Document = dict[str, Any]
Edit = Callable[[Document], object]


def seeds(folder: Path, *names: str) -> Path:
    """The folder with these files of the seed."""
    for name in names:
        (folder / name).write_bytes((SEED / name).read_bytes())
    return folder


def change(file: Path, *edits: Edit) -> None:
    document = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    for edit in edits:
        edit(document)
    file.write_text(yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")


def faults(problems: Iterable[Problem], file: str) -> set[str]:
    """Each with its place; nothing is wrong in another file."""
    found = list(problems)
    assert {problem.file for problem in found} <= {file}
    return {f"{problem.place}: {problem.message}" for problem in found}
