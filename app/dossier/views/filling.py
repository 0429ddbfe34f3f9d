"""The page with the form of a piece of evidence."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from app.access import actor
from app.competencies.queries import current_framework
from app.dossier import queries, words
from app.dossier.cards import topic_groups
from app.dossier.forms import NO_GOAL, EvidenceForm, evidence_form
from app.dossier.models import Evidence, EvidenceKind, SeenBy
from app.forms import number_in
from app.web.formats import today

Page = tuple[str, int]


def making(kind: EvidenceKind, typed: MultiDict[str, str] | None = None) -> EvidenceForm:
    """The form of a new piece; the address may say for which goal, and of which practice sheet.

    `typed`: what was sent, where it is not to be read from the request; likewise below.
    """
    goals = queries.goals_to_attach(actor())
    sheets = queries.finished_sheets(actor()) if kind == EvidenceKind.SHEET else []
    goal = next((one for one in goals if one.id == number_in(request.args.get("doel"))), None)
    sheet = next((one for one in sheets if one.id == number_in(request.args.get("blad"))), None)
    given: dict[str, Any] = {
        "happened_on": today(),
        "seen_by": SeenBy.ME,
        "goal": str(goal.id) if goal else NO_GOAL,
        "competencies": [goal.competency_code] if goal else [],
    }
    if sheet is not None:
        given |= {"sheet": str(sheet.id), "title": words.sheet_name(sheet)[:150]}
    form = evidence_form(kind, typed=typed, **given)
    form.offer(current_framework().catalog, goals, sheets)
    return form


def changing(evidence: Evidence, typed: MultiDict[str, str] | None = None) -> EvidenceForm:
    """The form of a piece that exists."""
    kind = EvidenceKind(evidence.kind)
    form = evidence_form(kind, evidence, typed)
    sheets = queries.finished_sheets(actor()) if kind == EvidenceKind.SHEET else []
    form.offer(current_framework().catalog, queries.goals_to_attach(actor()), sheets)
    return form


def form_page(form: EvidenceForm, kind: EvidenceKind, status: int, evidence: Evidence | None = None, *,
              told: str = "") -> Page:
    """`told`: what is wrong with the file. A file cannot come back with the page: she is asked to choose it again."""
    if told:
        form.file.errors = [told]
    elif status != 200 and form.sent is not None:
        form.file.errors = [*form.file.errors, str(words.CHOOSE_AGAIN)]
    page = render_template("dossier/form.html", form=form, kind=kind, evidence=evidence,
                           groups=topic_groups(current_framework().catalog))
    return page, status
