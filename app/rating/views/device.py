"""The device that pupils pass on to each other, with an adult beside it who is not whom it is about."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import by_link
from app.rating import limits, sheets
from app.rating.queries import UnknownLink
from app.rating.views import bp

NOT_HERSELF = "niet_zelf"       # the field with which the helper says that she is somebody else


@bp.get("/b/klas/<token>", endpoint="device")
@by_link
def show_device(token: str) -> str:
    return _page(_device(token), token)


@bp.post("/b/klas/<token>")
@by_link
def next_child(token: str) -> Response | tuple[str, int]:
    """Opens a sheet that nobody began on."""
    device = _device(token)
    if request.form.get(NOT_HERSELF) != "ja":
        return _page(device, token, unconfirmed=True), 422
    try:
        sheet = sheets.next_sheet(device.part_id)
    except sheets.NoneLeft:
        return _page(device, token), 409
    return redirect(url_for("rating.first", token=sheet, klas=token))


def _device(token: str) -> sheets.Device:
    try:
        found = sheets.device(token)
    except UnknownLink:
        limits.count_guess()
        raise
    limits.count_use(f"class {found.part_id}")
    return found


def _page(device: sheets.Device, token: str, *, unconfirmed: bool = False) -> str:
    return render_template("rating/device.html", device=device, token=token, unconfirmed=unconfirmed)
