"""What people thought of a session, put together so that nobody stands in it alone. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.measurement.scale import one_decimal

LEAST: Final = 5
"""Answers behind whatever is kept, and people behind the words that are (measurement.md §7)."""
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
    """Of five answers or more. `sums`: per statement; `words` in an order by chance, of five people or more."""

    answers: int
    sums: tuple[int, ...]
    words: tuple[str, ...] = ()

    @property
    def means(self) -> tuple[float, ...]:
        """Per statement, 1–5 with one decimal."""
        return tuple(one_decimal(Fraction(total, self.answers)) for total in self.sums)


def together(scores: Sequence[Sequence[int]], words: Iterable[str]) -> Outcome | None:
    """None for fewer than five; `words` of those who wrote any, in the order in which they are to stand."""
    if len(scores) < LEAST:
        return None
    written = tuple(words)
    sums = tuple(sum(one[number] for one in scores) for number in range(STATEMENTS))
    return Outcome(len(scores), sums, written if len(written) >= LEAST else ())


def over_sessions(outcomes: Iterable[Outcome]) -> Outcome | None:
    """Of a training: what is shown of each of its sessions, added up, without words; None without any."""
    those = list(outcomes)
    if not those:
        return None
    sums = tuple(sum(one.sums[number] for one in those) for number in range(STATEMENTS))
    return Outcome(sum(one.answers for one in those), sums)
