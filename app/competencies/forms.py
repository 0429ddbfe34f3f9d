"""Forms of the function profiles."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.competencies.catalog import Catalog
from app.competencies.parts import Competency
from app.competencies.queries import FunctionTargets
from app.forms import BaseForm, TextField

STEPS = tuple(half / 2 for half in range(2, 11))        # target scores to choose from: 1.0, 1.5 … 5.0


class FunctionProfileForm(BaseForm):
    """The name of a profile; `form_for` adds a target score and an importance for every competency."""

    name = TextField(_("Naam"), [DataRequired(_("Geef het functieprofiel een naam.")), Length(max=80)])

    def targets(self, competencies: Iterable[Competency]) -> list[tuple[Competency, SelectField, SelectField]]:
        return [(c, self[f"target-{c.code}"], self[f"importance-{c.code}"]) for c in competencies]


def form_for(catalog: Catalog, name: str, current: FunctionTargets) -> FunctionProfileForm:
    """The form of one profile, filled with what it says now."""
    steps = sorted({*STEPS, *(current.target_score(c.code) for c in catalog.competencies)})
    scores = [SelectChoice(str(step), format_decimal(step, "0.0")) for step in steps]
    importances = [SelectChoice(str(point.score), point.label) for point in catalog.scales.importance.points]
    fields = {}
    for competency in catalog.competencies:
        code = competency.code
        fields[f"target-{code}"] = SelectField(
            _("Doelscore"), choices=scores, default=str(current.target_score(code))
        )
        fields[f"importance-{code}"] = SelectField(
            _("Belang"), choices=importances, default=str(current.importance(code))
        )
    made: FunctionProfileForm = type("FilledFunctionProfileForm", (FunctionProfileForm,), fields)(
        data={"name": name}
    )
    return made
