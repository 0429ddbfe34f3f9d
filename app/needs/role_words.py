"""How the roles are secured in the dienst, in the words that a momentopname freezes. PURE.

Decided as figures are: a word is a function of how many people hold a role, so it is made anew only when who counts for
the role, and everybody who ever did, isolate nobody (measurement.isolation). Whose niveau is how high decides nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.measurement.coverage import PEOPLE_FOR_HR, Colleague, Coverage, RoleAsked, coverage
from app.measurement.isolation import Ledger, Member, Members

Moment = tuple[dt.datetime, int]
"""When a conversation was fixed, and which it is."""


@dataclass(frozen=True)
class Agreed:
    """What was agreed with one person last, by code: the niveau, and in which conversation."""

    roles: Mapping[str, tuple[int, Moment]]
    aspects: Mapping[str, tuple[int, Moment]]

    def colleague(self, person: int) -> Colleague:
        return Colleague(person, {code: level for code, (level, _) in self.roles.items()},
                         {code: level for code, (level, _) in self.aspects.items()})

    def conversation(self, role: RoleAsked) -> int:
        """The last one that counts for a role that she has a niveau in: it settles which niveau that is."""
        of = [self.aspects[one] for one in role.aspects] or [self.roles[role.code]]
        return max(moment for _, moment in of)[1]


@dataclass(frozen=True, slots=True)
class Word:
    """The word of one role, and when it was made. `members`: who counted, when that is in this momentopname."""

    word: Coverage
    made_at: dt.datetime
    members: Members = frozenset()


def words_now(
    roles: Iterable[RoleAsked], people: Mapping[int, Agreed], before: Mapping[str, Sequence[Word]], at: dt.datetime
) -> Mapping[str, Word]:
    """Per role its word at a momentopname; nothing for a dienst of fewer than ten. `people`: all begeleiders.

    `before`: per role the words that were ever made of five people or more, the oldest first.
    """
    if len(people) < PEOPLE_FOR_HR:
        return {}
    colleagues = [one.colleague(person) for person, one in people.items()]
    found = {}
    for role in roles:
        made = before.get(role.code, ())
        counted = frozenset[Member]((one.person, people[one.person].conversation(role))
                                    for one in colleagues if one.niveau(role) is not None)
        same = bool(made) and made[-1].members == counted
        if not same and Ledger(one.members for one in made).admit(counted):
            found[role.code] = Word(coverage((role,), colleagues)[0].word, at, counted)
        else:
            found[role.code] = Word(made[-1].word, made[-1].made_at) if made else Word(Coverage.UNDISCUSSED, at)
    return found
