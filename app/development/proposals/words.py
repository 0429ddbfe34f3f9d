"""Why something is proposed as a goal, in words."""

from __future__ import annotations

from flask_babel import gettext as _

from app.development.proposals.ranking import Because, LevelFrom, Present, Proposal
from app.web.formats import score

IMPORTANT = 4       # measurement.md §7: the cut of the matrix


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


def level_from(present: Present) -> str:
    """By which niveau the actions were chosen."""
    return {
        LevelFrom.AGREED: _("Gekozen bij niveau %(level)s, zoals je afsprak in een gesprek.", level=present.level),
        LevelFrom.ESTIMATE: _("Gekozen bij niveau %(level)s, je eigen inschatting.", level=present.level),
        LevelFrom.SCORE: _("Je niveau is nog niet afgesproken. We kozen acties die ongeveer passen bij je score."),
    }[present.source]
