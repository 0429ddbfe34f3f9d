"""What a plan is called on the screen: why it is as it is, what does not fit together, what was left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from app.measurement.snapshots import SMALL_TEAMS
from app.needs.cells import NO_TEAM
from app.training_plans.asked import Unit
from app.training_plans.caos import CAOS, OWN, WEEKS
from app.training_plans.checking import Clash, Contradiction
from app.training_plans.explaining import Because, LeftOut, Why
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import TrainingPlan
from app.training_plans.valuing import Closed
from app.web.formats import euros

ROUND_MONEY = 1000      # what a training brings is told per so many euros


@dataclass(frozen=True, slots=True)
class Names:
    """How the codes of a question are called."""

    trainings: Mapping[str, str]
    teams: Mapping[str, str]
    competencies: Mapping[str, str]

    def training(self, code: str) -> str:
        return self.trainings.get(code, code)

    def competency(self, code: str) -> str:
        return self.competencies.get(code, code)

    def unit(self, code: str) -> str:
        if code == SMALL_TEAMS:
            return _("Kleine teams samen")
        if code == NO_TEAM:
            return _("Zonder team")
        return self.teams.get(code) or _("Een team dat er niet meer is")


def units(those: Iterable[Unit], names: Names) -> dict[str, str]:
    """The units by name, the small teams last."""
    found = {unit.code: names.unit(unit.code) for unit in those}
    return dict(sorted(found.items(), key=lambda one: (not one[0].isdecimal(), one[1].casefold(), one[0])))


def state(plan_state: str, gap: float | None) -> str:
    """How it stands, in a word or two."""
    return {
        PlanState.CONCEPT: _("concept"),
        PlanState.SOLVING: _("de planner rekent"),
        PlanState.READY: _("concept, uitgerekend") if gap == 0 else _("concept"),
        PlanState.FAILED: _("geen plan gevonden"),
        PlanState.ADOPTED: _("vastgesteld"),
    }[PlanState(plan_state)]


def beside(others: Sequence[TrainingPlan], euros_planned: int, hours: int, *, outdated: bool = False) -> str:
    """Which adopted plans lie over the same period, and what of it they hold; empty without. `outdated`: the planner
    did not know of all of them.
    """
    if not others:
        return ""
    if outdated:
        also = not_taken_off()
    else:
        also = _("Wie daarin een plaats heeft, rekent de planner niet nog eens mee. Wat al vastligt, trekt hij af: "
                 "%(money)s van het budget, en van de uren per team samen %(hours)s uur.", money=euros(euros_planned),
                 hours=hours)
    return f"{over_the_same([one.name for one in others])} {also}"


def over_the_same(names: Sequence[str]) -> str:
    """That these adopted plans lie over the same period; there is at least one."""
    return ngettext("Over deze periode ligt ook %(names)s, dat is vastgesteld.",
                    "Over deze periode liggen ook %(names)s, die zijn vastgesteld.", len(names),
                    names=listed([f"‘{name}’" for name in names]))


def not_taken_off() -> str:
    """Of adopted plans that the planner did not know of."""
    return _("Wat daarin staat, is hier nog niet afgetrokken. Laat de planner opnieuw rekenen.")


def cao(code: str) -> str:
    """Where the numbers come from with which a new plan begins."""
    one = CAOS.get(code)
    if one is None:
        return _("Vul zelf in hoeveel geld en hoeveel uren er zijn.")
    money = euros(one.euros)
    each = (_("%(money)s en %(hours)s uur per jaar", money=money, hours=one.hours) if one.hours_a_year else
            _("%(money)s per jaar en %(hours)s uur per werkweek. Over %(weeks)s weken is dat %(all)s uur", money=money,
              hours=one.hours_a_week, weeks=WEEKS, all=one.hours))
    return _("Deze getallen komen uit de %(cao)s (%(place)s), voor wie voltijds werkt: %(each)s. Wie minder werkt, "
             "heeft naar verhouding minder.", cao=one.name, place=one.place, each=each)


def beginnings(now: str) -> list[tuple[str, str]]:
    """The other ways to begin, by code."""
    found = [*((code, _("Begin met de %(cao)s", cao=one.name)) for code, one in CAOS.items()),
             (OWN, _("Vul alles zelf in"))]
    return [one for one in found if one[0] != now]


def version(name: str) -> str:
    return {"snel": _("Snel"), "beste": _("Beste"), "eigen": _("Eigen")}[name]


def points(value: Fraction | float, *, exact: bool = False) -> str:
    """With one decimal below ten, or (`exact`) always: plans side by side may differ by little."""
    shown = float(value)
    return format_decimal(shown, "#,##0.0" if exact or abs(shown) < 10 else "#,##0")


def gap(share: float | None) -> str:
    """How much better it may still be."""
    if share is None:
        return _("Hoeveel beter het nog kan, is niet bekend.")
    if share == 0:
        return _("Binnen deze wensen bestaat er geen beter plan.")
    percent = format_decimal(max(share * 100, 0.1), "0.0")
    return _("Een beter plan scheelt hoogstens %(percent)s%%.", percent=percent)


def why(one: Why, names: Names) -> str:
    """For whom and for what, in one sentence."""
    if not one.brings:
        return _("Dit sluit geen verschil dat nog open is: wat anders in het plan staat, doet dat al, of niemand heeft "
                 "het nodig.")
    people: dict[str, int] = defaultdict(int)
    for closed in one.serves:
        people[closed.demand.unit] = max(people[closed.demand.unit], closed.people)
    return ngettext("Gekozen omdat %(num)s persoon dit nodig heeft: %(subjects)s.",
                    "Gekozen omdat %(num)s mensen dit nodig hebben: %(subjects)s.", sum(people.values()),
                    subjects=listed(_subjects(one.serves, names)))


def brings(one: Why) -> str:
    """What it brings, and each euro."""
    if one.per_euro is None:
        return _("Het brengt %(points)s punten en kost niets.", points=points(one.brings))
    return _("Het brengt %(points)s punten: %(each)s per %(money)s.", points=points(one.brings),
             each=points(one.per_euro * ROUND_MONEY), money=euros(ROUND_MONEY))


def left_out(one: LeftOut, names: Names) -> str:
    """What it would take."""
    title = names.training(one.training)
    if one.because is Because.MONEY:
        return ngettext("Met %(money)s meer kan ‘%(title)s’ erbij: %(num)s plaats, goed voor %(points)s punten.",
                        "Met %(money)s meer kan ‘%(title)s’ erbij: %(num)s plaatsen, goed voor %(points)s punten.",
                        one.places, money=euros(one.more), title=title, points=points(one.brings))
    return ngettext("‘%(title)s’ past er nu nog bij: %(num)s plaats, goed voor %(points)s punten.",
                    "‘%(title)s’ past er nu nog bij: %(num)s plaatsen, goed voor %(points)s punten.",
                    one.places, title=title, points=points(one.brings))


def because(reason: Because) -> str:
    """Above a list of trainings that cannot come."""
    return {
        Because.EXCLUDED: _("Die wil je niet houden"),
        Because.NO_NEED: _("Met dit plan niet meer nodig"),
        Because.NO_ROOM: _("Daar zijn geen uren, mensen of keren meer voor"),
    }[reason]


def clash(found: Contradiction, names: Names) -> str:
    """Which two do not fit together."""
    pair = _pair(found, names)
    if pair is None:
        return _impossible(found, names)
    return _("Dit past niet samen: %(first)s en %(second)s.", first=pair[0], second=pair[1])


def together(wish: str) -> str:
    """Of a plan that cannot be: what would make it possible."""
    return {
        "budget": _("Met meer budget past het wel."),
        "hours": _("Met meer uren per persoon past het wel."),
        "fixed": _("Als minder bijeenkomsten vaststaan, past het wel."),
        "promised": _("Als minder plaatsen vaststaan, past het wel."),
    }[wish]


def changed_offers(codes: Iterable[str], names: Names) -> str:
    return _("Dit is in het aanbod veranderd sinds er is gerekend: %(titles)s. Laat de planner opnieuw rekenen.",
             titles=listed([f"‘{names.training(code)}’" for code in codes]))


def _pair(found: Contradiction, names: Names) -> tuple[str, str] | None:
    given = dict(found.figures)
    title = f"‘{names.training(str(given['training']))}’" if "training" in given else ""
    unit = names.unit(str(given["unit"])) if "unit" in given else ""
    titles = listed([f"‘{names.training(code)}’" for code in found.trainings])
    match found.clash:
        case Clash.TOO_EXPENSIVE:
            cost = euros(int(given["cost"]))
            return (ngettext("%(titles)s kost %(cost)s", "%(titles)s kosten samen %(cost)s", len(found.trainings),
                             titles=titles, cost=cost) if titles else _("dit plan kost %(cost)s", cost=cost),
                    _("er is %(budget)s te besteden", budget=euros(int(given["budget"]))))
        case Clash.TOO_MANY_HOURS:
            return (ngettext("%(titles)s vraagt %(hours)s uur", "%(titles)s vragen samen %(hours)s uur",
                             len(found.trainings), titles=titles, hours=given["hours"]) if titles else
                    _("dit plan vraagt %(hours)s uur", hours=given["hours"]),
                    _("%(unit)s heeft %(allowed)s uur", unit=unit, allowed=given["allowed"]) if unit else
                    _("er zijn %(allowed)s uren voor iedereen samen", allowed=given["allowed"]))
        case Clash.TOO_LONG:
            return (_("%(title)s duurt %(hours)s uur", title=title, hours=given["hours"]),
                    _("iedereen heeft %(allowed)s uur", allowed=given["allowed"]))
        case Clash.TOO_MANY_RUNS if "most" in given:
            return (_("%(title)s wordt %(runs)s keer gehouden", title=title, runs=given["runs"]),
                    ngettext("er zijn mensen voor %(num)s keer", "er zijn mensen voor %(num)s keer",
                             int(given["most"])))
        case Clash.TOO_FEW_PEOPLE:
            return (_("%(title)s heeft %(places)s plaatsen", title=title, places=given["places"]),
                    _("%(unit)s telt %(people)s mensen", unit=unit, people=given["people"]) if unit else
                    _("er zijn %(people)s mensen", people=given["people"]))
        case Clash.NO_ROOM:
            return (_("%(title)s heeft %(places)s plaatsen", title=title, places=given["places"]),
                    _("die passen niet in %(runs)s keer, met het kleinste en grootste aantal van het aanbod",
                      runs=given["runs"]))
        case Clash.FIXED_AND_EXCLUDED | Clash.PROMISED_AND_EXCLUDED:
            return _("%(title)s staat in het plan", title=title), _("je wilt die niet houden")
        case Clash.FIXED_MISSING:
            return (_("%(title)s moet %(runs)s keer worden gehouden", title=title, runs=given["runs"]),
                    _("dat doet dit plan niet, of met te weinig mensen"))
    return None


def _impossible(found: Contradiction, names: Names) -> str:
    if found.clash is Clash.OFFER_ABSURD:
        return _("‘%(title)s’ heeft in het aanbod een aantal, prijs of duur die niet kan. Verbeter dat eerst.",
                 title=names.training(str(found.figures["training"])))
    return _("Hier klopt een getal niet. Kijk de wensen na.")


def _subjects(serves: Sequence[Closed], names: Names) -> list[str]:
    people: dict[str, int] = defaultdict(int)
    for closed in serves:
        people[closed.demand.competency] += closed.people
    return [f"{names.competency(code)} ({count})" for code, count in people.items()]


def listed(parts: Sequence[str]) -> str:
    """One, another and a third."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(some)s en %(last)s", some=", ".join(parts[:-1]), last=parts[-1])
