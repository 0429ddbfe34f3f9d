"""The form with which a profile is shared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, ValidationError
from wtforms.validators import InputRequired

from app.forms import BaseForm, DayField, number_in
from app.profiles.sharing import LONGEST, Colleague
from app.web.formats import date, today

_NOBODY = _l("Kies een collega uit de lijst.")


class ShareForm(BaseForm):
    """One colleague, through a day."""

    reader = SelectField(_l("Met wie?"), coerce=number_in, validate_choice=False)
    until = DayField(_l("Tot en met"), [InputRequired(_l("Kies een datum."))])
    with_comments = BooleanField()

    def offer(self, colleagues: Iterable[Colleague]) -> None:
        """Whom can be chosen. Who reads it already is not in the list; nor who was asked namelessly, and she is refused
        with the reason.
        """
        self._colleagues = {one.id: one for one in colleagues}
        offered = (one for one in self._colleagues.values() if not (one.was_asked or one.reads))
        self.reader.choices = [(0, _l("Kies een collega")), *((one.id, one.name) for one in offered)]

    def validate_reader(self, field: Any) -> None:
        chosen = self._colleagues.get(field.data)
        if chosen is None:
            raise ValidationError(_NOBODY)
        if chosen.was_asked:
            raise ValidationError(_l("%(name)s is in deze ronde zelf om feedback over jou gevraagd. Wie is "
                                     "gevraagd, kan dit profiel niet krijgen: zo blijft elk antwoord zonder naam.",
                                     name=chosen.name))

    def validate_until(self, field: Any) -> None:
        if field.data and not today() <= field.data <= today() + LONGEST:
            raise ValidationError(_l("Kies een dag van vandaag tot en met %(day)s.",
                                     day=date(today() + LONGEST)))


def last_day() -> dt.date:
    """The latest day that may be chosen."""
    return today() + LONGEST
