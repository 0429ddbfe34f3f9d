"""The form of a traject, and that with which a sheet is begun."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from app.competencies.catalog import Catalog
from app.forms import NO_DAY, BaseForm, DayField, TextField, at_most, number_in
from app.forms.merged import MergedForm
from app.practice.models import PracticeSheet, Traject
from app.practice.privacy import findings
from app.practice.reading import title_of
from app.practice.tools import SLIDER
from app.practice.trajecten import Facts
from app.practice.values import FIRST_YEAR, LAST_YEAR
from app.practice.words import no_case_code
from app.web.formats import date, today

NONE = ""           # the value of a choice that is none


def _axis(label: str) -> RadioField:
    return RadioField(label, default=NONE, validate_choice=False, choices=[
        SelectChoice(NONE, _l("Nog niet gekozen")), *(SelectChoice(str(place), str(place)) for place in SLIDER)
    ])


def _known(_form: Any, field: Any) -> None:
    if field.data not in {choice.value for choice in field.choices}:
        raise ValidationError(_("Kies een van de mogelijkheden."))


class TrajectForm(MergedForm):
    """What is said of a traject."""

    case_code = TextField(_l("Casuscode"), [DataRequired(_l("Schrijf een casuscode op, bijvoorbeeld B7.")),
                                            at_most(60)])
    school = TextField(_l("School"), [DataRequired(_l("Schrijf op om welke school het gaat.")), at_most(200)])
    sector = SelectField(_l("Sector"), [_known], default=NONE, validate_choice=False)
    kind = RadioField(_l("Preventief of curatief"), [_known], default=NONE, validate_choice=False)
    systemic = _axis(_l("Waar ligt het accent?"))
    resultful = _axis(_l("Waar ligt de nadruk?"))
    starts_on = DayField(_l("Startdatum"), [Optional()])
    evaluation_on = DayField(_l("Datum evaluatie"), [Optional()])

    def offer(self, catalog: Catalog) -> None:
        """The choices that the framework knows."""
        self.sector.choices = [SelectChoice(NONE, _("Nog niet gekozen")),
                               *(SelectChoice(one.code, one.name) for one in catalog.context.sectors)]
        self.kind.choices = [*(SelectChoice(code, code.capitalize()) for code in catalog.context.question_kinds),
                             SelectChoice(NONE, _("Nog niet gekozen"))]

    def validate_case_code(self, field: Any) -> None:
        if told := no_case_code(findings(field.data or "", today())):
            raise ValidationError(told)

    def validate_systemic(self, field: Any) -> None:
        _known(self, field)

    def validate_resultful(self, field: Any) -> None:
        _known(self, field)

    def validate_starts_on(self, field: Any) -> None:
        _in_reach(field)

    def validate_evaluation_on(self, field: Any) -> None:
        _in_reach(field)
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(_("De evaluatie ligt voor de start. Kies een dag na %(day)s.",
                                    day=date(self.starts_on.data)))

    @property
    def facts(self) -> Facts:
        """What a valid form says."""
        return Facts(
            self.case_code.data, self.school.data, self.sector.data, self.kind.data, _place(self.systemic.data),
            _place(self.resultful.data), self.starts_on.data, self.evaluation_on.data,
        )


class BeginForm(BaseForm):
    """With what a new sheet begins."""

    traject = SelectField(_l("Bij welk traject hoort het?"), [_known], default=NONE, validate_choice=False)
    follows = SelectField(_l("Ga je verder op een eerder blad?"), [_known], default=NONE, validate_choice=False)

    sheets: Sequence[PracticeSheet] = ()

    def offer(self, trajecten: Iterable[Traject], sheets: Sequence[PracticeSheet]) -> None:
        """Only these can be chosen. `sheets`: what was changed last first."""
        self.traject.choices = [SelectChoice(NONE, _("Bij geen traject")), *(
            SelectChoice(str(one.id), f"{one.case_code} · {one.school}") for one in trajecten if one.closed_at is None
        )]
        self.follows.choices = [SelectChoice(NONE, _("Nee, begin met een leeg blad")), *(
            SelectChoice(str(one.id), f"{title_of(one)} · {date(one.changed_at)}") for one in sheets
        )]
        self.sheets = sheets

    def latest_in(self, traject: str) -> str:
        """The sheet of this traject that was changed last, as it is chosen; none, when it has none to go on from."""
        return next((str(one.id) for one in self.sheets if str(one.traject_id) == traject), NONE)

    @property
    def traject_id(self) -> int | None:
        return number_in(self.traject.data) or None

    @property
    def follows_id(self) -> int | None:
        return number_in(self.follows.data) or None


def form_of(facts: Facts, catalog: Catalog) -> TrajectForm:
    """The form, filled with these facts."""
    form = TrajectForm(formdata=None, data=_told(facts))
    form.offer(catalog)
    return form.begun()


def sent_form(facts: Facts, catalog: Catalog) -> TrajectForm:
    """The same as it was sent."""
    form = TrajectForm(data=_told(facts))
    form.offer(catalog)
    return form


def _told(facts: Facts) -> dict[str, Any]:
    return {
        "case_code": facts.case_code, "school": facts.school, "sector": facts.sector, "kind": facts.kind,
        "systemic": _written(facts.systemic), "resultful": _written(facts.resultful), "starts_on": facts.starts_on,
        "evaluation_on": facts.evaluation_on,
    }


def facts_of(traject: Traject) -> Facts:
    return Facts(traject.case_code, traject.school, traject.sector, traject.kind, traject.systemic, traject.resultful,
                 traject.starts_on, traject.evaluation_on)


def _in_reach(field: Any) -> None:
    if field.data and not FIRST_YEAR <= field.data.year < LAST_YEAR:
        raise ValidationError(NO_DAY)


def _place(chosen: str) -> int | None:
    return int(chosen) if chosen else None


def _written(place: int | None) -> str:
    return NONE if place is None else str(place)
