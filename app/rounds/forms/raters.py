"""Forms for adding people to ask, and sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from app.forms import BaseForm, LongTextField, NumberField, TextField, stripped
from app.measurement.scale import Group
from app.people.forms import LONG_NAME, NOT_THERE, Several, one_line
from app.rounds import raters, sheets
from app.rounds.invitations import relations_of
from app.rounds.models import Invitation, RoundSubject
from app.rounds.queries.asked import Colleague
from app.rounds.raters import Rater
from app.rounds.words.raters import relation_label, school_label

TICKED, TYPED = -1, 0       # numbers of raters that do not stand in a line
LONGEST_ID = 19


def ids_in(texts: Iterable[str]) -> frozenset[int]:
    """The ids among what was sent."""
    return frozenset(int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < LONGEST_ID)


class AddForm(BaseForm):
    """People of one group: ticked colleagues, ticked people of earlier rounds, one person in full, pasted lines."""

    search = TextField(_l("Zoek een collega op naam"))
    colleagues = Several(_l("Collega's van je dienst"), coerce=int)
    earlier = Several(_l("Wie je eerder vroeg"), coerce=int)
    name = TextField(_l("Naam"), [LONG_NAME])
    email = EmailField(_l("E-mailadres"), [Length(max=254, message=_l("Dit adres is te lang."))], filters=[stripped])
    relation = SelectField(_l("Wat is deze persoon voor je werk?"), choices=[], invalid_choice_message=NOT_THERE)
    school = TextField(_l("School"), [LONG_NAME])
    lines = LongTextField(_l("Namen en e-mailadressen"))

    def __init__(self, group: str, people: Sequence[Colleague], earlier: Sequence[Invitation]) -> None:
        super().__init__()
        self.group, self.people, self.before = group, people, earlier
        self.colleagues.choices = [SelectChoice(str(one.person_id), one.name) for one in people]
        self.earlier.choices = [SelectChoice(str(one.id), one.name) for one in earlier]
        self.relation.choices = [SelectChoice(one.code, relation_label(one.code)) for one in relations_of(group)]
        if group == Group.COLLEAGUE and not self.is_submitted():
            self.relation.data = "andere-collega"
        if self.must_choose:
            self.relation.choices.insert(0, SelectChoice("", _("Kies wat deze persoon is")))
        self.school.label.text = school_label(group)
        self.found: list[Rater] = []

    @property
    def must_choose(self) -> bool:
        """Whether what somebody is decides what she is asked: then nothing is chosen beforehand."""
        return len({one.question_set for one in relations_of(self.group)}) > 1

    def validate_relation(self, field: SelectField) -> None:
        if not field.data and (self.name.data or self.email.data):
            raise ValidationError(_("Kies wat deze persoon is. Een leraar krijgt andere vragen dan bijvoorbeeld een "
                                    "intern begeleider."))

    def validate_name(self, field: TextField) -> None:
        field.data = one_line(field.data)

    def validate_school(self, field: TextField) -> None:
        field.data = one_line(field.data)

    def validate_email(self, field: EmailField) -> None:
        if not field.data and self.name.data:
            raise ValidationError(_("Vul ook een e-mailadres in."))
        if field.data and not self.name.data:
            raise ValidationError(_("Vul ook een naam in."))

    def validate_lines(self, field: LongTextField) -> None:
        found = raters.read(field.data or "", self.group, self._usual)
        if len(found) > raters.MOST:
            raise ValidationError(_("Dit is te veel in één keer. Neem hoogstens %(most)s regels.", most=raters.MOST))
        self.found = found

    @property
    def _usual(self) -> str:
        return self.relation.data if self.relation.data in dict(self.codes) else relations_of(self.group)[0].code

    @property
    def codes(self) -> Iterable[tuple[str, str]]:
        return [(choice.value, choice.label) for choice in self.relation.choices]

    @property
    def raters(self) -> list[Rater]:
        """Everybody of this form, once it was validated. Who does not stand in a line: see TICKED, TYPED."""
        ticked = [Rater(TICKED, one.name, one.name, one.email, "begeleider" if one.begeleider else "andere-collega",
                        person_id=one.person_id)
                  for one in self.people if one.person_id in (self.colleagues.data or ())]
        again = [Rater(TICKED, one.name, one.name, one.email or "", one.relation, one.school, one.person_id)
                 for one in self.before if one.id in (self.earlier.data or ())]
        typed = [raters.one(self.name.data or "", self.email.data, self.relation.data, self.school.data or "")] \
            if self.email.data else []
        return [*ticked, *again, *typed, *self.found]


class SheetsForm(BaseForm):
    """So many sheets of one kind."""

    kind = SelectField(_l("Voor wie?"), choices=[], invalid_choice_message=NOT_THERE)
    count = NumberField(_l("Hoeveel bladen?"), [
        InputRequired(_l("Vul een aantal in.")),
        NumberRange(1, sheets.MOST, _l("Kies een aantal van 1 tot en met 60.")),
    ])

    def __init__(self, part: RoundSubject) -> None:
        super().__init__()
        asked = {group.rater_group for group in part.round.groups}
        self.kind.choices = [SelectChoice(one.code, relation_label(one.code)) for one in sheets.RELATIONS
                             if one.group in asked]


class AddressForm(BaseForm):
    """A better address for somebody."""

    email = EmailField(_l("Verbeter het adres"), [InputRequired(_l("Vul een e-mailadres in."))],
                       filters=[stripped])
