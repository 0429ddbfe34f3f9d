"""Forms of one action."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from app.competencies.catalog import Catalog
from app.conversations.forms.merged import MergedForm
from app.development import if_then
from app.development.action_queries import Buddy
from app.development.actions import ActionWords
from app.development.buddies import KINDS, THINK, WATCH
from app.development.fields import HoursField
from app.development.forms import EXAMPLE, TITLE, refuse_far_days
from app.development.library import MOST_HOURS
from app.development.models import GoalAction
from app.forms import BaseForm, DayField, LongTextField, OneLineField

MOST_STEPS = 15
STEP = 300      # characters
NOTE = 4000


def _too_long(most: int) -> Length:
    return Length(max=most, message=_l("Maak het korter: er passen %(most)s tekens in.", most=most))


def lines_of(text: str | None) -> tuple[str, ...]:
    """What stands on each line, without empty ones."""
    return tuple(line for typed in (text or "").splitlines() if (line := " ".join(typed.split())))


class ActionForm(MergedForm):
    """What a person says about an action."""

    title = OneLineField(_l("Wat ga je doen?"), [DataRequired(_l("Schrijf op wat je gaat doen.")), _too_long(TITLE)])
    if_then = LongTextField(_l("Als-danplan"), [_too_long(500)])
    steps = LongTextField(_l("Stappen"))
    due_on = DayField(_l("Wanneer?"), [Optional()],
                      invalid_value_message=_l("Schrijf de datum als 30-9-2027 of als 2027-09-30."))
    hours = HoursField(_l("Hoeveel uur kost het ongeveer?"), most=MOST_HOURS)
    note = LongTextField(_l("Eigen notities"), [_too_long(NOTE)])

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


class BuddyForm(BaseForm):
    """Whom to do an action with."""

    buddy = RadioField(_l("Met wie wil je dit doen?"), [DataRequired(_l("Kies een collega."))], choices=[],
                       validate_choice=False)
    buddies: tuple[Buddy, ...] = ()

    def offer(self, buddies: tuple[Buddy, ...], labels: tuple[str, ...]) -> None:
        """Only these can be chosen."""
        self.buddies = buddies
        self.buddy.choices = [SelectChoice(b.key, label) for b, label in zip(buddies, labels, strict=True)]

    def validate_buddy(self, field: Any) -> None:
        if field.data and self.chosen is None:
            raise ValidationError(_("Deze collega biedt dit nu niet aan. Kies een ander."))

    @property
    def chosen(self) -> Buddy | None:
        return next((buddy for buddy in self.buddies if buddy.key == self.buddy.data), None)


class OfferForm(BaseForm):
    """What somebody offers her colleagues."""

    competency = SelectField(_l("Waar gaat het over?"), [DataRequired(_l("Kies een onderwerp."))], choices={},
                             validate_choice=False)
    kinds = SelectMultipleField(_l("Wat bied je aan?"), [DataRequired(_l("Kies wat je aanbiedt."))],
                                validate_choice=False)
    known: frozenset[str] = frozenset()

    def offer(self, catalog: Catalog) -> None:
        """Only what the framework knows, those of the focus areas first."""
        aspects = sorted(catalog.aspects, key=lambda aspect: not aspect.focus)
        self.known = frozenset(one.code for one in catalog.competencies)
        self.competency.choices = {"": [("", _("Kies een onderwerp"))]} | {
            aspect.name: [(one.code, one.name) for one in catalog.competencies_of(aspect.code)] for aspect in aspects
        }
        self.kinds.choices = [
            SelectChoice(WATCH, _("Een collega mag met mij meekijken")),
            SelectChoice(THINK, _("Ik denk met een collega mee")),
        ]

    def validate_competency(self, field: Any) -> None:
        if field.data and field.data not in self.known:
            raise ValidationError(_("Kies een onderwerp uit de lijst."))

    def validate_kinds(self, field: Any) -> None:
        if not set(field.data or ()) <= set(KINDS):
            raise ValidationError(_("Kies uit de lijst."))
