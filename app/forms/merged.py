"""The form of something that exists, which may be changed in another tab while it lies open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Self

from flask_babel import gettext as _
from wtforms import HiddenField

from app.forms import BaseForm, LongTextField, TextField
from app.forms.merging import marks, merge, read_marks
from app.web.formats import date

NOT_MERGED = frozenset({"HiddenField", "CSRFTokenField", "FileField", "MultipleFileField"})


class MergedForm(BaseForm):
    """`shown`: marks of what stood there when it was opened; the page carries it along. `torn`: both changed the same,
    and nobody chooses for her: beside each such field stands what is stored (`meanwhile`).
    """

    shown = HiddenField()
    torn = False

    @property
    def texts(self) -> Mapping[str, str]:
        """What each field says, written in one way; as it was typed where it cannot be read."""
        return {field.name: _text(field) for field in self if field.type not in NOT_MERGED}

    def typed(self, stored: MergedForm) -> list[str]:
        """The texts in it that are not stored; a day or a choice is made again sooner than it is read elsewhere."""
        there = stored.texts
        return [text for name, text in self.texts.items()
                if text and text != there.get(name) and isinstance(self[name], TextField | LongTextField)]

    def begun(self) -> Self:
        """What it says is stored: a page that shows it begins from there."""
        self.shown.data = marks(self.texts)
        return self

    def merge(self, stored: MergedForm) -> bool:
        """Takes over what was changed only elsewhere. False when both changed the same; then she sees both. A form that
        carries no marks is taken as it is.
        """
        if not self.shown.data:
            return True
        theirs = stored.texts
        merged = merge(read_marks(self.shown.data), self.texts, theirs)
        for name, text in theirs.items():
            if name in merged.torn:
                self[name].meanwhile = _said(stored[name])
            elif merged.values[name] == text:
                _take(self[name], stored[name])
        self.shown.data = marks(theirs)
        self.torn = bool(merged.torn)
        if self.torn:
            self.form_errors.append(_(
                "Dit is intussen ook ergens anders aangepast. Er is niets kwijt: je ziet wat je net typte, en wat er "
                "nu staat. Kies wat blijft en bewaar opnieuw."))
        return not self.torn


def _text(field: Any) -> str:
    data = field.data
    if field.process_errors or data in (None, "", [], ()):
        return " ".join(str(one) for one in field.raw_data or ())
    if isinstance(data, list | tuple):
        return ", ".join(sorted(map(str, data)))
    return str(float(data)) if isinstance(data, int | float) else str(data).replace("\r\n", "\n")


def _take(field: Any, stored: Any) -> None:
    field.data, field.process_errors = stored.data, []
    if isinstance(stored.data, list | tuple):
        field.raw_data = list(stored.data)
    else:
        written = stored._value() if hasattr(stored, "_value") else stored.data
        field.raw_data = [] if stored.data in (None, "") else [written]


def _said(field: Any) -> str:
    """What is stored, as one reads it."""
    if hasattr(field, "iter_choices"):
        chosen = field.data if isinstance(field.data, list | tuple) else [field.data]
        labels = {str(choice.value): str(choice.label) for choice in field.choices or ()}
        text = ", ".join(labels.get(str(one), str(one)) for one in chosen if one)
    elif isinstance(field.data, dt.date):
        text = date(field.data)
    else:
        text = field._value()
    return text or _("(niets)")
