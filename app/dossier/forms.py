"""The form of a piece of evidence, one for each kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import BooleanField, Field, RadioField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired

from app.competencies.catalog import Catalog
from app.development.models import Goal
from app.dossier import words
from app.dossier.models import Evidence, EvidenceKind, SeenBy
from app.dossier.services import EvidenceWords
from app.forms import BaseForm, DayField, LongTextField, TextField, at_most, number_in
from app.forms.merged import MergedForm
from app.practice.models import PracticeSheet
from app.web.formats import today

NO_GOAL = "0"
KEPT = "bewaard"        # the sheet as it was kept, of which the sheet itself is gone
FIRST_DAY = dt.date(1970, 1, 1)
OF_KIND: Mapping[EvidenceKind, frozenset[str]] = {
    EvidenceKind.SHEET: frozenset({"sheet"}),
    EvidenceKind.FILE: frozenset({"file"}),
    EvidenceKind.LINK: frozenset({"url"}),
    EvidenceKind.NOTE: frozenset({"text"}),
    EvidenceKind.REACTION: frozenset({"text"}),
}


class EvidenceForm(MergedForm):
    """What somebody says about a piece of evidence. The file comes last, so that what was typed is read before it."""

    title = TextField(_l("Titel"), [DataRequired(_l("Geef het een titel waaraan je het later herkent.")),
                                    at_most(150)])
    happened_on = DayField(_l("Wanneer was dit?"), [InputRequired(_l("Kies een datum."))])
    sheet = RadioField(_l("Welk praktijkblad?"), validate_choice=False, choices=[])
    url = TextField(_l("Link"), [DataRequired(_l("Plak hier het adres van de pagina.")), at_most(2000)])
    text = LongTextField("", [DataRequired(_l("Schrijf hier wat je wilt bewaren.")), at_most(6000)])
    reflection = LongTextField(_l("Wat laat dit zien, of wat leerde je ervan?"), [at_most(3000)])
    goal = RadioField(_l("Bij welk doel hoort dit?"), validate_choice=False, choices=[])
    competencies = SelectMultipleField(_l("Over welke onderwerpen gaat het?"), validate_choice=False, choices=[])
    seen_by = RadioField(_l("Wie mag dit zien?"), [AnyOf([str(one) for one in SeenBy], _l("Kies een van de twee."))],
                         validate_choice=False, choices=[
                             SelectChoice(SeenBy.ME, _l("Alleen ik")),
                             SelectChoice(SeenBy.LEAD, _l("Ook mijn teamleider en gesprekspartner")),
                         ])
    file = FileField(_l("Bestand"))
    has_file = False        # it has one already, which stays when no other is chosen

    def offer(self, catalog: Catalog, goals: Iterable[Goal], sheets: Iterable[PracticeSheet], kept: str = "") -> None:
        """Only these can be chosen. `kept`: what the copy is called of a sheet that is gone."""
        self.topic_of = {str(goal.id): goal.competency_code for goal in goals}
        self.goal.choices = [SelectChoice(str(goal.id), goal.behaviour) for goal in goals]
        self.goal.choices.append(SelectChoice(NO_GOAL, _("Bij geen doel")))
        self.competencies.choices = [SelectChoice(one.code, one.name) for one in catalog.competencies]
        if "sheet" in self:
            self.sheet.choices = [SelectChoice(str(sheet.id), words.sheet_name(sheet)) for sheet in sheets]
            if kept:
                self.sheet.choices.append(SelectChoice(KEPT, _("%(name)s, zoals je het bewaarde", name=kept)))

    def validate_happened_on(self, field: Any) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("Deze dag moet nog komen. Kies vandaag of een dag die is geweest."))
        if field.data and field.data < FIRST_DAY:
            raise ValidationError(_("Kijk of het jaartal klopt."))

    def validate_sheet(self, field: Any) -> None:
        if field.data not in [choice.value for choice in field.choices]:
            raise ValidationError(_("Kies een van je afgeronde praktijkbladen."))

    def validate_url(self, field: Any) -> None:
        if field.data and web_address(field.data) is None:
            raise ValidationError(_("Dit is geen adres van een webpagina. Kopieer het adres uit je browser; het begint "
                                    "met https://."))

    def validate_reflection(self, field: Any) -> None:
        if not words.is_sentence(field.data or ""):
            raise ValidationError(_("Schrijf ten minste één hele zin. Bijvoorbeeld: Ik vroeg eerder door dan vorig "
                                    "jaar."))

    def validate_goal(self, field: Any) -> None:
        if field.data not in [choice.value for choice in field.choices]:
            raise ValidationError(_("Kies een van je doelen, of ‘bij geen doel’."))

    def validate_competencies(self, field: Any) -> None:
        if not set(field.data or ()) <= {choice.value for choice in field.choices}:
            raise ValidationError(_("Kies onderwerpen uit de lijst."))
        if not self.chosen_topics:
            raise ValidationError(_("Kies ten minste één onderwerp, of een doel: dan hoort het bij het onderwerp van "
                                    "dat doel."))

    def validate_file(self, _field: Any) -> None:
        if self.sent is None and not self.has_file:
            raise ValidationError(_("Kies een bestand."))

    @property
    def sent(self) -> FileStorage | None:
        """The file that came along; browsers send one without a name when none was chosen."""
        file = self.file.data if "file" in self else None
        return file if isinstance(file, FileStorage) and file.filename else None

    @property
    def chosen_topics(self) -> frozenset[str]:
        """The competencies it is about: what was ticked, else that of the goal."""
        ticked = frozenset(self.competencies.data or ())
        topic = self.topic_of.get(self.goal.data or "")
        return ticked or frozenset({topic} if topic else ())

    @property
    def words(self) -> EvidenceWords:
        """What a valid form says."""
        return EvidenceWords(
            title=self.title.data,
            happened_on=self.happened_on.data,
            reflection=self.reflection.data,
            seen_by=SeenBy(self.seen_by.data),
            goal_id=number_in(self.goal.data) or None,
            sheet_id=(number_in(self.sheet.data) or None) if "sheet" in self else None,
            text=self.text.data if "text" in self else "",
            url=(web_address(self.url.data) or "") if "url" in self else "",
        )


class PaperForm(BaseForm):
    """What comes into the bekwaamheidsdossier."""

    class Meta:
        csrf = False        # it changes nothing

    scores = BooleanField(_l("Zet mijn scores erbij"))


def evidence_form(kind: EvidenceKind, evidence: Evidence | None = None, typed: MultiDict[str, str] | None = None, *,
                  stored: bool = False, **given: Any) -> EvidenceForm:
    """The form of a kind; of a piece that exists, filled with what it says now. `given`: what a new one begins with.

    `typed`: what was sent, where it is not to be read from the request; `stored`: whatever was sent.
    """
    begin = given if evidence is None else _told(evidence)
    form = EvidenceForm(typed, data=begin) if stored or typed is not None else EvidenceForm(data=begin)
    for name in frozenset().union(*OF_KIND.values()) - OF_KIND[kind]:
        del form[name]
    form.has_file = evidence is not None and evidence.stored_name is not None
    field: Field
    if "text" in form:
        field = form.text
        note = kind == EvidenceKind.NOTE
        field.label.text = _("Wat wil je bewaren?") if note else _("Wat zei de ander?")
    return form


def web_address(text: str) -> str | None:
    """The address of a page on the web, also when its beginning was left out; None for anything else."""
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return None
    bad = any(c.isspace() or not c.isprintable() for c in address)
    if parts.scheme not in ("http", "https") or "." not in host.strip(".") or parts.username is not None or bad:
        return None
    return address


def _told(evidence: Evidence) -> dict[str, Any]:
    return {
        "title": evidence.title, "happened_on": evidence.happened_on, "url": evidence.url, "text": evidence.text,
        "reflection": evidence.reflection, "sheet": str(evidence.sheet_id or KEPT), "seen_by": evidence.seen_by,
        "goal": str(evidence.goal_id or NO_GOAL),
        "competencies": [one.competency_code for one in evidence.competencies],
    }  # fmt: skip
