"""Changing function profiles, and pinning a framework version."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from sqlalchemy import delete, insert, select, update

from app.competencies import seeding
from app.competencies.models import FrameworkVersion, FunctionProfile, PersonProfile, ProfileTarget
from app.competencies.queries import current_framework
from app.db import db
from app.web.formats import now


def give_default_profile(organisation_id: int) -> FunctionProfile:
    """The function profile a new organisation starts with, as its own copy."""
    seeded = seeding.read_profile()
    differing = {target.code: target for target in seeded.competencies}
    targets = {}
    for competency in current_framework().catalog.competencies:
        own = differing.get(competency.code)
        targets[competency.code] = (
            (own.target_score if own else None) or seeded.target_score,
            (own.importance if own else None) or seeded.importance,
        )
    profile = FunctionProfile(organisation_id=organisation_id, name=seeded.name, is_default=True)
    db.session.add(profile)
    db.session.flush()
    _add_targets(profile, targets)
    return profile


class NameTaken(Exception):
    """The organisation has another function profile with this name."""


class InUse(Exception):
    """The profile is somebody's, or the default one."""


def change_profile(profile: FunctionProfile, name: str, targets: Mapping[str, tuple[float, int]]) -> None:
    """Set the name and, per competency, the target score (1–5) and importance (1–5). Raises NameTaken."""
    taken = select(FunctionProfile.id).where(
        FunctionProfile.organisation_id == profile.organisation_id,
        FunctionProfile.name == name,
        FunctionProfile.id != profile.id,
    )
    if db.session.scalar(taken) is not None:
        raise NameTaken(name)
    profile.name = name
    db.session.execute(delete(ProfileTarget).where(ProfileTarget.profile_id == profile.id))
    _add_targets(profile, targets)


def copy_profile(profile: FunctionProfile, naming: str) -> FunctionProfile:
    """A copy to adjust. `naming` holds {name}; a number is added when that name is taken."""
    wanted = naming.format(name=profile.name)
    names = set(
        db.session.scalars(
            select(FunctionProfile.name).where(FunctionProfile.organisation_id == profile.organisation_id)
        )
    )
    numbered = itertools.chain([wanted], (f"{wanted} {number}" for number in itertools.count(2)))
    name = next(name for name in numbered if name not in names)
    copy = FunctionProfile(organisation_id=profile.organisation_id, name=name)
    db.session.add(copy)
    db.session.flush()
    rows = db.session.scalars(select(ProfileTarget).where(ProfileTarget.profile_id == profile.id))
    _add_targets(copy, {row.competency_code: (row.target_score, row.importance) for row in rows})
    return copy


def remove_profile(profile: FunctionProfile) -> None:
    """Remove a profile that nobody has. Raises InUse."""
    somebody = select(PersonProfile.person_id).where(PersonProfile.profile_id == profile.id).limit(1)
    if profile.is_default or db.session.scalar(somebody) is not None:
        raise InUse(profile.name)
    db.session.execute(delete(ProfileTarget).where(ProfileTarget.profile_id == profile.id))
    db.session.execute(delete(FunctionProfile).where(FunctionProfile.id == profile.id))


def _add_targets(profile: FunctionProfile, targets: Mapping[str, tuple[float, int]]) -> None:
    if targets:
        db.session.execute(insert(ProfileTarget), [
            {"organisation_id": profile.organisation_id, "profile_id": profile.id, "competency_code": code,
             "target_score": target_score, "importance": importance}
            for code, (target_score, importance) in targets.items()
        ])


def assign_profile(organisation_id: int, person_id: int, profile_id: int | None) -> None:
    """Give a person this function profile; None: the organisation's default one."""
    db.session.execute(delete(PersonProfile).where(PersonProfile.person_id == person_id))
    if profile_id is not None:
        db.session.add(PersonProfile(organisation_id=organisation_id, person_id=person_id, profile_id=profile_id))
    db.session.flush()


def pin(version_id: int) -> None:
    """From now on something rests on this version: it is never changed in place."""
    db.session.execute(
        update(FrameworkVersion)
        .where(FrameworkVersion.id == version_id, FrameworkVersion.pinned_at.is_(None))
        .values(pinned_at=now())
    )
