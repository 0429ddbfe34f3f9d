"""Forms with which rounds are planned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice

from app.forms import BaseForm, OneLineField, at_most
from app.people.forms import NOT_THERE
from app.rounds.forms.dates import DatesForm, day_field, name_field
from app.rounds.forms.groups import GroupsForm
from app.rounds.planning import Plan
from app.rounds.queries.planned import CandidateTeam

OWN_WORDS = "anders"
PURPOSES = (
    _l("Leren van wat anderen zien in mijn werk."),
    _l("Zien wat er is veranderd sinds de vorige ronde."),
    _l("Kiezen waar ik het komende jaar in wil groeien."),
    _l("Weten wat scholen aan mijn begeleiding hebben, en wat ze nog missen."),
)
"""Good examples; they are in the words of who asks. To judge somebody is not among them."""

class PurposeForm(BaseForm):
    """What a round is for, in words that everybody who is asked reads."""

    purpose = RadioField(_l("Waarvoor is deze ronde?"), validate_choice=False)
    purpose_own = OneLineField(_l("In je eigen woorden"),
                               [at_most(300)])

    def offer_purposes(self) -> None:
        self.purpose.choices = [
            *(SelectChoice(str(number), str(text)) for number, text in enumerate(PURPOSES, 1)),
            SelectChoice(OWN_WORDS, _("Anders, namelijk:")),
        ]

    def validate_purpose(self, field: Any) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Kies waarvoor de ronde is."))

    def validate_purpose_own(self, field: Any) -> None:
        if self.purpose.data == OWN_WORDS and not field.data:
            raise ValidationError(_("Schrijf in één zin waarvoor de ronde is."))

    @property
    def purpose_text(self) -> str:
        return self.purpose_own.data if self.purpose.data == OWN_WORDS else str(PURPOSES[int(self.purpose.data) - 1])


class RoundForm(PurposeForm, GroupsForm, DatesForm):
    """All that somebody says who plans a round."""

    name = name_field()
    teams = SelectMultipleField(_l("Hele teams"), coerce=int, choices=[], invalid_choice_message=NOT_THERE,
                                invalid_value_message=NOT_THERE)
    people = SelectMultipleField(_l("Over wie gaat deze ronde?"), coerce=int, choices=[],
                                 invalid_choice_message=NOT_THERE, invalid_value_message=NOT_THERE)

    candidates: Sequence[CandidateTeam] = ()

    def offer_people(self, candidates: Sequence[CandidateTeam]) -> None:
        self.candidates = candidates
        everybody = {one.id: one.name for team in candidates for one in team.people}
        self.people.choices = [SelectChoice(str(id_), name) for id_, name in everybody.items()]
        self.teams.choices = [SelectChoice(str(team.id), team.name) for team in candidates if team.id is not None]

    def validate_people(self, field: Any) -> None:
        if not field.data and not self.teams.data:
            raise ValidationError(_("Kies ten minste één persoon of een team."))

    @property
    def person_ids(self) -> frozenset[int]:
        of_teams = {one.id for team in self.candidates if team.id in (self.teams.data or ()) for one in team.people}
        return frozenset(self.people.data or ()) | of_teams

    @property
    def plan(self) -> Plan:
        """What a valid form says."""
        return Plan(self.name.data, self.purpose_text, self.person_ids, self.group_plans, self.dates,
                    self.reminder_days, self.small_circle.data, self.lead_reads_comments.data)


class OwnRoundForm(PurposeForm, GroupsForm, DatesForm):
    """The fewer questions of a begeleider who begins a round about herself."""

    choose_until = day_field(_l("Ik kies mensen tot en met"))
    lead_reads_comments = BooleanField(_l("Mijn teamleider mag de opmerkingen lezen"))

    def plan_about(self, person_id: int, name: str) -> Plan:
        """What a valid form says."""
        return Plan(name, self.purpose_text, frozenset({person_id}), self.group_plans, self.dates, self.reminder_days,
                    self.small_circle.data, self.lead_reads_comments.data)
