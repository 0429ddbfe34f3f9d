"""Actions that an organisation adds to the library, for its own people."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_add_to_library, needs
from app.competencies.queries import current_framework
from app.development.library import own as own_library
from app.development.library.forms import OwnActionForm, form_of, sent_form
from app.development.library.own import OwnAction
from app.development.views import bp

ADDRESS = "/beheer/acties"
Page = str | tuple[str, int]


@bp.get(ADDRESS)
@needs(Role.HR, Role.BEHEERDER)
def own_actions() -> str:
    authorize(can_add_to_library(actor()))
    catalog = current_framework().catalog
    return render_template(
        "development/own_actions.html",
        actions=own_library.actions_of(actor()),
        names={one.code: one.name for one in catalog.competencies},
    )


@bp.get(f"{ADDRESS}/nieuw")
@needs(Role.HR, Role.BEHEERDER)
def new_own_action() -> Page:
    authorize(can_add_to_library(actor()))
    return _page(_new(formdata=None))


@bp.post(f"{ADDRESS}/nieuw")
@needs(Role.HR, Role.BEHEERDER)
def add_own_action() -> Response | Page:
    authorize(can_add_to_library(actor()))
    form = _new()
    if not form.validate():
        return _page(form, 422)
    own_library.add(actor(), form.document)
    flash(_("De actie staat in de bibliotheek van jullie mensen."))
    return redirect(url_for("development.own_actions"), 303)


@bp.get(f"{ADDRESS}/<int:library_number>")
@needs(Role.HR, Role.BEHEERDER)
def own_action(library_number: int) -> Page:
    found = _found(library_number)
    return _page(form_of(found.action, current_framework().catalog), found=found)


@bp.post(f"{ADDRESS}/<int:library_number>")
@needs(Role.HR, Role.BEHEERDER)
def change_own_action(library_number: int) -> Response | Page:
    found = _found(library_number)
    catalog = current_framework().catalog
    form = sent_form(found.action, catalog)
    if not form.merge(form_of(found.action, catalog)):
        return _page(form, 409, found)
    if not form.validate():
        return _page(form, 422, found)
    own_library.change(actor(), library_number, form.document)
    flash(_("De actie is bewaard. Doelen die er al mee gemaakt zijn, houden wat ze hadden."))
    return redirect(url_for("development.own_actions"), 303)


@bp.post(f"{ADDRESS}/<int:library_number>/weg")
@needs(Role.HR, Role.BEHEERDER)
def retire_own_action(library_number: int) -> Response:
    _found(library_number)
    own_library.retire(actor(), library_number)
    flash(_("De actie kan niet meer worden gekozen. Wie haar al koos, houdt haar."))
    return redirect(url_for("development.own_actions"), 303)


@bp.post(f"{ADDRESS}/<int:library_number>/terug")
@needs(Role.HR, Role.BEHEERDER)
def bring_back_own_action(library_number: int) -> Response:
    _found(library_number)
    own_library.bring_back(actor(), library_number)
    flash(_("De actie kan weer worden gekozen."))
    return redirect(url_for("development.own_actions"), 303)


def _found(number: int) -> OwnAction:
    """404 for what another organisation, or nobody, added. Held while it is changed."""
    authorize(can_add_to_library(actor()))
    return own_library.action_of(actor(), number, hold=request.method == "POST") or abort(404)


def _new(**given: None) -> OwnActionForm:
    form = OwnActionForm(**given)
    form.offer(current_framework().catalog)
    return form


def _page(form: OwnActionForm, status: int = 200, found: OwnAction | None = None) -> Page:
    return render_template("development/own_action.html", form=form, found=found), status
