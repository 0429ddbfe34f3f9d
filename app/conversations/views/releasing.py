"""Releasing a profile, and the nabespreking in a calendar."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import actor, authorize, can_read_conversation, can_release, needs
from app.conversations import planning, releasing
from app.conversations.calendar import calendar_file
from app.conversations.forms.releasing import ReleaseForm
from app.conversations.views import bp
from app.rounds.lifecycle import MoveRefused, State
from app.rounds.models import RoundSubject
from app.rounds.settings import settings_of
from app.rounds.words import course as words
from app.rounds.words.raters import group_label

Page = str | tuple[str, int]
ADDRESS = "/rondes/mensen/<int:part_id>/vrijgeven"


@bp.get(ADDRESS)
@needs()
def release(part_id: int) -> Page:
    return _page(_part(part_id))


@bp.post(ADDRESS)
@needs()
def do_release(part_id: int) -> Response | Page:
    part = _part(part_id)
    form = _form(part)
    if not form.validate():
        return _page(part, form=form, status=422)
    try:
        releasing.release(part, form.plan, actor().person_id)
    except MoveRefused as refusal:
        told = " ".join(words.obstacle_said(obstacle) for obstacle in refusal.obstacles)
        return _page(part, told=told or words.refused(part.round.state), status=409)
    flash(_("Het profiel van %(name)s is vrijgegeven. %(first)s krijgt nu een mail.",
            name=part.person.name, first=part.person.first_name))
    return redirect(url_for("conversations.release", part_id=part_id), 303)


@bp.get("/gesprekken/<int:conversation_id>/agenda.ics")
@needs()
def calendar(conversation_id: int) -> Response:
    """The nabespreking as a file for a calendar, or to take it out again; 404 while there is no date for it."""
    found = releasing.conversation_to_note(actor().organisation_id, conversation_id)
    authorize(found is not None and found.planned_at is not None
              and can_read_conversation(actor(), found, found.person))
    assert found is not None
    assert found.planned_at is not None
    answer = Response(calendar_file(planning.meeting_of(found, request.host)), mimetype="text/calendar")
    held = "nabespreking" if found.round_subject_id is not None else "gesprek"
    name = "gesprek-gaat-niet-door" if found.called_off else held
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


def _part(part_id: int) -> RoundSubject:
    """404 for a part that is not there, and for whoever may not release it."""
    part = releasing.part_of(actor().organisation_id, part_id)
    if part is None:
        abort(404)
    authorize(can_release(actor(), part.person) and part.round.state != State.CONCEPT)
    return part


def _form(part: RoundSubject, **kwargs: None) -> ReleaseForm:
    form = ReleaseForm(**kwargs)
    form.offer(releasing.partners_for(part, actor()))
    return form


def _page(part: RoundSubject, *, form: ReleaseForm | None = None, told: str | None = None,
          status: int = 200) -> Page:
    closed = part.round.state in (State.CLOSED, State.RELEASED)
    being_closed = closed and releasing.being_closed(part)
    ready = closed and not being_closed and part.measurement_id is not None and part.approved_at is not None
    page = render_template(
        "conversations/release.html",
        part=part, round=part.round, told=told, ready=ready, being_closed=being_closed, State=State, words=words,
        groups=releasing.enough_to_show(part) if ready else (), group_label=group_label,
        form=form or _form(part, formdata=None), conversation=releasing.conversation_about(part),
        after_days=settings_of(part.organisation_id).lead_reads_after_days, me=actor().person_id,
    )
    return (page, status) if status != 200 else page
