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
    """Three aspects, and one."""

    seen_most = SelectMultipleField(_l("Welke drie aspecten zien anderen het vaakst bij jou?"))
    largest_difference = RadioField(
        _l("Waar is het verschil tussen jouw kijk en die van anderen het grootst?"), [InputRequired(_l("Kies er één."))]
    )

    def offer(self, aspects: Iterable[RoundLine]) -> None:
        """What can be chosen."""
        choices = [(line.code, line.name) for line in aspects]
        self.seen_most.choices = choices
        self.largest_difference.choices = choices

    def validate_seen_most(self, field: Any) -> None:
        if len(set(field.data or ())) != TO_NAME:
            raise ValidationError(_l("Kies er precies drie."))

    @property
    def guess(self) -> Guessed:
        return Guessed(tuple(self.seen_most.data or ()), self.largest_difference.data)
