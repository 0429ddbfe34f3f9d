"""Which roles a unit is asked about for its coverage. PURE."""

from __future__ import annotations

from typing import Final

from app.competencies.catalog import Catalog
from app.conversations.topics import ASPECT, ROLE, topics_of
from app.measurement.coverage import RoleAsked

NEVER: Final = "-"
"""An aspect that no niveau is agreed for: a role that draws on nothing else is never discussed."""


def roles_asked(catalog: Catalog) -> tuple[RoleAsked, ...]:
    """The 18 roles. One with anchors of its own is agreed itself; any other draws on the aspects of the competencies
    that it is the hoofdrol of, as far as a niveau can be agreed for these.
    """
    topics = topics_of(catalog)
    own = {one.code for one in topics if one.kind == ROLE}
    agreed = [one.code for one in topics if one.kind == ASPECT]
    found = []
    for role in catalog.roles:
        drawn = {c.aspect for c in catalog.competencies if c.main_role == role.code}
        aspects = () if role.code in own else tuple(code for code in agreed if code in drawn) or (NEVER,)
        found.append(RoleAsked(role.code, role.professionaliteit, aspects))
    return tuple(found)
