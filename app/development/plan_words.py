"""What the pages call the states, moves and changes of a plan, and why something is proposed."""

from __future__ import annotations

import datetime as dt

from flask_babel import gettext as _

from app.access import Actor
from app.conversations.neighbours import PlanBeside
from app.development.changing import Kind
from app.development.effects import Effect, Incomparable
from app.development.models import PlanChange
from app.development.plan_lifecycle import Move, MoveRefused, Obstacle, PlanState
from app.development.plan_queries import shown_plans
from app.development.planning import read_period
from app.development.proposals import Because, LevelFrom, Present, Proposal
from app.measurement.scale import OTHERS
from app.profiles import round_labels
from app.profiles.texts import difference
from app.web.formats import date, number, score

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
            plan.state == PlanState.DISCUSSED and plan.partner_id == actor.person_id and (
                plan.partner_confirmed_at is None),
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


# --- proposals -------------------------------------------------------------------------------------------------------


def reason(proposal: Proposal) -> str:
    """What follows on 'Voorstel, omdat': "anderen dit minder vaak zien dan je functie vraagt (2,9; doel 3,5)"."""
    standing = proposal.standing
    figures = _("%(score)s, bij een doel van %(target)s", score=score(standing.score), target=score(standing.target))
    found = []
    if Because.BLIND_SPOT in proposal.because:
        found.append(_("anderen dit minder zien dan jij (%(figures)s)", figures=figures))
    elif Because.NEED in proposal.because and standing.only_self:
        found.append(_("je dit jezelf minder vaak ziet doen dan je functie vraagt (%(figures)s)", figures=figures))
    elif Because.NEED in proposal.because:
        found.append(_("anderen dit minder vaak zien dan je functie vraagt (%(figures)s)", figures=figures))
    if Because.HIDDEN_STRENGTH in proposal.because:
        found.append(_("anderen dit vaker zien dan jij: hier kun je op bouwen"))
    if Because.NEED in proposal.because and standing.importance >= IMPORTANT:
        found.append(_("het in je functie heel belangrijk is"))
    if Because.FOCUS in proposal.because:
        found.append(_("het uit een focusgebied komt"))
    return found[0] if len(found) == 1 else _("%(some)s, en omdat %(last)s", some=_(", omdat ").join(found[:-1]),
                                              last=found[-1])


IMPORTANT = 4       # measurement.md §7: the cut of the matrix


def level_from(present: Present) -> str:
    """By which niveau the actions were chosen."""
    return {
        LevelFrom.AGREED: _("Gekozen bij niveau %(level)s, zoals je afsprak in een gesprek.", level=present.level),
        LevelFrom.ESTIMATE: _("Gekozen bij niveau %(level)s, je eigen inschatting.", level=present.level),
        LevelFrom.SCORE: _("Je niveau is nog niet afgesproken. We kozen acties die ongeveer passen bij je score."),
    }[present.source]


# --- effect ----------------------------------------------------------------------------------------------------------


def whose(group: str, *, own: bool = True) -> str:
    """Whose score it is, within a sentence; `own`: to she whose goal it is."""
    if group == OTHERS:
        return _("anderen")
    return _("jouw zelfbeeld") if own else _("eigen zelfbeeld")


def outcome(found: Effect, *, closed: bool = False) -> str:
    """What may be said of the change; the word of the others is never surer than the figures. `closed`: the goal is."""
    if found.now is None:
        told = [_("Dit doel is afgerond zonder nieuwe meting.") if closed else
                _("Er is nog geen nieuwe meting van dit onderwerp.")]
        if found.obstacle is Incomparable.OTHER_PEOPLE and found.start is not None:
            told.append(_("Anderen keken er nog niet opnieuw naar. Je zelfbeeld van daarna staat hieronder, maar is "
                          "daar niet mee te vergelijken.") if found.start.group == OTHERS else
                        _("Je begon met je eigen zelfbeeld. Wat anderen daarna zagen, staat hieronder, maar is daar "
                          "niet mee te vergelijken."))
        else:
            told.append(_("Je bewijs en je tussenstanden staan hieronder."))
        return " ".join(told)
    return _compared(found) or _("Verschil in je zelfbeeld: %(difference)s. Dat is je eigen blik; hoe zeker dit "
                                 "verschil is, valt niet te zeggen.", difference=difference(found.change or 0))


def outcome_for_other(found: Effect, name: str) -> str:
    """The same to whoever accompanies her, of what he may read. `name`: hers, the first."""
    if found.now is None:
        return _("Er is geen latere meting van dit onderwerp die jij mag lezen.")
    return _compared(found) or _("Verschil in het zelfbeeld: %(difference)s. Dat is de eigen blik van %(name)s; hoe "
                                 "zeker dit verschil is, valt niet te zeggen.",
                                 difference=difference(found.change or 0), name=name)


def _compared(found: Effect) -> str:
    """Why nothing is set beside the start, else the word of the others; empty where both are her own."""
    if found.obstacle is not None:
        return _("Niet te vergelijken: %(reason)s", reason={
            Incomparable.NO_START: _("bij de start was dit onderwerp nog niet gemeten."),
            Incomparable.NOT_SHOWN_BEFORE: _("bij de start was er van dezelfde groep geen score."),
            Incomparable.OTHER_QUESTIONS: _("bij de start werden er andere zinnen gevraagd."),
            Incomparable.OTHER_WORDING: _("de zinnen zijn sinds de start veranderd."),
        }[found.obstacle])
    if found.word is not None:
        return round_labels.change(found.word)
    return ""
