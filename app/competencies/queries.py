"""Reading the framework and the function profiles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, literal, select
from sqlalchemy.orm import aliased

from app.access import Role
from app.competencies.catalog import Catalog
from app.competencies.models import FrameworkItem, FrameworkVersion, FunctionProfile, PersonProfile, ProfileTarget
from app.db import db
from app.people.models import Person

_catalogs: dict[tuple[int, str], Catalog] = {}


@dataclass(frozen=True, slots=True)
class FunctionTargets:
    """What a function profile asks. Competencies it does not name: the general target, of ordinary importance."""

    name: str
    targets: Mapping[str, float] = field(default_factory=dict)
    importances: Mapping[str, int] = field(default_factory=dict)

    def target_score(self, competency: str) -> float:
        """The doelscore, 1–5 (default 3.5, measurement.md §5)."""
        return self.targets.get(competency, 3.5)

    def importance(self, competency: str) -> int:
        """The belang, 1–5 (default 3: 'belangrijk')."""
        return self.importances.get(competency, 3)


@dataclass(frozen=True, slots=True)
class Framework:
    """A version of the framework with the catalogue made from it."""

    version_id: int
    label: str
    catalog: Catalog


@dataclass(frozen=True, slots=True)
class FoundCompetency:
    """The framework to read a competency in, and whether it was retired since."""

    framework: Framework
    retired: bool


def current_framework() -> Framework:
    """The version that new measurements use. Raises LookupError when nothing was loaded."""
    row = db.session.execute(_heading().where(FrameworkVersion.current)).first()
    if row is None:
        raise LookupError("no framework was loaded: run flask seed load")
    return _framework(*row)


def framework_of(version_id: int) -> Framework:
    """The version that something was measured with. Raises LookupError."""
    row = db.session.execute(_heading().where(FrameworkVersion.id == version_id)).first()
    if row is None:
        raise LookupError(f"no framework version {version_id}")
    return _framework(*row)


@dataclass(frozen=True, slots=True)
class Versions:
    """The version that new measurements use, and those that were asked for, by id."""

    current: Framework
    used: Mapping[int, Framework]


def versions(version_ids: Collection[int]) -> Versions:
    """In one statement, once each is known to this process. Raises LookupError."""
    rows = db.session.execute(
        _heading().add_columns(FrameworkVersion.current)
        .where(FrameworkVersion.current | FrameworkVersion.id.in_(version_ids))
    ).all()
    found = {row.id: _framework(row.id, row.version, row.revision, row.digest) for row in rows}
    now = next((row.id for row in rows if row.current), None)
    if now is None:
        raise LookupError("no framework was loaded: run flask seed load")
    return Versions(found[now], found)


def catalog_of(version_id: int, digest: str) -> Catalog:
    """The catalogue of a version whose digest was just read; asks the database once per process."""
    catalog = _catalogs.get((version_id, digest))
    if catalog is None:
        document = db.session.scalar(select(FrameworkVersion.document).where(FrameworkVersion.id == version_id))
        catalog = _catalogs[version_id, digest] = Catalog.model_validate(document)
    return catalog


def framework_with_competency(slug: str) -> FoundCompetency | None:
    """The current framework if it has this competency; else the last one that had it, for it may be linked to."""
    current = current_framework()
    if current.catalog.has_competency(slug):
        return FoundCompetency(current, retired=False)
    earlier = db.session.scalars(
        select(FrameworkItem.last_version_id)
        .where(FrameworkItem.kind == "competency", FrameworkItem.retired_at.is_not(None))
        .distinct()
        .order_by(FrameworkItem.last_version_id.desc())
    )
    for version_id in earlier.all():
        framework = framework_of(version_id)
        if framework.catalog.has_competency(slug):
            return FoundCompetency(framework, retired=True)
    return None


def function_profile_of(person_id: int, organisation_id: int) -> FunctionTargets:
    """What this person's function asks: her own profile, else the organisation's default one."""
    own = select(PersonProfile.profile_id).where(PersonProfile.person_id == person_id).scalar_subquery()
    return _targets(func.coalesce(own, default_profile_id(organisation_id)))


def default_profile_id(organisation_id: int) -> ScalarSelect[int]:
    """The organisation's default profile, as part of another statement."""
    default = aliased(FunctionProfile)
    return (
        select(default.id).where(default.organisation_id == organisation_id, default.is_default).scalar_subquery()
    )


def targets_of(profile_id: int) -> FunctionTargets:
    """What one function profile asks."""
    return _targets(literal(profile_id))


@dataclass(frozen=True, slots=True)
class ProfileInUse:
    """A function profile in the list, and for how many begeleiders it holds; the default for who has none. `given`:
    whether it was given to anybody, begeleider or not, so that it has to stay.
    """

    id: int
    name: str
    is_default: bool
    people: int
    given: bool


def function_profiles_in_use(organisation_id: int) -> list[ProfileInUse]:
    """The organisation's function profiles, the default one first."""
    has = func.coalesce(PersonProfile.profile_id, default_profile_id(organisation_id))
    people = (
        select(func.count(Person.id))
        .outerjoin(PersonProfile, PersonProfile.person_id == Person.id)
        .where(Person.organisation_id == organisation_id, Person.active, has == FunctionProfile.id,
               Person.plays(Role.BEGELEIDER))
        .correlate(FunctionProfile)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(FunctionProfile.id, FunctionProfile.name, FunctionProfile.is_default, people,
               exists().where(PersonProfile.profile_id == FunctionProfile.id))
        .where(FunctionProfile.organisation_id == organisation_id)
        .order_by(FunctionProfile.is_default.desc(), FunctionProfile.name)
    )
    return [ProfileInUse(*row) for row in rows]


def profile_id_of(person_id: int) -> int | None:
    """The function profile a person has of her own; None: the default one."""
    return db.session.scalar(select(PersonProfile.profile_id).where(PersonProfile.person_id == person_id))


def _targets(profile_id: ColumnElement[Any]) -> FunctionTargets:
    rows = db.session.execute(
        select(
            FunctionProfile.name,
            ProfileTarget.competency_code,
            ProfileTarget.target_score,
            ProfileTarget.importance,
        )
        .join(ProfileTarget, ProfileTarget.profile_id == FunctionProfile.id)
        .where(FunctionProfile.id == profile_id)
    ).all()
    return FunctionTargets(
        name=rows[0].name if rows else "",
        targets={row.competency_code: row.target_score for row in rows},
        importances={row.competency_code: row.importance for row in rows},
    )


def _heading() -> Select[int, str, int, str]:
    return select(FrameworkVersion.id, FrameworkVersion.version, FrameworkVersion.revision, FrameworkVersion.digest)


def _framework(version_id: int, version: str, revision: int, digest: str) -> Framework:
    label = version if revision == 1 else f"{version}, herziening {revision}"
    return Framework(version_id, label, catalog_of(version_id, digest))
