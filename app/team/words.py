"""What the pages of a team say: of figures and how they changed, of what runs, and of how a role is secured."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from app.charts.scale import WORDS
from app.charts.slope import Slope, Step
from app.checkins.rhythm import Stand
from app.development.goals.lifecycle import GoalState
from app.development.plans.lifecycle import PlanState
from app.measurement.coverage import Coverage
from app.measurement.growth import Word
from app.profiles import round_labels
from app.profiles.texts import difference
from app.team.changes import Change, TeamChange
from app.team.page import Columns, Profile
from app.team.standing import Apart, Score, Shows, Standing
from app.team.waiting import Closed, Order, Running, Waits, Work
from app.web.formats import date, score, today

KEPT: Final = 500       # pieces of text of a kind, per process: they are the same for everybody
KEPT_CELLS: Final = 2000        # people with one table, of about 1 kB
PARTS: Final = re.compile(r"(?<=\w)(management|vaardig|heden|gericht|inzicht|administrat|controll|manager|bewaker)")
TINTS: Final = (2.5, 3.0, 3.5, 4.0)     # where the next tint begins
ARROWS: Final = {
    Word.VISIBLE_GROWTH: "↑", Word.SEEMS_TO_GROW: "↗", Word.NO_CLEAR_DIFFERENCE: "→",
    Word.SEEMS_LESS: "↘", Word.VISIBLY_LESS: "↓",
}


def shows_label(shows: Shows) -> str:
    return {Shows.ASPECTS: _("Zes aspecten"), Shows.ROLES: _("Rollen"), Shows.COMPETENCIES: _("Onderwerpen")}[shows]


def order_label(order: Order) -> str:
    return {
        Order.NAME: _("Naam"),
        Order.MEASURED: _("Langst geleden gemeten"),
        Order.TALKED: _("Langst geleden gesproken"),
        Order.CHECK_IN: _("Tussenstand eerst aan de beurt"),
    }[order]


@lru_cache(maxsize=KEPT)
def narrow(name: str) -> str:
    """A long name with soft hyphens, for the head of a narrow column."""
    return PARTS.sub("\u00ad\\1", name)


@lru_cache(maxsize=KEPT)
def figure(found: Score) -> str:
    """3,4 · 4,5 of hoger · 1,5 of lager."""
    return round_labels.figure(found.mean, found.bound)


@lru_cache(maxsize=KEPT)
def often(found: Score) -> str:
    """The word of the scale that a score lies nearest to, halves upward."""
    return WORDS[int(found.mean + 0.5) - 1]


def tint(found: Score) -> int:
    """1–5: the lightest to the deepest."""
    return 1 + sum(found.mean >= begins for begins in TINTS)


@lru_cache(maxsize=KEPT)
def change(word: Word) -> str:
    """In short, as it stands in a cell; the arrow beside it says the same."""
    return {
        Word.VISIBLE_GROWTH: _("zichtbare groei"),
        Word.SEEMS_TO_GROW: _("lijkt te groeien"),
        Word.NO_CLEAR_DIFFERENCE: _("geen duidelijk verschil"),
        Word.SEEMS_LESS: _("lijkt minder"),
        Word.VISIBLY_LESS: _("minder gezien"),
    }[word]


def arrow(word: Word) -> str:
    return ARROWS[word]


def closed(profile: Profile) -> str:
    """Why somebody's (newest) profile is not read."""
    match profile.closed:
        case Closed.NOT_RELEASED:
            return _("nog niet vrijgegeven")
        case Closed.LATER:
            return _("leesbaar vanaf %(day)s", day=date(profile.opens_on, "d MMMM")) if profile.opens_on else ""
        case Closed.HERS:
            return _("alleen zelf te lezen")
        case Closed.ASKED:
            return _("niet voor jou: je bent in deze ronde zelf gevraagd")
    return _("nog geen meting")


@lru_cache(maxsize=KEPT_CELLS)
def cells(stands: Standing, shows: Shows, columns: Columns, *, tinted: bool) -> Markup:
    """What one table shows of one person. It is made once: a closed measurement is frozen."""
    made = render_template("team/cells.html", stands=stands, shows=shows, columns=columns, tinted=tinted,
                           words=sys.modules[__name__])
    return Markup(made)  # noqa: S704


@lru_cache(maxsize=KEPT_CELLS)
def moved(stands: Standing, shows: Shows, tables: tuple[Columns, ...]) -> str:
    """What clearly or seemingly changed of one person in these tables, and whether the rest did not."""
    names = dict(subject for columns in tables for subject in columns.subjects)
    changed = stands.changed(shows, names)
    told = [_("%(what)s: %(names)s.", what=round_labels.change(word), names=_named(names, of))
            for word, of in changed.items() if word is not Word.NO_CLEAR_DIFFERENCE]
    if Word.NO_CLEAR_DIFFERENCE in changed:
        told.append(_("Verder geen duidelijk verschil, voor zover te vergelijken.") if stands.apart(shows) else
                    _("Verder geen duidelijk verschil."))
    return " ".join(told)


