"""Putting figures into pictures and words on a page. A measurement is frozen, so its page is made once and kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from app.charts import marks
from app.charts.dots import DotChart
from app.charts.radar import RadarChart
from app.profiles import picture, texts
from app.profiles.figures import Line
from app.profiles.picture import Picture, Texts
from app.profiles.reading import Basis
from app.profiles.round_pictures import PREVIOUS, TARGET
from app.profiles.words import findings

UNKNOWN: Final = ""     # the code of no picture and of no series
KEPT = 200      # pages of about 60 kB, per process


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as the templates place it: the key above, the radar where there is one, and the dot plot."""

    key: Markup
    dots: DotChart
    radar: RadarChart | None = None


@lru_cache(maxsize=KEPT)
def body(basis: Basis, plaatje: str | None, erbij: str | None) -> Markup:
    """What stands below the top of the page. Nothing goes into it but the basis and the picture asked for.

    `plaatje` and `erbij` as known_picture and known_beside give them; where what they ask for is not shown, the page
    says so, as that of a round does.
    """
    figures = basis.figures
    found = picture.pictures(figures)
    shown = picture.chosen(found, plaatje)
    words = texts.of_picture(shown, figures)
    return Markup(  # noqa: S704
        render_template(
            "profiles/body.html",
            basis=basis,
            figures=figures,
            findings=findings(figures),
            pictures=[(one.code, texts.picture_name(one, figures)) for one in found],
            shown=shown,
            not_there=plaatje not in (None, shown.code) or erbij not in (None, *_beside(shown)),
            name=words.name,
            drawn=_draw(shown, words),
            texts=texts,
        )
    )


def top(basis: Basis) -> Markup:
    """What stands above the body: whose it is, when, and how much was measured."""
    return Markup(render_template("profiles/top.html", basis=basis, figures=basis.figures))  # noqa: S704


def known_picture(code: str | None, basis: Basis) -> str | None:
    """The code when it is one of ours, else UNKNOWN, so that nobody fills what is kept with addresses of her own; None
    where nothing is asked for.
    """
    roles = (f"{picture.ROLES}{one.code}" for one in basis.framework.catalog.professionaliteiten)
    return code if code in (None, picture.ASPECTS, picture.FOCUS, *roles) else UNKNOWN


def known_beside(code: str | None) -> str | None:
    """The same for what stands beside her own scores."""
    return code if code in (None, TARGET, PREVIOUS) else UNKNOWN


def competency_picture(line: Line) -> Drawn:
    """One competency on its scale."""
    return _draw(Picture(line.code, (replace(line, name=_("Jij en je doel")),)), texts.of_competency(line))


def _beside(shown: Picture) -> tuple[str, ...]:
    """What stands beside her own scores in this picture, as an address names it."""
    return (TARGET, PREVIOUS) if "previous" in shown.keys else (TARGET,)


def _draw(shown: Picture, words: Texts) -> Drawn:
    key = Markup(marks.key((key, words.keys[key]) for key in shown.keys))  # noqa: S704
    return Drawn(key, picture.dots(shown, words), picture.radar(shown, words))
