"""Forms of a session: its days, who was there, and what somebody thought of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Optional

from app.forms import BaseForm, DayField, HourField, LongTextField, TextField, at_most, number_in
from app.forms.merging import mark
from app.forms.numbers import whole
from app.people.forms import one_line
from app.trainings.enrolment_queries import OfTeam
from app.trainings.entries import NUMBERS
from app.trainings.evaluation import MOST_WORDS, STATEMENTS, Answer
from app.trainings.models import Enrolment, Training, TrainingSession
from app.trainings.planning import Planned, Times, price_of, said_of
from app.trainings.session_words import SCALE
from app.trainings.session_words import STATEMENTS as SENTENCES
from app.web.formats import AMSTERDAM, today

MOST_DAYS = 12
SHOWN_DAYS = 3
FARTHEST = dt.timedelta(days=730)
EVALUATED = dt.timedelta(days=14)       # ours: so long after the closing people can say what they thought
LATEST = dt.timedelta(days=60)
MOST_PLACES = 500
MOST_COST = MOST_PLACES * NUMBERS["cost_person"][1]
ROW = ("day", "begin", "end")


class SessionForm(BaseForm):
    """A session. A day, a begin and an end per row are added by `session_form`. `shown`: a mark of what stood there."""

    place = StringField(_l("Plaats"), [at_most(120)], filters=[one_line])
    places = TextField(_l("Aantal plaatsen"))
    cost = TextField(_l("Wat kost deze bijeenkomst de dienst?"))
    remark = LongTextField(_l("Opmerking"), [at_most(500)])
    shown = HiddenField()
    rows = SHOWN_DAYS
    before: Planned | None = None

    @property
    def days(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each row."""
        return [tuple(self[f"{name}_{number}"] for name in ROW) for number in range(self.rows)]

    def validate(self, extra_validators: Any = None) -> bool:
        fine: bool = super().validate(extra_validators)
        return self._days_are_fine() and fine

    def validate_places(self, field: Any) -> None:
        between(field, 1, MOST_PLACES)

    def validate_cost(self, field: Any) -> None:
        between(field, 0, MOST_COST)

    @property
    def planned(self) -> Planned:
        """What a valid form says."""
        found = [_times(*row) for row in self.days if row[0].data]
        return Planned(tuple(sorted(found, key=lambda one: one.begins_at)), self.place.data or "",
                       whole(self.places.data or "") or 0, whole(self.cost.data or "") or 0,
                       (self.remark.data or "").replace("\r\n", "\n"))

    def _days_are_fine(self) -> bool:
        fine = True
        found: list[Times] = []
        known = {one.begins_at for one in self.before.times} if self.before else set()
        for day, begin, end in self.days:
            if day.errors or begin.errors or end.errors:
                fine = False
                continue
            if not any(one.raw_data and one.raw_data[0] for one in (day, begin, end)):
                continue
            told = self._wrong_in(day, begin, end)
            if told is None:
                times = _times(day, begin, end)
                if times.begins_at not in known and not today() <= day.data <= today() + FARTHEST:
                    told = (day, _("Kies vandaag of een dag binnen twee jaar."))
                elif any(times.begins_at < other.ends_at and other.begins_at < times.ends_at for other in found):
                    told = (begin, _("Op deze tijd staat al een andere dag."))
                found.append(times)
            if told is not None:
                told[0].errors = [told[1]]
                fine = False
        return fine

    @staticmethod
    def _wrong_in(day: Any, begin: Any, end: Any) -> tuple[Any, str] | None:
        for field, told in ((day, _("Kies ook een dag.")), (begin, _("Schrijf ook wanneer het begint.")),
                            (end, _("Schrijf ook wanneer het eindigt."))):
            if field.data is None:
                return field, told
        if day.data.year == dt.MINYEAR:         # which has moments that the clock of the world does not have
            return day, _("Kies vandaag of een dag binnen twee jaar.")
        times = _times(day, begin, end)         # in the night that the clock goes forward other hours are in order
        return (end, _("Het einde is later dan het begin.")) if times.ends_at <= times.begins_at else None


