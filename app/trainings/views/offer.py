"""What is on offer, for who chooses from it."""

from __future__ import annotations

from flask import render_template

from app.access import Role, actor, needs
from app.competencies.queries import current_framework
from app.trainings.cards import mine
from app.trainings.evaluating import outcome_over
from app.trainings.links import kept_for
from app.trainings.queries import offer_of
from app.trainings.session_queries import coming
from app.trainings.views import bp
from app.trainings.views.looking import chosen, found, said


@bp.get("/opleidingen")
@needs(Role.BEGELEIDER, Role.TEAMLEIDER)
def offer() -> str:
    catalog = current_framework().catalog
    wish = chosen(catalog)
    who = actor()
    own = mine(who.person_id, who.organisation_id) if Role.BEGELEIDER in who.roles else None
    places = [] if wish.anything else coming(who.organisation_id)
    if own and Role.TEAMLEIDER not in who.roles:
        places = [one for one in places if one.session.id not in own.session_ids]
    return render_template("trainings/offer.html", offer=offer_of(who.organisation_id, wish, catalog), wish=wish,
                           kept=kept_for(who) if Role.TEAMLEIDER in who.roles else None,
                           own=own, coming=places, **said(catalog))


@bp.get("/opleidingen/<int:training_id>")
@needs(Role.BEGELEIDER, Role.TEAMLEIDER)
def offered(training_id: int) -> str:
    who = actor()
    training = found(who, training_id)
    return render_template("trainings/offered.html", training=training, outcome=outcome_over(training),
                           coming=coming(who.organisation_id, training.id), begeleider=Role.BEGELEIDER in who.roles,
                           **said(current_framework().catalog))
