"""Fields for amounts, written the Dutch way."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import StringField

from app.forms import stripped
from app.forms.numbers import decimal, whole
from app.web.formats import number


class HoursField(StringField):
    """So many hours, 0 to `most`: 3 · 2,5 · 2.5; none when it is left empty."""

    data: float | None

    def __init__(self, *args: Any, most: int, **given: Any) -> None:
        super().__init__(*args, **given)
        self.most = most

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw_data = [stripped(value) for value in valuelist]
        self.data = None
        text = self.raw_data[0] if self.raw_data else ""
        if text:
            self.data = decimal(text)
            if self.data is None:
                raise ValueError(_("Schrijf een getal, bijvoorbeeld 12 of 2,5."))
            if not 0 <= self.data <= self.most:
                raise ValueError(_("Kies een aantal uren van 0 tot en met %(most)s.", most=self.most))
            self.data = round(self.data, 2)

    def _value(self) -> str:
        return _shown(self)


class EurosField(StringField):
    """Whole euros: 250 · € 1.250 · 250,-; none when it is left empty."""

    data: int | None

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw_data = [stripped(value) for value in valuelist]
        self.data = None
        text = self.raw_data[0] if self.raw_data else ""
        if text:
            self.data = whole(text)
            if self.data is None:
                raise ValueError(_("Schrijf een bedrag in hele euro's, bijvoorbeeld 250."))

    def _value(self) -> str:
        return _shown(self)


def _shown(field: Any) -> str:
    """What was typed, else what is stored."""
    if field.raw_data:
        return str(field.raw_data[0])
    return "" if field.data is None else number(field.data)