def session_form(training: Training, session: TrainingSession | None, rows: int | None = None,
                 **given: Any) -> SessionForm:
    """The form as it was sent, or (formdata=None) filled with what is stored; of a new one with what its training
    says. `rows`: how many days fit in.
    """
    before = said_of(session) if session else None
    shown = rows or max(SHOWN_DAYS, len(before.times) + 1 if before else 0)
    shown = min(MOST_DAYS, shown)
    fields: dict[str, Any] = {"rows": shown, "before": before}
    for number in range(shown):
        fields |= {
            f"day_{number}": DayField(_l("Dag %(number)s", number=number + 1), [Optional()]),
            f"begin_{number}": HourField(_l("Van"), [Optional()]),
            f"end_{number}": HourField(_l("Tot"), [Optional()]),
        }
    kind: type[SessionForm] = type("SessionFormWithDays", (SessionForm,), fields)
    return kind(data=_stored(training, before), **given)


def seen(planned: Planned) -> str:
    """A mark of all that is said of a session."""
    return mark(repr(planned))


def _stored(training: Training, planned: Planned | None) -> dict[str, Any]:
    if planned is None:
        most = training.places_max
        return {"places": str(most), "cost": str(price_of(training, most))}
    found: dict[str, Any] = {"place": planned.place, "places": str(planned.places), "cost": str(planned.cost),
                             "remark": planned.remark, "shown": seen(planned)}
    for number, times in enumerate(planned.times[:MOST_DAYS]):
        begin, end = (moment.astimezone(AMSTERDAM) for moment in (times.begins_at, times.ends_at))
        found |= {f"day_{number}": begin.date(), f"begin_{number}": begin.time(), f"end_{number}": end.time()}
    return found


def _times(day: Any, begin: Any, end: Any) -> Times:
    return Times(*(dt.datetime.combine(day.data, hour.data, AMSTERDAM).astimezone(dt.UTC) for hour in (begin, end)))


def between(field: Any, least: int, most: int) -> None:
    """ValidationError for what is no whole number from `least` to `most`."""
    number = whole((field.data or "").strip())
    if number is None:
        raise ValidationError(_("Schrijf een heel getal."))
    if not least <= number <= most:
        raise ValidationError(_("Schrijf een getal van %(least)s tot en met %(most)s.", least=least,
                                most=f"{most:,}".replace(",", ".")))


class CloseForm(BaseForm):
    """Who was there, and until when they can say what they thought of it. `shown`: a mark of who stood there, and how.
    """

    shown = HiddenField()
    came = SelectMultipleField(_l("Wie was erbij?"), validate_choice=False, coerce=number_in, choices=[])
    evaluate_until = DayField(_l("Tot en met welke dag kunnen zij zeggen wat ze ervan vonden?"),
                              [InputRequired(_l("Kies een dag."))])

    def validate_evaluate_until(self, field: Any) -> None:
        if field.data and not today() < field.data <= today() + LATEST:
            raise ValidationError(_("Kies een dag van morgen tot en met zestig dagen later."))


def seen_of(going: Iterable[Enrolment]) -> str:
    """A mark of who goes to a session, and what was said of her."""
    return mark(repr(sorted((one.person_id, one.state) for one in going)))


class ProposeForm(BaseForm):
    """To whom a session is proposed."""

    people = SelectMultipleField(_l("Aan wie stel je dit voor?"), validate_choice=False, coerce=number_in, choices=[])

    def offer(self, people: list[OfTeam]) -> None:
        """Who has nothing to do with it yet."""
        self.people.choices = [SelectChoice(str(one.person.id), one.person.name) for one in people
                               if one.enrolment is None]


class EvaluationForm(BaseForm):
    """Five statements and one open question."""

    words = LongTextField(_l("Wat moet blijven, en wat kan beter?"), [at_most(MOST_WORDS)])

    @property
    def statements(self) -> list[Any]:
        return [self[f"score_{number}"] for number in range(STATEMENTS)]

    @property
    def answer(self) -> Answer:
        """What a valid form says."""
        return Answer(tuple(int(field.data) for field in self.statements),
                      (self.words.data or "").replace("\r\n", "\n"))


for _number, _sentence in enumerate(SENTENCES):
    setattr(EvaluationForm, f"score_{_number}", RadioField(
        _sentence, [AnyOf([str(value) for value, _name in SCALE], _l("Kies een van de vijf."))],
        choices=[SelectChoice(str(value), name) for value, name in SCALE], validate_choice=False))
