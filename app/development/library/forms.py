"""The form of an action that an organisation adds to the library."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from app.competencies.catalog import Catalog
from app.competencies.seedfile import Document
from app.development.actions.forms import MOST_STEPS, STEP, lines_of
from app.development.if_then import is_plan
from app.development.library import own as own_library
from app.development.library.contents import MOST_HOURS, Action
from app.development.library.own import SOURCE
from app.forms import LongTextField, NumberField, OneLineField, at_most, number_in
from app.forms.amounts import HoursField
from app.forms.merged import MergedForm
from app.practice.queries import tools

FIELDS = {"evidence": "evidence_text", "evidence › type": "evidence_type", "evidence › description": "evidence_text"}
"""Where a key of the library is called otherwise in the form."""


def _text(needed: str, most: int = 2000) -> list[Any]:
    return [DataRequired(needed), at_most(most)]


class OwnActionForm(MergedForm):
    """All that an action of the library says, checked as the library itself is."""

    title = OneLineField(_l("Titel"), _text(_l("Geef de actie een titel."), 200))
    competencies = SelectMultipleField(_l("Waar gaat het over?"), validate_choice=False)
    focus = SelectField(_l("Hoort bij een focusgebied"), validate_choice=False)
    learning_form = RadioField(_l("Hoe leer je hiervan?"), validate_choice=False)
    hours = HoursField(_l("Hoeveel uur kost het in totaal?"), most=MOST_HOURS)
    weeks = NumberField(_l("Hoeveel weken duurt het?"))
    from_level = SelectField(_l("Van niveau"), validate_choice=False)
    to_level = SelectField(_l("Naar niveau"), validate_choice=False)
    why = LongTextField(_l("Waarom helpt dit?"), _text(_l("Schrijf op waarom dit helpt.")))
    task = LongTextField(_l("Wat is de opdracht?"), _text(_l("Schrijf op wat iemand gaat doen.")))
    steps = LongTextField(_l("Stappen"), _text(_l("Schrijf ten minste één stap op.")))
    if_then = LongTextField(_l("Als-danplan"), _text(_l("Schrijf een plan op als één zin met ‘als’ en ‘dan’."), 500))
    evidence_type = SelectField(_l("Wat voor bewijs levert het op?"), validate_choice=False)
    evidence_text = LongTextField(_l("Wat bewaar je?"), _text(_l("Schrijf op wat iemand bewaart.")))
    done_when = LongTextField(_l("Klaar als"), _text(_l("Schrijf op wanneer het klaar is.")))
    tool = SelectField(_l("Hulpmiddel"), validate_choice=False)
    catalog: Catalog

    def offer(self, catalog: Catalog) -> None:
        """What the framework knows."""
        self.catalog = catalog
        levels = [SelectChoice(str(one.level), f"{one.level} {one.name}") for one in catalog.levels.items]
        self.competencies.choices = [SelectChoice(one.code, one.name) for one in catalog.competencies]
        self.focus.choices = [SelectChoice("", _("Geen focusgebied")),
                              *(SelectChoice(one.code, one.name) for one in catalog.aspects if one.focus)]
        self.learning_form.choices = [
            SelectChoice("70", _("in het werk")), SelectChoice("20", _("met en van anderen")),
            SelectChoice("10", _("scholing")),
        ]
        self.from_level.choices, self.to_level.choices = levels, levels
        self.evidence_type.choices = [SelectChoice(one.code, one.name) for one in catalog.evidence_types]
        self.tool.choices = [SelectChoice("", _("Geen")),
                             *(SelectChoice(one.tool.code, one.tool.name) for one in tools())]

    def validate(self, extra_validators: Any = None) -> bool:
        """The checks of a form first; what those let through goes through the checks of the library."""
        fine = bool(super().validate(extra_validators)) & self._words_fit()
        for key, message in own_library.problems(self.document, self.catalog):
            field = self._fields.get(_field_of(key), self.title)
            if not field.errors:
                field.errors = [_human(message)]
                fine = False
        return fine

    def _words_fit(self) -> bool:
        fine = True
        if self.weeks.data is None:
            self.weeks.errors = [_("Schrijf een heel getal, bijvoorbeeld 6.")]
            fine = False
        steps = lines_of(self.steps.data)
        if not self.steps.errors and (len(steps) > MOST_STEPS or any(len(step) > STEP for step in steps)):
            self.steps.errors = [_("Houd het bij %(most)s stappen van hooguit %(long)s tekens.", most=MOST_STEPS,
                                   long=STEP)]
            fine = False
        if not self.if_then.errors and not is_plan(self.if_then.data or ""):
            self.if_then.errors = [_("Maak er één zin van met ‘als’ en ‘dan’.")]
            fine = False
        return fine

    @property
    def document(self) -> Document:
        """What is typed, as the library keeps it; without a code."""
        return {
            "title": self.title.data or "", "focus": self.focus.data or None,
            "competencies": list(dict.fromkeys(self.competencies.data or ())),
            "learning_form": self.learning_form.data, "hours": self.hours.data, "weeks": self.weeks.data,
            "from_level": number_in(self.from_level.data), "to_level": number_in(self.to_level.data),
            "why": self.why.data or "", "task": self.task.data or "", "steps": list(lines_of(self.steps.data)),
            "if_then": self.if_then.data or "",
            "evidence": {"type": self.evidence_type.data or "", "description": self.evidence_text.data or ""},
            "done_when": self.done_when.data or "", "tool": self.tool.data or None, "source": SOURCE,
        }  # fmt: skip


def form_of(action: Action, catalog: Catalog) -> OwnActionForm:
    """The form of an action that is there, filled with what it says now."""
    form = OwnActionForm(formdata=None, data=_told(action))
    form.offer(catalog)
    return form.begun()


def sent_form(action: Action, catalog: Catalog) -> OwnActionForm:
    """The same as it was sent."""
    form = OwnActionForm(data=_told(action))
    form.offer(catalog)
    return form


def _told(action: Action) -> dict[str, Any]:
    return {
        "title": action.title, "competencies": list(action.competencies), "focus": action.focus or "",
        "learning_form": action.learning_form, "hours": action.hours, "weeks": action.weeks,
        "from_level": str(action.from_level), "to_level": str(action.to_level), "why": action.why,
        "task": action.task, "steps": "\n".join(action.steps), "if_then": action.if_then,
        "evidence_type": action.evidence.type, "evidence_text": action.evidence.description,
        "done_when": action.done_when, "tool": action.tool or "",
    }  # fmt: skip


def _field_of(key: str) -> str:
    return FIELDS.get(key) or key.split(" ")[0]


def _human(message: str) -> str:
    """What the checks say of a file, as it is said to whoever fills in a form."""
    if "from_level" in message:
        return _("Kies een hoger niveau dan waar iemand begint.")
    return {
        "is geen van de bekende waarden": _("Kies er een."),
        "mag niet leeg zijn": _("Kies er ten minste een."),
        "moet een heel getal zijn": _("Schrijf een heel getal, bijvoorbeeld 6."),
        "moet een getal zijn": _("Schrijf een getal, bijvoorbeeld 2,5."),
        "geen geldige code": _("Kies uit de lijst."),
        "is te klein": _("Dit is te weinig."),
        "is te groot": _("Dit is te veel."),
    }.get(message, message[:1].upper() + message[1:] + ".")
