"""The beheerder's page of what holds for all rounds."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.db import keep
from app.rounds import holiday_lines, settings
from app.rounds.forms.settings import HolidayForm, HolidayLinesForm, SettingsForm
from app.rounds.holiday_lines import Line
from app.rounds.views import bp
from app.rounds.words import course as words

Page = str | tuple[str, int]
ADDRESS = "/beheer/instellingen"


@bp.get(ADDRESS, endpoint="settings")
@needs(Role.BEHEERDER)
def show_settings() -> Page:
    return _page()


@bp.post(ADDRESS)
@needs(Role.BEHEERDER)
def save_settings() -> Response | Page:
    form = SettingsForm()
    if not form.validate():
        return _page(form=form)
    settings.change_settings(actor().organisation_id, form.settings)
    flash(_("De instellingen zijn bewaard."))
    return redirect(url_for("rounds.settings"), 303)


@bp.post(f"{ADDRESS}/vakanties")
@needs(Role.BEHEERDER)
def add_holiday() -> Response | Page:
    form = HolidayForm()
    if not form.validate():
        return _page(holiday=form)
    return _added(settings.add_holidays(actor().organisation_id, [form.said]))


@bp.post(f"{ADDRESS}/vakanties/lijst")
@needs(Role.BEHEERDER)
def paste_holidays() -> Response | Page:
    form = HolidayLinesForm()
    if not form.validate():
        return _page(lines=form)
    lines = holiday_lines.read(form.lines.data)
    if len(lines) > holiday_lines.MOST:
        form.lines.errors = [_("Dit is te veel in één keer. Neem hoogstens %(most)s regels.", most=holiday_lines.MOST)]
        return _page(lines=form)
    added = settings.add_holidays(actor().organisation_id, [line.holiday for line in lines if line.holiday])
    wrong = [line for line in lines if line.problem]
    if not wrong:
        return _added(added)
    keep()
    form.lines.data = "\n".join(line.text for line in wrong)
    return _page(lines=form, wrong=wrong, told=_how_many(added) if added else None)


@bp.post(f"{ADDRESS}/vakanties/<int:holiday_id>/weg")
@needs(Role.BEHEERDER)
def remove_holiday(holiday_id: int) -> Response:
    found = settings.holiday(actor().organisation_id, holiday_id)
    if found is None:
        abort(404)
    settings.remove_holiday(found)
    flash(_("De vakantie is weg."))
    return redirect(url_for("rounds.settings", _anchor="vakanties"), 303)


def _page(*, form: SettingsForm | None = None, holiday: HolidayForm | None = None,
          lines: HolidayLinesForm | None = None, wrong: list[Line] | None = None, told: str | None = None) -> Page:
    organisation_id = actor().organisation_id
    forms = [one for one in (form, holiday, lines) if one is not None]
    page = render_template(
        "rounds/settings.html",
        form=form or SettingsForm(formdata=None, obj=settings.settings_of(organisation_id)),
        holiday=holiday or HolidayForm(formdata=None),
        lines=lines or HolidayLinesForm(formdata=None),
        refused=next(iter(forms), None), wrong=wrong or [], told=told,
        holidays=settings.holiday_rows(organisation_id), words=words,
    )
    return (page, 422) if forms else page


def _added(count: int) -> Response:
    flash(_how_many(count) if count else _("Deze vakantie stond er al bij."))
    return redirect(url_for("rounds.settings", _anchor="vakanties"), 303)


def _how_many(count: int) -> str:
    return ngettext("%(num)s vakantie is toegevoegd.", "%(num)s vakanties zijn toegevoegd.", count)
