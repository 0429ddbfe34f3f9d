"""One competency of a round as its page shows it: the figures, what came before, what was agreed, and the pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask_babel import gettext as _
from markupsafe import Markup

from app.access import Actor
from app.charts import marks
from app.charts.dots import DotChart, DotRow
from app.charts.marks import Key, KeySwatch
from app.charts.scale import spoken, written
from app.competencies.parts import Anchors, Competency
from app.measurement.growth import Growth, Seen, then_and_now
from app.measurement.scale import ENOUGH_FOR_DETAIL, OTHERS, Bound, Group
from app.measurement.scoring import Cell, Others, others
from app.profiles.neighbours import AgreedNiveau, neighbours
from app.profiles.queries import Heading
from app.profiles.round_closeup import ADULTS, CloseUp, close_up, grown
from app.profiles.round_growth import Point, line_of
from app.profiles.round_labels import figure, name_of, people
from app.profiles.round_pictures import beyond
from app.profiles.round_reading import EarlierRound, RoundBasis
from app.profiles.round_waves import RoundWave
from app.web.formats import date


@dataclass(frozen=True, slots=True)
class Since:
    """What may be said of the change since an earlier round: of the others first, then of each group.

    `whole`: all groups that are shown now or were then can be compared; else the others' change is one of `compared`.
    `then` and `now`: the figures as they read, by group; of then only what was shown. Those of the others are over the
    groups that are compared, weighed as their change is.
    """

    heading: Heading
    changes: tuple[Growth, ...]
    whole: bool
    then: Mapping[str, str]
    now: Mapping[str, str]

    @property
    def of_others(self) -> Growth:
        return self.changes[0]

    @property
    def told(self) -> tuple[Growth, ...]:
        """Each group, and the others together where that says more than the groups do."""
        return self.changes if self.whole or len(self.compared) > 1 else self.changes[1:]

    @property
    def compared(self) -> tuple[str, ...]:
        return tuple(one.group for one in self.changes[1:] if one.obstacle is None)


@dataclass(frozen=True, slots=True)
class CompetencyPage:
    """Everything on the page. `own`: she reads it herself. `levels`: what was agreed, the newest first.

    `since`: the newest earlier round in which others answered about this. `course`: the others through the rounds, a
    picture, where they can be compared.
    """

    basis: RoundBasis
    found: CloseUp
    own: bool
    first_name: str
    picture: DotChart
    key: Markup
    since: Since | None
    course: DotChart | None
    levels: tuple[AgreedNiveau, ...]
    anchors: Anchors | None
    anchors_of: str
    of_aspect: bool
    following: Competency | None

    @property
    def has_goal(self) -> bool:
        return self.found.competency.code in self.basis.goals


def competency_page(basis: RoundBasis, reader: Actor, slug: str) -> CompetencyPage | None:
    """The page of the competency with this slug; None when nobody was asked about it in this round."""
    return next(iter(competency_pages(basis, reader, slug)), None)


def competency_pages(basis: RoundBasis, reader: Actor, slug: str | None = None) -> tuple[CompetencyPage, ...]:
    """The pages of all competencies that anybody was asked about, in the order of the framework; or of the one with
    this slug alone. What was agreed is read once.
    """
    asked = tuple(_asked(basis))
    wanted = [one for one in asked if slug in (None, one.slug)]
    agreed = _agreed(basis, reader) if wanted else ()
    following = {one.code: after for one, after in pairwise(asked)}
    own = reader.person_id == basis.heading.subject_id
    return tuple(_page(basis, own, one, following.get(one.code), agreed) for one in wanted)


def _page(
    basis: RoundBasis, own: bool, competency: Competency, following: Competency | None,
    agreed: Sequence[AgreedNiveau],
) -> CompetencyPage:
    catalog = basis.framework.catalog
    first_name = basis.heading.subject_name.split()[0]
    found = close_up(competency, basis.wave.cells, basis.wave.asked, basis.targets.target_score(competency.code))
    of_aspect = catalog.anchors_of_aspect(competency.aspect)
    known_by = ("aspect", competency.aspect) if of_aspect else ("role", competency.main_role)
    return CompetencyPage(
        basis,
        found,
        own,
        first_name,
        _picture(found, first_name, own=own),
        Markup(marks.key(_key(found, first_name, own=own), _short(found))),  # noqa: S704
        _since(basis, competency.code),
        _course(basis, competency.code),
        tuple(one for one in agreed if (one.kind, one.code) == known_by),
        of_aspect or catalog.anchors_of_role(competency.main_role),
        (catalog.aspect(competency.aspect) if of_aspect else catalog.role(competency.main_role)).name,
        of_aspect is not None,
        following,
    )


def _asked(basis: RoundBasis) -> Iterator[Competency]:
    """The competencies that anybody was asked about, in the order of the framework."""
    apart = (Group.PARENT, Group.PUPIL)
    codes = {code for group, items in basis.wave.asked.items() if group not in apart for code in items}
    return (one for one in basis.framework.catalog.competencies if one.code in codes)


def _since(basis: RoundBasis, code: str) -> Since | None:
    for earlier in basis.earlier:
        if _others_of(earlier, code) is not None:
            return _beside(basis, earlier, code)
    return None


def _beside(basis: RoundBasis, earlier: EarlierRound, code: str) -> Since | None:
    changes = grown(code, earlier.wave.wave, basis.wave.wave)
    if not changes:
        return None
    shown = {cell.group for cell in earlier.wave.groups if cell.competency_code == code and cell.group in ADULTS}
    whole = shown == {one.group for one in changes[1:]} and all(one.obstacle is None for one in changes)
    then, now = None, None
    if changes[0].obstacle is None:
        then, now = then_and_now(changes[0], earlier.wave.wave, basis.wave.wave)
    return Since(earlier.heading, changes, whole, _read(earlier.wave, code, then), _read(basis.wave, code, now))


def _read(wave: RoundWave, code: str, together: Seen | None) -> Mapping[str, str]:
    """The figures of one competency as they read, by group; the others as they are compared, where they are."""
    cells = [cell for cell in wave.groups if cell.competency_code == code]
    found: list[tuple[str, Cell | Others | Seen]] = [(one.group, one) for one in cells]
    found += [(one.group, one) for one in others(cells)]
    if together is not None:
        found.append((OTHERS, together))
    return {group: figure(one.mean, one.bound) for group, one in found}


def _others_of(earlier: EarlierRound, code: str) -> Others | None:
    """The others' figure for one competency, worked out for that one alone."""
    return next(iter(others(cell for cell in earlier.wave.groups if cell.competency_code == code)), None)


