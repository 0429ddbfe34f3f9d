"""Checking and reading the gespreksgids. It is read from its file: nothing that is kept refers to it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from app.competencies import seedfile
from app.competencies.seedfile import Problem
from app.competencies.seeding import SEED, read_whole
from app.conversations import guide
from app.conversations.guide import Guide

GUIDE = "conversation_guide.yaml"


def check(folder: Path) -> list[Problem]:
    """Every problem in the gespreksgids. Needs no database."""
    document, problems = seedfile.read(folder / GUIDE)
    if document is not None:
        problems += seedfile.validate(Guide, document, GUIDE)[1] + guide.problems(document, GUIDE)
    return sorted(set(problems))


def load(folder: Path) -> None:
    """Raises ValueError when the file has problems: check first."""
    read_guide(folder)


@lru_cache(maxsize=4)
def read_guide(folder: Path = SEED) -> Guide:
    """The gespreksgids in the folder. Raises ValueError when it has problems: check first."""
    return read_whole(folder / GUIDE, Guide)
