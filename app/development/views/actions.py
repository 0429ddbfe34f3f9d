"""One action: its steps, its date, how it stands, and with whom."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_use_goal, needs
from app.competencies.queries import framework_of
from app.development.actions import queries as action_queries
from app.development.actions import services as actions
from app.development.actions.forms import ActionForm, form_of, sent_form
from app.development.actions.lifecycle import ActionState, state_of
from app.development.buddies import services as buddies
from app.development.buddies import words as buddy_words
from app.development.buddies.forms import BuddyForm
from app.development.buddies.queries import buddies_for, companion, key_of_chosen
from app.development.goals import words
from app.development.goals.cards import GoalCard
from app.development.goals.forms import EXAMPLE
from app.development.goals.lifecycle import StepRefused, may_change
from app.development.library import queries as library
from app.development.models import Goal, GoalAction
from app.development.views import bp
from app.practice import queries as practice
from app.practice.page import warning_of

ADDRESS = "/ontwikkelplan/acties/<int:action_id>"
STATES = ", ".join(repr(str(state)) for state in ActionState)
Page = str | tuple[str, int]


@bp.get(ADDRESS)
@needs(Role.BEGELEIDER)
def action(action_id: int) -> Page:
    return action_page(*own_action(action_id))


@bp.post(ADDRESS)
@needs(Role.BEGELEIDER)
def change_action(action_id: int) -> Response | Page:
    goal, action = own_action(action_id)
    form, stored = sent_form(action), form_of(action)
    whole = form.merge(stored)
    if not may_change(goal.state):
        return action_page(goal, action, words.refused(goal.state), lost=form.typed(stored))
    if not whole or not form.validate():
        return action_page(goal, action, form=form)
    actions.change(goal, action, form.words)
    flash(_("Je actie is bewaard."))
    if told := warning_of(actor(), action.title, action.if_then, action.note, *action.steps):
        flash(told)
    return _back(action)


@bp.post(f"{ADDRESS}/<any({STATES}):stand>")
@needs(Role.BEGELEIDER)
def move_action(action_id: int, stand: str) -> Response | Page:
    goal, action = own_action(action_id)
    try:
        actions.move(goal, action, ActionState(stand))
    except StepRefused:
        return action_page(goal, action, words.refused(goal.state))
    return _back(action, "stand")


@bp.post(f"{ADDRESS}/stappen/<int:number>/<any('gedaan', 'niet-gedaan'):said>")
@needs(Role.BEGELEIDER)
def tick_step(action_id: int, number: int, said: str) -> Response | Page:
    """Steps are counted from one, as people do."""
    goal, action = own_action(action_id)
    try:
        actions.tick(goal, action, number - 1, done=said == "gedaan")
    except IndexError:
        abort(404)
    except StepRefused:
        return action_page(goal, action, words.refused(goal.state))
    return _back(action, f"stap-{number}")


@bp.post(f"{ADDRESS}/maatje")
@needs(Role.BEGELEIDER)
def choose_buddy(action_id: int) -> Response | Page:
    goal, action = own_action(action_id)
    form = _buddy_form(goal, action)
    if form.buddy.data == key_of_chosen(action):        # pressed again, since the answer was lost
        return _back(action, "maatje")
    if not form.buddies:
        return action_page(goal, action, _("Niemand biedt dit nu meer aan. Kijk later nog eens."))
    if not form.validate() or form.chosen is None:
        return action_page(goal, action, buddy_form=form)
    try:
        buddies.choose(goal, action, form.chosen)
    except StepRefused:
        return action_page(goal, action, words.refused(goal.state))
    flash(_("%(name)s krijgt een mail met jouw naam en het onderwerp. Verder staat er niets in over je plan.",
            name=form.chosen.name))
    return _back(action, "maatje")


@bp.post(f"{ADDRESS}/maatje/weg")
@needs(Role.BEGELEIDER)
def let_buddy_go(action_id: int) -> Response | Page:
    goal, action = own_action(action_id)
    try:
        buddies.let_go(goal, action)
    except StepRefused:
        return action_page(goal, action, words.refused(goal.state))
    return _back(action, "maatje")


def own_action(action_id: int) -> tuple[Goal, GoalAction]:
    """Her action with its goal; held while it is changed. 404 for anybody else's."""
    find = action_queries.goal_with_to_change if request.method == "POST" else action_queries.goal_with
    goal = find(actor(), action_id)
    authorize(goal is not None and can_use_goal(actor(), goal))
    assert goal is not None
    return goal, next(action for action in goal.actions if action.id == action_id)


def action_page(goal: Goal, action: GoalAction, refusal: str = "", form: ActionForm | None = None,
                buddy_form: BuddyForm | None = None, lost: Sequence[str] = ()) -> Page:
    """With a form that was refused it is a 422, with a step that was refused a 409.

    `lost`: what she typed and cannot be kept.
    """
    status = 409 if refusal or (form and form.torn) else 422 if form or buddy_form else 200
    found = library.named(goal.organisation_id, [action.library_code]) if action.library_code else ()
    page = render_template(
        "development/action.html",
        card=GoalCard(goal, framework_of(goal.framework_version_id)),
        action=action,
        stand=state_of(action.begun_at, action.done_at),
        states=tuple(ActionState),
        fixed=not may_change(goal.state),
        form=form or form_of(action),
        buddy_form=buddy_form or _buddy_form(goal, action, blank=True),
        companion=companion(actor(), action.with_id),
        details=found[0] if found else None,
        tool=practice.tool(found[0].tool) if found and found[0].tool else None,
        example=found[0].if_then if found else str(EXAMPLE),
        refusal=refusal,
        lost=lost,
    )
    return page, status


def _buddy_form(goal: Goal, action: GoalAction, *, blank: bool = False) -> BuddyForm:
    """Offers who offers something about what this action is about."""
    found = library.named(goal.organisation_id, [action.library_code]) if action.library_code else ()
    about = {goal.competency_code, *(found[0].competencies if found else ())}
    catalog = framework_of(goal.framework_version_id).catalog
    names = {one.code: one.name for one in catalog.competencies}
    offered = tuple(
        buddy for buddy in buddies_for(actor(), about)
        if buddy.person_id != action.with_id and buddy.competency_code in names
    )
    form = BuddyForm(formdata=None) if blank else BuddyForm()
    form.offer(offered, tuple(buddy_words.buddy(buddy.name, buddy.teams, buddy.kind, names[buddy.competency_code])
                              for buddy in offered))
    return form


def _back(action: GoalAction, anchor: str | None = None) -> Response:
    return redirect(url_for("development.action", action_id=action.id, _anchor=anchor), 303)
