"""Forms of the aanbod."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from app.competencies.catalog import Catalog
from app.forms import BaseForm, LongTextField, OneLineField, TextField
from app.forms.merging import marks
from app.forms.numbers import whole
from app.trainings import words
from app.trainings.entries import FIELDS, NUMBERS, Entry, Known, read

WRITTEN = tuple(name for name in FIELDS if name not in ("code", "offered"))
"""The fields of the form; the others are not for typing."""


class TrainingForm(BaseForm):
    """A training. `shown`: marks of what stood there when the form was opened."""

    title = OneLineField(_l("Titel"))
    competencies = SelectMultipleField(_l("Over welke onderwerpen gaat het?"), validate_choice=False)
    level_from = SelectField(_l("Van niveau"), validate_choice=False)
    level_to = SelectField(_l("Naar niveau"), validate_choice=False)
    form = RadioField(_l("In welke vorm?"), validate_choice=False)
    provider = TextField(_l("Wie geeft het?"))
    hours = TextField(_l("Uren per deelnemer"))
    cost_person = TextField(_l("Kosten per persoon"))
    cost_group = TextField(_l("Kosten per groep"))
    places_min = TextField(_l("Kleinste aantal plaatsen"))
    places_max = TextField(_l("Grootste aantal plaatsen"))
    description = LongTextField(_l("Wat leer je?"))
    afterwards = LongTextField(_l("Wat doe je daarna, zodat het blijft?"))
    shown = HiddenField()

    def offer(self, catalog: Catalog, forms: Mapping[str, str]) -> None:
        """What there is to choose from."""
        levels = [(str(one.level), f"{one.level} {one.name}") for one in catalog.levels.items]
        self.competencies.choices = [SelectChoice(one.code, one.name) for one in catalog.competencies]
        self.level_from.choices, self.level_to.choices = levels, levels
        self.form.choices = [SelectChoice(code, name) for code, name in forms.items()]

    @property
    def texts(self) -> Mapping[str, str]:
        """What was typed and chosen, each number written in one way."""
        found = {}
        for name in WRITTEN:
            text = self[name].data or ""
            if name == "competencies":
                text = ", ".join(sorted(set(text or ())))
            elif name in NUMBERS:
                number = whole(text.strip())
                text = text if number is None else str(number)
            found[name] = text.replace("\r\n", "\n")
        return found

    def read(self, known: Known, texts: Mapping[str, str]) -> Entry | None:
        """The training, or None with each fault beside its field."""
        entry, faults = read(texts, known)
        for name in WRITTEN:
            told = [words.fault(fault) for fault in faults if fault.field == name]
            if told:
                self[name].errors = told
        return entry

    def fill(self, texts: Mapping[str, str]) -> None:
        """Shows these instead of what was typed."""
        for name in WRITTEN:
            self[name].data = texts[name].split(", ") if name == "competencies" else texts[name]

    def is_stored(self, stored: Mapping[str, str]) -> None:
        """A page that shows the form begins from here."""
        self.shown.data = marks(stored)


def written(entry: Entry) -> Mapping[str, str]:
    """What stands in the fields of the form."""
    return {name: text for name, text in entry.texts.items() if name in WRITTEN}


def filled(entry: Entry) -> TrainingForm:
    """The form of a training as it stands."""
    texts = written(entry)
    form = TrainingForm(formdata=None)
    form.fill(texts)
    form.is_stored(texts)
    return form


class FileForm(BaseForm):
    """A file with trainings."""

    file = FileField(_l("Bestand"))

    def sent(self) -> bytes:
        """What is in it; nothing where none was chosen."""
        found: Any = self.file.data
        return found.read() if hasattr(found, "read") else b""

    @property
    def says_workbook(self) -> bool:
        """Whether it is called one."""
        return str(getattr(self.file.data, "filename", "") or "").casefold().endswith(".xlsx")

    def refuse(self, *told: str) -> None:
        self.file.errors = list(told)


class CarriedForm(BaseForm):
    """What was looked at, with the proof that we made it."""

    carried = HiddenField()
    proof = HiddenField()
