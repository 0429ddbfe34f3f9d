"""Forms of the two who hold a conversation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SubmitField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired

from app.competencies.catalog import Catalog
from app.conversations.agreeing import Agreed, Prepared
from app.conversations.forms.releasing import ReleaseForm
from app.conversations.queries import Partner
from app.conversations.topics import Topic
from app.forms import BaseForm, LongTextField, at_most
from app.forms.merged import MergedForm
from app.forms.merging import marks

ANSWER, NOTES, ADDITION, THANKS = 4000, 10_000, 4000, 600
LEVELS = (None, "", "1", "2", "3", "4", "5")      # None: it was not sent


class LinesField(LongTextField):
    """Several lines, each ended in the same way, whatever the browser sends."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([value.replace("\r\n", "\n").replace("\r", "\n") for value in valuelist])


class MomentForm(ReleaseForm):
    """When and where. Once there was a day (`had_day`) it is moved to another one, not left open."""

    partner = None      # who holds it is known
    had_day = False

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if fine and self.had_day and self.day.data is None:
            self.day.errors = [_l("Kies een andere dag.")]
            return False
        return fine

    @property
    def at(self) -> dt.datetime | None:
        return self._at()


class PlanForm(MomentForm):
    """With whom and about what, when and where."""

    who = SelectField(_l("Met wie, en waarover?"), validate_choice=False)

    def offer_partners(self, partners: Sequence[Partner]) -> None:
        self.partners = {partner.key: partner for partner in partners}
        self.who.choices = [SelectChoice(key, self._named(partner)) for key, partner in self.partners.items()]

    def validate_who(self, field: Any) -> None:
        if field.data not in self.partners:
            raise ValidationError(_("Kies met wie je het gesprek voert."))

    @staticmethod
    def _named(partner: Partner) -> str:
        if partner.part_id is None:
            return partner.name
        return _("%(name)s, over %(round)s", name=partner.name, round=partner.round_name)


class PreparationForm(MergedForm):
    """The three questions (microcopy: gesprek.voorbereiden)."""

    recognise = LinesField(_l("Wat herken ik?"), [at_most(ANSWER)])
    surprises = LinesField(_l("Wat verrast mij?"), [at_most(ANSWER)])
    want = LinesField(_l("Wat wil ik ermee?"), [at_most(ANSWER)])

    def prepared(self, *, shared: bool) -> Prepared:
        return Prepared(self.recognise.data or "", self.surprises.data or "", self.want.data or "", shared)


class AgreementForm(BaseForm):
    """What both see. A field per topic is added by `agreement_form`."""

    revision = HiddenField()
    shown = HiddenField()
    notes = LinesField(_l("Wat bespraken jullie?"), [at_most(NOTES)])
    appointments = LinesField(_l("Wat spreken jullie af?"), [at_most(NOTES)])
    confirm = SubmitField(_l("Dit klopt, leg het vast"))
    topics: Sequence[Topic] = ()

    @property
    def values(self) -> Mapping[str, str]:
        """What was typed and chosen, per field that was sent of those that both can change."""
        names = ("notes", "appointments", *(topic.field for topic in self.topics))
        return {name: self[name].data or "" for name in names if self[name].raw_data}

    @property
    def seen(self) -> int:
        """The revision that she saw, −1 for what is no number."""
        text = self.revision.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def agreement_form(
    catalog: Catalog, topics: Sequence[Topic], filled: Mapping[str, str] | None = None, revision: int = 0,
    stored: Mapping[str, str] | None = None,
) -> AgreementForm:
    """The form as it was sent; or `filled`, with marks of what is `stored` at this revision."""
    names = [SelectChoice(str(level.level), f"{level.level} {level.name}") for level in catalog.levels.items]
    levels = {
        topic.field: RadioField(
            topic.name, [AnyOf(LEVELS, _l("Kies een van de vijf niveaus."))], validate_choice=False,
            choices=[SelectChoice("", _("Niet besproken")), *names],
        )
        for topic in topics
    }
    kind: type[AgreementForm] = type("AgreementFormOfTopics", (AgreementForm,), {**levels, "topics": tuple(topics)})
    if filled is None:
        return kind()
    return kind(formdata=None, data={**filled, "revision": str(revision), "shown": marks(stored or filled)})


def values_of(agreed: Agreed, topics: Sequence[Topic]) -> Mapping[str, str]:
    """What is written down, per field of the form."""
    levels = {topic.field: str(agreed.levels.get((topic.kind, topic.code), "")) for topic in topics}
    return {"notes": agreed.notes, "appointments": agreed.appointments, **levels}


def agreed_from(values: Mapping[str, str], topics: Sequence[Topic]) -> Agreed:
    chosen = {(topic.kind, topic.code): int(values[topic.field]) for topic in topics if values[topic.field]}
    return Agreed(values["notes"], values["appointments"], chosen)


class AdditionForm(BaseForm):
    text = LinesField(_l("Aanvulling"), [DataRequired(_l("Schrijf op wat je wilt aanvullen.")), at_most(ADDITION)])


class ThanksForm(BaseForm):
    text = LinesField(_l("Wat wil je zeggen?"), [
        DataRequired(_l("Schrijf op wat je wilt zeggen.")), at_most(THANKS),
    ])
    send = SubmitField(_l("Verstuur"))
