"""The aanbod from a file and to a file: what it would change is looked at first, and then done whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_plan_trainings, needs
from app.competencies.queries import current_framework
from app.papers import sheet_reading
from app.papers.sheet_reading import Unreadable, Why
from app.papers.spreadsheet import Table, separated, workbook
from app.trainings import columns, comparing, seeding, services, words
from app.trainings.columns import InFile
from app.trainings.comparing import Comparison
from app.trainings.entries import Entry
from app.trainings.forms import CarriedForm, FileForm
from app.trainings.queries import everything_of
from app.trainings.rows import entry_of
from app.trainings.services import ChangedMeanwhile
from app.trainings.views import bp
from app.trainings.views.catalogue import ADDRESS, Page, known
from app.web.formats import today
from app.web.proofs import mark, proves_text

PROOF = "opleidingen uit een bestand"
SHOWN = 100     # faults on one page
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get(f"{ADDRESS}/bestand")
@needs(Role.HR)
def file() -> Page:
    authorize(can_plan_trainings(actor()))
    return _page(FileForm(formdata=None))


@bp.post(f"{ADDRESS}/bestand")
@needs(Role.HR)
def look() -> Page:
    """What the file would change. Nothing is kept of it."""
    authorize(can_plan_trainings(actor()))
    form = FileForm()
    data = form.sent()
    if not data:
        form.refuse(_("Kies een bestand."))
        return _page(form, 422)
    existing = _existing()
    kept = tuple(code for entry in existing for code in entry.competencies)
    try:
        if form.says_workbook and not data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
            raise Unreadable(Why.NO_SHEET)
        rows = sheet_reading.read(data, columns.MOST + 1)      # and the heading
    except Unreadable as error:
        form.refuse(words.unreadable(error))
        return _page(form, 422)
    read = columns.in_file(rows, known(kept), existing)
    if not read.heading.places:
        form.refuse(words.not_ours())
        return _page(form, 422)
    if not read.usable:
        return _page(form, 422, read, comparing.compare(existing, read.entries))
    if not read.entries:
        form.refuse(_("Onder de kop staat geen enkele opleiding."))
        return _page(form, 422)
    return _compared(comparing.compare(existing, read.entries), read)


@bp.post(f"{ADDRESS}/bestand/doe")
@needs(Role.HR)
def carry_out() -> Response | Page:
    """What was looked at, and nothing else."""
    authorize(can_plan_trainings(actor()))
    form = CarriedForm()
    carried, proof = form.carried.data or "", form.proof.data or ""
    if not proves_text(proof, PROOF, _about(carried)):
        again = FileForm(formdata=None)
        again.refuse(_("Kies het bestand nog een keer: we konden het niet meer terugvinden."))
        return _page(again, 422)
    looked_at = comparing.unpack(carried)
    try:
        changed = services.apply(actor(), looked_at)
    except ChangedMeanwhile:
        return _compared(comparing.compare(_existing(), looked_at.entries), None, 409)
    flash(ngettext("%(num)s opleiding is bijgewerkt.", "%(num)s opleidingen zijn bijgewerkt.", changed) if changed
          else _("Alles stond er al zo."))
    return redirect(url_for("trainings.catalogue"), 303)


@bp.get(f"{ADDRESS}/aanbod.xlsx")
@needs(Role.HR)
def as_workbook() -> Response:
    authorize(can_plan_trainings(actor()))
    return _sent(workbook(_("Aanbod"), (_table(), *_explained())), XLSX, "xlsx")


@bp.get(f"{ADDRESS}/aanbod.csv")
@needs(Role.HR)
def as_values() -> Response:
    authorize(can_plan_trainings(actor()))
    return _sent(separated(_table()), "text/csv; charset=utf-8", "csv")


def _existing() -> Sequence[Entry]:
    return [entry_of(training) for training in everything_of(actor().organisation_id)]


def _table() -> Table:
    return columns.table(_("Aanbod"), _existing(), seeding.forms())


def _explained() -> tuple[Table, ...]:
    competencies = current_framework().catalog.competencies
    told = {
        "code": _("Waaraan we de opleiding herkennen. Laat hem staan. Bij een nieuwe opleiding mag hij leeg blijven."),
        "form": _("Een van deze: %(forms)s.", forms=", ".join(seeding.forms().values())),
        "cost_group": _("In hele euro's. Leeg als er geen besloten groep is. Ten minste één van de twee prijzen."),
        "cost_person": _("In hele euro's. Leeg als er geen open inschrijving is."),
        "hours": _("In totaal voor één deelnemer, met voorbereiding en praktijkopdracht."),
        "level_from": _("Van 1 tot en met 5."), "level_to": _("Van 1 tot en met 5."),
        "competencies": _("De codes van de onderwerpen, met een komma ertussen. Ze staan op het volgende blad."),
        "offered": _("ja of nee. Een opleiding verwijderen kan niet; zet hier nee."),
    }  # fmt: skip
    return (
        Table(_("Uitleg"), (_("Kolom"), _("Wat zet je erin?")),
              tuple((columns.NAMES[field], text) for field, text in told.items())),
        Table(_("Onderwerpen"), (_("Code"), _("Onderwerp")), tuple((one.code, one.name) for one in competencies)),
    )


def _sent(made: bytes, kind: str, ending: str) -> Response:
    response = make_response(made)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="aanbod-{today():%Y-%m-%d}.{ending}"'
    return response


def _about(carried: str) -> str:
    return f"{actor().organisation_id} {carried}"


def _page(form: FileForm, status: int = 200, read: InFile | None = None, found: Comparison | None = None) -> Page:
    """`read`: a file with something wrong in it; `found`: what the rows with nothing wrong in them would change."""
    return render_template("trainings/file.html", form=form, read=read, found=found, shown=SHOWN, words=words), status


def _compared(comparison: Comparison, read: InFile | None, status: int = 200) -> Page:
    carried = comparing.pack(comparison)
    if len(carried) > comparing.MOST:
        form = FileForm(formdata=None)
        form.refuse(words.too_much_text())
        return _page(form, 422)
    form = CarriedForm(formdata=None, data={"carried": carried, "proof": mark(PROOF, _about(carried))})
    return render_template("trainings/compared.html", form=form, found=comparison, meanwhile=status == 409,
                           unknown=read.heading.unknown if read else (), words=words), status
