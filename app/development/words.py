"""What the pages call the states, steps and learning forms."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from app.development.action_lifecycle import ActionState
from app.development.lifecycle import GoalState, Step
from app.web.formats import number


def label(step: Step) -> str:
    """What the button says."""
    return {
        Step.BEGIN: _("Begin hieraan"),
        Step.PAUSE: _("Zet stil"),
        Step.RESUME: _("Pak dit weer op"),
        Step.FINISH: _("Rond af"),
        Step.REOPEN: _("Heropen dit doel"),
        Step.DROP: _("Gooi dit idee weg"),
    }[step]


def told(step: Step) -> str:
    """What is said when the step was taken."""
    return {
        Step.BEGIN: _("Dit idee is nu een doel."),
        Step.PAUSE: _("Het doel staat stil. Je kunt het altijd weer oppakken."),
        Step.RESUME: _("Je bent weer met dit doel bezig."),
        Step.FINISH: _("Het doel is afgerond. Het blijft hier staan."),
        Step.REOPEN: _("Het doel is weer open."),
        Step.DROP: _("Het idee is weg."),
    }[step]


def refused(state: str) -> str:
    """Why a step cannot be taken from this state."""
    return {
        GoalState.IDEA: _("Dit is nog een idee. Begin er eerst aan."),
        GoalState.OPEN: _("Met dit doel ben je al bezig."),
        GoalState.PAUSED: _("Dit doel staat stil. Pak het weer op of rond het af."),
        GoalState.DONE: _("Dit doel is afgerond. Heropen het als je er iets aan wilt veranderen."),
    }[GoalState(state)]


def learning_form(code: str | None) -> str:
    """Where one learns; nothing for an action she wrote herself."""
    return {"70": _("in het werk"), "20": _("met en van anderen"), "10": _("scholing")}.get(code or "", "")


def effort(form: str | None, hours: float | None) -> str:
    """Where one learns and what it costs: "in het werk · ongeveer 3 uur"; nothing when neither is known."""
    cost = _("ongeveer %(hours)s uur", hours=number(hours)) if hours else ""
    return " · ".join(filter(None, (learning_form(form), cost)))


def stand(state: ActionState) -> str:
    """How an action stands."""
    return {
        ActionState.TODO: _("Te doen"),
        ActionState.BUSY: _("Bezig"),
        ActionState.DONE: _("Gedaan"),
    }[state]


def buddy_kind(kind: str) -> str:
    """What somebody offers her colleagues."""
    return {"kijk-mee": _("je mag meekijken"), "denk-mee": _("denkt met je mee")}[kind]


def buddy(name: str, teams: Sequence[str], kind: str, competency: str) -> str:
    """Somebody who offers something: "Ans Bos (Team Oost): je mag meekijken bij ‘Netwerken’"."""
    who = f"{name} ({', '.join(teams)})" if teams else name
    return _("%(who)s: %(offer)s bij ‘%(topic)s’", who=who, offer=buddy_kind(kind), topic=competency)
