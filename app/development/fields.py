"""Fields for amounts, written the Dutch way."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as _
from wtforms import StringField

from app.forms import stripped
from app.web.formats import number

_NUMBER = re.compile(r"(-?\d{1,9}|-?\d{1,3}(?:\.\d{3}){1,3})(?:,(\d{1,9}))?", re.ASCII)
_POINT = re.compile(r"(-?\d{1,9})\.(\d{1,2})", re.ASCII)


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
            self.data = _read(text)
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
            read = _read(re.sub(r",\s*[-–—]+$", "", text.removeprefix("€").removesuffix("euro").strip()))
            if read is None or read != int(read):
                raise ValueError(_("Schrijf een bedrag in hele euro's, bijvoorbeeld 250."))
            self.data = int(read)

    def _value(self) -> str:
        return _shown(self)


def _read(text: str) -> float | None:
    if found := _POINT.fullmatch(text):
        return float(text)
    if found := _NUMBER.fullmatch(text):
        return float(f"{found[1].replace('.', '')}.{found[2] or 0}")
    return None


def _shown(field: Any) -> str:
    """What was typed, else what is stored."""
    if field.raw_data:
        return str(field.raw_data[0])
    return "" if field.data is None else number(field.data)
