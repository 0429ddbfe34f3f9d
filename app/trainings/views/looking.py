"""What the pages of HR and those of the others share: what somebody looks for, and the training it is about."""

from __future__ import annotations

from flask import abort, request

from app.access import Actor
from app.competencies.catalog import Catalog
from app.trainings import seeding, words
from app.trainings.models import Training
from app.trainings.queries import Chosen, training_of

LEVELS = {str(level): level for level in range(1, 6)}


def chosen(catalog: Catalog) -> Chosen:
    """From the address; what is no choice is no wish."""
    asked = request.args
    focus, competency, form = asked.get("focus", ""), asked.get("onderwerp", ""), asked.get("vorm", "")
    role = asked.get("rol", "")
    return Chosen(
        focus=focus if any(one.code == focus and one.focus for one in catalog.aspects) else "",
        competency=competency if any(one.code == competency for one in catalog.competencies) else "",
        role=role if any(one.code == role for one in catalog.roles) else "",
        level=LEVELS.get(asked.get("niveau", "")),
        form=form if form in seeding.forms() else "",
    )


def found(actor: Actor, training_id: int) -> Training:
    """404 for what another organisation offers, or nobody."""
    return training_of(actor.organisation_id, training_id) or abort(404)


def said(catalog: Catalog) -> dict[str, object]:
    """What the templates need to speak of trainings."""
    return {
        "catalog": catalog, "forms": seeding.forms(), "words": words,
        "names": {one.code: one.name for one in catalog.competencies},
        "slugs": {one.code: one.slug for one in catalog.competencies},
    }  # fmt: skip
