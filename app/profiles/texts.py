"""The words of the profile page that templates and pictures share."""

from __future__ import annotations

from flask_babel import gettext as _

from app.charts.marks import Key
from app.profiles.figures import Figures, Line
from app.profiles.picture import ASPECTS, FOCUS, ROLES, Picture, Texts
from app.profiles.words import Standing, standing
from app.web.formats import score


def in_words(line: Line) -> str:
    """A score beside its target: about behaviour, never about the person."""
    return {
        Standing.NOT_MEASURED: _("Te weinig gemeten") if line.parts else _("Niet gemeten"),
        Standing.NOT_AT_ISSUE: _("Niet aan de orde in je functie"),
        Standing.AT_TARGET: _("Op of boven je doel"),
        Standing.JUST_BELOW: _("Iets onder je doel"),
        Standing.ROOM: _("Hier is ruimte"),
    }[standing(line)]


def in_short(line: Line) -> str:
    """The same, beside a line of the dot plot."""
    return {
        Standing.NOT_MEASURED: _("nog niet gemeten"),
        Standing.NOT_AT_ISSUE: _("niet aan de orde"),
        Standing.AT_TARGET: _("op of boven doel"),
        Standing.JUST_BELOW: _("iets eronder"),
        Standing.ROOM: _("ruimte"),
    }[standing(line)]


def within(name: str) -> str:
    """A name as it stands within a sentence: without its capital, unless it begins with an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def difference(value: float) -> str:
    """A difference with its sign: +0,4 · −0,2 · gelijk."""
    if not value:
        return _("gelijk")
    return f"{'+' if value > 0 else '−'}{score(abs(value))}"


def obstacle(same_framework: bool) -> str:
    """Why the score of a competency may not be compared with the earlier one."""
    if not same_framework:
        return _("Niet te vergelijken: de zinnen zijn sinds de vorige keer veranderd.")
    return _("Niet te vergelijken: vorige keer kreeg je andere zinnen.")


def picture_name(picture: Picture, figures: Figures) -> str:
    """What a picture shows."""
    if picture.code == FOCUS:
        return _("De twaalf onderwerpen van de vier focusgebieden")
    if picture.code.startswith(ROLES):
        of = figures.catalog.professionaliteit(picture.code.removeprefix(ROLES)).name
        return _("De zes rollen van de %(professionaliteit)s", professionaliteit=within(of))
    if picture.code == ASPECTS:
        return _("De zes aspecten van de tweede professionaliteit")
    return _("Wat je hebt gemeten")


def of_picture(picture: Picture, figures: Figures) -> Texts:
    """The words that go with a picture and into it."""
    name = picture_name(picture, figures)
    told = "; ".join(f"{line.name} {score(line.score)}" for line in picture.sorted)
    return Texts(
        name=name,
        shape=_("Radar. %(name)s, volgens jezelf: %(scores)s. De tabel eronder heeft dezelfde cijfers.",
                name=name, scores=told),
        order=_("Puntenlijn, van vaakst naar minst vaak: %(scores)s. De tabel eronder heeft dezelfde cijfers.",
                scores=told),
        keys=_keys(),
        missing=_("nog niet gemeten"),
        note=in_short,
    )


def of_competency(line: Line) -> Texts:
    """The words that go with the picture of one competency; the page says all its figures beside it."""
    told = _("Puntenlijn: jij %(score)s, je doel %(target)s.", score=score(line.score), target=score(line.target))
    return Texts(line.name, told, told, _keys(), _("nog niet gemeten"), lambda _line: "")


def _keys() -> dict[Key, str]:
    return {"self": _("Jij"), "target": _("Doel"), "previous": _("Vorige keer")}
