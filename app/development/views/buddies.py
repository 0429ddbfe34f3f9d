"""Maatjes: who offers to be watched or to think along, and what one offers oneself."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.competencies.queries import current_framework
from app.development.buddies import queries, services
from app.development.buddies.forms import OfferForm
from app.development.views import bp
from app.forms import number_in, stripped

Page = str | tuple[str, int]


@bp.get("/maatjes")
@needs(Role.BEGELEIDER)
def buddies() -> Page:
    return _page(_form())


@bp.post("/maatjes")
@needs(Role.BEGELEIDER)
def offer() -> Response | Page:
    form = _form()
    if not form.validate():
        return _page(form, 422)
    services.offer(actor(), form.competency.data, form.kinds.data or ())
    flash(_("Dank je wel. Collega’s zien nu dat je dit aanbiedt."))
    return redirect(url_for("development.buddies", _anchor="aanbod"), 303)


@bp.post("/maatjes/weg")
@needs(Role.BEGELEIDER)
def take_back_offer() -> Response:
    services.take_back(actor(), stripped(request.form.get("competency", "")), stripped(request.form.get("kind", "")))
    flash(_("Je biedt dit niet meer aan."))
    return redirect(url_for("development.buddies", _anchor="aanbod"), 303)


@bp.post("/maatjes/antwoord")
@needs(Role.BEGELEIDER)
def answer_asking() -> Response:
    said = {"ja": True, "nee": False}.get(request.form.get("answer", ""))
    if said is None:
        abort(404)
    if not services.answer(actor(), number_in(request.form.get("action")), yes=said):
        flash(_("Deze vraag is er niet meer. Je hoeft niets te doen."))
    elif said:
        flash(_("Fijn! Je collega krijgt je antwoord. Spreek samen af wanneer."))
    else:
        flash(_("Dat is goed. Je collega krijgt je antwoord en kan een ander vragen."))
    return redirect(url_for("development.buddies", _anchor="gevraagd"), 303)


def _form() -> OfferForm:
    form = OfferForm() if request.method == "POST" else OfferForm(formdata=None)
    form.offer(current_framework().catalog)
    return form


def _page(form: OfferForm, status: int = 200) -> Page:
    catalog = current_framework().catalog
    topics = {one.code: one for one in catalog.competencies}
    return render_template(
        "development/buddies.html",
        form=form,
        topics=topics,
        offers=[one for one in queries.offers_of(actor()) if one.competency_code in topics],
        asked=queries.who_asked(actor()),
        others=[one for one in queries.everybody_who_offers(actor()) if one.competency_code in topics],
        catalog=catalog,
    ), status
