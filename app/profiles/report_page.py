"""The report of a profile: what its pages say, what people wrote for who may read it, and how to read it, on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from app.access import Actor
from app.charts import marks
from app.charts.marks import KeySwatch
from app.measurement.scale import Group
from app.papers import Paper, Running, pdf
from app.profiles import page, round_labels, round_page, texts
from app.profiles.closeup_page import CompetencyPage, competency_pages
from app.profiles.comments import comments_of, may_read
from app.profiles.queries import Heading
from app.profiles.reading import CompetencyReading, read, read_competencies
from app.profiles.readings import Opened
from app.profiles.round_comments import Voice, voices
from app.profiles.round_reading import read_round
from app.profiles.words import nearest_points, points_in_words
from app.web.formats import date, day_of

NAME = "profiel-{day}-{number}.{kind}"
GUIDE = "uitleg"                    # where the reader's guide stands; its parts are called after it
_EXPLAINED = re.compile(r"/zo-lees-je-dit(?:#[\w-]+)?$")
_SUBJECT = re.compile(r"/profiel/(?P<measurement>\d+)/(?P<slug>[\w-]+)$")


def made(opened: Opened, reader: Actor, plaatje: str | None, erbij: str | None) -> bytes:
    """The report for somebody who may read the profile, with the picture and third series that she looks at."""
    heading = opened.heading
    if heading.of_round:
        return _of_round(opened, reader, plaatje, erbij)
    basis = read(heading, reader, opened.measurements)
    title = _("Zelfbeeld van %(date)s", date=date(heading.closed_at))
    body = page.body(basis, page.known_picture(plaatje, basis), page.known_beside(erbij))
    return _printed(heading, title, body, own=basis.own, top=page.top(basis),
                    own_topics=read_competencies(heading, reader, opened.measurements, whole=basis))


def file_name(heading: Heading, kind: str) -> str:
    """What a download is called: its day, and the number that its address has too.

    It says nothing about whose it is, not even her initials, as it ends in a folder that others may see into; the
    number keeps two people of one round apart for whoever reads both. Whose it is, stands inside.
    """
    day = day_of(heading.closed_at)
    return NAME.format(day=day.isoformat(), number=heading.id, kind=kind)


def _of_round(opened: Opened, reader: Actor, plaatje: str | None, erbij: str | None) -> bytes:
    heading = opened.heading
    basis = read_round(heading, reader, opened.measurements)
    own = reader.person_id == heading.subject_id
    picture, third = round_page.known_picture(plaatje, basis), round_page.known_beside(erbij)
    said: tuple[Voice, ...] = ()
    if may_read(reader, heading):
        said = voices(basis.framework.catalog, comments_of(heading), basis.wave.asked.keys())
    body = round_page.body(basis, own, picture, third, None)
    return _printed(
        heading, heading.round_name, body, own=own, people=round_page.people(basis), said=said,
        topics=competency_pages(basis, reader),
    )  # fmt: skip


def _printed(
    heading: Heading, title: str, body: Markup, *, own: bool, people: int = 0, said: tuple[Voice, ...] = (),
    topics: Sequence[CompetencyPage] = (), top: Markup | None = None, own_topics: Sequence[CompetencyReading] = (),
) -> bytes:
    levelled = {one.anchors_of: one for one in topics if one.anchors and one.levels}
    markup = render_template(
        "profiles/report/report.html",
        heading=heading,
        title=title,
        top=top,
        own=own,
        people=people,
        body=body,
        topics=topics,
        levelled=levelled.values(),
        own_topics=[(one, page.competency_picture(one.line) if one.line.score is not None else None)
                    for one in own_topics],
        key=_key(heading.subject_name.split()[0], own=own) if heading.of_round else _own_key(own_topics),
        points=points_in_words(own_topics[0].basis.framework.catalog) if own_topics else {},
        nearest_points=nearest_points,
        voices=said,
        guide_id=GUIDE,
        first_name=heading.subject_name.split()[0],
        labels=round_labels,
        texts=texts,
    )

    def place(address: str) -> str | None:
        subject = _SUBJECT.search(address)
        if _EXPLAINED.search(address):
            return ""       # a press away on a screen; here its words alone would ask for something
        if subject and int(subject["measurement"]) == heading.id:
            return "eigen-woorden" if subject["slug"] == "opmerkingen" else f"onderwerp-{subject['slug']}"
        return None

    running = Running(
        _("Vertrouwelijk"), heading.subject_name,
        _("%(title)s, gesloten op %(date)s", title=title, date=date(heading.closed_at)), _("bladzijde"), _("van"),
    )  # fmt: skip
    whole = _("%(title)s, %(name)s", title=title, name=heading.subject_name)
    return pdf(Paper(whole, markup, running, _swatches(), place))


def _key(first_name: str, *, own: bool) -> Markup:
    """The key to the pictures of all subjects."""
    entries: tuple[tuple[KeySwatch, str], ...] = (
        ("self", round_labels.name_of(Group.SELF, first_name, own=own)),
        ("teamleider", round_labels.name_of(Group.TEAM_LEAD, first_name, own=own)),
        ("group", _("Een groep")), ("others", _("Anderen samen")), ("band", _("80% zeker")),
        ("uncertain group", _("Minder dan vijf mensen")), ("target", _("Doel")),
    )  # fmt: skip
    return Markup(marks.key(entries))  # noqa: S704


def _own_key(topics: Sequence[CompetencyReading]) -> Markup:
    """That to the pictures of a self-assessment: what was measured before where any of them has it."""
    earlier: tuple[tuple[KeySwatch, str], ...] = (("previous", _("Vorige keer")),)
    compared = any(one.line.earlier is not None for one in topics)
    return Markup(marks.key((("self", _("Jij")), ("target", _("Doel")), *(earlier if compared else ()))))  # noqa: S704


def _swatches() -> Mapping[str, str]:
    """What the small drawings of the key are, by the class of their mark."""
    return {
        "ms": _("rondje:"), "mo": _("ruit:"), "mt": _("vierkant:"), "mp": _("klein rondje:"), "mg": _("streepje:"),
        "mr": _("driehoek:"), "bandr": _("licht vlak:"), "mo open": _("open ruit:"), "ms open": _("open rondje:"),
        "mr open": _("open driehoek:"),
    }  # fmt: skip
