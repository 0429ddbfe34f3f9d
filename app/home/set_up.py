"""How far a dienst is, and what the beheerder can best do next. PURE."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Work(enum.StrEnum):
    """What a beheerder can have to do, the most urgent first."""

    TEAMS = "teams"             # there is no team
    PEOPLE = "people"           # she is alone
    EXPIRED = "expired"         # invitations ended before they were used
    NOBODY_JOINED = "nobody_joined"
    PLACES = "places"           # begeleiders without a team and without a gesprekspartner


@dataclass(frozen=True, slots=True)
class SetUp:
    """Counts over one dienst. `invited`: who did not choose a password yet; `expired`: those among them whose link does
    not work any more; `placed_nowhere`: begeleiders who have neither a team nor somebody to talk with;
    `unled`: teams that nobody leads; `hr`: who can take a momentopname; `holidays`: school holidays that are not over.
    """

    teams: int
    people: int
    begeleiders: int
    invited: int
    expired: int
    placed_nowhere: int
    unled: int
    hr: int
    holidays: int

    @property
    def nobody_joined(self) -> bool:
        """Somebody was invited, and the beheerder is still alone."""
        return 1 < self.people <= self.invited + 1

    @property
    def has_begun(self) -> bool:
        """There are teams, and people who joined."""
        return self.teams > 0 and self.people > 1 and not self.nobody_joined

    @property
    def work(self) -> tuple[Work, ...]:
        there_is = {
            Work.TEAMS: self.teams == 0,
            Work.PEOPLE: self.people <= 1,
            Work.EXPIRED: self.expired > 0,
            Work.NOBODY_JOINED: self.nobody_joined and self.expired < self.invited,
            Work.PLACES: self.placed_nowhere > 0,
        }
        return tuple(work for work in Work if there_is[work])
