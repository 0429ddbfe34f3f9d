"""What the pages call the states, moves and changes of a plan."""

from __future__ import annotations

import datetime as dt

from flask_babel import gettext as _

from app.access import Actor, can_agree_plan
from app.conversations.neighbours import PlanBeside
from app.development.models import PlanChange
from app.development.plans.changing import Kind
from app.development.plans.lifecycle import Move, MoveRefused, Obstacle, PlanState
from app.development.plans.planning import read_period
from app.development.plans.queries import shown_plans
from app.web.formats import date, number

MONTHS = "MMMM y"


def state(plan_state: str) -> str:
    return {
        PlanState.DRAFT: _("concept"),
        PlanState.DISCUSSED: _("besproken"),
        PlanState.AGREED: _("vastgesteld"),
        PlanState.RUNNING: _("loopt"),
        PlanState.FINISHED: _("afgerond"),
    }[PlanState(plan_state)]


def told(move: Move, partner: str) -> str:
    """What is said to her, or to whoever accompanies her, when a move was made. `partner`: the other of the two."""
    return {
        Move.PUT: _("Je plan ligt nu bij %(name)s, die er een mail over krijgt.", name=partner),
        Move.TAKE_BACK: _("Het plan is weer van jou alleen. Wat je schreef, is er nog."),
        Move.START: _("Je plan loopt. Succes ermee!"),
        Move.FINISH: _("Je plan is afgerond. Het blijft hier staan."),
        Move.REOPEN: _("Het plan is heropend. %(name)s krijgt er een mail over.", name=partner),
    }[move]


def refused(refusal: MoveRefused, plan_state: str) -> str:
    """Why a move cannot be made."""
    if refusal.obstacles:
        return " ".join(_obstacle(one) for one in refusal.obstacles)
    return {
        PlanState.DRAFT: _("Dit plan is nog een concept. Er is niets veranderd."),
        PlanState.DISCUSSED: _("Dit plan is nog niet vastgesteld. Er is niets veranderd."),
        PlanState.AGREED: _("Dit plan is intussen vastgesteld. Er is niets veranderd."),
        PlanState.RUNNING: _("Dit plan loopt al. Er is niets veranderd."),
        PlanState.FINISHED: _("Dit plan is intussen afgerond. Er is niets veranderd."),
    }[PlanState(plan_state)]


def _obstacle(found: Obstacle) -> str:
    return {
        Obstacle.NO_GOAL: _("Er staat nog geen doel in dit plan waaraan je werkt. Maak er eerst een."),
        Obstacle.NOBODY: _("Kies iemand die je teamleider of gesprekspartner is. Is er nog niemand? De beheerder van "
                           "je organisatie kan dat instellen."),
        Obstacle.NOT_TALKED: _("Er is een feedbackronde vrijgegeven, en de nabespreking is nog niet vastgelegd. Doe "
                               "dat eerst. Daarna kunnen jullie het plan vaststellen."),
        Obstacle.AGREED_BEFORE: _("Jullie stelden dit plan al eerder samen vast. Terugnemen kan daarom niet. Pas het "
                                  "aan, dan bevestigen jullie het opnieuw."),
        Obstacle.GOALS_OPEN: _("Er lopen nog doelen. Rond ze eerst af, of zet ze stil: die neem je mee naar je "
                               "volgende plan."),
        Obstacle.OTHER_PLAN: _("Er is al een nieuwer plan. Rond dat eerst af."),
    }[found]


def shown_beside(actor: Actor, person_id: int | None) -> tuple[PlanBeside, ...]:
    """The plans that this actor reads of others, as pages beside them name them."""
    return tuple(
        PlanBeside(
            plan.id, plan.person.name,
            _("%(period)s · %(state)s", period=f"{date(plan.begins_on, MONTHS)} – {date(plan.ends_on, MONTHS)}",
              state=state(plan.state)),
            plan.state == PlanState.DISCUSSED and plan.partner_confirmed_at is None
            and can_agree_plan(actor, plan, plan.person),
        )
        for plan in shown_plans(actor, person_id)
    )


# --- changes ---------------------------------------------------------------------------------------------------------


def change(one: PlanChange) -> str:
    """What changed, without before and after."""
    return {
        Kind.GOAL_ADDED: _("Er kwam een doel bij"),
        Kind.GOAL_PAUSED: _("Een doel is stilgezet"),
        Kind.GOAL_RESUMED: _("Een doel is weer opgepakt"),
        Kind.GOAL_FINISHED: _("Een doel is afgerond"),
        Kind.GOAL_REOPENED: _("Een doel is heropend"),
        Kind.REASON: _("Waarom dit doel"),
        Kind.BEHAVIOUR: _("Wat laat ik straks zien"),
        Kind.NOTICED_BY: _("Waaraan anderen het merken"),
        Kind.LEVEL_NOW: _("Niveau nu"),
        Kind.LEVEL_TARGET: _("Niveau straks"),
        Kind.END_DATE: _("Einddatum"),
        Kind.IF_THEN: _("Als-danplan"),
        Kind.SUPPORT: _("Wat nodig is"),
        Kind.HOURS: _("Uren"),
        Kind.BUDGET: _("Budget"),
        Kind.TRAINING_WISH: _("Wens voor een training"),
        Kind.ACTION_ADDED: _("Er kwam een actie bij"),
        Kind.ACTION_REMOVED: _("Er ging een actie af"),
        Kind.ACTION_DAY: _("De dag van een actie"),
        Kind.PERIOD: _("Periode"),
        Kind.STARTED: _("Het plan is begonnen"),
        Kind.FINISHED: _("Het plan is afgerond"),
        Kind.REOPENED: _("Het plan is heropend"),
        Kind.AGREED_AGAIN: _("Het plan is opnieuw vastgesteld"),
        Kind.REMARK: _("Nog niet bevestigd, met een opmerking"),
    }[Kind(one.kind)]


def value(kind: str, text: str) -> str:
    """What stood or stands there, as it is read."""
    if not text:
        return _("(niets)")
    match Kind(kind):
        case Kind.END_DATE:
            return date(dt.date.fromisoformat(text))
        case Kind.ACTION_DAY:
            day, _space, title = text.partition(" ")
            return f"{title}: {_('geen dag') if day == '-' else date(dt.date.fromisoformat(day))}"
        case Kind.PERIOD:
            period = read_period(text)
            return f"{date(period.begins_on)} – {date(period.ends_on)}"
        case Kind.HOURS:
            return number(float(text))
        case Kind.BUDGET:
            return _("%(amount)s euro", amount=text)
    return text
