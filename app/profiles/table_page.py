"""What the spreadsheet of a profile says: the figures of its page, no more of them and no more precisely."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from app.access import Actor
from app.measurement.scale import OTHERS, Bound, Group
from app.measurement.uncertainty import Band
from app.papers.spreadsheet import Table, Value, workbook
from app.profiles import round_page
from app.profiles.figures import Figures, Line
from app.profiles.neighbours import neighbours
from app.profiles.reading import read
from app.profiles.readings import Opened
from app.profiles.round_figures import Figure, RoundFigures, RoundLine
from app.profiles.round_labels import figure as in_words
from app.profiles.round_panel import panels
from app.profiles.round_reading import RoundBasis, read_round
from app.profiles.round_texts import Telling
from app.web.formats import date

Row = tuple[Value, ...]


def made(opened: Opened, reader: Actor) -> bytes:
    """The spreadsheet for somebody who may read the profile."""
    heading, measurements = opened.heading, opened.measurements
    if not heading.of_round:
        title = _("Zelfbeeld van %(date)s", date=date(heading.closed_at))
        return workbook(title, tuple(_of_self(title, read(heading, reader, measurements).figures)))
    basis = read_round(heading, reader, measurements)
    return workbook(heading.round_name, tuple(_of_round(basis, reader)))


def _of_round(basis: RoundBasis, reader: Actor) -> Iterator[Table]:
    figures = round_page.made(basis).figures
    telling = Telling(basis, own=reader.person_id == basis.heading.subject_id)
    own = telling.name(Group.SELF)
    head = (
        _("Wie"), _("Score"), _("Mensen"), _("80% zeker van"), _("80% zeker tot"), _("Eensgezind"), _("Rust op"),
        _("Verschil (%(own)s min anderen)", own=own), _("Duidelijk verschil"), _("Doel"),
    )  # fmt: skip
    yield Table(_("Scores"), (_("Aspect"), _("Onderwerp"), *head), tuple(_subjects(figures, telling)))
    yield Table(_("Rollen"), (_("Professionaliteit"), _("Rol"), *head), tuple(_roles(figures, telling)))
    themes = tuple(_themes(basis, telling))
    if themes:
        yield Table(_("Ouders en leerlingen"), (
            _("Wie"), _("Thema"), _("Score"), _("Hoogste punt"), _("Mensen"), _("80% zeker van"), _("80% zeker tot"),
        ), themes)  # fmt: skip
    levels = tuple(_levels(basis, reader))
    if levels:
        yield Table(_("Niveau"), (_("Soort"), _("Waarover"), _("Niveau"), _("Heet"), _("Afgesproken op"), _("Met")),
                    levels)
    yield _explained(
        _("%(round)s, gesloten op %(date)s, over %(name)s. Vertrouwelijk.", round=basis.heading.round_name,
          date=date(basis.heading.closed_at), name=basis.heading.subject_name),
        _("Mensen: zoveel mensen konden hier iets over zeggen. Bij een aspect of rol is het het kleinste aantal van de "
          "onderwerpen."),
        _("80% zeker: waren er andere mensen gevraagd, dan lag de score in ongeveer 8 van de 10 keer hiertussen."),
        _("‘4,5 of hoger’ en ‘1,5 of lager’: hier eindigt wat we laten zien, zodat je van niemand het antwoord weet."),
        _("Verschil: de eigen score is hier berekend over dezelfde zinnen als die van anderen. Duidelijk is een "
          "verschil pas vanaf 0,5, en als het groter is dan toeval."),
        _("Rust op: ‘3 van 4’ is een gemiddelde over 3 van de 4 onderwerpen, bij een professionaliteit over aspecten. "
          "Er staat alleen een verschil als beide scores op dezelfde onderwerpen rusten. Bij een professionaliteit "
          "staat er geen: niet iedereen kreeg dezelfde aspecten, en hoe zeker zo'n gemiddelde is, weten we niet."),
        _("Een leeg vak: van deze mensen is hier niets te laten zien, of er is niets gevraagd."),
        _("Ouders en leerlingen antwoordden op een eigen schaal. Zet hun cijfers niet naast die van anderen."),
        _("Een niveau spreek je samen af in een gesprek. Het komt nooit uit de scores."),
    )  # fmt: skip


def _subjects(figures: RoundFigures, telling: Telling) -> Iterator[Row]:
    for aspect in figures.aspects:
        yield from _rows(aspect.line.name, _("(het aspect)"), aspect.line, telling)
        for line in aspect.competencies:
            yield from _rows(aspect.line.name, line.name, line, telling)


def _roles(figures: RoundFigures, telling: Telling) -> Iterator[Row]:
    for one in figures.professionaliteiten:
        yield from _rows(one.line.name, _("(de professionaliteit)"), one.line, telling)
        for line in one.roles:
            yield from _rows(one.line.name, line.name, line, telling)


def _rows(above: str, name: str, line: RoundLine, telling: Telling) -> Iterator[Row]:
    """A row for everybody of whom something is shown; the difference stands with the others."""
    known = ((Group.SELF, line.own), (OTHERS, line.others), *line.groups)
    for group, found in known:
        if found is None:
            continue
        compared: Row = (None, None)
        if group == OTHERS and line.difference is not None:
            compared = line.difference, _("ja") if line.distinct else _("nee")
        yield (above, name, telling.name(group), *_figure(found, group), _parts(found), *compared, line.target)


def _parts(found: Figure) -> Value:
    return _("%(parts)s van %(total)s", parts=found.parts, total=found.total) if found.total else None


def _figure(found: Figure, group: str) -> Row:
    people = None if group in (Group.SELF, Group.TEAM_LEAD) else found.raters
    return (_score(found.mean, found.bound), people, *_ends(found.band), found.agreement)


def _themes(basis: RoundBasis, telling: Telling) -> Iterator[Row]:
    for panel in panels(basis.framework.catalog, basis.wave.cells, basis.wave.asked):
        for line in panel.themes:
            yield (telling.name(panel.group), line.name, _score(line.mean, line.bound), panel.top, line.raters,
                   *_ends(line.band))


def _levels(basis: RoundBasis, reader: Actor) -> Iterator[Row]:
    """What was agreed, for the two who agreed it: nothing for somebody with whom the profile is shared."""
    heading, catalog = basis.heading, basis.framework.catalog
    if reader.person_id in heading.shared_with:
        return
    for one in neighbours().agreed_levels_of(heading.subject_id, heading.organisation_id):
        of_aspect = one.kind == "aspect"
        yield (_("aspect") if of_aspect else _("rol"),
               (catalog.aspect(one.code) if of_aspect else catalog.role(one.code)).name, one.level,
               catalog.level(one.level).name, date(one.agreed_on), one.with_whom)


def _of_self(title: str, figures: Figures) -> Iterator[Table]:
    head = (_("Jij"), _("Vorige keer"), _("Verschil"), _("Doel"))
    yield Table(_("Scores"), (_("Aspect"), _("Onderwerp"), *head), tuple(
        (aspect.line.name, _("(het aspect)") if line is aspect.line else line.name, *_own(line))
        for aspect in figures.aspects for line in (aspect.line, *aspect.competencies)
    ))  # fmt: skip
    yield Table(_("Rollen"), (_("Professionaliteit"), _("Rol"), *head), tuple(
        (one.line.name, _("(de professionaliteit)") if line is one.line else line.name, *_own(line))
        for one in figures.professionaliteiten for line in (one.line, *one.roles)
    ))  # fmt: skip
    yield _explained(
        _("%(title)s. Vertrouwelijk.", title=title),
        _("Dit is je eigen kijk; wat anderen zien, staat hier niet in. Een verschil kleiner dan 0,5 zegt weinig."),
        _("Een leeg vak: niet gemeten, of niet te vergelijken met de vorige keer."),
    )


def _own(line: Line) -> Row:
    if line.score is None:
        return None, None, None, line.target
    return line.score, line.earlier, line.difference, line.target


def _score(mean: float, bound: Bound) -> Value:
    """A figure to count with, or where it is capped what the page says instead."""
    return mean if bound is Bound.EXACT else in_words(mean, bound)


def _ends(band: Band | None) -> Row:
    if band is None:
        return None, None
    ends = band.rounded()
    return ends.low, ends.high


def _explained(*lines: str) -> Table:
    scale = _("Een score loopt van 1 tot 5: (nog) niet, soms, vaak, bijna altijd, altijd. Zij zegt hoe vaak iets "
              "gezien is als het aan de orde was, met één cijfer achter de komma.")
    return Table(_("Zo lees je dit"), (_("Zo lees je dit"),), tuple((line,) for line in (lines[0], scale, *lines[1:])))
