"""Forms of one action."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import DataRequired, Optional

from app.development import if_then
from app.development.actions.services import ActionWords
from app.development.goals.forms import EXAMPLE, TITLE, refuse_far_days
from app.development.library.contents import MOST_HOURS
from app.development.models import GoalAction
from app.forms import DayField, LongTextField, OneLineField, at_most
from app.forms.amounts import HoursField
from app.forms.merged import MergedForm

MOST_STEPS = 15
STEP = 300      # characters
NOTE = 4000


def lines_of(text: str | None) -> tuple[str, ...]:
    """What stands on each line, without empty ones."""
    return tuple(line for typed in (text or "").splitlines() if (line := " ".join(typed.split())))


class ActionForm(MergedForm):
    """What a person says about an action."""

    title = OneLineField(_l("Wat ga je doen?"), [DataRequired(_l("Schrijf op wat je gaat doen.")), at_most(TITLE)])
    if_then = LongTextField(_l("Als-danplan"), [at_most(500)])
    steps = LongTextField(_l("Stappen"))
    due_on = DayField(_l("Wanneer?"), [Optional()])
    hours = HoursField(_l("Hoeveel uur kost het ongeveer?"), most=MOST_HOURS)
    note = LongTextField(_l("Eigen notities"), [at_most(NOTE)])

    def __init__(self, *args: Any, kept_date: dt.date | None = None, **kwargs: Any) -> None:
        """`kept_date`: the date it has already, which may stay although it has passed."""
        super().__init__(*args, **kwargs)
        self.kept_date = kept_date

    def validate_if_then(self, field: Any) -> None:
        if field.data and not if_then.is_plan(field.data):
            raise ValidationError(_("Maak er één zin van met ‘als’ en ‘dan’. Bijvoorbeeld: %(example)s",
                                    example=EXAMPLE))

    def validate_steps(self, field: Any) -> None:
        steps = lines_of(field.data)
        if len(steps) > MOST_STEPS:
            raise ValidationError(_("Houd het bij %(most)s stappen. Elke regel is een stap.", most=MOST_STEPS))
        if any(len(step) > STEP for step in steps):
            raise ValidationError(_("Een van je stappen is langer dan %(most)s tekens. Maak er een korte zin van.",
                                    most=STEP))

    def validate_due_on(self, field: Any) -> None:
        if field.data != self.kept_date:
            refuse_far_days(field.data)

    @property
    def words(self) -> ActionWords:
        """What a valid form says."""
        return ActionWords(
            title=self.title.data, if_then=self.if_then.data or "", steps=lines_of(self.steps.data),
            hours=self.hours.data, due_on=self.due_on.data, note=self.note.data or "",
        )  # fmt: skip


def form_of(action: GoalAction) -> ActionForm:
    """The form of an action, filled with what it says now."""
    return ActionForm(formdata=None, kept_date=action.due_on, data=_told(action)).begun()


def sent_form(action: GoalAction) -> ActionForm:
    """The same as it was sent."""
    return ActionForm(kept_date=action.due_on, data=_told(action))


def _told(action: GoalAction) -> dict[str, Any]:
    return {
        "title": action.title, "if_then": action.if_then, "steps": "\n".join(action.steps),
        "due_on": action.due_on, "hours": action.hours, "note": action.note,
    }  # fmt: skip
