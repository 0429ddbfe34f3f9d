"""The framework and its versions, and the function profiles that say what a job asks."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask

from app.organisations.models import Organisation
from app.organisations.services import organisation_created
from app.people.function_profiles import ProfileChoice, use


class _FunctionProfiles:
    """What people asks of function profiles."""

    def choices(self, organisation_id: int) -> Sequence[ProfileChoice]:
        from app.competencies.queries import function_profiles_in_use

        return [ProfileChoice(p.id, p.name) for p in function_profiles_in_use(organisation_id)]

    def of(self, person_id: int) -> int | None:
        from app.competencies.queries import profile_id_of

        return profile_id_of(person_id)

    def assign(self, organisation_id: int, person_id: int, profile_id: int | None) -> None:
        from app.competencies.services import assign_profile

        assign_profile(organisation_id, person_id, profile_id)


def _give_default_profile(organisation: Organisation) -> None:
    from app.competencies.services import give_default_profile

    give_default_profile(organisation.id)


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    from app.competencies.views import bp

    app.register_blueprint(bp)
    use(app, _FunctionProfiles())
    organisation_created.connect(_give_default_profile)
