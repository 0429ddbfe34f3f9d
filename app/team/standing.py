"""Where one person stands: per aspect, role and competency what others see and she herself, and how that changed.

PURE. Made of published figures alone, the same that her profile shows. It is kept per process: a closed measurement is
frozen, and what is equal gives the same.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeAlias

from app.competencies.catalog import Catalog
from app.measurement.growth import Growth, Word, growth, then_and_now
from app.measurement.scale import ALSO_ROLE_WEIGHT, MAIN_ROLE_WEIGHT, OTHERS, Bound, Group, exact
from app.measurement.scoring import Cell, others
from app.profiles.round_figures import Figure, RoundLine, round_figures
from app.profiles.round_waves import Kind, RoundWave, published_as, wordings
from app.team.changes import Change, rolled_up

KEPT: Final = 4000      # people per process


class Apart(enum.Enum):
    """Why a figure is not compared with the round before; of a roll-up the one that comes last here."""

    NOT_SHOWN_BEFORE = 1
    OTHER_QUESTIONS = 2
    OTHER_WORDING = 3
    OTHER_PARTS = 4


class Shows(enum.StrEnum):
    """What stands in the columns; the values stand in the address."""

    ASPECTS = "aspecten"
    ROLES = "rollen"
    COMPETENCIES = "onderwerpen"


Row: TypeAlias = tuple[str, str, int, float, str, float | None, str | None]
"""A cell as it was read: group, code, raters, mean, indicator means in JSON, spread, agreement."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One round about one person, as it was read. `own`: the framework and the question set of her self-assessment."""

    catalog: Catalog = field(hash=False)
    rows: tuple[Row, ...]
    kinds: tuple[Kind, ...] = ()
    small_circle: bool = False
    own: tuple[Catalog, str] | None = field(default=None, hash=False)

    def wave(self) -> RoundWave:
        cells = tuple(Cell(group, code, raters, mean, json.loads(means), spread, agreement)
                      for group, code, raters, mean, means, spread, agreement in self.rows)
        published = published_as(cells, small_circle=self.small_circle)
        return RoundWave(cells, self.kinds, wordings(self.catalog, self.kinds, published, self.own))


@dataclass(frozen=True, slots=True)
class Score:
    """A figure as it was published."""

    mean: float
    bound: Bound


@dataclass(frozen=True, slots=True)
class Line:
    """One subject. `change`: None where nothing compares; `apart` says why, where there is an earlier round. `asked`:
    whether anybody else was asked about it.
    """

    others: Score | None = None
    own: Score | None = None
    change: Change | None = None
    apart: Apart | None = None
    asked: bool = False


NOTHING: Final = Line()


@dataclass(frozen=True, eq=False)
class Standing:
    """Everything of one person; each is itself alone, so that what is made of it can be kept with it."""

    lines: Mapping[Shows, Mapping[str, Line]]

    def of(self, shows: Shows, code: str) -> Line:
        return self.lines[shows].get(code, NOTHING)

    def changed(self, shows: Shows, codes: Iterable[str]) -> Mapping[Word, tuple[tuple[str, Change], ...]]:
        """What is compared of these, in their order, by the word that may be said of it: growth first."""
        found: dict[Word, tuple[tuple[str, Change], ...]] = {}
        for code in codes:
            if change := self.of(shows, code).change:
                found[change.word] = (*found.get(change.word, ()), (code, change))
        return {word: found[word] for word in Word if word in found}

    def apart(self, shows: Shows) -> tuple[Apart, ...]:
        """Every reason why anything of this is not compared."""
        there = {line.apart for line in self.lines[shows].values() if line.apart is not None}
        return tuple(sorted(there, key=lambda one: one.value))


@lru_cache(maxsize=KEPT)
def standing(now: Measured, earlier: Measured | None) -> Standing:
    """`earlier`: the round just before it. KeyError for a cell of a competency that its framework does not have."""
    catalog, wave = now.catalog, now.wave()
    figures = round_figures(catalog, wave, _Ordinary())
    asked = frozenset(code for group, items in wave.wordings.items() if group != Group.SELF for code in items)
    found = _compared(earlier.wave(), wave, asked) if earlier else _Compared(asked)
    aspects = {
        line.code: found.line(line, {c.code: Fraction(1) for c in catalog.competencies_of(line.code)})
        for line in (one.line for one in figures.aspects)
    }
    roles = {
        line.code: found.line(line, {
            c.code: MAIN_ROLE_WEIGHT if c.main_role == line.code else ALSO_ROLE_WEIGHT
            for c in catalog.competencies_for_role(line.code)
        })
        for one in figures.professionaliteiten for line in one.roles
    }  # fmt: skip
    competencies = {line.code: found.line(line, {line.code: Fraction(1)}) for line in figures.competencies}
    return Standing({Shows.ASPECTS: aspects, Shows.ROLES: roles, Shows.COMPETENCIES: competencies})


@dataclass(frozen=True, slots=True)
class _Compared:
    """The changes per competency, or why there is none; which competencies the others were asked about (now), and which
    they saw then and now.
    """

    asked: frozenset[str]
    again: bool = False
    apart: Mapping[str, Apart] = field(default_factory=dict)
    changes: Mapping[str, Change] = field(default_factory=dict)
    before: frozenset[str] = frozenset()
    now: frozenset[str] = frozenset()

    def line(self, line: RoundLine, weights: Mapping[str, Fraction]) -> Line:
        change = self.over(weights) if line.others else None
        apart = self._why_apart(weights) if self.again and line.others and change is None else None
        return Line(_score(line.others), _score(line.own), change, apart, not self.asked.isdisjoint(weights))

    def _why_apart(self, weights: Mapping[str, Fraction]) -> Apart:
        reasons = [self.apart[code] for code in weights if code in self.apart]
        return max(reasons, key=lambda one: one.value, default=Apart.OTHER_PARTS)

    def over(self, weights: Mapping[str, Fraction]) -> Change | None:
        """Of a roll-up: when both rounds saw the same of its competencies, and all of those compare."""
        parts = [code for code in weights if code in self.now]
        then = [code for code in weights if code in self.before]
        if not parts or parts != then or any(code not in self.changes for code in parts):
            return None
        if len(weights) == 1:
            return self.changes[parts[0]]
        return rolled_up([(weights[code], self.changes[code]) for code in parts])


def _compared(before: RoundWave, now: RoundWave, asked: frozenset[str]) -> _Compared:
    found = [one for one in growth(before.wave, now.wave) if one.group == OTHERS]
    return _Compared(
        asked, again=True,
        apart={one.competency_code: Apart[one.obstacle.name] for one in found if one.obstacle is not None},
        changes={one.competency_code: _change(one, before, now) for one in found if one.obstacle is None},
        before=frozenset(one.competency_code for one in others(before.groups)),
        now=frozenset(one.competency_code for one in others(now.groups)),
    )


def _change(found: Growth, before: RoundWave, now: RoundWave) -> Change:
    assert found.word is not None and found.change is not None and found.error is not None
    then, today = then_and_now(found, before.wave, now.wave)
    return Change(found.word, exact(found.change), found.error, exact(today.mean), (then.error, today.error),
                  today.raters)


def _score(figure: Figure | None) -> Score | None:
    return Score(figure.mean, figure.bound) if figure else None


class _Ordinary:
    """Targets, of which nothing here is shown."""

    def target_score(self, competency: str) -> float:  # noqa: ARG002
        return 3.5

    def importance(self, competency: str) -> int:  # noqa: ARG002
        return 3