def _agreed(basis: RoundBasis, reader: Actor) -> Sequence[AgreedNiveau]:
    """What was agreed, for the two who agreed it: nothing for somebody with whom the profile is shared."""
    heading = basis.heading
    if reader.person_id in heading.shared_with:
        return ()
    return neighbours().agreed_levels_of(heading.subject_id, heading.organisation_id)


# --- the pictures ----------------------------------------------------------------------------------------------------


def _picture(found: CloseUp, first_name: str, *, own: bool) -> DotChart:
    rows = tuple(_rows(found, first_name, own=own))
    told = "; ".join(
        f"{name_of(one.group, first_name, own=own)} {figure(one.mean, one.bound)}"
        for one in (found.own_beside, found.lead, *_anonymous(found)) if one is not None
    )
    return DotChart(
        title=found.competency.name,
        alternative=_("Puntenlijn per groep: %(told)s. De tabel eronder heeft dezelfde cijfers.", told=told),
        rows=rows,
        names={"self": name_of(Group.SELF, first_name, own=own), "others": _("Anderen"),
               "teamleider": name_of(Group.TEAM_LEAD, first_name, own=own), "target": _("Doel"),
               "group": _("Een groep"), "previous": _("Vorige keer")},
    )  # fmt: skip


def _rows(found: CloseUp, first_name: str, *, own: bool) -> Iterator[DotRow]:
    named: tuple[tuple[Key, Cell | None], ...] = (("self", found.own_beside), ("teamleider", found.lead))
    for key, cell in named:
        if cell is not None:
            yield DotRow(name_of(cell.group, first_name, own=own), points={key: cell.mean}, target=found.target)
    for one in _anonymous(found):
        label = name_of(one.group, first_name, own=own) if isinstance(one, Cell) else _("Anderen samen")
        yield _group_row(label, one, found.target)


def _anonymous(found: CloseUp) -> tuple[Cell | Others, ...]:
    """The groups, and all of them together where there are more."""
    return (*found.groups, found.others) if found.others and len(found.groups) > 1 else found.groups


def _group_row(label: str, cell: Cell | Others | Point, target: float | None) -> DotRow:
    key: Key = "group" if isinstance(cell, Cell) else "others"
    note, sign = people(cell.raters), beyond(cell.bound)
    if cell.bound is not Bound.EXACT:
        note = _("%(figure)s, %(people)s", figure=figure(cell.mean, cell.bound), people=note)
    return DotRow(
        label,
        note,
        points={key: cell.mean},
        band=(cell.band.low, cell.band.high) if cell.band else None,
        target=target,
        uncertain=frozenset({key}) if cell.raters < ENOUGH_FOR_DETAIL else frozenset(),
        beyond={key: sign} if sign else {},
    )


def _key(found: CloseUp, first_name: str, *, own: bool) -> Iterator[tuple[KeySwatch, str]]:
    if found.own:
        yield "self", name_of(Group.SELF, first_name, own=own)
    if found.lead:
        yield "teamleider", name_of(Group.TEAM_LEAD, first_name, own=own)
    if found.groups:
        yield "group", _("Een groep")
    if len(found.groups) > 1:
        yield "others", _("Anderen samen")
    if found.groups:
        yield "band", _("80% zeker")
    if any(cell.raters < ENOUGH_FOR_DETAIL for cell in found.groups):
        yield "uncertain group", _("Minder dan vijf mensen")
    yield "target", _("Doel")


def _short(found: CloseUp) -> tuple[tuple[str, str], ...]:
    """The capped figures as they are drawn, with what they mean."""
    capped = {(one.mean, sign) for one in _anonymous(found) if (sign := beyond(one.bound)) is not None}
    return tuple((written(mean, sign), spoken(mean, sign)) for mean, sign in sorted(capped, reverse=True))


def _course(basis: RoundBasis, code: str) -> DotChart | None:
    """The others through the rounds that compare with this one, always over the same groups, the oldest first."""
    grown = line_of(code, basis.wave, [one.wave for one in basis.earlier])
    if grown is None or not grown.points or grown.part:
        return None
    rounds = (basis.heading, *(one.heading for one in basis.earlier))
    moments = [(date(rounds[one.round].closed_at), one) for one in grown.points]
    told = "; ".join(f"{moment} {figure(one.mean, one.bound)}" for moment, one in moments)
    return DotChart(
        _("Anderen, ronde na ronde"),
        _("Puntenlijn van anderen: %(told)s.", told=told),
        tuple(_group_row(moment, one, None) for moment, one in moments),
    )
