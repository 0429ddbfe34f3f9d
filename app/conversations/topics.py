"""About what a niveau can be agreed. PURE."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.competencies.catalog import Catalog
from app.competencies.parts import Anchors

ASPECT, ROLE = "aspect", "role"
SECOND, THIRD = 2, 3        # numbers of the professionaliteiten


@dataclass(frozen=True, slots=True)
class Topic:
    """An aspect of the tweede professionaliteit or a role of the derde, with what each niveau looks like."""

    kind: str
    code: str
    name: str
    anchors: Anchors

    @property
    def field(self) -> str:
        """What it is called in a form."""
        return f"{self.kind}-{self.code}"

    @property
    def notes(self) -> Mapping[str, str]:
        """The anchors by the value that a form has for a niveau."""
        return {str(level): text for level, text in self.anchors.anchors.items()}


def topics_of(catalog: Catalog) -> tuple[Topic, ...]:
    """Everything with anchors (measurement.md §1): first the aspects, then the roles."""
    return tuple(_topics(catalog))


def _topics(catalog: Catalog) -> Iterator[Topic]:
    numbers = {one.code: one.number for one in catalog.professionaliteiten}
    for aspect in catalog.aspects:
        if numbers[aspect.professionaliteit] == SECOND and (found := catalog.anchors_of_aspect(aspect.code)):
            yield Topic(ASPECT, aspect.code, aspect.name, found)
    for role in catalog.roles:
        if numbers[role.professionaliteit] == THIRD and (found := catalog.anchors_of_role(role.code)):
            yield Topic(ROLE, role.code, role.name, found)
