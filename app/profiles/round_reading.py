"""Everything a page about one released round needs, read and put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.access import Actor
from app.competencies.queries import Framework, FunctionTargets, framework_of, function_profile_of
from app.profiles import queries, round_queries
from app.profiles.neighbours import neighbours
from app.profiles.queries import Heading
from app.profiles.round_waves import RoundWave, published_as, wordings


@dataclass(frozen=True, slots=True)
class EarlierRound:
    """A round that was closed before, which the same person may read."""

    heading: Heading
    wave: RoundWave


@dataclass(frozen=True, slots=True)
class RoundBasis:
    """All that the pages of one round rest on, as it was read; two that are equal make the same page.

    `measurements`: every measurement of her that this reader may read, the newest first. `earlier`: the rounds among
    those that were closed before this one, the newest first.
    """

    heading: Heading
    measurements: tuple[Heading, ...]
    framework: Framework = field(hash=False)
    wave: RoundWave
    earlier: tuple[EarlierRound, ...]
    targets: FunctionTargets = field(hash=False)
    goals: frozenset[str]


def read_round(heading: Heading, reader: Actor, measurements: tuple[Heading, ...] | None = None) -> RoundBasis:
    """What the profile of one round rests on, for somebody who may read it.

    `measurements`: what queries.readable_of(reader, heading.subject_id) found, where that was asked already. An earlier
    round that the reader may not read is not in it. ValueError for a self-assessment.
    """
    if not heading.of_round:
        raise ValueError(f"measurement {heading.id} is not of a round")
    if measurements is None:
        measurements = queries.readable_of(reader, heading.subject_id)
    own = reader.person_id == heading.subject_id
    earlier = tuple(one for one in measurements if one.of_round and _key(one) < _key(heading))
    waves, frameworks = _waves((heading, *earlier))
    return RoundBasis(
        heading=heading,
        measurements=measurements,
        framework=frameworks[heading.framework_version_id],
        wave=waves[heading.id],
        earlier=tuple(EarlierRound(one, waves[one.id]) for one in earlier),
        targets=function_profile_of(heading.subject_id, heading.organisation_id),
        goals=neighbours().open_goals_for(reader.person_id) if own else frozenset(),
    )


def _key(heading: Heading) -> tuple[object, ...]:
    return heading.closed_at, heading.id


def _waves(headings: Sequence[Heading]) -> tuple[Mapping[int, RoundWave], Mapping[int, Framework]]:
    """Per measurement what it can be compared by, and every version of the framework that was used, by its id."""
    cells, invited = round_queries.cells_of(headings), round_queries.invited(headings)
    used = {one.framework_version_id for one in headings}
    used |= {one.own_version for one in invited.values() if one.own_version is not None}
    frameworks = {version_id: framework_of(version_id) for version_id in used}
    waves = {}
    for heading in headings:
        own, there = cells[heading.id], invited[heading.id]
        mine = None
        if there.own_version is not None and there.own_set is not None:
            mine = frameworks[there.own_version].catalog, there.own_set
        published = published_as(own, small_circle=there.small_circle)
        words = wordings(frameworks[heading.framework_version_id].catalog, there.kinds, published, mine)
        waves[heading.id] = RoundWave(own, there.kinds, words)
    return waves, frameworks
