"""What the pages call the steps of a goal, and what is told of what became of it."""

from __future__ import annotations

from flask_babel import gettext as _

from app.development.goals.effects import Effect, Incomparable
from app.development.goals.lifecycle import GoalState, Step
from app.measurement.scale import OTHERS
from app.profiles import round_labels
from app.profiles.texts import difference


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


def whose(group: str, *, own: bool = True) -> str:
    """Whose score it is, within a sentence; `own`: to she whose goal it is."""
    if group == OTHERS:
        return _("anderen")
    return _("jouw zelfbeeld") if own else _("eigen zelfbeeld")


def outcome(found: Effect, *, closed: bool = False) -> str:
    """What may be said of the change; the word of the others is never surer than the figures. `closed`: the goal is."""
    if found.now is None:
        told = [closed_without() if closed else _("Er is nog geen nieuwe meting van dit onderwerp.")]
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


def closed_without(*, own: bool = True) -> str:
    """Of a goal that was closed with nothing measured since; to another, as far as he may read it."""
    return _("Afgerond zonder nieuwe meting.") if own else _("Afgerond zonder nieuwe meting die jij mag lezen.")


def outcome_for_other(found: Effect, name: str, *, closed: bool = False) -> str:
    """The same to whoever accompanies her, of what he may read. `name`: hers, the first."""
    if found.now is None:
        return closed_without(own=False) if closed else _(
            "Er is geen latere meting van dit onderwerp die jij mag lezen.")
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
