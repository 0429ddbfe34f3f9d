"""Adding people to ask: the same door for the subject and for whoever approves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.measurement.scale import Group
from app.rounds import choosing
from app.rounds.cards import counts_of
from app.rounds.forms.raters import TICKED, TYPED, AddForm
from app.rounds.models import RoundSubject
from app.rounds.queries import asked
from app.rounds.queries.asked import Colleague
from app.rounds.raters import Rater
from app.rounds.views import bp
from app.rounds.words.raters import (
    add_label,
    asked_by_itself,
    decline_label,
    foreseen,
    group_label,
    problem_of,
    relation_label,
    so_far,
    standing,
)

AT_ONCE = 30    # colleagues to tick on one page; a search finds the others

for words in (add_label, asked_by_itself, decline_label, group_label, relation_label, so_far, standing):
    bp.add_app_template_global(words)


def door(part: RoundSubject, group: str, *, back: str, closed: Callable[[], Response],
         by_approver: bool = False) -> Response:
    """The page on which people of a group are added, and what came of it. `closed`: when nobody can be added now."""
    may = choosing.runs(part) if by_approver else choosing.may_choose(part)
    if not may and request.method != "POST":
        return closed()
    on_list = {one.person_id for one in part.invitations if one.state in choosing.ON_THE_LIST and one.person_id}
    reading = {reader.person_id for reader in asked.readers_of(part.person)} if group == Group.COLLEAGUE else set()
    before = asked.earlier(part, group)
    people = asked.colleagues(part.person, before, beside=on_list | reading) if group == Group.COLLEAGUE else []
    ticked = {one.email for one in people}
    form = AddForm(group, people, [one for one in before if one.email not in ticked])
    refused: Sequence[Rater] = ()
    added = ""
    if not may:
        form.form_errors.append(_("Nu kan er niemand bij: de keuze is al verstuurd, of de ronde loopt niet meer. "
                                  "Wat je invulde, staat er nog."))
    elif request.method == "POST" and not _only_searches(form) and form.validate():
        raters = form.raters
        if not raters:
            form.form_errors.append(_("Kies iemand, of vul een naam en een e-mailadres in."))
        else:
            result = choosing.propose(part, group, raters, by_approver=by_approver)
            if not result.refused:
                flash(_how_many(len(result.added)))
                return redirect(back, 303)
            refused, added = result.refused, _how_many(len(result.added)) if result.added else ""
            _keep_refused(form, refused)
    page = render_template(
        "rounds/add.html", part=part, group=group, form=form, back=back, own=not by_approver, added=added,
        refused=[(rater, problem_of(rater, own=not by_approver)) for rater in refused],
        found=_to_tick(part, form), foreseen=foreseen(part.round, counts_of(part.invitations), own=not by_approver),
    )
    failed = bool(form.errors or form.form_errors or refused) and not added
    return make_response(page, 409 if not may else 422 if failed else 200)


def _only_searches(form: AddForm) -> bool:
    """Enter in any field presses the form's first button: with somebody typed and nothing to find she means to add."""
    typed = form.name.data or form.email.data or form.lines.data
    return "find" in request.form and bool(form.search.data or not typed)


def _keep_refused(form: AddForm, refused: Sequence[Rater]) -> None:
    """In the fields stays what was refused; what was added leaves them."""
    form.lines.data = "\n".join(rater.text for rater in refused if rater.number > 0)
    ticked = [rater for rater in refused if rater.number == TICKED]
    form.colleagues.data = [rater.person_id for rater in ticked if rater.person_id is not None]
    form.earlier.data = [one.id for one in form.before if one.email in {rater.email for rater in ticked}]
    if all(rater.number != TYPED for rater in refused):
        form.name.data = form.email.data = form.school.data = ""


def _to_tick(part: RoundSubject, form: AddForm) -> list[Colleague]:
    """Whoever was ticked already, and what a search finds, without those who are on the list."""
    here = {one.person_id for one in part.invitations if one.state in choosing.ON_THE_LIST}
    people = [one for one in form.people if one.person_id not in here]
    ticked = set(form.colleagues.data or ())
    others = [one for one in asked.matching(people, form.search.data or "") if one.person_id not in ticked]
    return [one for one in people if one.person_id in ticked] + others[:AT_ONCE]


def _how_many(added: int) -> str:
    return ngettext("%(num)s persoon is toegevoegd.", "%(num)s mensen zijn toegevoegd.", added)
