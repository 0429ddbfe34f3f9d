"""The page with the form of a piece of evidence."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from app.access import actor
from app.competencies.queries import current_framework
from app.development.goals.queries import hold_goals_of
from app.development.models import Goal
from app.dossier import queries, words
from app.dossier.cards import Card, topic_groups
from app.dossier.forms import NO_GOAL, EvidenceForm, evidence_form
from app.dossier.models import Evidence, EvidenceKind, SeenBy
from app.forms import number_in
from app.practice.models import PracticeSheet
from app.web.formats import today

Page = tuple[str, int]


def making(kind: EvidenceKind, typed: MultiDict[str, str] | None = None) -> EvidenceForm:
    """The form of a new piece; the address may say for which goal, and of which practice sheet.

    `typed`: what was sent, where it is not to be read from the request; likewise below.
    """
    goals, sheets = _hers(kind)
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


def _hers(kind: EvidenceKind) -> tuple[list[Goal], list[PracticeSheet]]:
    """Her goals and finished sheets; on the way to keeping something nobody throws them away meanwhile."""
    if request.method == "POST":
        hold_goals_of(actor().person_id)
    return (queries.goals_to_attach(actor()),
            queries.finished_sheets(actor()) if kind == EvidenceKind.SHEET else [])


def offer_again(form: EvidenceForm, kind: EvidenceKind) -> None:
    """What there is to choose from by now; the form is to be validated again."""
    form.offer(current_framework().catalog, *_hers(kind))


def changing(evidence: Evidence, typed: MultiDict[str, str] | None = None, *, stored: bool = False) -> EvidenceForm:
    """The form of a piece that exists. `stored`: with what it says now, whatever was sent."""
    kind = EvidenceKind(evidence.kind)
    form = evidence_form(kind, evidence, typed, stored=stored)
    catalog = current_framework().catalog
    goals, sheets = _hers(kind)
    if evidence.sheet is not None and evidence.sheet not in sheets:     # she is correcting it
        sheets = [evidence.sheet, *sheets]
    kept = Card(evidence, catalog).sheet_title if evidence.sheet is None else ""
    form.offer(catalog, goals, sheets, kept)
    return form.begun() if stored else form


def form_page(form: EvidenceForm, kind: EvidenceKind, status: int, evidence: Evidence | None = None, *,
              told: str = "") -> Page:
    """`told`: what is wrong with the file. A file cannot come back with the page: she is asked to choose it again."""
    if told:
        form.file.errors = [told]
    elif status != 200 and form.sent is not None:
        form.file.errors = [*form.file.errors, str(words.CHOOSE_AGAIN)]
    if "sheet" in form and not form.sheet.choices:      # nothing to point at
        form.form_errors += form.sheet.errors
        form.sheet.errors = []
    page = render_template("dossier/form.html", form=form, kind=kind, evidence=evidence,
                           groups=topic_groups(current_framework().catalog))
    return page, status
