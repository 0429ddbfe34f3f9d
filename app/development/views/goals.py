"""Making, reading and changing a goal, its steps and its actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_use_goal, needs
from app.competencies.catalog import Catalog
from app.competencies.queries import current_framework, framework_of, function_profile_of
from app.conversations.queries import agreed_levels_of
from app.db import keep
from app.development import neighbours
from app.development.buddies import services as buddies
from app.development.goals import queries, services, words
from app.development.goals.cards import level_texts, plan_of, topics_of
from app.development.goals.forms import (
    EXAMPLE,
    LEVELS,
    MOST_ACTIONS,
    ActionsForm,
    GoalForm,
    NewGoalForm,
    form_of,
    sent_form,
)
from app.development.goals.lifecycle import GoalState, Step, StepRefused, may_change
from app.development.goals.queries import Beginning
from app.development.goals.reading import read_goal
from app.development.goals.services import LastAction, NoPlaceLeft
from app.development.library import queries as library
from app.development.library.suggestions import Suggestion, at_level, suggest
from app.development.models import Goal, GoalAction
from app.development.views import bp
from app.development.views.plan import plan_page
from app.practice.page import warning_of
from app.profiles import texts
from app.profiles.round_labels import figure

Page = str | tuple[str, int]


@bp.route("/ontwikkelplan/doelen/nieuw", methods=["GET", "POST"])
@needs(Role.BEGELEIDER)
def new_goal() -> Response | Page:
    if "competentie" not in request.args:
        if request.method == "POST":
            abort(404)          # a goal for nothing in particular: its words are not to vanish behind a page
        return _choose_page()
    beginning = _beginning()
    form = NewGoalForm(data=_begin_with(beginning) if request.method == "GET" else None)
    level = int(form.level_now.data) if form.level_now.data in LEVELS else None
    in_order = suggest(library.to_choose(actor().organisation_id), beginning.framework.catalog,
                       beginning.competency.code, None)
    suggestions = at_level(in_order, level)
    form.offer(suggestions)
    if not form.validate_on_submit():
        page = render_template("development/new.html", form=form, beginning=beginning, suggestions=suggestions,
                               plan=plan_of(queries.goals_of(actor())), example=_example(suggestions),
                               levels=level_texts(beginning.framework.catalog, beginning.competency),
                               offer=neighbours.offer_for(beginning.competency.code, level))
        return (page, 422) if form.errors else page
    goal = services.make_goal(actor(), beginning, form.words, form.chosen)
    if goal.state == GoalState.IDEA:
        keep()
        return plan_page(_("Je hebt al drie doelen. Rond er eerst een af of zet er een stil. Wat je net typte, is "
                            "bewaard als idee.")), 409
    _kept(goal)
    return redirect(url_for("development.plan", _anchor=f"doel-{goal.id}"), 303)


@bp.get("/ontwikkelplan/doelen/<int:goal_id>")
@needs(Role.BEGELEIDER)
def goal(goal_id: int) -> Page:
    return goal_page(own_goal(goal_id))


@bp.post("/ontwikkelplan/doelen/<int:goal_id>")
@needs(Role.BEGELEIDER)
def change_goal(goal_id: int) -> Response | Page:
    goal = own_goal(goal_id)
    form, stored = sent_form(goal), form_of(goal)
    whole = form.merge(stored)
    if not may_change(goal.state):
        return goal_page(goal, words.refused(goal.state), lost=form.typed(stored))
    if not whole or not form.validate():
        return goal_page(goal, form=form)
    services.change_goal(goal, form.words)
    _kept(goal)
    return redirect(url_for("development.plan", _anchor=f"doel-{goal.id}"), 303)


@bp.post("/ontwikkelplan/doelen/<int:goal_id>/acties")
@needs(Role.BEGELEIDER)
def add_actions(goal_id: int) -> Response | Page:
    goal = own_goal(goal_id)
    form = ActionsForm()
    form.offer(_goal_suggestions(goal, framework_of(goal.framework_version_id).catalog, _shelf_of(goal)))
    form.present = len(goal.actions)
    if not may_change(goal.state):
        return goal_page(goal, words.refused(goal.state), lost=[form.own.data] if form.own.data else ())
    if not form.validate():
        return goal_page(goal, actions_form=form)
    services.add_actions(goal, form.chosen)
    return redirect(url_for("development.goal", goal_id=goal.id, _anchor="acties"), 303)


@bp.post("/ontwikkelplan/doelen/<int:goal_id>/acties/<int:action_id>/<any('gedaan', 'niet-gedaan'):said>")
@needs(Role.BEGELEIDER)
def mark_action(goal_id: int, action_id: int, said: str) -> Response | Page:
    goal = own_goal(goal_id)
    action = _action_of(goal, action_id)
    try:
        services.mark_action(goal, action, done=said == "gedaan")
    except StepRefused:
        return refused(goal)
    page = "development.goal" if request.form.get("page") == "goal" else "development.plan"
    return redirect(url_for(page, goal_id=goal.id if page == "development.goal" else None,
                            _anchor=f"actie-{action.id}"), 303)


@bp.post("/ontwikkelplan/doelen/<int:goal_id>/acties/<int:action_id>/weg")
@needs(Role.BEGELEIDER)
def remove_action(goal_id: int, action_id: int) -> Response | Page:
    goal = own_goal(goal_id)
    action = _action_of(goal, action_id)
    try:
        if action.with_id is not None and len(goal.actions) > 1:
            buddies.let_go(goal, action)        # who was asked for it hears that it is off
        services.remove_action(goal, action)
    except LastAction:
        return goal_page(goal, _("Een doel heeft ten minste één actie. Voeg eerst een andere toe."))
    except StepRefused:
        return refused(goal)
    return redirect(url_for("development.goal", goal_id=goal.id, _anchor="acties"), 303)


@bp.post(f"/ontwikkelplan/doelen/<int:goal_id>/<any({', '.join(repr(str(step)) for step in Step)}):step>")
@needs(Role.BEGELEIDER)
def take_step(goal_id: int, step: str) -> Response | Page:
    goal = own_goal(goal_id)
    try:
        services.take_step(goal, Step(step))
    except StepRefused:
        return refused(goal)
    except NoPlaceLeft:
        return plan_page(_("Je hebt al drie doelen. Rond er eerst een af of zet er een stil.")), 409
    flash(words.told(Step(step)))
    gone = step == Step.DROP
    return redirect(url_for("development.plan", _anchor=None if gone else f"doel-{goal_id}"), 303)


def _kept(goal: Goal) -> None:
    """Says so, and what in it looks like a person."""
    flash(_("Je doel is bewaard."))
    if told := warning_of(actor(), goal.reason or "", goal.behaviour, goal.noticed_by or "", goal.if_then or "",
                          goal.support):
        flash(told)


def _begin_with(beginning: Beginning) -> dict[str, Any]:
    """What a new form begins with: the niveau that was agreed, and the actions of the proposal it is reached from."""
    codes = request.args.getlist("actie")[:MOST_ACTIONS]
    named = library.named(actor().organisation_id, codes) if codes else ()
    agreed = agreed_levels_of(actor().person_id, actor().organisation_id)
    level = next((one.level for one in agreed if one.code == beginning.competency.aspect), None)
    return {
        "library": [action.code for action in named],
        "if_then": named[0].if_then if named else "",
        "level_now": str(level) if level else None,
    }


def own_goal(goal_id: int) -> Goal:
    to_change = request.method == "POST"
    goal = queries.goal_to_change(actor(), goal_id) if to_change else queries.goal_of(actor(), goal_id)
    authorize(goal is not None and can_use_goal(actor(), goal))
    assert goal is not None
    return goal


def _action_of(goal: Goal, action_id: int) -> GoalAction:
    return next((action for action in goal.actions if action.id == action_id), None) or abort(404)


def _beginning() -> Beginning:
    """What the address names; 404 for what does not exist or is somebody else's."""
    number = request.args.get("meting")
    if number is not None and not (number.isascii() and number.isdecimal() and len(number) < 10):
        abort(404)
    found = queries.beginning(actor(), request.args["competentie"], int(number) if number else None)
    return found or abort(404)


