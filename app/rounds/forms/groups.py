"""The groups of a round in a form. A group's fields carry its code: school_asked, school_set, school_minimum, …"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from app.competencies.catalog import Catalog
from app.forms import BaseForm
from app.measurement.scale import RULES, Group
from app.people.forms import NOT_THERE
from app.rounds.forms.dates import blame, number_field
from app.rounds.planning import GroupPlan
from app.rounds.question_sets import OFFERED, OPTIONAL, offered

MOST_ASKED = 60
HIGHEST_MINIMUM = 20


@dataclass(frozen=True, slots=True)
class GroupFields:
    """The fields of one group in a form."""

    code: str
    name: str
    who: str
    named: bool
    asked: Any
    question_set: Any
    minimum: Any
    advice: Any


class GroupsForm(BaseForm):
    """Which groups are asked, and what is promised to them."""

    small_circle = BooleanField(_l("Kleine kring"))
    lead_reads_comments = BooleanField(_l("De teamleider mag de opmerkingen lezen"))

    # Of a round that people know of:
    floor: Sequence[GroupPlan] = ()         # no group less, and no lower minimum
    fixed_circle: bool | None = None        # as it was announced
    comments_stay = False                   # with the subject, as was announced

    def offer_groups(self, catalog: Catalog) -> None:
        self.catalog = catalog
        for group in OFFERED:
            self[f"{group}_set"].choices = [
                SelectChoice(found.code, _("%(name)s, ongeveer %(minutes)s minuten", name=found.name,
                                           minutes=found.minutes))
                for found in offered(catalog, group)
            ]

    @property
    def groups(self) -> Iterator[GroupFields]:
        known = {group.code: group for group in self.catalog.rater_groups}
        for code in OFFERED:
            if code in known:
                yield GroupFields(code, known[code].name, known[code].who, RULES[Group(code)].named,
                                  *(self[f"{code}_{part}"] for part in ("asked", "set", "minimum", "advice")))

    @property
    def group_plans(self) -> tuple[GroupPlan, ...]:
        return tuple(
            GroupPlan(fields.code, fields.question_set.data,
                      1 if fields.named else fields.minimum.data, 1 if fields.named else fields.advice.data)
            for fields in self.groups if fields.asked.data
        )

    def validate(self, extra_validators: Any = None) -> bool:
        if self.fixed_circle is not None:
            self.small_circle.data = self.fixed_circle
        if self.comments_stay:
            self.lead_reads_comments.data = False
        fine = super().validate(extra_validators)
        asked = [fields for fields in self.groups if fields.asked.data]
        if not any(not fields.named for fields in asked):
            blame(self[f"{Group.COLLEAGUE}_asked"], _("Vraag ten minste één groep naast de teamleider."))
            fine = False
        floor = {group.group: group for group in self.floor}
        for fields in self.groups:
            before = floor.get(fields.code)
            if before and not fields.asked.data:
                blame(fields.asked, _("Deze groep is al aangekondigd en blijft erbij."))
                fine = False
            if fields.asked.data and not fields.named:
                least = max(RULES[Group(fields.code)].minimum, before.minimum if before else 0)
                fine = self._numbers_fit(fields, least) and fine
        return fine

    def _numbers_fit(self, fields: GroupFields, least: int) -> bool:
        if fields.minimum.data is None or fields.advice.data is None:
            for field in (fields.minimum, fields.advice):
                if field.data is None and not field.errors:
                    blame(field, _("Vul een heel getal in."))
            return False
        if not least <= fields.minimum.data <= HIGHEST_MINIMUM:
            blame(fields.minimum, _("Het minimum van deze groep is %(least)s. Hoger mag, lager niet: anders kan "
                                     "iemand herkenbaar worden.", least=least)
                   if fields.minimum.data < least else _("Kies hooguit %(most)s.", most=HIGHEST_MINIMUM))
            return False
        if not fields.minimum.data <= fields.advice.data <= MOST_ASKED:
            blame(fields.advice, _("Het advies is ten minste het minimum. Meer is beter: niet iedereen antwoordt.")
                   if fields.advice.data < fields.minimum.data else _("Kies hooguit %(most)s.", most=MOST_ASKED))
            return False
        return True


for _group in OFFERED:
    setattr(GroupsForm, f"{_group}_asked", BooleanField(_l("Vraag deze groep"), default=_group not in OPTIONAL))
    setattr(GroupsForm, f"{_group}_set", SelectField(_l("Vragenlijst"), invalid_choice_message=NOT_THERE))
    setattr(GroupsForm, f"{_group}_minimum", number_field(_l("Minimum")))
    setattr(GroupsForm, f"{_group}_advice", number_field(_l("Advies")))
