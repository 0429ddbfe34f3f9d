"""Which actions of the library fit a goal. PURE."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.competencies.catalog import Catalog
from app.development.library.contents import Action


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An action that is about the goal's own competency (`same`) or about another one of its aspect.

    `fits`: it starts at or below the niveau of now and leads above it.
    """

    action: Action
    same: bool
    fits: bool


def suggest(actions: Iterable[Action], catalog: Catalog, competency: str, level: int | None) -> tuple[Suggestion, ...]:
    """The competency's own actions first, then those of its aspect; within each what fits the niveau first.

    Otherwise in the order of the library. Nothing about other aspects.
    """
    aspect = {c.code for c in catalog.competencies_of(catalog.competency(competency).aspect)}
    found = [
        Suggestion(action, same=competency in action.competencies, fits=action.fits(level))
        for action in actions
        if aspect.intersection(action.competencies)
    ]
    return tuple(sorted(found, key=lambda suggestion: (not suggestion.same, not suggestion.fits)))


def at_level(suggestions: Iterable[Suggestion], level: int | None) -> tuple[Suggestion, ...]:
    """The same in the order in which they stood, with what fits this niveau."""
    return tuple(replace(suggestion, fits=suggestion.action.fits(level)) for suggestion in suggestions)


def about(actions: Iterable[Action], competency: str, level: int | None) -> tuple[Action, ...]:
    """The actions about this very competency, those that fit the niveau first. Also for one that was retired."""
    found = [action for action in actions if competency in action.competencies]
    return tuple(sorted(found, key=lambda action: not action.fits(level)))
