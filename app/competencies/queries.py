"""Reading the framework and the function profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app.competencies.catalog import Catalog
from app.competencies.models import FrameworkItem, FrameworkVersion, FunctionProfile, PersonProfile
from app.db import db

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


def retired_codes(kind: str) -> frozenset[str]:
    """Codes that stood in an earlier version and no longer do."""
    return frozenset(
        db.session.scalars(
            select(FrameworkItem.code).where(FrameworkItem.kind == kind, FrameworkItem.retired_at.is_not(None))
        )
    )


def last_framework_with(kind: str, code: str) -> Framework | None:
    """The last version in which a code stood, also when it was retired since."""
    item = db.session.get(FrameworkItem, (kind, code))
    return framework_of(item.last_version_id) if item else None


def function_profile_of(person_id: int, organisation_id: int) -> FunctionTargets:
    """What this person's function asks: her own profile, else the organisation's default one."""
    own = select(PersonProfile.profile_id).where(PersonProfile.person_id == person_id).scalar_subquery()
    profile = db.session.scalar(
        select(FunctionProfile)
        .where(
            FunctionProfile.organisation_id == organisation_id,
            (FunctionProfile.id == own) | FunctionProfile.is_default,
        )
        .order_by((FunctionProfile.id == own).desc().nulls_last(), FunctionProfile.id)
        .limit(1)
        .options(selectinload(FunctionProfile.targets))
    )
    if profile is None:
        return FunctionTargets(name="")
    return FunctionTargets(
        name=profile.name,
        targets={t.competency_code: t.target_score for t in profile.targets},
        importances={t.competency_code: t.importance for t in profile.targets},
    )


def function_profiles_of(organisation_id: int) -> list[FunctionProfile]:
    """The organisation's function profiles, the default one first."""
    return list(
        db.session.scalars(
            select(FunctionProfile)
            .where(FunctionProfile.organisation_id == organisation_id)
            .order_by(FunctionProfile.is_default.desc(), FunctionProfile.name)
        )
    )


def _heading() -> Select[int, str, int, str]:
    return select(FrameworkVersion.id, FrameworkVersion.version, FrameworkVersion.revision, FrameworkVersion.digest)


def _framework(version_id: int, version: str, revision: int, digest: str) -> Framework:
    catalog = _catalogs.get((version_id, digest))
    if catalog is None:
        document = db.session.scalar(select(FrameworkVersion.document).where(FrameworkVersion.id == version_id))
        catalog = _catalogs[version_id, digest] = Catalog.model_validate(document)
    label = version if revision == 1 else f"{version}, herziening {revision}"
    return Framework(version_id, label, catalog)
