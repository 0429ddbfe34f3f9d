"""Forms of what holds for all rounds of a dienst."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from app.forms import BaseForm, LongTextField, NumberField, at_most
from app.people.forms import one_line
from app.rounds.calendar import Holiday
from app.rounds.forms.dates import day_field
from app.rounds.holiday_lines import LONGEST_NAME, judge
from app.rounds.settings import Settings
from app.rounds.words.course import line_problem
from app.web.formats import sentence

_DAYS = _l("Kies een getal van 0 tot en met 180.")
_LEAD_DAYS = _l("Kies een getal van 0 tot en met 28.")


class SettingsForm(BaseForm):
    contact = StringField(_l("Bij wie kan iemand terecht met vragen?"), [
        at_most(160),
    ], filters=[one_line])
    begeleiders_start = BooleanField(_l("Begeleiders mogen zelf een ronde of een korte vraag beginnen"))
    keep_answers_days = NumberField(_l("Zoveel dagen bewaren we de losse antwoorden"), [
        InputRequired(_DAYS), NumberRange(0, 180, message=_DAYS),
    ], invalid_value_message=_DAYS)
    lead_reads_after_days = NumberField(_l("Zoveel dagen na de vrijgave leest de teamleider mee"), [
        InputRequired(_LEAD_DAYS), NumberRange(0, 28, message=_LEAD_DAYS),
    ], invalid_value_message=_LEAD_DAYS)

    @property
    def settings(self) -> Settings:
        return Settings(self.contact.data or "", self.begeleiders_start.data, self.keep_answers_days.data,
                        self.lead_reads_after_days.data)


class HolidayForm(BaseForm):
    """One holiday."""

    holiday = StringField(_l("Naam van de vakantie"), [
        DataRequired(_l("Geef de vakantie een naam.")),
        Length(max=LONGEST_NAME, message=_l("Houd het korter: hoogstens 60 tekens.")),
    ], filters=[one_line])
    first_day = day_field(_l("Eerste dag"))
    last_day = day_field(_l("Laatste dag"))

    def validate_last_day(self, field: Any) -> None:
        if field.data and self.first_day.data and self.holiday.data and (
            problem := judge(self.holiday.data, self.first_day.data, field.data)
        ):
            raise ValidationError(f"{sentence(line_problem(problem))}.")

    @property
    def said(self) -> Holiday:
        return Holiday(self.holiday.data, self.first_day.data, self.last_day.data)


class HolidayLinesForm(BaseForm):
    """Several at once."""

    lines = LongTextField(_l("Vakanties, één per regel"), [DataRequired(_l("Plak of typ minstens één regel."))])
