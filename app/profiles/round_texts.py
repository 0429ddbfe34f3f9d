"""The words of a round's page that templates and pictures share, to the subject herself (`own`) and to others."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from app.charts.marks import BAND, Key
from app.measurement.scale import OTHERS, Bound, Group
from app.profiles.round_figures import Figure, RoundFigures, RoundLine
from app.profiles.round_growth import GrowthLine
from app.profiles.round_labels import figure, name_of
from app.profiles.round_pictures import FOCUS, PREVIOUS, ROLES, TARGET, Beside, Picture, Texts
from app.profiles.round_reading import RoundBasis
from app.profiles.texts import difference as plain_difference
from app.profiles.texts import within
from app.web.formats import date, score


class Telling:
    """How one basis is told to one reader."""

    def __init__(self, basis: RoundBasis, *, own: bool) -> None:
        self.own = own
        self.first_name = basis.heading.subject_name.split()[0]
        self._basis = basis

    def name(self, group: str) -> str:
        return name_of(group, self.first_name, own=self.own)

    def round_day(self, number: int) -> str:
        """The day of an earlier round: 1 is the one before this, 0 this one."""
        heading = self._basis.earlier[number - 1].heading if number else self._basis.heading
        return date(heading.closed_at)

    def note(self, line: RoundLine) -> str:
        """What is distinct, beside a line of the dot plot: what people see, and not the name of a cell. Those names are
        for a competency, and stand where they are explained.
        """
        if not line.distinct or line.difference is None:
            return ""
        if line.difference < 0:
            return _("anderen zien dit vaker dan jij") if self.own else _("anderen zien dit vaker")
        return _("anderen zien dit minder dan jij") if self.own else _("anderen zien dit minder")

    def beside(self, third: Beside) -> str:
        """What the third series is called."""
        if third.code == TARGET:
            return _("Doel")
        return _("Anderen, vorige keer") if third.code == PREVIOUS else self.name(third.code)

    def keys(self, third: Beside) -> dict[Key, str]:
        found: dict[Key, str] = {
            "self": self.name(Group.SELF), "others": self.name(OTHERS), "target": _("Doel"),
            "previous": _("Anderen, vorige keer"), "teamleider": self.name(Group.TEAM_LEAD),
            "group": _("Een groep"),
        }
        found[third.key] = self.beside(third)
        return found

    def of_picture(self, picture: Picture, third: Beside, figures: RoundFigures) -> Texts:
        """The words that go with a picture and into it."""
        name = picture_name(picture, figures)
        told = "; ".join(self._told(line, third) for line in picture.sorted)
        return Texts(
            name=name,
            shape=_("Radar. %(scores)s. De tabel eronder heeft dezelfde cijfers.", scores=told),
            order=_("Puntenlijn, van vaakst naar minst vaak gezien. %(scores)s. De tabel eronder heeft dezelfde "
                    "cijfers.", scores=told),
            keys=self.keys(third),
            missing=_("niet gemeten"),
            band=BAND,
            note=self.note,
        )

    def slope(self, line: GrowthLine, name: str) -> str:
        """What somebody hears instead of the small line."""
        told = "; ".join(
            _("op %(day)s %(score)s, met 80%% zekerheid tussen %(low)s en %(high)s",
              day=self.round_day(point.round), score=figure(point.mean, point.bound), low=score(point.band.low),
              high=score(point.band.high))
            for point in line.points
        )
        return _("Anderen over %(name)s: %(told)s", name=within(name), told=told)

    def _told(self, line: RoundLine, third: Beside) -> str:
        known = ((Group.SELF, line.own), (OTHERS, line.others))
        told = [f"{within(self.name(group))} {shown(one)}" for group, one in known if one is not None]
        value = third.values.get(line.code)
        if value is not None:
            told.append(f"{within(self.beside(third))} {figure(value.mean, value.bound)}")
        return f"{line.name}: {', '.join(told)}"


def shown(found: Figure) -> str:
    """A figure as it is read: 3,4 · 4,5 of hoger."""
    return figure(found.mean, found.bound)


def capped(found: Figure) -> bool:
    return found.bound is not Bound.EXACT


def difference(value: float) -> str:
    """Self less others: +0,4 · −0,2 · gelijk."""
    return plain_difference(value)


def picture_name(picture: Picture, figures: RoundFigures) -> str:
    """What a picture shows."""
    if picture.code == FOCUS:
        return _("De twaalf onderwerpen van de vier focusgebieden")
    if picture.code.startswith(ROLES):
        of = figures.catalog.professionaliteit(picture.code.removeprefix(ROLES)).name
        return _("De zes rollen van de %(professionaliteit)s", professionaliteit=within(of))
    return _("De zes aspecten van de tweede professionaliteit")


def names(lines: Iterable[RoundLine]) -> str:
    """‘a’, ‘b’ en ‘c’: names within a sentence."""
    quoted = [_("‘%(name)s’", name=line.name) for line in lines]
    if len(quoted) < 2:
        return "".join(quoted)
    return _("%(some)s en %(last)s", some=", ".join(quoted[:-1]), last=quoted[-1])
