"""How every page gets its sheet or traject: as she whose it is, or not at all."""

from __future__ import annotations

from flask import request

from app.access import actor, authorize, can_use_practice
from app.practice import queries
from app.practice.models import PracticeSheet, Traject

SHEET = "/praktijk/blad/<int:sheet_id>"
TRAJECT = "/praktijk/traject/<int:traject_id>"


def own_sheet(sheet_id: int) -> PracticeSheet:
    """Held while it is changed. 404 for what is not there or is somebody else's."""
    find = queries.sheet_to_change if request.method == "POST" else queries.sheet_of
    found = find(actor(), sheet_id)
    authorize(found is not None and can_use_practice(actor(), found))
    assert found is not None
    return found


def own_traject(traject_id: int) -> Traject:
    """The same for a traject, without its sheets."""
    find = queries.traject_to_change if request.method == "POST" else queries.traject_of
    found = find(actor(), traject_id)
    authorize(found is not None and can_use_practice(actor(), found))
    assert found is not None
    return found
