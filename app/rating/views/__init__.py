"""What a rater meets behind her link: no account, no session, no cookie."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, has_request_context, request

from app.measurement.scale import Group
from app.rating import limits, queries
from app.rating.queries import Asked, UnknownLink
from app.rounds import links

bp = Blueprint("rating", __name__)
MOST_SENT = 60_000      # bytes of a request: far more than a page with two long texts
CLASS = "klas"          # in the address: this is the device that pupils pass on
OF_THE_LINK = frozenset({"first", "practice", "page", "save", "overview", "send", "decline"})


@bp.url_value_preprocessor
def take_no_more(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything of it is read."""
    request.max_content_length = MOST_SENT


@bp.url_defaults
def stay_on_the_device(endpoint: str, values: dict[str, Any]) -> None:
    """Every next page knows too that it is on the device of a class."""
    if has_request_context() and g.get("class_token") and endpoint.removeprefix("rating.") in OF_THE_LINK:
        values.setdefault(CLASS, g.class_token)


@bp.after_request
def tell_nobody(response: Response) -> Response:
    """The address is the key: no page that is opened from here learns it, and nothing of it is kept."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def asked_by(token: str) -> Asked:
    """Who holds this link, counted; raises what queries.find raises, and limits.TooOften."""
    try:
        asked = queries.find(token)
    except UnknownLink:
        limits.count_guess()
        raise
    limits.count_use(asked.public_id)
    class_token = request.args.get(CLASS, "")
    if asked.group == Group.PUPIL and links.read_class(class_token) == asked.part_id:
        g.class_token = class_token
    return asked


from app.rating.views import answering, declining, device, refusals, sending  # noqa: E402, F401
