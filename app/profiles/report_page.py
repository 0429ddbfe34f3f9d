"""What the report of a profile says: what its page says, what people wrote for who may read it, and a guide."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from app.access import Actor
from app.profiles import page, report, round_labels, round_page
from app.profiles.comments import comments_of, may_read
from app.profiles.queries import Heading
from app.profiles.reading import read
from app.profiles.round_comments import Voice, voices
from app.profiles.round_reading import read_round
from app.web.formats import AMSTERDAM

NAME = "profiel-{day}.{kind}"       # says nothing about whose it is: it ends in a folder of downloads


def made(heading: Heading, reader: Actor, plaatje: str | None, erbij: str | None) -> bytes:
    """The report for somebody who may read the profile, with the picture and third series that she looks at.

    Raises report.NoLibraries.
    """
    if heading.of_round:
        return _of_round(heading, reader, plaatje, erbij)
    basis = read(heading, reader)
    return _printed(heading, page.body(basis, page.known_picture(plaatje, basis)), own=basis.own)


def file_name(heading: Heading, kind: str) -> str:
    return NAME.format(day=heading.closed_at.astimezone(AMSTERDAM).date().isoformat(), kind=kind)


def _of_round(heading: Heading, reader: Actor, plaatje: str | None, erbij: str | None) -> bytes:
    basis = read_round(heading, reader)
    own = reader.person_id == heading.subject_id
    picture, third = round_page.known_picture(plaatje, basis), round_page.known_beside(erbij)
    said: tuple[Voice, ...] = ()
    if may_read(reader, heading):
        said = voices(basis.framework.catalog, comments_of(heading), basis.wave.asked.keys())
    return _printed(
        heading, round_page.body(basis, own, picture, third, None), own=own, people=round_page.people(basis), said=said
    )


def _printed(heading: Heading, body: Markup, *, own: bool, people: int = 0, said: tuple[Voice, ...] = ()) -> bytes:
    guide = render_template("guide_text.html", at=f"{report.GUIDE}-", head="h3")
    paper = report.on_paper(f"{body}\f{guide}", _swatches())
    shown, _cut, explained = paper.markup.partition("\f")
    whole = render_template(
        "profiles/report/report.html",
        heading=heading,
        own=own,
        people=people,
        paper=report.Paper(shown, paper.pictures),
        voices=said,
        guide=explained,
        guide_id=report.GUIDE,
        first_name=heading.subject_name.split()[0],
        labels=round_labels,
    )
    return report.pdf(whole, paper)


def _swatches() -> Mapping[str, str]:
    """What the small drawings of the key are, by the class of their mark."""
    return {
        "ms": _("rondje:"), "mo": _("ruit:"), "mt": _("vierkant:"), "mp": _("klein rondje:"), "mg": _("streepje:"),
        "bandr": _("licht vlak:"), "mo open": _("open ruit:"), "ms open": _("open rondje:"),
    }  # fmt: skip
