"""What an invitation can be, and who can be asked as what. PURE."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from app.measurement.scale import Group


class State(enum.StrEnum):
    """PROPOSED by the subject; APPROVED or added by somebody else; REMOVED by her; DECLINED by who was asked."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REMOVED = "removed"
    DECLINED = "declined"


class Decline(enum.StrEnum):
    """Why somebody would rather not."""

    TOO_LITTLE_KNOWN = "ken-te-weinig"
    NO_TIME = "geen-tijd"
    NO_REASON = "geen-reden"


@dataclass(frozen=True, slots=True)
class Relation:
    """What somebody is to the subject. `question_set` replaces the group's own; `pictures`: thumbs beside the words."""

    code: str
    group: str
    question_set: str | None = None
    pictures: bool = False


RELATIONS = (
    Relation("teamleider", Group.TEAM_LEAD),
    Relation("begeleider", Group.COLLEAGUE),
    Relation("andere-collega", Group.COLLEAGUE),
    Relation("intern-begeleider", Group.SCHOOL),
    Relation("leraar", Group.SCHOOL, question_set="kern-leraar"),
    Relation("zorgcoordinator", Group.SCHOOL),
    Relation("directie", Group.SCHOOL),
    Relation("consulent", Group.CLIENT),
    Relation("samenwerkingsverband", Group.CLIENT),
    Relation("bestuur", Group.CLIENT),
    Relation("jeugdhulp", Group.CLIENT),
    Relation("ouder", Group.PARENT),
    Relation("leerling", Group.PUPIL, pictures=True),
    Relation("leerling-14", Group.PUPIL),
    Relation("leerling-kort", Group.PUPIL, question_set="beleving-kort", pictures=True),
    Relation("leerling-kort-14", Group.PUPIL, question_set="beleving-kort"),
)
"""The first of a group is the one proposed. 'kern-leraar' replaces only 'kern': another set is asked of everybody."""

_BY_CODE = {relation.code: relation for relation in RELATIONS}


def relation(code: str) -> Relation:
    """Raises KeyError for one that does not exist."""
    return _BY_CODE[code]


def relations_of(group: str) -> tuple[Relation, ...]:
    return tuple(relation for relation in RELATIONS if relation.group == group)


def set_for(relation: Relation, group_set: str) -> str:
    """Which questions somebody gets whose group is asked `group_set`."""
    if relation.question_set is None or (relation.question_set == "kern-leraar" and group_set != "kern"):
        return group_set
    return relation.question_set
