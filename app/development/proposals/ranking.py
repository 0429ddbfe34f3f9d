"""What could become a goal, out of what was measured last: in the order in which it matters, each with a reason and
with actions that begin where she stands now.

PURE. The order is measurement.md §7 (belang × gap), then the focus areas, then what self and others see differently.
She chooses: a proposal is never a goal by itself.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.competencies.catalog import Catalog
from app.competencies.parts import Competency
from app.development.library.contents import Action
from app.development.library.suggestions import suggest
from app.measurement.needs import NOT_AT_ISSUE, need
from app.measurement.self_others import Place

FEWEST_ACTIONS: Final = 2
FORMS: Final = ("70", "20", "10")       # in the work, with and from others, by training
HIGHEST_BEGINNING: Final = 4            # from here an action can still lead further


class Because(enum.Enum):
    """Why something is proposed."""

    NEED = enum.auto()              # there is a gap to what the job asks
    BLIND_SPOT = enum.auto()        # others see it less than she does
    HIDDEN_STRENGTH = enum.auto()   # others see it more than she does
    FOCUS = enum.auto()             # it is of a focus area, besides another reason


class LevelFrom(enum.Enum):
    """Where the niveau comes from that the actions are chosen by."""

    AGREED = enum.auto()
    ESTIMATE = enum.auto()
    SCORE = enum.auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the measurement says of one competency. `only_self`: others gave it no figure, so it is her own score."""

    code: str
    score: float
    target: float
    importance: int
    only_self: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """The niveau (1–5) somebody works at now, as far as it is known."""

    level: int
    source: LevelFrom


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that could become a goal. `need`: belang × gap, zero where it is there for another reason alone."""

    competency: Competency
    standing: Standing
    need: Fraction
    because: tuple[Because, ...]
    present: Present
    actions: tuple[Action, ...]


def present_level(score: float, agreed: int | None, estimate: int | None) -> Present:
    """What was agreed, else her own estimate, else about where her score points. The last is no niveau: it only serves
    to choose actions.
    """
    if agreed is not None:
        return Present(agreed, LevelFrom.AGREED)
    if estimate is not None:
        return Present(estimate, LevelFrom.ESTIMATE)
    return Present(min(HIGHEST_BEGINNING, max(1, int(score + 0.5))), LevelFrom.SCORE)


def propose(
    catalog: Catalog,
    standings: Iterable[Standing],
    library: Sequence[Action],
    *,
    agreed: Mapping[str, int],
    estimates: Mapping[str, int],
    taken: Collection[str] = (),
) -> tuple[Proposal, ...]:
    """The proposals, what is needed most in front; the same facts give the same order.

    `agreed`: niveaus by aspect; `estimates`: her own, by competency; `taken`: what she has an open goal for. Nothing on
    what is not at issue in her job, or on what this version of the framework does not know.
    """
    order = {competency.code: place for place, competency in enumerate(catalog.competencies)}
    found = []
    for standing in standings:
        if standing.code not in order or standing.code in taken or standing.importance == NOT_AT_ISSUE:
            continue
        reasons = _because(standing)
        if not reasons:
            continue
        competency = catalog.competency(standing.code)
        present = present_level(standing.score, agreed.get(competency.aspect), estimates.get(competency.code))
        found.append(Proposal(
            competency, standing, _need(standing), (*reasons, Because.FOCUS) if competency.focus else reasons, present,
            fitting(library, catalog, competency.code, present.level),
        ))  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.need, not one.competency.focus, _place(one),
                                                order[one.competency.code])))


def fitting(library: Sequence[Action], catalog: Catalog, code: str, level: int) -> tuple[Action, ...]:
    """Two or three actions that begin at this niveau: one of each way of learning, as far as the library has them.

    About the competency itself where there are any, else about its aspect. Who stands at the highest niveau gets what
    begins just below it.
    """
    suggested = suggest(library, catalog, code, min(level, HIGHEST_BEGINNING))
    known = [one.action for one in suggested if one.fits]
    mixed = [next((action for action in known if action.learning_form == form), None) for form in FORMS]
    chosen = [action for action in mixed if action is not None]
    chosen += [action for action in known if action not in chosen][: max(0, FEWEST_ACTIONS - len(chosen))]
    return tuple(sorted(chosen, key=known.index))


def _need(standing: Standing) -> Fraction:
    return need(standing.score, standing.target, standing.importance)


def _because(standing: Standing) -> tuple[Because, ...]:
    reasons = {
        Because.NEED: _need(standing) > 0,
        Because.BLIND_SPOT: standing.place is Place.POSSIBLE_BLIND_SPOT,
        Because.HIDDEN_STRENGTH: standing.place is Place.HIDDEN_STRENGTH,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def _place(proposal: Proposal) -> int:
    """At equal need: what others see less than she does, then what they see alike, then what they see more."""
    if Because.BLIND_SPOT in proposal.because:
        return 0
    return 2 if Because.HIDDEN_STRENGTH in proposal.because else 1
