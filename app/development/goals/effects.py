"""What later measurements say of the competency of a goal, beside the score that it started from.

PURE. The word of the others is measurement.md §6; of herself there is a plain difference, and no word: one person has
no uncertainty. Figures of different people are never subtracted.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.measurement import growth
from app.measurement.growth import Wave, Word
from app.measurement.scale import OTHERS, Bound, Group, exact
from app.measurement.scoring import Cell, others


class Incomparable(enum.Enum):
    """Why what was seen later is not set beside the start."""

    NO_START = enum.auto()          # the goal began without a score
    OTHER_PEOPLE = enum.auto()      # the start is her own score, and since then only others looked; or the other way
    NOT_SHOWN_BEFORE = enum.auto()
    OTHER_QUESTIONS = enum.auto()
    OTHER_WORDING = enum.auto()


@dataclass(frozen=True, slots=True)
class Taken:
    """One measurement as far as it is about the competency, closed `at` that moment, which is that day there.
    `cells`: of all groups, hers among them.

    `asked`: published group → competency → indicator → the words it was asked in.
    """

    measurement_id: int
    at: dt.datetime
    on: dt.date
    of_round: bool
    cells: tuple[Cell, ...]
    asked: Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Seen:
    """A score at one moment; `group` is scale.OTHERS or zelf. `band`: the 80 % band of the others. `bound`: whether the
    score stands for all beyond it.
    """

    measurement_id: int | None
    on: dt.date
    group: str
    score: float
    band: tuple[float, float] | None = None
    bound: Bound = Bound.EXACT


@dataclass(frozen=True, slots=True)
class Start:
    """What the goal remembers of its beginning."""

    measurement_id: int | None
    on: dt.date
    group: str
    score: float


@dataclass(frozen=True, slots=True)
class Effect:
    """`now`: the newest later score; where the goal began with one, only of the same: of others, or her own. `word` is
    of the others; `change` is there when nothing is in the way. `seen`: where it began and everything since the goal
    was made, in the order of time.
    """

    start: Seen | None
    now: Seen | None
    change: float | None
    word: Word | None
    obstacle: Incomparable | None
    seen: tuple[Seen, ...]


def effect(code: str, start: Start | None, since: dt.datetime, measurements: Sequence[Taken]) -> Effect:
    """What became of the competency `code`. `measurements`: of this person, in any order, the start among them.

    Later is what was closed after `since`, the moment at which the goal was made.
    """
    in_time = sorted(measurements, key=lambda one: (one.at, one.measurement_id))
    by_id = {one.measurement_id: one for one in in_time}
    first = by_id.get(start.measurement_id) if start is not None and start.measurement_id is not None else None
    seen = _since(code, start, since, in_time)
    from_start = None
    if start is not None:
        known = next((one for one in _seen(code, first) if one.group == start.group), None) if first else None
        same_score = known is not None and known.score == start.score
        from_start = known if known is not None and same_score else Seen(start.measurement_id, start.on, start.group,
                                                                         start.score)
    all_of_it = ((from_start,) if from_start else ()) + tuple(seen)
    now = _beside(start, seen)
    if from_start is None:
        return Effect(None, now, None, None, Incomparable.NO_START if now else None, all_of_it)
    if now is None:
        return Effect(from_start, None, None, None, Incomparable.OTHER_PEOPLE if seen else None, all_of_it)
    change, word, obstacle = _compare(code, now.group, first, by_id[now.measurement_id or 0])
    return Effect(from_start, now, change, word, obstacle, all_of_it)


def measured_since(code: str, start: Start | None, since: dt.datetime, measurements: Sequence[Taken]) -> bool:
    """Whether `effect` would find a `now`. The words in which things were asked are not looked at."""
    return _beside(start, _since(code, start, since, measurements)) is not None


def _since(code: str, start: Start | None, since: dt.datetime, measurements: Iterable[Taken]) -> list[Seen]:
    """What was seen later, in the order of the measurements; never the start itself."""
    begun = start.measurement_id if start is not None else None
    return [one for taken in measurements if taken.at > since and taken.measurement_id != begun
            for one in _seen(code, taken)]


def _beside(start: Start | None, seen: Sequence[Seen]) -> Seen | None:
    """The newest of the same people as the start; without one the newest of the others, else her own."""
    if start is not None:
        return next((one for one in reversed(seen) if one.group == start.group), None)
    return next((one for one in reversed(seen) if one.group == OTHERS), seen[-1] if seen else None)


def _seen(code: str, taken: Taken) -> list[Seen]:
    """Her own score of a self-assessment, or that of the others in a round."""
    cells = [cell for cell in taken.cells if cell.competency_code == code]
    if not taken.of_round:
        return [Seen(taken.measurement_id, taken.on, Group.SELF, cell.mean) for cell in cells
                if cell.group == Group.SELF]
    found = others(cell for cell in cells if cell.group != Group.SELF)
    return [Seen(taken.measurement_id, taken.on, OTHERS, one.mean, (one.band.low, one.band.high), one.bound)
            for one in found]


def _compare(
    code: str, group: str, first: Taken | None, now: Taken
) -> tuple[float | None, Word | None, Incomparable | None]:
    if first is None:       # the measurement that the goal came from is gone
        return None, None, Incomparable.NOT_SHOWN_BEFORE
    if group == Group.SELF:
        return _own(code, first, now)
    before, today = (
        Wave(tuple(cell for cell in one.cells if cell.competency_code == code and cell.group != Group.SELF), one.asked)
        for one in (first, now)
    )
    told = next(one for one in growth.growth(before, today) if one.group == OTHERS)
    return told.change, told.word, Incomparable[told.obstacle.name] if told.obstacle else None


def _own(code: str, first: Taken, now: Taken) -> tuple[float | None, Word | None, Incomparable | None]:
    then, today = (one.asked.get(Group.SELF, {}).get(code, {}) for one in (first, now))
    if then.keys() != today.keys():
        return None, None, Incomparable.OTHER_QUESTIONS
    if then != today:
        return None, None, Incomparable.OTHER_WORDING
    before, after = (next(cell.mean for cell in one.cells if cell.group == Group.SELF and cell.competency_code == code)
                     for one in (first, now))
    return float(exact(after) - exact(before)), None, None
