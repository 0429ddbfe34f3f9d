"""Forms of goals and their actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Optional

from app.development import if_then
from app.development.goals.services import ChosenActions, GoalWords
from app.development.library.suggestions import Suggestion
from app.development.models import Goal
from app.forms import BaseForm, DayField, LongTextField, OneLineField, at_most
from app.forms.amounts import EurosField, HoursField
from app.forms.merged import MergedForm
from app.web.formats import date, number, today

LEVELS = tuple(str(level) for level in range(1, 6))
FURTHEST = dt.timedelta(days=2 * 366)       # a goal that is further away than two years is no goal
MOST_ACTIONS = 12
TITLE = 200
MOST_HOURS = 1000           # ours: a year of part-time work is no goal
MOST_EUROS = 25_000         # ours
EXAMPLE = _l("Als ik een startgesprek plan, dan stuur ik het canvas een week van tevoren mee.")


def refuse_far_days(day: dt.date | None) -> None:
    """Raises ValidationError for a day that has been, and for one further away than two years."""
    last = today() + FURTHEST
    if day is not None and day < today():
        raise ValidationError(_("Deze dag is al geweest. Kies vandaag of een dag die nog komt."))
    if day is not None and day > last:
        raise ValidationError(_("Kies een dag binnen twee jaar, dus uiterlijk %(last)s.", last=date(last)))


def _text(most: int, needed: str) -> list[Any]:
    return [DataRequired(needed), at_most(most)]


def _level(label: str) -> RadioField:
    return RadioField(label, [AnyOf(LEVELS, _l("Kies een van de vijf niveaus."))], validate_choice=False,
                      choices=[SelectChoice(level) for level in LEVELS])


class GoalForm(MergedForm):
    """What a person says about her goal."""

    reason = LongTextField(_l("Waarom dit doel?"), _text(2000, _l("Schrijf op waarom je dit wilt.")))
    behaviour = OneLineField(_l("Wat laat ik straks zien?"),
                             _text(300, _l("Schrijf op wat een ander je straks ziet doen.")))
    noticed_by = LongTextField(_l("Waaraan merken school, ouders of leerling dat?"),
                               _text(2000, _l("Schrijf op waaraan anderen het merken.")))
    level_now = _level(_l("Niveau nu"))
    level_target = _level(_l("Niveau straks"))
    end_date = DayField(_l("Wanneer?"), [InputRequired(_l("Kies een datum."))])
    if_then = LongTextField(_l("Als-danplan"), _text(500, _l("Schrijf je plan op als één zin met ‘als’ en ‘dan’.")))
    support = LongTextField(_l("Wat heb ik nodig, en van wie?"), [at_most(2000)])
    hours = HoursField(_l("Benodigde uren"), [Optional()], most=MOST_HOURS)
    budget = EurosField(_l("Benodigd budget in euro's"), [Optional()])
    training_wish = OneLineField(_l("Welke training of opleiding wil ik?"),
                                 [at_most(300)])

    def __init__(self, *args: Any, kept_date: dt.date | None = None, **kwargs: Any) -> None:
        """`kept_date`: the end date it has already, which may stay although it has passed."""
        super().__init__(*args, **kwargs)
        self.kept_date = kept_date

    def validate_level_target(self, field: Any) -> None:
        if self.level_now.data in LEVELS and field.data in LEVELS and field.data < self.level_now.data:
            raise ValidationError(_("Dit is lager dan je niveau nu. Kies hetzelfde niveau of een hoger niveau."))

    def validate_end_date(self, field: Any) -> None:
        if field.data != self.kept_date:
            refuse_far_days(field.data)

    def validate_budget(self, field: Any) -> None:
        if field.data is not None and not 0 <= field.data <= MOST_EUROS:
            raise ValidationError(_("Kies een bedrag van 0 tot en met %(most)s euro.", most=number(MOST_EUROS)))

    def validate_if_then(self, field: Any) -> None:
        if not if_then.is_plan(field.data):
            raise ValidationError(_("Maak er één zin van met ‘als’ en ‘dan’. Bijvoorbeeld: %(example)s",
                                    example=EXAMPLE))

    @property
    def words(self) -> GoalWords:
        """What a valid form says."""
        return GoalWords(
            reason=self.reason.data, behaviour=self.behaviour.data, noticed_by=self.noticed_by.data,
            level_now=int(self.level_now.data), level_target=int(self.level_target.data),
            end_date=self.end_date.data, if_then=self.if_then.data, support=self.support.data or "",
            hours=self.hours.data, budget=self.budget.data, training_wish=self.training_wish.data or "",
        )  # fmt: skip


class ActionsForm(BaseForm):
    """Actions to add: from the library, or written oneself, one a line."""

    library = SelectMultipleField(_l("Uit de bibliotheek"), validate_choice=False, choices=[])
    own = LongTextField(_l("Zelf bedacht"))
    present = 0     # how many actions the goal has already

    def offer(self, suggestions: Iterable[Suggestion]) -> None:
        """Only these can be chosen."""
        self.library.choices = [SelectChoice(s.action.code, s.action.title) for s in suggestions]

    def validate_library(self, field: Any) -> None:
        if not set(field.data or ()) <= {choice.value for choice in field.choices}:
            raise ValidationError(_("Kies acties uit de lijst."))

    def validate_own(self, _field: Any) -> None:
        if any(len(title) > TITLE for title in self.chosen.titles):
            raise ValidationError(_("Een van je acties is langer dan %(most)s tekens. Maak er een korte zin van.",
                                    most=TITLE))
        if not self.chosen.codes and not self.chosen.titles:
            raise ValidationError(_("Kies ten minste één actie uit de bibliotheek, of schrijf er zelf een op."))
        if self.present + len(self.chosen.codes) + len(self.chosen.titles) > MOST_ACTIONS:
            raise ValidationError(_("Een doel heeft hooguit %(most)s acties. Kies de belangrijkste.",
                                    most=MOST_ACTIONS))

    @property
    def chosen(self) -> ChosenActions:
        lines = (self.own.data or "").splitlines()
        return ChosenActions(
            codes=tuple(dict.fromkeys(self.library.data or ())),
            titles=tuple(dict.fromkeys(title for line in lines if (title := " ".join(line.split())))),
        )


class NewGoalForm(GoalForm, ActionsForm):
    """A whole new goal at once."""


def form_of(goal: Goal) -> GoalForm:
    """The form of a goal that exists, filled with what it says now."""
    return GoalForm(formdata=None, kept_date=goal.end_date, data=_told(goal)).begun()


def sent_form(goal: Goal) -> GoalForm:
    """The same as it was sent."""
    return GoalForm(kept_date=goal.end_date, data=_told(goal))


def _told(goal: Goal) -> dict[str, Any]:
    return {
        "reason": goal.reason, "behaviour": goal.behaviour, "noticed_by": goal.noticed_by,
        "level_now": str(goal.level_now or ""), "level_target": str(goal.level_target or ""),
        "end_date": goal.end_date, "if_then": goal.if_then, "support": goal.support, "hours": goal.hours,
        "budget": goal.budget, "training_wish": goal.training_wish,
    }  # fmt: skip
