"""From the first page of a link to the overview: asking, and keeping every answer."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import by_link
from app.assessments.forms import Problem, Refused
from app.rating import drafts, forms
from app.rating.packing import MOST_BYTES, MOST_CHARACTERS, OPEN_QUESTIONS, Value
from app.rating.page import Overview, Shown, form_of
from app.rating.queries import Asked
from app.rating.rater_form import RaterForm, RaterPage, Voice
from app.rating.views import asked_by, bp
from app.rating.words import words_of
from app.web.formats import clock, now

Page = tuple[str, int]
SKIPPED = "overgeslagen"        # in the address: she is going over what she skipped
TOP = "vraag"                   # where a page begins under the header


@bp.get("/b/<token>")
@by_link
def first(token: str) -> str:
    """Who asks, why, who sees what; and the way in."""
    asked = asked_by(token)
    form = form_of(asked)
    kept = drafts.kept(asked)
    at = form.where_to_continue(kept.keys())
    return render_template(
        "rating/first.html", asked=asked, form=form, words=words_of(form.voice), token=token,
        begun=bool(kept), at=form.number(at) if at else None, minutes=form.minutes_left(kept.keys()) or form.minutes,
        on_device=g.get("class_token"),
    )


@bp.get("/b/<token>/oefenen")
@by_link
def practice(token: str) -> str:
    """A sentence that is about nothing, for pupils to try; nothing of it is kept."""
    asked = asked_by(token)
    form = form_of(asked)
    if form.voice is not Voice.PUPIL:
        abort(404)
    return render_template("rating/practice.html", asked=asked, form=form, words=words_of(form.voice), token=token)


@bp.get("/b/<token>/<int:number>", endpoint="page")
@by_link
def show_page(token: str, number: int) -> Page:
    asked = asked_by(token)
    form = form_of(asked)
    return _page(asked, form, Shown.of(form, _numbered(form, number), drafts.kept(asked)))


@bp.post("/b/<token>/<int:number>")
@by_link
def keep_page(token: str, number: int) -> Response | Page:
    asked = asked_by(token)
    form = form_of(asked)
    page = _numbered(form, number)
    if "revision" not in request.form or not forms.is_text(request.get_data()):
        abort(400)      # not a page of ours, or damaged on its way
    sent = forms.read_page(request.form, page, form)
    kept = drafts.kept(asked)
    shown = Shown.of(form, page, kept)
    if sent.problems:
        return _page(asked, form, shown, problems=sent.problems, typed=sent.changes)
    differing = shown.differing(sent.changes)
    if differing and sent.seen != shown.revision:
        return _page(asked, form, shown, just_now=differing)
    drafts.save(asked, differing)
    return redirect(_next(form, page, {**kept, **differing}, token))


@bp.post("/b/<token>/antwoord")
@by_link
def save(token: str) -> tuple[Response, int]:
    """Keeps one change. When the page was behind, the answer tells what is stored now."""
    asked = asked_by(token)
    form = form_of(asked)
    try:
        sent = forms.read_change(request.get_data(), form)
    except Refused as refused:
        return jsonify(error="refused", message=str(refused)), 422
    before = Shown.of(form, sent.page, drafts.kept(asked))
    differing = before.differing(sent.changes)
    drafts.save(asked, differing)
    after = Shown.of(form, sent.page, before.with_changes(differing))
    told: dict[str, object] = {"saved": clock(now()), "revision": after.revision}
    if differing and sent.seen not in (None, before.revision):
        told["page"] = {"answers": dict(after.answers)}
    return jsonify(told), 200


@bp.get("/b/<token>/overzicht")
@by_link
def overview(token: str) -> Page:
    return overview_page(asked_by(token))


def overview_page(asked: Asked, *, nothing: bool = False) -> Page:
    """What was answered and skipped, and the button that sends it; `nothing`: there was nothing to send."""
    form = form_of(asked)
    html = render_template(
        "rating/overview.html", asked=asked, form=form, words=words_of(form.voice),
        token=(request.view_args or {})["token"], overview=Overview.of(form, drafts.kept(asked)), nothing=nothing,
        on_device=g.get("class_token"),
    )
    return html, 422 if nothing else 200


def _numbered(form: RaterForm, number: int) -> RaterPage:
    try:
        return form.page(number)
    except KeyError:
        abort(404)


def _page(asked: Asked, form: RaterForm, shown: Shown, *, problems: tuple[Problem, ...] = (),
          typed: Mapping[str, Value | None] | None = None,
          just_now: Mapping[str, Value | None] | None = None) -> Page:
    """One page. `typed` is shown in place of what is stored, `just_now` beside it."""
    html = render_template(
        "rating/question.html", asked=asked, form=form, words=words_of(form.voice),
        token=(request.view_args or {})["token"], shown=shown,
        answers=shown.with_changes(typed) if typed else shown.answers, just_now=just_now, problems=problems,
        saved=bool(shown.answers) and not problems and not just_now, skipped_only=SKIPPED in request.args,
        open_codes=OPEN_QUESTIONS, most=MOST_CHARACTERS, most_bytes=MOST_BYTES,
    )
    return html, 422 if problems else 409 if just_now else 200


def _next(form: RaterForm, page: RaterPage, kept: Mapping[str, Value | None], token: str) -> str:
    """Where the pressed button leads."""
    answered = [item for item, value in kept.items() if value is not None]
    if request.form.get("naar") == "terug":
        to = form.before(page)
        if to is None:
            return url_for("rating.first", token=token)
    elif SKIPPED in request.args:
        to = form.first_skipped(answered, after=page)
    else:
        to = form.after(page)
    if to is None:
        return url_for("rating.overview", token=token)
    only = "" if SKIPPED in request.args else None
    return url_for("rating.page", token=token, number=form.number(to), _anchor=TOP, overgeslagen=only)
