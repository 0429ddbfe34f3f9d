"""Forms of the plan itself: before whom, its period, confirming it and opening it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from app.development.models import Plan
from app.development.plans.period import FURTHEST, LONGEST, SHORTEST, Period
from app.forms import BaseForm, DayField, LongTextField, at_most, number_in
from app.rounds.queries.asked import Reader
from app.web.formats import today


class PutForm(BaseForm):
    """Before whom she puts it."""

    partner = RadioField(_l("Aan wie leg je het voor?"), validate_choice=False, choices=[])

    def offer(self, partners: Sequence[Reader]) -> None:
        """Only these can be chosen; one alone needs no choice."""
        self.partner.choices = [SelectChoice(str(one.person_id), one.name) for one in partners]
        if len(partners) == 1 and not self.partner.data:
            self.partner.data = str(partners[0].person_id)

    def validate_partner(self, field: Any) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Kies aan wie je het plan voorlegt."))

    @property
    def partner_id(self) -> int:
        return number_in(self.partner.data)


class PeriodForm(BaseForm):
    """From when until when."""

    begins_on = DayField(_l("Eerste dag"), [InputRequired(_l("Kies een datum."))])
    ends_on = DayField(_l("Laatste dag"), [InputRequired(_l("Kies een datum."))])

    def validate_begins_on(self, field: Any) -> None:
        if field.data is not None and field.data > today() + FURTHEST:
            raise ValidationError(_("Kies een eerste dag binnen een jaar. Kijk of het jaartal klopt."))

    def validate_ends_on(self, field: Any) -> None:
        if field.data is None or self.begins_on.data is None:
            return
        if field.data <= self.begins_on.data:
            raise ValidationError(_("De laatste dag komt na de eerste."))
        if field.data < today():
            raise ValidationError(_("Deze dag is al geweest. Kies vandaag of een dag die nog komt."))
        length = Period(self.begins_on.data, field.data).length
        if length < SHORTEST:
            raise ValidationError(_("Een plan duurt ten minste vier weken."))
        if length > LONGEST:
            raise ValidationError(_("Een plan duurt hooguit twee jaar."))

    @property
    def period(self) -> Period:
        return Period(self.begins_on.data, self.ends_on.data)


class ConfirmForm(BaseForm):
    """That it is right; `revision`: which version was read."""

    revision = HiddenField()

    @property
    def seen(self) -> int:
        text = str(self.revision.data)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


class ReopenForm(BaseForm):
    """Why it is opened again."""

    why = LongTextField(_l("Waarom wil je het plan heropenen?"), [
        DataRequired(_l("Schrijf op waarom. De ander leest het ook.")),
        at_most(1000),
    ])


class RemarkForm(BaseForm):
    """What whoever she put it before would see otherwise."""

    remark = LongTextField(_l("Wat zou je anders zien?"), [
        DataRequired(_l("Schrijf op wat je anders zou zien.")),
        at_most(1000),
    ])


def period_form_of(plan: Plan) -> PeriodForm:
    """Filled with what the period is now."""
    return PeriodForm(formdata=None, data={"begins_on": plan.begins_on, "ends_on": plan.ends_on})
