"""Making a tussenstand: beginning it, writing, showing and confirming; and the page of it, for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_read_plan, can_use_plan, needs
from app.checkins import agreeing, queries, words
from app.checkins.agreeing import (
    AlreadyFixed,
    Nobody,
    NothingWritten,
    NotShown,
    PlanRests,
    confirmed_by,
    values_of,
)
from app.checkins.forms import CheckInForm, ReactionForm, SharedForm, check_in_form, sent_goals
from app.checkins.models import CheckIn
from app.checkins.page import page_of
from app.checkins.views import bp
from app.db import keep
from app.development.models import Goal
from app.development.views.plan import own_plan, plan_page
from app.forms.merging import Merged, merge, read_marks

Page = str | tuple[str, int]
ADDRESS = "/tussenstand/<int:check_in_id>"


@bp.post("/ontwikkelplan/van/<int:plan_id>/tussenstand")
@needs(Role.BEGELEIDER)
def begin(plan_id: int) -> Response | Page:
    plan = own_plan(plan_id)
    try:
        made = agreeing.begin(plan)
    except PlanRests as refusal:
        return plan_page(words.cannot_begin(refusal)), 409
    return back(made)


@bp.get(ADDRESS)
@needs()
def check_in(check_in_id: int) -> Page:
    found = queries.check_in_of(actor(), check_in_id)
    authorize(found is not None and can_read_plan(actor(), found, found.plan.person))
    assert found is not None
    return page(found)


@bp.post(ADDRESS)
@needs()
def write(check_in_id: int) -> Response | Page:
    """Keeps what was typed; with the button of the showing or the confirming, shows or confirms it too."""
    check_in = queries.check_in_to_change(actor(), check_in_id)
    authorize(check_in is not None and can_use_plan(actor(), check_in))
    assert check_in is not None
    sent = sent_goals(request.form)
    goals = queries.goals_for(check_in, sent)
    form = check_in_form(goals)
    stored = values_of(check_in, goals)
    behind, merged = merged_with(check_in, form, stored)
    if told := stays(check_in):
        again = fixed_by_now(check_in, form, merged, stored)
        return again or page(check_in, 409, lost=typed(merged, stored), told=told)
    if sent - {goal.id for goal in goals}:
        return page(check_in, 422, form=form, told=_(
            "Er zat een doel bij dat niet in dit plan staat. Er is niets bewaard: kijk het na en bewaar opnieuw."))
    if not form.validate():
        return page(check_in, 422, form=form)
    pressed_again = merged.values == stored and confirmed_by(check_in, own=True)
    if (merged.torn or (behind and form.confirm.data and not pressed_again)
            or (form.show.data and form.lacks(merged.values))):
        return _behind(check_in, goals, merged, stored)
    took_back = agreeing.write(check_in, goals, merged.values)
    if form.show.data or form.confirm.data:
        form.is_stored(check_in.revision, merged.values)
        keep()      # what is refused below was written all the same
        return _show(check_in, form, goals) if form.show.data else _confirm(check_in, form)
    flash(_("Bewaard, samen met wat er intussen bij kwam.") if behind else _("Bewaard."))
    if took_back:
        flash(_("Er is iets veranderd, dus bevestigen moet opnieuw, door jullie allebei."))
    return back(check_in)


def page(
    check_in: CheckIn, status: int = 200, *, form: CheckInForm | None = None, reaction: ReactionForm | None = None,
    told: str = "", torn: Mapping[str, str] | None = None, lost: Sequence[str] = (),
) -> Page:
    """The page of both, with what was refused on top."""
    shown = page_of(check_in, actor(), form=form, reaction=reaction, torn=torn, lost=lost)
    return render_template("checkins/check_in.html", page=shown, told=told, words=words), status


def back(check_in: CheckIn) -> Response:
    return redirect(url_for("checkins.check_in", check_in_id=check_in.id), 303)


def stays(check_in: CheckIn) -> str:
    """Why nothing that was typed can be kept; empty when it can."""
    try:
        agreeing.may_change(check_in)
    except AlreadyFixed:
        return _("De tussenstand is intussen vastgelegd. Er verandert niets meer aan.")
    except PlanRests as refusal:
        return words.rests(refusal)
    return ""


def merged_with(check_in: CheckIn, form: SharedForm, stored: Mapping[str, str]) -> tuple[bool, Merged]:
    """Whether the form is of an older revision, and what it makes of what is stored."""
    behind, mine = form.seen != check_in.revision, {**stored, **form.values}
    return behind, merge(read_marks(form.shown.data or ""), mine, stored) if behind else Merged(mine, frozenset())


def typed(merged: Merged, stored: Mapping[str, str]) -> list[str]:
    """The texts that she typed and that are not stored; a tile is chosen again sooner than it is read here."""
    return [text for name, text in merged.values.items()
            if text and text != stored[name] and not name.startswith("tile-")]


def fixed_by_now(check_in: CheckIn, form: SharedForm, merged: Merged, stored: Mapping[str, str]) -> Response | None:
    """For who pressed again, since the answer was lost: what she wanted is so."""
    again = check_in.fixed and bool(form.confirm.data) and merged.values == stored
    return confirmed(check_in, fixed=True, other="") if again else None


def _show(check_in: CheckIn, form: CheckInForm, goals: Sequence[Goal]) -> Response | Page:
    readers = agreeing.readers_for(check_in)
    chosen = readers[0].person_id if len(readers) == 1 else form.partner_id
    missing = [goal for goal in goals if goal.place is not None and not form[agreeing.tile_field(goal.id)].data]
    if missing:
        for goal in missing:
            form[agreeing.tile_field(goal.id)].errors = [
                _("Kies een van de vier tegels bij ‘%(goal)s’.", goal=shorten(goal.behaviour, 60, placeholder="…"))]
        return page(check_in, 422, form=form)
    try:
        agreeing.show(check_in, chosen)
    except NothingWritten:
        return page(check_in, 422, form=form, told=_(
            "Er staat nog niets in. Beantwoord ten minste één vraag, dan kun je het laten zien."))
    except Nobody:
        told = _("Kies aan wie je het laat zien.") if readers else _(
            "Er is nog niemand aan wie je dit kunt laten zien. De beheerder van je organisatie kan een teamleider of "
            "gesprekspartner voor je instellen.")
        return page(check_in, 422, form=form, told=told)
    names = {one.person_id: one.name for one in readers}
    flash(_("%(name)s kan je tussenstand nu lezen, en krijgt er een mail over.", name=names[chosen]))
    return back(check_in)


def _confirm(check_in: CheckIn, form: CheckInForm) -> Response | Page:
    try:
        fixed = agreeing.confirm(check_in, actor().person_id)
    except NotShown:
        return page(check_in, 409, form=form, told=_("Laat je tussenstand eerst zien. Daarna bevestigen jullie samen."))
    except NothingWritten:
        return page(check_in, 422, form=form, told=_("Er staat niets in om vast te leggen."))
    return confirmed(check_in, fixed=fixed, other=check_in.partner.first_name if check_in.partner else _("de ander"))


def confirmed(check_in: CheckIn, *, fixed: bool, other: str) -> Response:
    flash(_("De tussenstand ligt vast.") if fixed else _("Jij hebt bevestigd. Nu %(name)s nog.", name=other))
    return back(check_in)


def _behind(check_in: CheckIn, goals: Sequence[Goal], merged: Merged, stored: Mapping[str, str]) -> Page:
    """The form again with both texts, from which she can go on."""
    again = check_in_form(goals, merged.values, check_in.revision, stored)
    return page(check_in, 409, form=again, torn={name: stored[name] for name in merged.torn},
                told=changed_meanwhile(torn=bool(merged.torn)))


def changed_meanwhile(*, torn: bool) -> str:
    if torn:
        return _("Er is intussen elders ook iets geschreven. Er is niets kwijt: je ziet hieronder wat je net typte, en "
                 "wat er nu staat. Maak er één tekst van en bewaar opnieuw.")
    return _("Er is intussen iets veranderd. Lees het na en doe het dan opnieuw.")
