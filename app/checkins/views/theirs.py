"""What whoever accompanies her does with a tussenstand: reacting and confirming."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import actor, authorize, can_agree_plan, needs
from app.checkins import agreeing, queries
from app.checkins.agreeing import NothingWritten, confirmed_by, reaction_of
from app.checkins.forms import reaction_form
from app.checkins.views import bp
from app.checkins.views.hers import (
    ADDRESS,
    Page,
    back,
    changed_meanwhile,
    confirmed,
    fixed_by_now,
    merged_with,
    page,
    stays,
    typed,
)
from app.db import keep


@bp.post(f"{ADDRESS}/reactie")
@needs()
def react(check_in_id: int) -> Response | Page:
    """Keeps what was typed; with the button of the confirming, confirms it too."""
    check_in = queries.check_in_to_change(actor(), check_in_id)
    authorize(check_in is not None and can_agree_plan(actor(), check_in, check_in.plan.person))
    assert check_in is not None
    form = reaction_form()
    stored = reaction_of(check_in, actor().person_id)
    behind, merged = merged_with(check_in, form, stored)
    if told := stays(check_in):
        again = fixed_by_now(check_in, form, merged, stored)
        return again or page(check_in, 409, lost=typed(merged, stored), told=told)
    if not form.validate():
        return page(check_in, 422, reaction=form)
    pressed_again = merged.values == stored and confirmed_by(check_in, own=False)
    if merged.torn or (behind and form.confirm.data and not pressed_again):
        again = reaction_form(merged.values, check_in.revision, stored)
        return page(check_in, 409, reaction=again, torn={name: stored[name] for name in merged.torn},
                    told=changed_meanwhile(torn=bool(merged.torn)))
    took_back = agreeing.react(check_in, actor().person_id, merged.values)
    if form.confirm.data:
        form.is_stored(check_in.revision, merged.values)
        keep()      # what is refused below was written all the same
        try:
            fixed = agreeing.confirm(check_in, actor().person_id)
        except NothingWritten:
            return page(check_in, 422, reaction=form, told=_("Er staat niets in om vast te leggen."))
        return confirmed(check_in, fixed=fixed, other=check_in.plan.person.first_name)
    flash(_("Bewaard. %(name)s kan je reactie lezen.", name=check_in.plan.person.first_name))
    if took_back:
        flash(_("Er is iets veranderd, dus bevestigen moet opnieuw, door jullie allebei."))
    return back(check_in)
