"""The beheerder's pages of people."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_edit_person, needs
from app.accounts import links
from app.accounts.services import EmailTaken
from app.forms import stripped
from app.people import pasting, queries, services
from app.people.forms import PastedForm, PersonForm
from app.people.models import Person
from app.people.services import Details, LastBeheerder
from app.people.views import bp


@bp.get("/beheer/mensen")
@needs(Role.BEHEERDER)
def overview() -> str:
    search = stripped(request.args.get("zoek", ""))
    rows = queries.overview(actor(), search)
    return render_template("people/overview.html", rows=rows, search=search, Joined=queries.Joined)


@bp.route("/beheer/mensen/nieuw", methods=["GET", "POST"])
@needs(Role.BEHEERDER)
def new() -> Response:
    organisation_id = actor().organisation_id
    form = PersonForm(organisation_id)
    if form.validate_on_submit():
        try:
            person = services.add_and_invite(organisation_id, form.details)
        except EmailTaken:
            form.email.errors = [_taken(organisation_id, form.email.data)]
        else:
            flash(_("%(name)s is toegevoegd. De uitnodiging staat klaar.", name=person.name))
            return redirect(url_for("people.edit", person_id=person.id))
    page = render_template("people/person.html", form=form, person=None, invitation=None)
    return make_response(page, 422 if form.errors else 200)


@bp.route("/beheer/mensen/<int:person_id>", methods=["GET", "POST"])
@needs(Role.BEHEERDER)
def edit(person_id: int) -> Response:
    person = _person(person_id)
    form = PersonForm(person.organisation_id, person)
    if form.validate_on_submit() and _may_leave(form, person) and _changed(form, person, form.details):
        flash(_("De gegevens van %(name)s zijn bewaard.", name=person.name))
        still_beheerder = Role.BEHEERDER in current_user.actor.roles
        return redirect(url_for("people.overview" if still_beheerder else "home.start"))
    page = render_template("people/person.html", form=form, person=person, invitation=_invitation(person))
    return make_response(page, 422 if form.errors else 200)


@bp.post("/beheer/mensen/<int:person_id>/uitnodigen")
@needs(Role.BEHEERDER)
def invite(person_id: int) -> Response:
    person = _person(person_id)
    if person.account.password_hash is not None or not person.active:
        flash(_("%(name)s heeft geen uitnodiging meer nodig.", name=person.name))
    else:
        services.invite_again(person)
        flash(_("De nieuwe uitnodiging staat klaar. De vorige link werkt niet meer."))
    return redirect(url_for("people.edit", person_id=person.id))


@bp.route("/beheer/mensen/lijst", methods=["GET", "POST"])
@needs(Role.BEHEERDER)
def paste() -> Response:
    organisation_id = actor().organisation_id
    form = PastedForm(organisation_id)
    result = None
    if form.validate_on_submit():
        lines = pasting.read(form.lines.data)
        if len(lines) > pasting.MOST:
            form.lines.errors = [_("Dit is te veel in één keer. Neem hoogstens %(most)s regels.", most=pasting.MOST)]
        else:
            result = services.add_pasted(organisation_id, lines, form.team.data)
            if not result.refused:
                flash(_how_many(len(result.added)))
                return redirect(url_for("people.overview"))
            form.lines.data = "\n".join(line.text for line in result.refused)
    page = render_template("people/paste.html", form=form, result=result, Problem=pasting.Problem,
                           added=_how_many(len(result.added)) if result and result.added else None)
    return make_response(page, 200 if not form.is_submitted() or (result and result.added) else 422)


def _how_many(added: int) -> str:
    return ngettext("%(num)s persoon is toegevoegd. De uitnodiging staat klaar.",
                    "%(num)s mensen zijn toegevoegd. Hun uitnodigingen staan klaar.", added)


def _person(person_id: int) -> Person:
    person = queries.person_to_edit(actor().organisation_id, person_id)
    authorize(person is not None and can_edit_person(actor(), person))
    assert person is not None
    return person


def _invitation(person: Person) -> links.OpenInvitation | None:
    """What the beheerder may hand over: only as long as nothing private can exist behind it."""
    if person.account.password_hash is not None or not person.active:
        return None
    return links.open_invitation(person.account_id)


def _may_leave(form: PersonForm, person: Person) -> bool:
    if person.id == actor().person_id and not form.active.data:
        form.active.errors = [_("Jezelf kun je niet uitzetten. Vraag het een andere beheerder.")]
        return False
    return True


def _changed(form: PersonForm, person: Person, details: Details) -> bool:
    try:
        services.change(person, details)
    except EmailTaken:
        form.email.errors = [_taken(person.organisation_id, details.email)]
    except LastBeheerder:
        form.roles.errors = [_("Dit is de enige beheerder. Maak eerst iemand anders beheerder.")]
    else:
        return True
    return False


def _taken(organisation_id: int, email: str) -> str:
    """Of people elsewhere it says nothing."""
    name = queries.name_with_email(organisation_id, email)
    if name:
        return _("Dit adres is al van %(name)s.", name=name)
    return _("Dit adres kan niet worden gebruikt. Neem een ander adres.")
