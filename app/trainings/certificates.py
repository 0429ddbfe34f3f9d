"""What somebody keeps of a session that she was at: a note in her dossier, and a paper."""

from __future__ import annotations

import datetime as dt

from flask import render_template
from flask_babel import gettext as _

from app.dossier.models import SeenBy
from app.dossier.services import EvidenceWords
from app.papers import Paper, Running, pdf
from app.trainings.models import TrainingSession
from app.web.formats import date, today


def evidence_of(session: TrainingSession, day: dt.date) -> tuple[EvidenceWords, frozenset[str]]:
    """What stands in her dossier, and what it is about. What it brought is hers to write."""
    given = session.given
    text = _("Ik was erbij: %(title)s, %(hours)s uur. Mijn dienst legde dit vast. Het bewijs van deelname kan ik "
             "ophalen op de pagina van de bijeenkomst.", title=given["title"], hours=given["hours"])
    words = EvidenceWords(title=_("Gevolgd: %(title)s", title=given["title"])[:150], happened_on=day, reflection="",
                          seen_by=SeenBy.ME, text=text)
    return words, frozenset(one.competency_code for one in session.training.competencies)


def paper_of(session: TrainingSession, name: str, organisation: str) -> bytes:
    """The certificate of somebody who was there, as a PDF."""
    markup = render_template("trainings/certificate.html", session=session, name=name, organisation=organisation)
    running = Running(organisation, name, _("Gemaakt op %(day)s", day=date(today())), _("bladzijde"), _("van"))
    return pdf(Paper(_("Bewijs van deelname van %(name)s", name=name), markup, running))
