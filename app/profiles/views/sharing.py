"""With whom one shares a measurement, and what others share."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import actor, authorize, can_view_profile, needs
from app.profiles import readings, sharing
from app.profiles.forms.sharing import ShareForm, last_day
from app.profiles.queries import Heading, readable
from app.profiles.sharing import Colleague, NoColleague, TooLong, WasAsked
from app.profiles.views import bp
from app.web.formats import today

Page = str | tuple[str, int]
ADDRESS = "/profiel/<int:measurement_id>/delen"


@bp.get(ADDRESS)
@needs()
def share(measurement_id: int) -> Page:
    return _page(_own(measurement_id))


@bp.post(ADDRESS)
@needs()
def do_share(measurement_id: int) -> Response | Page:
    heading = _own(measurement_id)
    form = _form(heading)
    if not form.validate():
        return _page(heading, form=form)
    try:
        sharing.share(heading, form.reader.data, form.until.data, with_comments=form.with_comments.data)
    except (NoColleague, TooLong, WasAsked):        # it became so since the form was judged
        form.validate()
        return _page(heading, form=form)
    flash(_("Gedeeld. Je collega krijgt er een mail over."))
    return redirect(url_for("profiles.share", measurement_id=heading.id), 303)


@bp.post(f"{ADDRESS}/<int:share_id>/stop")
@needs()
def withdraw(measurement_id: int, share_id: int) -> Response:
    heading = _own(measurement_id)
    if not sharing.withdraw(heading, share_id):
        abort(404)
    flash(_("Je deelt dit niet meer."))
    return redirect(url_for("profiles.share", measurement_id=heading.id), 303)


@bp.post(f"{ADDRESS}/opmerkingen")
@needs()
def keep_comments(measurement_id: int) -> Response:
    heading = _own(measurement_id)
    authorize(heading.of_round and heading.lead_reads_comments)
    kept = "kept" in request.form
    sharing.keep_comments(heading, kept)
    flash(_("Je houdt de opmerkingen voor jezelf.") if kept else _("Wie leiding geeft, mag de opmerkingen lezen."))
    return redirect(url_for("profiles.share", measurement_id=heading.id), 303)


@bp.get("/gedeeld")
@needs()
def given() -> str:
    who = actor()
    return render_template("profiles/given.html", given=sharing.given_to(who.person_id, who.organisation_id))


def _own(measurement_id: int) -> Heading:
    heading = readable(actor(), measurement_id)
    if heading is None:
        abort(404)
    authorize(can_view_profile(actor(), heading))
    return heading


def _form(heading: Heading, colleagues: Sequence[Colleague] | None = None, **kwargs: None) -> ShareForm:
    form = ShareForm(**kwargs, data={"until": today() + sharing.PROPOSED})
    form.with_comments.label.text = _("Ook wat mensen in eigen woorden schreven") if heading.of_round \
        else _("Ook de voorbeelden die ik erbij schreef")
    form.offer(sharing.colleagues_for(heading) if colleagues is None else colleagues)
    return form


def _page(heading: Heading, *, form: ShareForm | None = None) -> Page:
    colleagues = sharing.colleagues_for(heading)
    page = render_template(
        "profiles/share.html", heading=heading, form=form or _form(heading, colleagues, formdata=None),
        last_day=last_day(), shares=sharing.shares_of(heading), readers=readings.readers_of(heading),
        barred=[one.name for one in colleagues if one.was_asked] if heading.of_round else [],
        reading=[one.name for one in colleagues if one.reads],
    )
    return page if form is None else (page, 422)
