"""What the pages about one part of a round show: its groups with everybody in them, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.measurement.scale import Group
from app.people.queries import plain
from app.rounds.choosing import ON_THE_LIST
from app.rounds.invitations import RELATIONS, State
from app.rounds.models import Invitation, RoundGroup, RoundSubject

IN_ORDER = (Group.TEAM_LEAD, Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT, Group.PARENT, Group.PUPIL)
CHOSEN_BY_HER = (Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT, Group.PARENT)
"""Groups whose people have an address; pupils answer on paper, the teamleider is asked by herself."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Sheets of one kind. `waiting`: how many of them were not approved yet."""

    relation: str
    count: int
    waiting: int


@dataclass(frozen=True, slots=True)
class GroupCard:
    """One group: who is (to be) asked, by name; who was taken away; who would rather not; and the sheets."""

    rules: RoundGroup
    people: tuple[Invitation, ...]
    removed: tuple[Invitation, ...]
    declined: tuple[Invitation, ...]
    sheets: tuple[Batch, ...]

    @property
    def code(self) -> str:
        return self.rules.rater_group

    @property
    def count(self) -> int:
        return len(self.people) + sum(batch.count for batch in self.sheets)


def cards_of(part: RoundSubject, shown: Iterable[Invitation] | None = None) -> tuple[GroupCard, ...]:
    """The groups of this round in their order, with these invitations (default: all) in them."""
    invitations = list(part.invitations if shown is None else shown)
    groups = {group.rater_group: group for group in part.round.groups}
    return tuple(_card(groups[code], [one for one in invitations if one.rater_group == code])
                 for code in IN_ORDER if code in groups)


def changed_by_approver(cards: Iterable[GroupCard]) -> bool:
    """Whether somebody was taken away or added by whoever approved the choice."""
    return any(card.removed or any(one.added_by_approver for one in card.people) for card in cards)


def counts_of(invitations: Iterable[Invitation]) -> Mapping[str, int]:
    """How many are on the list per group."""
    return Counter(one.rater_group for one in invitations if one.state in ON_THE_LIST)


def _card(rules: RoundGroup, invitations: list[Invitation]) -> GroupCard:
    by_name = sorted((one for one in invitations if one.email is not None), key=lambda one: (plain(one.name), one.id))
    paper = [one for one in invitations if one.email is None and one.state in ON_THE_LIST]
    return GroupCard(
        rules=rules,
        people=tuple(one for one in by_name if one.state in ON_THE_LIST),
        removed=tuple(one for one in by_name if one.state == State.REMOVED),
        declined=tuple(one for one in invitations if one.state == State.DECLINED),
        sheets=tuple(
            Batch(kind.code, len(found), sum(one.state == State.PROPOSED for one in found))
            for kind in RELATIONS
            if (found := [one for one in paper if one.relation == kind.code])
        ),
    )
