"""Which patterns a profile shows, as far as a conversation can begin with them. PURE. Works on published figures."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from app.measurement.growth import Growth, Word
from app.measurement.scale import OTHERS, rule_of
from app.measurement.scoring import Cell
from app.measurement.self_others import Place, SelfOthers

MOST_NAMED = 3
CLOSE = 0.5         # when no two figures of the others lie further apart, there is nothing that stands out
DIVIDED = "verdeeld"


class Pattern(enum.StrEnum):
    """In the order in which they are spoken of: first what is good to hear, and what makes one careful."""

    LITTLE_DATA = "weinig-gegevens"
    HIDDEN_STRENGTH = "verborgen-kracht"
    GROWTH = "groei"
    BLIND_SPOT = "blinde-vlek"
    SHARED_NEED = "gedeelde-behoefte"
    DIVIDED = "verdeeld"
    CLOSE_TOGETHER = "dicht-bij-elkaar"


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern and the competencies in which it shows, those that show it most first; none where it is of them all."""

    pattern: Pattern
    competencies: tuple[str, ...] = ()


def patterns(
    beside: Iterable[SelfOthers], groups: Iterable[Cell], growth: Iterable[Growth], *, little: bool
) -> tuple[Found, ...]:
    """What a conversation can begin with, in the order of Pattern. `little`: few people answered (scoring.indicative).

    Only differences that measurement.md §5 calls distinct, and growth that §6 calls visible, are spoken of.
    """
    beside = tuple(beside)
    apart = sorted((one for one in beside if one.distinct), key=lambda one: -abs(one.difference))
    grown = sorted(
        (one for one in growth if one.group == OTHERS and one.word is Word.VISIBLE_GROWTH),
        key=lambda one: -(one.change or 0),
    )
    needed = sorted((one for one in beside if one.place is Place.SHARED_NEED), key=lambda one: one.others.mean)
    divided = [c.competency_code for c in groups if c.agreement == DIVIDED and rule_of(c.group).in_others]
    found = {
        Pattern.HIDDEN_STRENGTH: [one.competency_code for one in apart if one.place is Place.HIDDEN_STRENGTH],
        Pattern.GROWTH: [one.competency_code for one in grown],
        Pattern.BLIND_SPOT: [one.competency_code for one in apart if one.place is Place.POSSIBLE_BLIND_SPOT],
        Pattern.SHARED_NEED: [one.competency_code for one in needed],
        Pattern.DIVIDED: list(dict.fromkeys(divided)),
    }
    told = [Found(pattern, tuple(codes[:MOST_NAMED])) for pattern, codes in found.items() if codes]
    if little:
        told.insert(0, Found(Pattern.LITTLE_DATA))
    figures = [one.others.mean for one in beside]
    if len(figures) > 1 and max(figures) - min(figures) <= CLOSE and not apart:
        told.append(Found(Pattern.CLOSE_TOGETHER))
    return tuple(told)
