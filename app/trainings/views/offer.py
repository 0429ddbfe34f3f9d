"""What is on offer, for who chooses from it."""

from __future__ import annotations

from flask import render_template

from app.access import Role, actor, needs
from app.competencies.queries import current_framework
from app.trainings.queries import offer_of
from app.trainings.views import bp
from app.trainings.views.looking import chosen, found, said


@bp.get("/opleidingen")
@needs(Role.BEGELEIDER, Role.TEAMLEIDER)
def offer() -> str:
    catalog = current_framework().catalog
    wish = chosen(catalog)
    return render_template("trainings/offer.html", offer=offer_of(actor().organisation_id, wish, catalog), wish=wish,
                           **said(catalog))


@bp.get("/opleidingen/<int:training_id>")
@needs(Role.BEGELEIDER, Role.TEAMLEIDER)
def offered(training_id: int) -> str:
    return render_template("trainings/offered.html", training=found(actor(), training_id),
                           **said(current_framework().catalog))
