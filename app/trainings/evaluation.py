"""What people thought of a session, put together so that nobody stands in it alone. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

LEAST: Final = 5
"""Answers behind whatever is shown (measurement.md §7)."""
STATEMENTS: Final = 5
SCALE: Final = (1, 2, 3, 4, 5)
MOST_WORDS: Final = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """Of one of those who came: a score for each statement, and her words, if any."""

    scores: tuple[int, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`means`: per statement, 1–5 with one decimal; `words` in an order that tells nothing."""

    answers: int
    means: tuple[float, ...]
    words: tuple[str, ...]


def together(answers: Iterable[Answer]) -> Outcome | None:
    """None for fewer than five."""
    those = list(answers)
    if len(those) < LEAST:
        return None
    means = tuple(round(sum(one.scores[number] for one in those) / len(those), 1) for number in range(STATEMENTS))
    return Outcome(len(those), means, tuple(sorted(filter(None, (one.words for one in those)), key=_order)))


def over_sessions(sessions: Iterable[Sequence[Answer]]) -> Outcome | None:
    """Of a training: only over sessions with five answers or more, so that no other can be taken out of it."""
    return together(answer for answers in sessions if len(answers) >= LEAST for answer in answers)


def _order(text: str) -> tuple[str, str]:
    return text.casefold(), text
