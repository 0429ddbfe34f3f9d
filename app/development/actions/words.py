"""What the pages call learning forms, and how an action stands."""

from __future__ import annotations

from flask_babel import gettext as _

from app.development.actions.lifecycle import ActionState
from app.web.formats import number


def learning_form(code: str | None) -> str:
    """Where one learns; nothing for an action she wrote herself."""
    return {"70": _("in het werk"), "20": _("met en van anderen"), "10": _("scholing")}.get(code or "", "")


def effort(form: str | None, hours: float | None) -> str:
    """Where one learns and what it costs: "in het werk · ongeveer 3 uur"; nothing when neither is known."""
    cost = _("ongeveer %(hours)s uur", hours=number(hours)) if hours else ""
    return " · ".join(filter(None, (learning_form(form), cost)))


def stand(state: ActionState) -> str:
    """How an action stands."""
    return {
        ActionState.TODO: _("Te doen"),
        ActionState.BUSY: _("Bezig"),
        ActionState.DONE: _("Gedaan"),
    }[state]
