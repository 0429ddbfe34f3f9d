"""What of the envelopes of one person's part remains after the closing, beside the cells. PURE."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.measurement.disclosure import Minimums

NOTHING_SAID = frozenset({
    "", "geen", "nvt", "nee", "neen", "niets", "niks", "niet", "x", "xx", "xxx", "geenidee", "weetikniet", "weetniet",
    "ikweethetniet", "geenopmerking", "geenopmerkingen", "geencommentaar", "geentoelichting", "geenaanvulling",
    "geenaanvullingen", "geenbijzonderheden", "none", "na", "no",
})  # fmt: skip
"""Letters only, without capitals: who writes this wrote nothing (measurement.md §3)."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The scores in one envelope, a byte per statement (packing.py)."""

    group: str
    question_set: str
    packed: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """What was in one envelope with comments: a text per open question, '' where nothing."""

    group: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """One text, under the group that it is published under; `question` counts from one."""

    group: str
    question: int
    text: str


def says_nothing(text: str) -> bool:
    return re.sub(r"[\W_]+", "", text.casefold()) in NOTHING_SAID


def sheets_kept(
    opened: Sequence[Opened], published: Mapping[str, str], minimums: Minimums
) -> tuple[Opened, ...]:
    """The sheets that may be kept for a while.

    Nobody is alone in them: of each rater group and question set there are at least k. Where that does not hold
    somewhere in a published group, none of that group is kept: the cells less the others would give the rest back.
    """
    kinds = Counter((sheet.group, sheet.question_set) for sheet in opened)
    too_few = {published[group] for (group, _), count in kinds.items() if count < minimums.of(published[group])}
    return tuple(sheet for sheet in opened if published[sheet.group] not in too_few)


def remarks_kept(
    written: Sequence[Written], published: Mapping[str, str], minimums: Minimums
) -> tuple[Remark, ...]:
    """Per published group and question all texts as typed, when at least k people wrote something there."""
    remarks = tuple(_remarks(written, published))
    counts = Counter((remark.group, remark.question) for remark in remarks)
    return tuple(r for r in remarks if counts[r.group, r.question] >= minimums.of(r.group))


def _remarks(written: Sequence[Written], published: Mapping[str, str]) -> Iterator[Remark]:
    for envelope in written:
        for question, text in enumerate(envelope.texts, 1):
            if not says_nothing(text):
                yield Remark(published[envelope.group], question, text)
