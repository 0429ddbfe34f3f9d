"""Changing function profiles, and pinning a framework version."""

from __future__ import annotations

from sqlalchemy import delete, update

from app.competencies import seeding
from app.competencies.models import FrameworkVersion, FunctionProfile, PersonProfile, ProfileTarget
from app.competencies.queries import current_framework
from app.db import db
from app.web.formats import now


def give_default_profile(organisation_id: int) -> FunctionProfile:
    """The function profile a new organisation starts with, as its own copy."""
    seeded = seeding.read_profile()
    differing = {target.code: target for target in seeded.competencies}
    profile = FunctionProfile(organisation_id=organisation_id, name=seeded.name, is_default=True, targets=[])
    for competency in current_framework().catalog.competencies:
        own = differing.get(competency.code)
        profile.targets.append(
            ProfileTarget(
                organisation_id=organisation_id,
                competency_code=competency.code,
                target_score=(own.target_score if own else None) or seeded.target_score,
                importance=(own.importance if own else None) or seeded.importance,
            )
        )
    db.session.add(profile)
    db.session.flush()
    return profile


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
