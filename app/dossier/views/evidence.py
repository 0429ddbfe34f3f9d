"""The list, and one piece: to make, read, change and throw away."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_talk_with, can_use_evidence, needs
from app.competencies.queries import current_framework
from app.db import db
from app.dossier import queries, services, words
from app.dossier.cards import Card, shelf
from app.dossier.forms import EvidenceForm
from app.dossier.models import Evidence, EvidenceKind
from app.dossier.services import NamedUpload, SheetGone
from app.dossier.storing import NoRoom, ShelfFull
from app.dossier.uploads import MOST, Refused, judge
from app.dossier.views import bp
from app.dossier.views.doors import ADDRESS, own, to_read
from app.dossier.views.filling import changing, form_page, making, offer_again
from app.forms import number_in

Page = str | tuple[str, int]
KINDS = ", ".join(repr(str(kind)) for kind in EvidenceKind)


@bp.get("/dossier")
@needs(Role.BEGELEIDER)
def overview() -> str:
    found = shelf(queries.own_evidence(actor()), current_framework().catalog,
                  number_in(request.args.get("doel")) or None, request.args.get("competentie", ""))
    return render_template("dossier/overview.html", shelf=found)


@bp.get("/dossier/van/<int:person_id>")
@needs()
def shown(person_id: int) -> str:
    """What somebody shows to whoever accompanies her."""
    person = queries.person_of(actor(), person_id)
    authorize(person is not None and can_talk_with(actor(), person))
    assert person is not None
    found = shelf(queries.shown_evidence(person), current_framework().catalog,
                  number_in(request.args.get("doel")) or None, request.args.get("competentie", ""),
                  queries.shown_goals(person))
    return render_template("dossier/shown.html", shelf=found, person=person)


@bp.get("/dossier/nieuw")
@needs(Role.BEGELEIDER)
def choose() -> str:
    return render_template("dossier/choose.html", goal=number_in(request.args.get("doel")) or None)


@bp.route(f"/dossier/nieuw/<any({KINDS}):kind>", methods=["GET", "POST"])
@needs(Role.BEGELEIDER)
def new(kind: str) -> Response | Page:
    known = EvidenceKind(kind)
    form = making(known)
    if not form.validate_on_submit():
        return form_page(form, known, 422 if form.errors else 200)
    who = actor()
    named = _looked_at(form)
    if isinstance(named, str):
        return form_page(form, known, _status(named), told=named)
    if named is not None:
        offer_again(form, known)
        if not form.validate():
            return form_page(form, known, 422)
    try:
        evidence = services.make(who, known, form.words, form.chosen_topics, named)
    except ShelfFull:
        return form_page(form, known, 409, told=str(words.SHELF_FULL))
    except NoRoom:
        return form_page(form, known, 503, told=str(words.NO_ROOM))
    flash(_("Je bewijs is bewaard."))
    return redirect(url_for("dossier.show", evidence_id=evidence.id), 303)


@bp.get(ADDRESS)
@needs()
def show(evidence_id: int) -> str:
    found = to_read(evidence_id)
    mine = can_use_evidence(actor(), found.evidence)
    card = Card(found.evidence, current_framework().catalog, None if mine else queries.shown_goals(found.person))
    return render_template("dossier/evidence.html", card=card, person=found.person, mine=mine)


@bp.route(f"{ADDRESS}/bewerken", methods=["GET", "POST"])
@needs(Role.BEGELEIDER)
def edit(evidence_id: int) -> Response | Page:
    evidence = own(evidence_id)
    kind = EvidenceKind(evidence.kind)
    if request.method == "GET":
        return form_page(changing(evidence, stored=True), kind, 200, evidence)
    form = changing(evidence)
    if not form.merge(changing(evidence, stored=True)):
        return form_page(form, kind, 409, evidence)
    if not form.validate():
        return form_page(form, kind, 422, evidence)
    named = _looked_at(form)
    evidence = own(evidence_id)
    if isinstance(named, str):
        return form_page(form, kind, _status(named), evidence, told=named)
    if named is not None:
        offer_again(form, kind)
        if not form.merge(changing(evidence, stored=True)):
            return form_page(form, kind, 409, evidence)
        if not form.validate():
            return form_page(form, kind, 422, evidence)
    try:
        services.change(evidence, form.words, form.chosen_topics, named)
    except ShelfFull:
        db.session.rollback()
        return form_page(form, kind, 409, own(evidence_id), told=str(words.SHELF_FULL))
    except NoRoom:
        db.session.rollback()
        return form_page(form, kind, 503, own(evidence_id), told=str(words.NO_ROOM))
    flash(_("Je bewijs is bewaard."))
    return redirect(url_for("dossier.show", evidence_id=evidence_id), 303)


@bp.post(f"{ADDRESS}/nieuwe-versie")
@needs(Role.BEGELEIDER)
def renew(evidence_id: int) -> Response:
    """The practice sheet as it stands there now, in place of how it was."""
    evidence = own(evidence_id)
    try:
        services.renew(evidence)
    except SheetGone:
        flash(_("Het blad is weg, of je bent het aan het verbeteren. Je bewijs blijft zoals het was."))
    else:
        flash(_("Je bewijs is nu zoals het blad nu is."))
    return redirect(url_for("dossier.show", evidence_id=evidence_id), 303)


@bp.route(f"{ADDRESS}/weg", methods=["GET", "POST"])
@needs(Role.BEGELEIDER)
def throw_away(evidence_id: int) -> Response | Page:
    evidence: Evidence = own(evidence_id)
    if request.method == "GET":
        return render_template("dossier/throw_away.html", evidence=evidence)
    services.throw_away(evidence)
    flash(_("Je bewijs is weg."))
    return redirect(url_for("dossier.overview"), 303)


def _status(told: str) -> int:
    return 413 if told == str(words.TOO_BIG) else 422


def _looked_at(form: EvidenceForm) -> NamedUpload | str | None:
    """The file that was sent, when it may be kept; in words why it may not; None without a file.

    Looking takes a while, in which nobody waits for us: this transaction is ended first, as nothing was changed yet.
    """
    sent = form.sent
    if sent is None:
        return None
    content = sent.stream.read(MOST + 1)
    db.session.rollback()
    try:
        return NamedUpload(judge(content, sent.filename or ""), sent.filename or "")
    except Refused as refused:
        return words.why(refused, sent.filename or "")
