"""The page of a round, put into pictures and words. A measurement is frozen, so its page is made once and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from app.charts import marks
from app.charts.marks import KeySwatch
from app.charts.slope import Slope, Step
from app.measurement.growth import Obstacle
from app.measurement.scale import OTHERS, Group, rule_of
from app.measurement.scoring import indicative
from app.measurement.self_others import Place
from app.profiles import round_labels, round_pictures, round_texts
from app.profiles.guesses import Guessed, outcome
from app.profiles.round_figures import BESIDE, RoundFigures, RoundLine, round_figures
from app.profiles.round_growth import Course, Earlier, GrowthLine, course, earlier_of
from app.profiles.round_panel import panels
from app.profiles.round_pictures import Beside, Picture
from app.profiles.round_reading import RoundBasis
from app.profiles.round_texts import Telling
from app.profiles.round_words import findings, not_shown

KEPT = 100      # pages of about 150 kB, per process
UNKNOWN: Final = ""      # the code of no picture and of no series


@dataclass(frozen=True, slots=True)
class Made:
    """The figures of a basis and their growth, made once."""

    figures: RoundFigures
    course: Course
    earlier: Mapping[str, Earlier]


@lru_cache(maxsize=KEPT)
def made(basis: RoundBasis) -> Made:
    figures = round_figures(basis.framework.catalog, basis.wave, basis.targets)
    waves = [one.wave for one in basis.earlier]
    grown = course(basis.wave, waves)
    return Made(figures, grown, earlier_of(figures, grown, waves[0]) if waves else {})


@lru_cache(maxsize=KEPT)
def body(basis: RoundBasis, own: bool, plaatje: str | None, erbij: str | None, guess: Guessed | None) -> Markup:
    """What stands below the heading. `own`: she reads it herself; `guess`: what she expected, where she is to see it.

    `plaatje` and `erbij` as known_picture and known_beside give them; where what they ask for is not shown, the page
    says so, in the same words whatever the reason. Nothing else goes into it: no day, and nothing of this request.
    """
    known = made(basis)
    figures = known.figures
    telling = Telling(basis, own=own)
    found = round_pictures.pictures(figures)
    shown = round_pictures.chosen(found, plaatje)
    thirds = round_pictures.besides(figures, shown, known.earlier)
    third = round_pictures.beside(thirds, erbij)
    words = telling.of_picture(shown, third, figures)
    return Markup(  # noqa: S704
        render_template(
            "profiles/round/body.html",
            basis=basis,
            heading=basis.heading,
            own=own,
            figures=figures,
            course=known.course,
            growth=[(line, one, _slope(one, line, telling)) for line, one in _grown(figures, known.course)],
            incomparable=_incomparable(figures, known.course),
            findings=findings(figures, known.course),
            indicative=indicative(basis.wave.groups),
            pictures=[(one.code, round_texts.picture_name(one, figures)) for one in found if one.measured],
            thirds=[(one.code, telling.beside(one)) for one in thirds],
            shown=shown,
            third=third,
            not_there=plaatje not in (None, shown.code) or erbij not in (None, third.code),
            name=words.name,
            key=_key(shown, third, words),
            radar=round_pictures.radar(shown, third, words),
            dots=round_pictures.dots(shown, third, words),
            panels=panels(basis.framework.catalog, basis.wave.cells, basis.wave.asked, known.course.themes),
            not_shown=not_shown(figures, basis.wave),
            outcome=outcome(guess, figures) if guess else None,
            places=Place,
            others=OTHERS,
            self_group=Group.SELF,
            of_adults=BESIDE,
            telling=telling,
            labels=round_labels,
            texts=round_texts,
        )
    )


def people(basis: RoundBasis) -> int:
    """How many others stand behind the adults' figures of this round."""
    return sum(raters for group, raters in basis.wave.shown.items() if rule_of(group).in_others)


def known_picture(code: str | None, basis: RoundBasis) -> str | None:
    """The code when it is one of ours, else UNKNOWN, so that nobody fills what is kept with addresses of her own; None
    where nothing is asked for.
    """
    roles = (f"{round_pictures.ROLES}{one.code}" for one in basis.framework.catalog.professionaliteiten)
    return code if code in (None, round_pictures.ASPECTS, round_pictures.FOCUS, *roles) else UNKNOWN


def known_beside(code: str | None) -> str | None:
    """The same for the third series."""
    return code if code in (None, round_pictures.TARGET, round_pictures.PREVIOUS, *BESIDE) else UNKNOWN


def _key(picture: Picture, third: Beside, words: round_pictures.Texts) -> Markup:
    names: dict[KeySwatch, str] = {
        "band": words.band, "uncertain": _("Minder zeker"), "uncertain group": _("Minder zeker"),
    }
    for kind, name in words.keys.items():
        names[kind] = name
    part = third.in_part_of(picture)
    if part is not None:
        names[third.key] = _("%(name)s (bij %(some)s van de %(all)s)", name=names[third.key], some=part[0], all=part[1])
    found = ((one, names[one]) for one in round_pictures.keys(picture, third))
    return Markup(marks.key(found, round_pictures.short(picture, third)))  # noqa: S704


def _grown(figures: RoundFigures, found: Course) -> list[tuple[RoundLine, GrowthLine]]:
    return [(line, one) for line in figures.competencies if (one := found.of(line.code)) is not None and one.word]


def _incomparable(figures: RoundFigures, found: Course) -> list[tuple[Obstacle, tuple[RoundLine, ...]]]:
    """Why some competencies have no line, with those it holds for."""
    known = {line.code: line for line in figures.competencies}
    return [
        (obstacle, lines) for obstacle in Obstacle
        if (lines := tuple(known[one.code] for one in found.lines if one.obstacle is obstacle))
    ]  # fmt: skip


def _slope(grown: GrowthLine, line: RoundLine, telling: Telling) -> Markup:
    steps = tuple(
        Step(one.mean, (one.band.low, one.band.high), round_pictures.beyond(one.bound)) for one in grown.points
    )
    return Markup(Slope(telling.slope(grown, line.name), steps).svg())  # noqa: S704