def _goal_suggestions(goal: Goal, catalog: Catalog, shelf: library.Shelf) -> tuple[Suggestion, ...]:
    """What could be added to a goal."""
    found = suggest(shelf.to_choose, catalog, goal.competency_code, goal.level_now)
    return tuple(suggestion for suggestion in found if suggestion.action.code not in shelf.named)


def _shelf_of(goal: Goal) -> library.Shelf:
    """The library, with what the goal has of it already."""
    return library.shelf(goal.organisation_id, {one.library_code for one in goal.actions if one.library_code})


def _example(suggestions: tuple[Suggestion, ...]) -> str:
    """An als-danplan to learn from, about this competency when the library has one."""
    return suggestions[0].action.if_then if suggestions else str(EXAMPLE)


def _choose_page() -> str:
    scores = queries.latest_scores(actor())
    targets = function_profile_of(actor().person_id, actor().organisation_id)
    topics = topics_of(current_framework().catalog, scores, targets, queries.open_goals_for(actor().person_id))
    return render_template("development/choose.html", aspects=topics, measured=bool(scores), in_words=texts.in_words)


def goal_page(goal: Goal, refusal: str = "", form: GoalForm | None = None,
              actions_form: ActionsForm | None = None, lost: Sequence[str] = ()) -> Page:
    """The page of one goal; with a form that was refused it is a 422, with a step that was refused a 409.

    `lost`: what she typed and cannot be kept.
    """
    status = 409 if refusal or (form and form.torn) else 422 if form or actions_form else 200
    reading = read_goal(actor(), goal)
    shelf = _shelf_of(goal)
    suggestions = _goal_suggestions(goal, reading.card.framework.catalog, shelf)
    if actions_form is None:
        actions_form = ActionsForm(formdata=None)
        actions_form.offer(suggestions)
    page = render_template(
        "development/goal.html",
        reading=reading,
        card=reading.card,
        figure=figure,
        form=form or form_of(goal),
        actions_form=actions_form,
        suggestions=suggestions,
        example=_example(suggestions),
        offer=neighbours.offer_for(goal.competency_code, goal.level_now),
        details=shelf.named,
        refusal=refusal,
        lost=lost,
    )
    return page, status


def refused(goal: Goal) -> Page:
    """A step that this goal's state does not have."""
    return plan_page(words.refused(goal.state)), 409
