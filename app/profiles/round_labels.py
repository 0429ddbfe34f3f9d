"""What the figures of a round are called on a page, to the subject herself (`own`) and to who reads along."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from app.measurement.growth import Obstacle, Word
from app.measurement.scale import OTHERS, Agreement, Bound, Group
from app.measurement.self_others import Place
from app.rounds.words.raters import group_label
from app.web.formats import score


def name_of(group: str, first_name: str, *, own: bool) -> str:
    """A group as the head of a row: Jij · Je teamleider · Collega's · Anderen."""
    if group == OTHERS:
        return _("Anderen")
    if group == Group.SELF:
        return _("Jij") if own else first_name
    if group == Group.TEAM_LEAD and own:
        return _("Je teamleider")
    return group_label(group)


def within(group: str) -> str:
    """An anonymous group within a sentence: collega's · scholen en opdrachtgevers."""
    return {
        Group.COLLEAGUE: _("collega's"),
        Group.SCHOOL: _("scholen"),
        Group.CLIENT: _("opdrachtgevers"),
        Group.SCHOOL_AND_CLIENT: _("scholen en opdrachtgevers"),
        Group.SMALL_CIRCLE: _("de kleine kring"),
        Group.PARENT: _("ouders"),
        Group.PUPIL: _("leerlingen"),
    }[Group(group)]


def listed(groups: Sequence[str]) -> str:
    """a · a en b · a, b en c."""
    names = [within(group) for group in groups]
    return names[0] if len(names) == 1 else _("%(some)s en %(last)s", some=", ".join(names[:-1]), last=names[-1])


def figure(mean: float, bound: Bound) -> str:
    """3,4 · 4,5 of hoger · 1,5 of lager."""
    shown = score(mean)
    if bound is Bound.OR_HIGHER:
        return _("%(score)s of hoger", score=shown)
    return _("%(score)s of lager", score=shown) if bound is Bound.OR_LOWER else shown


def people(count: int) -> str:
    return ngettext("%(num)s mens", "%(num)s mensen", count)


def agreed(agreement: str) -> str:
    """What the word for agreement means."""
    return {
        Agreement.AGREED: _("De meesten zien hetzelfde."),
        Agreement.FAIRLY_AGREED: _("Men ziet ongeveer hetzelfde."),
        Agreement.DIVIDED: _("Men ziet dit verschillend. Dat is iets om over te praten, geen fout."),
    }[Agreement(agreement)]


def place_word(place: Place, *, own: bool) -> str:
    """The name of one of the six cells; the guide and the pictures use the same."""
    return {
        Place.SHARED_STRENGTH: _("Gedeelde kracht"),
        Place.HIDDEN_STRENGTH: _("Verborgen kracht"),
        Place.STRENGTH_SEEN_LESS: _("Kracht, iets minder gezien"),
        Place.SHARED_NEED: _("Samen gezien"),
        Place.STRICTER_ON_SELF: _("Strenger voor jezelf") if own else _("Strenger voor zichzelf"),
        Place.POSSIBLE_BLIND_SPOT: _("Misschien een blinde vlek"),
    }[place]


def place(found: Place, first_name: str, *, own: bool) -> str:
    """One of the six cells, as a sentence about behaviour."""
    if own:
        return {
            Place.SHARED_STRENGTH: _("Gedeelde kracht: jij en anderen zien dit vaak."),
            Place.HIDDEN_STRENGTH: _("Verborgen kracht: anderen zien dit vaker dan jij."),
            Place.STRENGTH_SEEN_LESS: _("Kracht, iets minder gezien: anderen zien dit iets minder dan jij."),
            Place.SHARED_NEED: _("Samen gezien: hier valt iets te leren."),
            Place.STRICTER_ON_SELF: _("Strenger voor jezelf: ook anderen zien nog ruimte, maar minder dan jij."),
            Place.POSSIBLE_BLIND_SPOT: _("Misschien een blinde vlek: anderen zien dit minder dan jij."),
        }[found]
    return {
        Place.SHARED_STRENGTH: _("Gedeelde kracht: %(name)s en anderen zien dit vaak.", name=first_name),
        Place.HIDDEN_STRENGTH: _("Verborgen kracht: anderen zien dit vaker dan %(name)s zelf.", name=first_name),
        Place.STRENGTH_SEEN_LESS: _("Kracht, iets minder gezien: anderen zien dit iets minder dan %(name)s zelf.",
                                    name=first_name),
        Place.SHARED_NEED: _("Samen gezien: hier valt iets te leren."),
        Place.STRICTER_ON_SELF: _("Strenger voor zichzelf: ook anderen zien nog ruimte, maar minder dan %(name)s.",
                                  name=first_name),
        Place.POSSIBLE_BLIND_SPOT: _("Misschien een blinde vlek: anderen zien dit minder dan %(name)s zelf.",
                                     name=first_name),
    }[found]


def change(word: Word) -> str:
    """What may be said of a change."""
    return {
        Word.VISIBLE_GROWTH: _("Zichtbare groei"),
        Word.SEEMS_TO_GROW: _("Lijkt te groeien, nog onzeker"),
        Word.NO_CLEAR_DIFFERENCE: _("Geen duidelijk verschil"),
        Word.SEEMS_LESS: _("Lijkt minder zichtbaar, nog onzeker"),
        Word.VISIBLY_LESS: _("Minder vaak gezien dan vorige keer"),
    }[word]


def incomparable(obstacle: Obstacle) -> str:
    """Why two figures are not compared."""
    return _("Niet te vergelijken: %(reason)s", reason={
        Obstacle.NOT_SHOWN_BEFORE: _("vorige keer was er van dezelfde groep geen score."),
        Obstacle.OTHER_QUESTIONS: _("vorige keer kregen deze mensen andere zinnen."),
        Obstacle.OTHER_WORDING: _("de zinnen zijn sinds de vorige keer veranderd."),
    }[obstacle])
