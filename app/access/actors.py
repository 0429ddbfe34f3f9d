"""Who is asking, and what a rule may know of what she asks for. Small protocols instead of models, so that views,
templates and lists can share the rules.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Protocol


class Role(enum.StrEnum):
    BEGELEIDER = "begeleider"
    TEAMLEIDER = "teamleider"
    HR = "hr"
    BEHEERDER = "beheerder"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking: her person, organisation, roles and the teams she leads."""

    person_id: int
    organisation_id: int
    roles: frozenset[Role]
    leads: frozenset[int]


class Subject(Protocol):
    """What a rule may know of a person."""

    @property
    def id(self) -> int: ...
    @property
    def organisation_id(self) -> int: ...
    @property
    def team_ids(self) -> frozenset[int]: ...


class Owned(Protocol):
    """What a rule may know of a thing that one person made for herself."""

    @property
    def person_id(self) -> int: ...
    @property
    def organisation_id(self) -> int: ...


class Shown(Owned, Protocol):
    """What a rule may know of a plan, a tussenstand or a piece of evidence. `shown`: to whoever accompanies her."""

    @property
    def shown(self) -> bool: ...


class Companion(Protocol):
    """What a rule may know of whom somebody makes her plan with."""

    @property
    def active(self) -> bool: ...
    @property
    def actor(self) -> Actor: ...


class MadeTogether(Shown, Protocol):
    """What a rule may know of a plan or a tussenstand that two confirm. `partner_id`: whom she put it before."""

    @property
    def partner_id(self) -> int | None: ...
    @property
    def partner(self) -> Companion | None: ...


class OfSubject(Protocol):
    """What a rule may know of a measurement."""

    @property
    def subject_id(self) -> int: ...
    @property
    def organisation_id(self) -> int: ...


class OfOneOrganisation(Protocol):
    """What a rule may know of a thing that belongs to an organisation."""

    @property
    def organisation_id(self) -> int: ...


class LedTeam(OfOneOrganisation, Protocol):
    """What a rule may know of a team."""

    @property
    def id(self) -> int: ...


class Sent(OfOneOrganisation, Protocol):
    """What a rule may know of a message."""

    @property
    def template(self) -> str: ...


class Accompanied(Subject, Protocol):
    """What a rule may know of somebody whose choices another approves."""

    @property
    def discussion_partner_id(self) -> int | None: ...


class Planned(OfOneOrganisation, Protocol):
    """What a rule may know of a round."""

    @property
    def created_by_id(self) -> int | None: ...
    @property
    def own_initiative(self) -> bool: ...


class Readable(OfSubject, Protocol):
    """What a rule may know of a measurement as a profile. `released`: always, for a self-assessment.

    `lead_reads_from`: of a round, the day on which whoever leads her may read it too; None for nobody. `shared_with`:
    the people whom the subject lets read it today.
    """

    @property
    def released(self) -> bool: ...
    @property
    def lead_reads_from(self) -> dt.date | None: ...
    @property
    def shared_with(self) -> frozenset[int]: ...


class Commented(Readable, Protocol):
    """What a rule may know of a measurement with what people wrote in a round, in their own words.

    `lead_reads_comments`: so it was told to everybody who was asked. `comments_kept`: the subject keeps them to
    herself. `comments_shared_with`: the people whom she lets read them today.
    """

    @property
    def lead_reads_comments(self) -> bool: ...
    @property
    def comments_kept(self) -> bool: ...
    @property
    def comments_shared_with(self) -> frozenset[int]: ...


class Held(OfOneOrganisation, Protocol):
    """What a rule may know of a conversation. `fixed`: both confirmed it."""

    @property
    def person_id(self) -> int: ...
    @property
    def partner_id(self) -> int: ...
    @property
    def fixed(self) -> bool: ...
