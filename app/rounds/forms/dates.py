"""The days of a round in a form, and its reminders."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.forms import BaseForm, DayField, NumberField
from app.people.forms import one_line
from app.rounds import calendar
from app.rounds.calendar import Dates, Holiday, Problem
from app.rounds.words.course import day_problem, holiday_problem, reminder_problem
from app.web.formats import today

_WHERE = {
    Problem.CHOICE_PAST: "choose_until", Problem.CHOICE_AFTER_OPENING: "choose_until",
    Problem.OPENING_PAST: "opens_on", Problem.OPENING_FAR: "opens_on",
    Problem.CLOSING_BEFORE_OPENING: "closes_on", Problem.TOO_SHORT: "closes_on", Problem.TOO_LONG: "closes_on",
}


def name_field() -> StringField:
    return StringField(_l("Naam van de ronde"), [
        DataRequired(_l("Geef de ronde een naam.")),
        Length(max=80, message=_l("Houd het korter: hoogstens 80 tekens.")),
    ], filters=[one_line])


def day_field(label: Any) -> DayField:
    return DayField(label, [InputRequired(_l("Kies een datum."))])


def number_field(label: Any, *validators: Any) -> NumberField:
    return NumberField(label, list(validators), invalid_value_message=_l("Vul een heel getal in."))


def between(low: int, high: int) -> NumberRange:
    return NumberRange(low, high, message=_l("Kies een getal van %(low)s tot en met %(high)s.", low=low, high=high))


class DatesForm(BaseForm):
    """When people choose, are invited and answer."""

    choose_until = day_field(_l("Mensen kiezen kan tot en met"))
    opens_on = day_field(_l("Uitnodigingen gaan weg op"))
    closes_on = day_field(_l("Antwoorden kan tot en met"))
    reminder_first = number_field(_l("Eerste herinnering, dagen na de uitnodiging"), Optional(), between(1, 55))
    reminder_second = number_field(_l("Tweede herinnering, dagen na de uitnodiging"), Optional(), between(1, 55))

    holidays: Collection[Holiday] = ()
    kept: Dates | None = None       # days that may stay although they have passed

    @property
    def dates(self) -> Dates:
        return Dates(self.choose_until.data, self.opens_on.data, self.closes_on.data)

    @property
    def reminder_days(self) -> tuple[int, ...]:
        return reminders(self.reminder_first, self.reminder_second)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        days = (self.choose_until, self.opens_on, self.closes_on)
        if all(field.data and not field.errors for field in days) and self.dates != self.kept:
            fine = self._dates_fit() and fine
        if not any(field.errors for field in (*days, self.reminder_first, self.reminder_second)) and (
            found := calendar.reminder_problem(self.reminder_days, self.dates)
        ):
            blame(self.reminder_first, reminder_problem(found))
            fine = False
        return fine

    def _dates_fit(self) -> bool:
        found = calendar.problems(self.dates, today())
        for problem in found:
            blame(self[_WHERE[problem]], day_problem(problem))
        if holiday := calendar.in_holiday(self.closes_on.data, self.holidays):
            blame(self.closes_on, holiday_problem(holiday))
        return not found and holiday is None


class ExtendForm(BaseForm):
    """A later last day."""

    closes_on = day_field(_l("Antwoorden kan tot en met"))


class RunningForm(BaseForm):
    """What may still change of a round that runs, besides its closing day. `dates`: of this round."""

    name = name_field()
    reminder_first = number_field(_l("Eerste herinnering, dagen na de uitnodiging"), Optional(), between(1, 55))
    reminder_second = number_field(_l("Tweede herinnering, dagen na de uitnodiging"), Optional(), between(1, 55))
    lead_reads_comments = BooleanField(_l("De teamleider mag de opmerkingen lezen"))

    dates: Dates

    @property
    def reminder_days(self) -> tuple[int, ...]:
        return reminders(self.reminder_first, self.reminder_second)

    def validate_reminder_first(self, _field: Any) -> None:
        if found := calendar.reminder_problem(self.reminder_days, self.dates):
            raise ValidationError(reminder_problem(found))


def reminders(*fields: Any) -> tuple[int, ...]:
    """The days that were filled in, in order."""
    return tuple(sorted(field.data for field in fields if field.data is not None))


def blame(field: Any, message: str) -> None:
    """Adds what is wrong with a field after it was validated by itself."""
    field.errors = [*field.errors, message]
