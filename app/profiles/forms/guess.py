"""The form of 'Voorspel eerst'."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, ValidationError
from wtforms.validators import InputRequired

from app.forms import BaseForm
from app.profiles.guesses import TO_NAME, Guessed
from app.profiles.round_figures import RoundLine


class GuessForm(BaseForm):
    """Three aspects; and one, where her own view stands beside that of the others."""

    seen_most = SelectMultipleField(_l("Welke drie aspecten zien anderen het vaakst bij jou?"))
    largest_difference = RadioField(
        _l("Waar is het verschil tussen jouw kijk en die van anderen het grootst?"), [InputRequired(_l("Kies er één."))]
    )

    def offer(self, aspects: Iterable[RoundLine]) -> None:
        """What can be chosen."""
        offered = tuple(aspects)
        choices = [(line.code, line.name) for line in offered]
        self.seen_most.choices = choices
        if any(line.difference is not None for line in offered):
            self.largest_difference.choices = choices
        else:
            del self.largest_difference

    def validate_seen_most(self, field: Any) -> None:
        if len(set(field.data or ())) != TO_NAME:
            raise ValidationError(_l("Kies er precies drie."))

    @property
    def guess(self) -> Guessed:
        largest = self.largest_difference.data if "largest_difference" in self else None
        return Guessed(tuple(self.seen_most.data or ()), largest)
