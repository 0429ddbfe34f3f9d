"""Choosing a colleague to do something with, and offering to be one."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from app.competencies.catalog import Catalog
from app.development.buddies.queries import Buddy
from app.development.buddies.services import KINDS, THINK, WATCH
from app.forms import BaseForm


class BuddyForm(BaseForm):
    """Whom to do an action with."""

    buddy = RadioField(_l("Met wie wil je dit doen?"), [DataRequired(_l("Kies een collega."))], choices=[],
                       validate_choice=False)
    buddies: tuple[Buddy, ...] = ()

    def offer(self, buddies: tuple[Buddy, ...], labels: tuple[str, ...]) -> None:
        """Only these can be chosen."""
        self.buddies = buddies
        self.buddy.choices = [SelectChoice(b.key, label) for b, label in zip(buddies, labels, strict=True)]

    def validate_buddy(self, field: Any) -> None:
        if field.data and self.chosen is None:
            raise ValidationError(_("Deze collega biedt dit nu niet aan. Kies een ander."))

    @property
    def chosen(self) -> Buddy | None:
        return next((buddy for buddy in self.buddies if buddy.key == self.buddy.data), None)


class OfferForm(BaseForm):
    """What somebody offers her colleagues."""

    competency = SelectField(_l("Waar gaat het over?"), [DataRequired(_l("Kies een onderwerp."))], choices={},
                             validate_choice=False)
    kinds = SelectMultipleField(_l("Wat bied je aan?"), [DataRequired(_l("Kies wat je aanbiedt."))],
                                validate_choice=False)
    known: frozenset[str] = frozenset()

    def offer(self, catalog: Catalog) -> None:
        """Only what the framework knows, those of the focus areas first."""
        aspects = sorted(catalog.aspects, key=lambda aspect: not aspect.focus)
        self.known = frozenset(one.code for one in catalog.competencies)
        self.competency.choices = {"": [("", _("Kies een onderwerp"))]} | {
            aspect.name: [(one.code, one.name) for one in catalog.competencies_of(aspect.code)] for aspect in aspects
        }
        self.kinds.choices = [
            SelectChoice(WATCH, _("Een collega mag met mij meekijken")),
            SelectChoice(THINK, _("Ik denk met een collega mee")),
        ]

    def validate_competency(self, field: Any) -> None:
        if field.data and field.data not in self.known:
            raise ValidationError(_("Kies een onderwerp uit de lijst."))

    def validate_kinds(self, field: Any) -> None:
        if not set(field.data or ()) <= set(KINDS):
            raise ValidationError(_("Kies uit de lijst."))
