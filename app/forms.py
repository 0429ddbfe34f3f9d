"""What all forms share: Dutch messages, stripped text, no surprises."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField


class BaseForm(FlaskForm):
    """Every form. Its messages are Dutch through Flask-Babel's locale."""


class ConfirmForm(BaseForm):
    """A button that changes something: only the CSRF token."""


def stripped(value: Any) -> Any:
    """Text without the space around it, and without characters that no database keeps."""
    return value.replace("\x00", "").strip() if isinstance(value, str) else value


class TextField(StringField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, filters=[stripped], **kwargs)


class LongTextField(TextAreaField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, filters=[stripped], **kwargs)