def _named(names: Mapping[str, str], of: Sequence[tuple[str, Change]]) -> str:
    """Acquisitie (+0,6, tussen +0,2 en +1,0) en Onderhandelen (…)."""
    said = [_("%(name)s (%(change)s, tussen %(low)s en %(high)s)", name=names[code], change=_signed(float(one.change)),
              low=_signed(one.reach.low), high=_signed(one.reach.high)) for code, one in of]
    return said[0] if len(said) == 1 else _("%(some)s en %(last)s", some=", ".join(said[:-1]), last=said[-1])


def _signed(value: float) -> str:
    return difference(value) if value else score(value)


def running(one: Running) -> str:
    """What a round waits for."""
    return _running(one, late=one.not_chosen(today()))


@lru_cache(maxsize=KEPT)
def _running(one: Running, *, late: bool) -> str:
    day = date(one.until, "d MMMM")
    return {
        Waits.CHOOSING: _("koos nog niemand; dat kon tot en met %(day)s", day=day) if late
        else _("kiest mensen, tot en met %(day)s", day=day),
        Waits.APPROVAL: _("wacht op jouw goedkeuring"),
        Waits.OPENING: _("opent op %(day)s", day=day),
        Waits.ANSWERS: _("wacht op antwoorden, tot en met %(day)s", day=day),
        Waits.MAKING: _("gesloten, het profiel wordt gemaakt"),
        Waits.RELEASE: _("wacht op jouw vrijgave"),
    }[one.waits]


@lru_cache(maxsize=KEPT)
def enough(one: Running) -> str:
    """collega's: voldoende · scholen: nog niet."""
    return " · ".join(
        _("%(group)s: voldoende", group=round_labels.within(group)) if reached
        else _("%(group)s: nog niet", group=round_labels.within(group))
        for group, reached in one.enough
    )


@lru_cache(maxsize=KEPT)
def goal_state(state: str) -> str:
    return {
        GoalState.OPEN: _("loopt"), GoalState.PAUSED: _("staat stil"), GoalState.DONE: _("afgerond"),
        GoalState.IDEA: _("idee"),
    }[GoalState(state)]


@lru_cache(maxsize=KEPT)
def plan_state(state: str) -> str:
    return {
        PlanState.DRAFT: _("concept"), PlanState.DISCUSSED: _("besproken, nog niet vastgesteld"),
        PlanState.AGREED: _("vastgesteld"), PlanState.RUNNING: _("loopt"), PlanState.FINISHED: _("afgerond"),
    }[PlanState(state)]


def check_in(work: Work) -> str:
    """When the next tussenstand is."""
    turn = work.plan.turn if work.plan else None
    if turn is None:
        return ""
    match work.stand(today()):
        case Stand.OVERDUE:
            return _("had op %(day)s gekund", day=date(turn.ends_on, "d MMMM"))
        case Stand.DUE:
            return _("nu, tot en met %(day)s", day=date(turn.ends_on, "d MMMM"))
    return _("vanaf %(day)s", day=date(turn.begins_on))


def apart(why: Apart) -> str:
    """Why figures are not compared; the names of whose follow."""
    return {
        Apart.NOT_SHOWN_BEFORE: _("in de meting ervoor was er van dezelfde groep geen score"),
        Apart.OTHER_QUESTIONS: _("in de meting ervoor kregen deze mensen andere zinnen"),
        Apart.OTHER_WORDING: _("de zinnen zijn sinds de meting ervoor veranderd"),
        Apart.OTHER_PARTS: _("in de meting ervoor waren er scores over andere onderwerpen"),
    }[why]


@lru_cache(maxsize=KEPT)
def slope(name: str, found: TeamChange) -> str:
    """The picture of one aspect as markup; below five people there is none."""
    assert found.bands is not None and found.word is not None
    told = _("%(name)s: toen %(then)s, nu %(now)s, %(word)s.", name=name, then=score(found.then),
             now=score(found.now), word=change(found.word))
    steps = tuple(Step(value, (band.low, band.high))
                  for value, band in zip((found.then, found.now), found.bands, strict=True))
    return Slope(told, steps).svg()


def coverage(word: Coverage) -> str:
    return {
        Coverage.COVERED: _("Gedekt"),
        Coverage.VULNERABLE: _("Kwetsbaar"),
        Coverage.UNCOVERED: _("Niet gedekt"),
        Coverage.UNDISCUSSED: _("Nog niet besproken"),
    }[word]


@lru_cache(maxsize=KEPT)
def day(value: dt.date | None) -> str:
    return date(value) if value else ""
