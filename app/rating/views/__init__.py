"""What a rater meets behind her link: no account, no session, no cookie."""

from __future__ import annotations

from flask import Blueprint, Response

bp = Blueprint("rating", __name__)


@bp.after_request
def tell_nobody(response: Response) -> Response:
    """The address is the key: no page that is opened from here learns it, and nothing of it is kept."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
