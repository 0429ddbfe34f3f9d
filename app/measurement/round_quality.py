"""The quality figures of one round, made of all its sheets while they exist. About a whole round, never one person.

Nothing is in it of fewer than QUALITY_FROM subjects, nor more precisely than it is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from app.measurement import quality
from app.measurement.answers import Packed
from app.measurement.scale import QUALITY_FROM, Group, rule_of
from app.measurement.scoring import Cell

ENDS: Final = (0.05, 0.95)
"""A share nearer to none or all than this is shown as this: of everybody it would say what each did (ours)."""


@dataclass(frozen=True, slots=True)
class GroupResponse:
    group: str
    share: float


@dataclass(frozen=True, slots=True)
class Silence:
    """The share of 'kan ik niet zeggen' of one indicator."""

    indicator: str
    share: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of one competency. icc1 and icc1k: over all anonymous adults of a subject; icca1 and iccc1: of collega's beside
    schools, each as they were published. None where fewer than QUALITY_FROM subjects can be used, or nothing differs.
    """

    competency: str
    icc1: float | None
    icc1k: float | None
    icca1: float | None
    iccc1: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class RoundQuality:
    """`alike`: the share of sheets with one score all the way down. `groups`: in the order of Group."""

    subjects: int
    groups: tuple[GroupResponse, ...]
    silent: tuple[Silence, ...]
    alike: float | None
    reliable: tuple[Reliability, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is kept of one subject: the sheets, the published cells, and per group how many were asked and sent."""

    sheets: tuple[Packed, ...]
    cells: tuple[Cell, ...]
    response: tuple[tuple[str, int, int], ...]


def round_quality(subjects: Sequence[Subject], competencies: Mapping[str, Sequence[str]]) -> RoundQuality | None:
    """None of fewer than QUALITY_FROM subjects who got any answer. `competencies`: the indicators of each."""
    answered = [subject for subject in subjects if subject.sheets]
    if len(answered) < QUALITY_FROM:
        return None
    sheets = [[packed for packed in one.sheets if rule_of(packed.group).in_others] for one in answered]
    everything = [packed for of_one in sheets for packed in of_one]
    about = Counter(code for of_one in sheets for code in {code for packed in of_one for code in packed.asked})
    return RoundQuality(
        len(answered),
        tuple(_response(subjects)),
        tuple(
            Silence(one.indicator, _shown(one.share))
            for one in quality.cannot_say(everything) if about[one.indicator] >= QUALITY_FROM
        ),
        None if (alike := quality.straight_lining(everything)) is None else _shown(alike),
        tuple(
            found for code, indicators in competencies.items()
            if (found := _reliable(code, indicators, sheets, answered)) is not None
        ),
    )  # fmt: skip


def _response(subjects: Sequence[Subject]) -> Iterable[GroupResponse]:
    for group in Group:
        found = [(asked, sent) for one in subjects for of, asked, sent in one.response if of == group and asked]
        if len(found) >= QUALITY_FROM:
            yield GroupResponse(group, _shown(sum(sent for _, sent in found) / sum(asked for asked, _ in found)))


def _reliable(
    code: str, indicators: Sequence[str], sheets: Sequence[Sequence[Packed]], subjects: Sequence[Subject]
) -> Reliability | None:
    scores = [[row for packed in of_one for row in _scores(packed, indicators)] for of_one in sheets]
    means = [[fmean(said) for row in of_one if 2 * len(said := [x for x in row if x]) >= len(row)] for of_one in scores]
    raters = [row for row in means if len(row) > 1]
    whole = Counter(len(row) for of_one in scores for row in of_one if all(row))
    widest = max(whole, key=lambda width: (whole[width], width), default=0)
    complete = [[float(x) for x in row] for of_one in scores for row in of_one if all(row) and len(row) == widest]
    from_whom = sum(1 for of_one in scores if any(all(row) and len(row) == widest for row in of_one))
    pairs = [list(pair) for one in subjects if len(pair := _pair(one.cells, code)) == 2]
    found = Reliability(
        code,
        _of(quality.icc1, raters, len(raters)), _of(quality.icc1k, raters, len(raters)),
        _of(quality.icca1, pairs, len(pairs)), _of(quality.iccc1, pairs, len(pairs)),
        _of(quality.cronbach_alpha, complete, from_whom),
    )  # fmt: skip
    measured = (found.icc1, found.icc1k, found.icca1, found.iccc1, found.alpha)
    return found if any(one is not None for one in measured) else None


def _of(coefficient: Callable[[quality.Rows], float | None], rows: quality.Rows, subjects: int) -> float | None:
    found = coefficient(rows) if subjects >= QUALITY_FROM else None
    return None if found is None else round(found, 2) + 0.0


def _pair(cells: Iterable[Cell], code: str) -> tuple[float, ...]:
    """What collega's and schools saw, in that order, where both are shown."""
    known = {cell.group: cell.mean for cell in cells if cell.competency_code == code}
    return tuple(known[group] for group in (Group.COLLEAGUE, Group.SCHOOL) if group in known)


def _scores(packed: Packed, indicators: Sequence[str]) -> Iterable[tuple[int, ...]]:
    """A row per sheet: the scores of what was asked of these indicators, 0 for none."""
    places = [place for place, code in enumerate(packed.asked) if code in indicators]
    top, width = rule_of(packed.group).scale.top, len(packed.asked)
    if len(places) > 1:
        for start in range(0, len(packed.rows), width):
            row = packed.rows[start:start + width]
            yield tuple(row[place] if 1 <= row[place] <= top else 0 for place in places)


def _shown(share: float) -> float:
    """Whole percents, between ENDS."""
    least, most = ENDS
    return round(min(max(share, least), most), 2)
