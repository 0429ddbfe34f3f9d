"""Forms of the opleidingsplan: what HR wishes, and one training changed by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from app.competencies.catalog import Catalog
from app.forms import BaseForm, DayField, TextField, number_in
from app.forms.numbers import whole
from app.training_plans.asked import Unit
from app.training_plans.checking import MOST_HOURS, MOST_MONEY, MOST_PLACES
from app.training_plans.question import MOST_RUNS, NORMAL, Wish
from app.trainings.models import Training
from app.trainings.session_forms import between
from app.web.formats import today

LONGEST: Final = 800        # days; more than two school years is no period
FARTHEST: Final = 3650      # days before or after today; a period that begins beyond is a slip of the pen (ours)
WEIGHTS: Final = (
    ("0", _l("telt niet mee")), ("0.5", _l("half zo zwaar")), ("1", _l("gewoon")), ("2", _l("twee keer zo zwaar")),
    ("3", _l("drie keer zo zwaar")),
)  # fmt: skip
FREE, NEVER = "", "0"
SAYS_NOTHING: Final = _l("Kies er een uit de lijst.")


class WishForm(BaseForm):
    """What HR wishes; a weight per focus area and unit and a choice per training are added by `wish_form`."""

    name = TextField(_l("Naam van het plan"), [DataRequired(_l("Geef het plan een naam.")), Length(
        max=120, message=_l("Maak de naam korter: er passen 120 tekens in."))])
    begins_on = DayField(_l("Van"), [InputRequired(_l("Kies een dag."))])
    ends_on = DayField(_l("Tot en met"), [InputRequired(_l("Kies een dag."))])
    budget = TextField(_l("Budget"))
    hours = TextField(_l("Uren per persoon"))
    revision = HiddenField()
    focus: Sequence[tuple[str, str]] = ()       # (field, code)
    units: Sequence[tuple[str, str]] = ()
    trainings: Sequence[tuple[str, str]] = ()

    def validate_begins_on(self, field: Any) -> None:
        if field.data and abs((field.data - today()).days) > FARTHEST:
            raise ValidationError(_("Kies een dag van hoogstens tien jaar geleden, of binnen tien jaar."))

    def validate_ends_on(self, field: Any) -> None:
        if field.data and self.begins_on.data:
            days = (field.data - self.begins_on.data).days
            if days <= 0:
                raise ValidationError(_("Het einde komt na het begin."))
            if days > LONGEST:
                raise ValidationError(_("Kies een periode van hoogstens twee jaar."))

    def validate_budget(self, field: Any) -> None:
        between(field, 0, MOST_MONEY)

    def validate_hours(self, field: Any) -> None:
        between(field, 0, MOST_HOURS)

    @property
    def seen(self) -> int:
        return number_in(self.revision.data)

    @property
    def wish(self) -> Wish:
        """What a valid form says."""
        runs = {code: self[name].data for name, code in self.trainings}
        return Wish(
            " ".join(self.name.data.split()), self.begins_on.data, self.ends_on.data, whole(self.budget.data) or 0,
            whole(self.hours.data) or 0, self._weights(self.focus), self._weights(self.units),
            {code: int(chosen) for code, chosen in runs.items() if chosen not in (FREE, NEVER)},
            frozenset(code for code, chosen in runs.items() if chosen == NEVER),
        )  # fmt: skip

    @property
    def changed(self) -> frozenset[str]:
        """The fields that say something out of the ordinary."""
        said = {name for name, _code in (*self.focus, *self.units) if self[name].data != "1"}
        return frozenset(said | {name for name, _code in self.trainings if self[name].data != FREE})

    def _weights(self, fields: Sequence[tuple[str, str]]) -> dict[str, float]:
        return {code: weight for name, code in fields if (weight := float(self[name].data)) != NORMAL}


def wish_form(catalog: Catalog, units: Mapping[str, str], trainings: Sequence[Training], wish: Wish | None = None,
              **given: Any) -> WishForm:
    """The form as it was sent, or (formdata=None) filled with `wish`. `units`: names by code."""
    areas = [one for one in catalog.aspects if one.focus]
    fields: dict[str, Any] = {
        "focus": [(f"focus_{one.code}", one.code) for one in areas],
        "units": [(f"unit_{code}", code) for code in units],
        "trainings": [(f"training_{one.id}", one.code) for one in trainings],
    }
    weights = [SelectChoice(value, label) for value, label in WEIGHTS]
    for name, label in [*((f"focus_{one.code}", one.name) for one in areas),
                        *((f"unit_{code}", label) for code, label in units.items())]:
        fields[name] = _Choice(label, choices=weights, default="1")
    runs = [SelectChoice(FREE, _("de planner kiest")), SelectChoice(NEVER, _("niet houden"))]
    runs += [SelectChoice(str(n), _("in elk geval %(count)s keer", count=n)) for n in range(1, MOST_RUNS + 1)]
    for one in trainings:
        fields[f"training_{one.id}"] = _Choice(one.title, choices=runs, default=FREE)
    kind: type[WishForm] = type("WishFormOfDienst", (WishForm,), fields)
    return kind(data=_said(fields, wish) if wish else None, **given)


def _said(fields: Mapping[str, Any], wish: Wish) -> dict[str, Any]:
    found: dict[str, Any] = {"name": wish.name, "begins_on": wish.begins_on, "ends_on": wish.ends_on,
                             "budget": str(wish.budget), "hours": str(wish.hours_per_person)}
    found |= {name: f"{wish.focus_weights.get(code, NORMAL):g}" for name, code in fields["focus"]}
    found |= {name: f"{wish.unit_weights.get(code, NORMAL):g}" for name, code in fields["units"]}
    for name, code in fields["trainings"]:
        found[name] = NEVER if code in wish.excluded else str(wish.fixed.get(code) or FREE)
    return found


class _Choice(SelectField):
    """One of a list; what is not sent is the ordinary."""

    def pre_validate(self, _form: Any) -> None:
        if self.data not in {str(choice.value) for choice in self.choices or ()}:
            raise ValidationError(str(SAYS_NOTHING))


class HandForm(BaseForm):
    """One training by hand; places per unit are added by `hand_form`."""

    runs = TextField(_l("Hoe vaak?"))
    revision = HiddenField()
    version = HiddenField()
    base = HiddenField()        # the mark of what was looked at
    units: Sequence[tuple[str, str]] = ()

    def validate_runs(self, field: Any) -> None:
        between(field, 0, MOST_RUNS)

    @property
    def times(self) -> int:
        return whole((self.runs.data or "").strip()) or 0

    @property
    def seen(self) -> int:
        return number_in(self.revision.data)

    @property
    def places(self) -> dict[str, int]:
        return {code: whole(self[name].data or "") or 0 for name, code in self.units}


def hand_form(units: Sequence[Unit], names: Mapping[str, str], **given: Any) -> HandForm:
    """The form as it was sent, or (formdata=None) filled by `data`."""
    fields: dict[str, Any] = {"units": [(f"unit_{unit.code}", unit.code) for unit in units]}
    for unit in units:
        fields[f"unit_{unit.code}"] = TextField(names[unit.code], [_places])
    kind: type[HandForm] = type("HandFormOfPlan", (HandForm,), fields)
    return kind(**given)


class MoveForm(BaseForm):
    """A button under a plan that was looked at."""

    revision = HiddenField()
    version = HiddenField()

    @property
    def seen(self) -> int:
        return number_in(self.revision.data)


def _places(_form: Any, field: Any) -> None:
    if (field.data or "").strip():
        between(field, 0, MOST_PLACES)
