"""What all forms share: Dutch messages, stripped text, no surprises."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, TextAreaField, TimeField
from wtforms.validators import Length

from app.db import LARGEST_NUMBER

NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
                     + "\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff"
                     + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
                     + "]")


NO_DAY = _l("Schrijf de datum als 30-9-2027 of als 2027-09-30.")


class BaseForm(FlaskForm):
    """Every form. Its messages are Dutch through Flask-Babel's locale."""


def number_in(value: Any) -> int:
    """The id that was chosen in a list; 0, which no row has, for what is no id."""
    text = str(value)
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
    return number if number <= LARGEST_NUMBER else 0


def stripped(value: Any) -> Any:
    """Text without the space around it, and without what no database keeps or no page may hold (control characters), or
    what nobody sees: it comes along with an address that was copied, and turns round what stands behind a name.
    """
    return NO_TEXT.sub("", value).strip() if isinstance(value, str) else value


def at_most(most: int) -> Length:
    """Room for so many characters."""
    return Length(max=most, message=_l("Maak het korter: er passen %(most)s tekens in.", most=most))


class TextField(StringField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, filters=[stripped], **kwargs)


class LongTextField(TextAreaField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, filters=[stripped], **kwargs)


class OneLineField(LongTextField):
    """Room to write on several lines what is read as one."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([" ".join(value.split()) for value in valuelist])


class _TypedAgain:
    """What was typed comes back as text that a page may hold."""

    raw_data: list[str] | None

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw_data = [stripped(value) for value in valuelist]
        super().process_formdata(self.raw_data)     # type: ignore[misc]


class DayField(_TypedAgain, DateField):
    """A day."""

    def __init__(self, label: Any, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, format=["%Y-%m-%d", "%d-%m-%Y"], invalid_value_message=NO_DAY, **kwargs)


class HourField(_TypedAgain, TimeField):
    """A time of the day: 14:30, also written 14.30."""

    def __init__(self, label: Any, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, format=["%H:%M", "%H.%M"],
                         invalid_value_message=_l("Schrijf de tijd als 14:30."), **kwargs)


class NumberField(_TypedAgain, IntegerField):
    """A whole number."""
