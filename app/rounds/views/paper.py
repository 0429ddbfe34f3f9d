"""Sheets to hand out to parents and pupils without an address. Their links are secret: only who approves opens them."""

from __future__ import annotations

import segno
from flask import make_response, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.access import needs
from app.competencies.queries import framework_of
from app.measurement.scale import Group
from app.people.queries import own_organisation
from app.rounds import links, sheets
from app.rounds.letters import contact_of
from app.rounds.lifecycle import State as RoundState
from app.rounds.models import Invitation
from app.rounds.views import bp
from app.rounds.views.approval import ADDRESS, part_to_approve


@bp.get(f"{ADDRESS}/bladen")
@needs()
def print_sheets(part_id: int) -> Response:
    """All approved sheets, also those that were used: nobody sees which."""
    part = part_to_approve(part_id)
    found = sheets.approved(part) if part.round.state in (RoundState.CHOOSING, RoundState.OPEN) else []
    catalog = framework_of(part.round.framework_version_id).catalog
    statements = {
        (sheet.question_set, sheet.rater_group): sum(
            len(page.indicators) for page in catalog.asked(sheet.question_set, sheet.rater_group))
        for sheet in found
    }
    page = render_template(
        "rounds/sheets.html", part=part, round=part.round, Group=Group, qr=qr_code, halves=request.args.get("half"),
        sheets=[(sheet, statements[sheet.question_set, sheet.rater_group]) for sheet in found],
        most_asked=max((count for (_, group), count in statements.items() if group == Group.PUPIL), default=0),
        contact=contact_of(part.round), organisation=own_organisation(), sender=current_user.name,
        class_address=url_for("rating.device", token=links.class_token(part.id)), Round=RoundState,
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def qr_code(invitation: Invitation) -> Markup:
    """The personal link as a picture; black on white, also where the page is dark, or no camera reads it."""
    address = links.address(invitation.public_id, invitation.renewal)
    picture = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=4, dark="#000", light="#fff")
    return Markup(picture)      # noqa: S704 (drawn here, from an address of our own)
