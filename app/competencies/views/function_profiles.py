"""What each job asks: the beheerder's pages of the function profiles."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_edit_function_profile, needs
from app.competencies import queries, services
from app.competencies.forms import form_for
from app.competencies.models import FunctionProfile
from app.competencies.views import bp
from app.db import db


@bp.get("/beheer/functieprofielen")
@needs(Role.BEHEERDER)
def function_profiles() -> str:
    return render_template(
        "competencies/function_profiles.html",
        profiles=queries.function_profiles_in_use(actor().organisation_id),
    )


@bp.route("/beheer/functieprofielen/<int:profile_id>", methods=["GET", "POST"])
@needs(Role.BEHEERDER)
def function_profile(profile_id: int) -> Response | str | tuple[str, int]:
    profile = _own_profile(profile_id)
    catalog = queries.current_framework().catalog
    form = form_for(catalog, profile.name, queries.targets_of(profile_id))
    if form.validate_on_submit():
        targets = {
            c.code: (float(score.data), int(importance.data))
            for c, score, importance in form.targets(catalog.competencies)
        }
        try:
            services.change_profile(profile, form.name.data, targets)
        except services.NameTaken:
            form.name.errors = [_("Er is al een functieprofiel met deze naam.")]
        else:
            flash(_("Het functieprofiel is bewaard."))
            return redirect(url_for("competencies.function_profiles"))
    page = render_template("competencies/function_profile.html", form=form, profile=profile, catalog=catalog)
    return (page, 422) if form.errors else page


@bp.post("/beheer/functieprofielen/<int:profile_id>/kopie")
@needs(Role.BEHEERDER)
def copy_function_profile(profile_id: int) -> Response:
    copy = services.copy_profile(_own_profile(profile_id), _("Kopie van {name}"))
    flash(_("De kopie is klaar. Geef haar een naam en pas aan wat anders is."))
    return redirect(url_for("competencies.function_profile", profile_id=copy.id))


@bp.post("/beheer/functieprofielen/<int:profile_id>/weg")
@needs(Role.BEHEERDER)
def remove_function_profile(profile_id: int) -> Response | tuple[str, int]:
    try:
        services.remove_profile(_own_profile(profile_id))
    except services.InUse:
        profiles = queries.function_profiles_in_use(actor().organisation_id)
        refusal = _("Dit functieprofiel is van iemand, of het is het standaardprofiel. Daarom blijft het staan.")
        return render_template("competencies/function_profiles.html", profiles=profiles, refusal=refusal), 409
    flash(_("Het functieprofiel is weg."))
    return redirect(url_for("competencies.function_profiles"))


def _own_profile(profile_id: int) -> FunctionProfile:
    profile = db.session.get(FunctionProfile, profile_id)
    authorize(profile is not None and can_edit_function_profile(actor(), profile))
    assert profile is not None
    return profile
