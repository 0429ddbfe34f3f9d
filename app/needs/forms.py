"""Form of what figures may be cut by."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.forms import BaseForm
from app.needs import words
from app.needs.cells import MOST_CUTS, Cut


class CutsForm(BaseForm):
    cuts = SelectMultipleField(_l("Waarop wil je cijfers uitsplitsen, naast het team?"),
                               widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
                               validate_choice=False)
    self_counts = BooleanField(_l("Tel een zelfbeeld mee van wie nog geen cijfer van anderen heeft"))

    def offer(self) -> None:
        """What there is to choose from."""
        self.cuts.choices = [(str(cut), words.cut(cut)) for cut in Cut]

    def validate_cuts(self, field: Any) -> None:
        if unknown := set(field.data or ()) - set(Cut):
            field.data = sorted(set(field.data) - unknown)
            raise ValidationError(_l("Kies uit deze lijst."))
        if len(set(field.data or ())) > MOST_CUTS:
            raise ValidationError(_l("Kies er hoogstens twee: met meer blijven er bijna nergens vijf mensen over."))

    @property
    def chosen(self) -> frozenset[str]:
        return frozenset(self.cuts.data or ())
