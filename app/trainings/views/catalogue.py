"""HR keeps the aanbod."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_plan_trainings, needs
from app.competencies.queries import current_framework
from app.forms.merging import merge, read_marks
from app.trainings import seeding, services
from app.trainings.entries import Known
from app.trainings.evaluating import outcome_over
from app.trainings.forms import TrainingForm, filled, written
from app.trainings.models import Training
from app.trainings.queries import offer_of
from app.trainings.rows import entry_of
from app.trainings.session_queries import sessions_of
from app.trainings.views import bp
from app.trainings.views.looking import chosen, found, said

ADDRESS = "/opleidingen/aanbod"
Page = str | tuple[str, int]


@bp.get(ADDRESS)
@needs(Role.HR)
def catalogue() -> str:
    authorize(can_plan_trainings(actor()))
    catalog = current_framework().catalog
    wish = chosen(catalog)
    return render_template("trainings/catalogue.html", offer=offer_of(actor().organisation_id, wish, catalog),
                           wish=wish, **said(catalog))


@bp.get(f"{ADDRESS}/<int:training_id>")
@needs(Role.HR)
def training(training_id: int) -> str:
    training = _found(training_id)
    return render_template("trainings/training.html", training=training, places=sessions_of(training),
                           outcome=outcome_over(training), **said(current_framework().catalog))


@bp.get(f"{ADDRESS}/nieuw")
@needs(Role.HR)
def new() -> Page:
    authorize(can_plan_trainings(actor()))
    return _page(TrainingForm(formdata=None))


@bp.post(f"{ADDRESS}/nieuw")
@needs(Role.HR)
def add() -> Response | Page:
    authorize(can_plan_trainings(actor()))
    form = TrainingForm()
    entry = form.read(known(), form.texts)
    if entry is None:
        return _page(form, 422)
    made = services.add(actor(), entry)
    flash(_("‘%(title)s’ staat in het aanbod.", title=made.title))
    return redirect(url_for("trainings.training", training_id=made.id), 303)


@bp.get(f"{ADDRESS}/<int:training_id>/bewerken")
@needs(Role.HR)
def edit(training_id: int) -> Page:
    training = _found(training_id)
    return _page(filled(entry_of(training)), training=training)


@bp.post(f"{ADDRESS}/<int:training_id>/bewerken")
@needs(Role.HR)
def change(training_id: int) -> Response | Page:
    """What somebody else changed meanwhile stays; where both changed the same, nobody chooses for them."""
    authorize(can_plan_trainings(actor()))
    services.hold(actor())
    training = _found(training_id)
    stored, form = written(entry_of(training)), TrainingForm()
    merged = merge(read_marks(form.shown.data or ""), form.texts, stored)
    if merged.torn:
        form.is_stored(stored)
        form.fill(merged.values)
        return _page(form, 409, training, torn={name: stored[name] for name in merged.torn})
    entry = form.read(known(entry_of(training).competencies), merged.values)
    if entry is None:
        return _page(form, 422, training)
    services.change(training, entry)
    flash(_("De opleiding is bewaard."))
    return redirect(url_for("trainings.training", training_id=training.id), 303)


@bp.post(f"{ADDRESS}/<int:training_id>/weg")
@needs(Role.HR)
def retire(training_id: int) -> Response:
    training = _found(training_id)
    services.retire(training)
    flash(_("‘%(title)s’ wordt niet meer aangeboden.", title=training.title))
    return redirect(url_for("trainings.training", training_id=training.id), 303)


@bp.post(f"{ADDRESS}/<int:training_id>/terug")
@needs(Role.HR)
def bring_back(training_id: int) -> Response:
    training = _found(training_id)
    services.bring_back(training)
    flash(_("‘%(title)s’ staat weer in het aanbod.", title=training.title))
    return redirect(url_for("trainings.training", training_id=training.id), 303)


def known(kept: tuple[str, ...] = ()) -> Known:
    """What a training can refer to; also what it has although the framework lost it."""
    competencies = current_framework().catalog.competencies
    return Known.of(seeding.forms(), {one.code: one.slug for one in competencies}, kept)


def _found(training_id: int) -> Training:
    authorize(can_plan_trainings(actor()))
    return found(actor(), training_id)


def _page(form: TrainingForm, status: int = 200, training: Training | None = None,
          torn: Mapping[str, str] | None = None) -> Page:
    catalog = current_framework().catalog
    form.offer(catalog, seeding.forms())
    groups = [(aspect, catalog.competencies_of(aspect.code)) for aspect in catalog.aspects]
    return render_template("trainings/edit.html", form=form, training=training, torn=torn or {}, groups=groups,
                           **said(catalog)), status
