"""The zakkaart, and the script that keeps it on a device to be read without a line."""

from __future__ import annotations

from flask import Response, abort, render_template, request

from app.access import Role, actor, needs, public
from app.development.actions.pocket import pocket_of
from app.development.views import bp
from app.web.assets import content

ADDRESS = "/zakkaart"
KEEPER = "js/pocket_keeper.js"


@bp.get(ADDRESS)
@needs(Role.BEGELEIDER)
def pocket() -> str:
    """?actie=12 or ?doel=3 pick a card; 404 for what is not hers, or not open."""
    found = pocket_of(actor(), action_id=_number("actie"), goal_id=_number("doel"))
    return render_template("development/pocket.html", pocket=found or abort(404))


@bp.get(f"{ADDRESS}/bewaarder.js")
@public
def pocket_keeper() -> Response:
    """The service worker: for this one address, and nothing in it is anybody's."""
    answer = Response(content(KEEPER), mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = ADDRESS
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _number(name: str) -> int | None:
    given = request.args.get(name)
    if given is None:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        abort(404)
    return int(given)
