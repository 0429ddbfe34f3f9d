"""What the behoefte is called on the screen."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from app.competencies.catalog import Catalog
from app.measurement.group_needs import AspectNeed, GroupNeed
from app.measurement.isolation import FEWEST_PEOPLE
from app.measurement.snapshots import SMALL_TEAMS, TEAM, CountWord, count_word
from app.needs.cells import NO_TEAM, NOTHING, TRAINED, Cut
from app.needs.choosing import Choice
from app.needs.course import Break, Older
from app.needs.left_out import CARRIED, SMALL, TOO_CLOSE, TOO_FEW, UNMEASURED
from app.needs.wishes import WishFigure
from app.web.formats import date, euros


def cut(name: str) -> str:
    return {
        Cut.SECTOR: _("Sector"), Cut.CLUSTER: _("Cluster"), Cut.PROFILE: _("Functieprofiel"),
        Cut.TRAINED: _("Opleiding gevolgd"),
    }[Cut(name)]


def value(name: str, text: str, catalog: Catalog, profiles: Mapping[str, str]) -> str:
    """One value of a cut."""
    if text == NOTHING:
        return _("niet ingevuld")
    if name == Cut.TRAINED:
        return _("ja, tussen de laatste twee metingen") if text == TRAINED else _("nee")
    if name == Cut.PROFILE:
        return profiles.get(text, _("een profiel dat er niet meer is"))
    context = catalog.context
    of = context.sectors if name == Cut.SECTOR else context.clusters
    known = {one.code: one.name for one in of}
    return _(" en ").join(known.get(code, code) for code in text.split("+"))


def title(choice: Choice, catalog: Catalog, profiles: Mapping[str, str]) -> str:
    """Whom the figures are about."""
    team = choice.cuts.get(TEAM)
    said = [
        _("Hele dienst") if team is None else _("Kleine teams samen") if team == SMALL_TEAMS
        else _("Zonder team") if team == NO_TEAM else choice.team,
        *(f"{cut(name)}: {value(name, text, catalog, profiles)}" for name, text in choice.cuts.items() if name != TEAM),
    ]
    return " · ".join(said)


def count(number: int, of: int, *, rough: bool = False) -> str:
    """So many of so many people; a word where the number would tell of one. `rough`: such a word is added up in it."""
    word = count_word(number, of)
    if word is not None:
        return _("weinig") if word is CountWord.FEW else _("bijna allen")
    said = _("%(number)s van %(all)s", number=number, all=of)
    return _("ongeveer %(count)s", count=said) if rough else said


def since(older: Older | None) -> str:
    """Of when a figure is that was not made, or not all of it, with this momentopname."""
    if older is None:
        return ""
    day = date(older.day)
    return _("deels van %(day)s", day=day) if older.partly else _("cijfer van %(day)s", day=day)


def other_group(one: Break | None) -> str:
    """That a figure is about others than the one before it."""
    if one is None:
        return ""
    if one.people is None:
        return _("andere groep")
    return _("andere groep: %(now)s in plaats van %(before)s mensen", now=one.people, before=one.before)


def moved(pair: tuple[AspectNeed | None, AspectNeed | None]) -> str:
    """How many people counted then and now, of who has a figure now."""
    then, now = pair
    if now is None:
        return ""
    if then is None or then.people == now.people:
        return people(now.people)
    return _("toen %(before)s, nu %(now)s mensen", before=then.people, now=now.people)


def with_gap(need: GroupNeed) -> str:
    return count(need.with_gap, need.people, rough=need.rough)


def by_self(need: GroupNeed) -> str:
    return count(need.by_self, need.people, rough=need.rough_self)


def wishing(wish: WishFigure) -> str:
    return count(wish.wishing, wish.people, rough=wish.rough)


def hours(wish: WishFigure) -> str:
    if wish.hours is None:
        return ""
    said = _("%(hours)s\u00a0uur", hours=f"{wish.hours:,}".replace(",", "."))
    return _("ten minste %(amount)s", amount=said) if wish.more_hours else said


def budget(wish: WishFigure) -> str:
    if wish.euros is None:
        return ""
    said = euros(wish.euros)
    return _("ten minste %(amount)s", amount=said) if wish.more_euros else said


def reason(code: str, *, crossed: bool) -> str:
    """Why somebody is in no figure. `crossed`: the teams are divided further."""
    return {
        UNMEASURED: _("nog geen vrijgegeven meting met genoeg antwoorden"),
        TOO_FEW: _("in een groep met minder dan vijf metingen"),
        TOO_CLOSE: _("een cijfer zou iets over minder dan vijf mensen zeggen"),
        CARRIED: _("hun groep houdt een ouder cijfer: er veranderden minder dan vijf mensen"),
        SMALL: _("hun groep is te klein bij deze uitsplitsing en telt alleen mee bij ‘kleine teams samen’") if crossed
        else _("in hun team zijn minder dan vijf mensen gemeten; zij tellen alleen mee bij ‘kleine teams samen’"),
    }[code]


def people(number: int) -> str:
    """How many people, in words below five."""
    if number <= 1:
        return _("weinig of geen mensen")
    return _("minder dan vijf mensen") if number < FEWEST_PEOPLE else _("%(number)s mensen", number=number)


def left_out(number: int, of: int) -> str:
    """How many people of a group are in no figure: in words, also where fewer than five are left who are."""
    if number < FEWEST_PEOPLE or of - number >= FEWEST_PEOPLE:
        return people(number)
    return _("bijna allen") if count_word(number, of) else _("de meesten")
