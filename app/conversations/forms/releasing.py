"""The form with which a profile is released: when and where it is talked about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, ValidationError
from wtforms.validators import Length, Optional

from app.conversations.releasing import Partner, Plan
from app.forms import BaseForm, DayField, HourField, number_in
from app.people.forms import one_line
from app.web.formats import AMSTERDAM, now, today

_NOBODY = _l("Kies iemand uit de lijst.")
FARTHEST = dt.timedelta(days=365)


class ReleaseForm(BaseForm):
    """With whom, when and where. Day and time are both there or both not."""

    partner = SelectField(_l("Wie voert het gesprek?"), coerce=number_in, validate_choice=False)
    day = DayField(_l("Dag"), [Optional()])
    hour = HourField(_l("Tijd"), [Optional()])
    place = StringField(_l("Plaats"), [
        Length(max=120, message=_l("Houd het korter: hoogstens 120 tekens.")),
    ], filters=[one_line])

    def offer(self, partners: Sequence[Partner]) -> None:
        """Whom can be chosen; without anybody there is nothing to plan."""
        self.partner.choices = [(partner.id, partner.name) for partner in partners]
        if not partners:
            for name in ("partner", "day", "hour", "place"):
                delattr(self, name)

    def validate(self, extra_validators: Any = None) -> bool:
        fine: bool = super().validate(extra_validators)
        if fine and "day" in self and (self.day.data is None) != (self.hour.data is None):
            missing = self.day if self.day.data is None else self.hour
            missing.errors = [_l("Kies ook een dag.") if missing is self.day else _l("Kies ook een tijd.")]
            return False
        return fine

    def validate_partner(self, field: Any) -> None:
        if field.data not in [known for known, _name in field.choices]:
            raise ValidationError(_NOBODY)

    def validate_day(self, field: Any) -> None:
        if field.data is not None and not today() <= field.data <= today() + FARTHEST:
            raise ValidationError(_l("Kies vandaag of een dag binnen een jaar."))

    def validate_hour(self, field: Any) -> None:
        if field.data is not None and self.day.data == today() and (planned := self._at()) and planned < now():
            raise ValidationError(_l("Deze tijd is al geweest."))

    def _at(self) -> dt.datetime | None:
        if self.day.data is None or self.hour.data is None:
            return None
        return dt.datetime.combine(self.day.data, self.hour.data, AMSTERDAM)

    @property
    def plan(self) -> Plan | None:
        """None when there is nobody to talk with."""
        return Plan(self.partner.data, self._at(), self.place.data or "") if "partner" in self else None
